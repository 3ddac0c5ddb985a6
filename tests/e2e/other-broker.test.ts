// The demo with a broker that is not ours, behind one name with the auth service, as web/server/brokers/README.md says.
import assert from 'node:assert/strict';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Duplex } from 'node:stream';
import { authService, type AuthService } from '../interop/brokers/auth-service.ts';
import { freePort, temporaryFolder, type Broker } from '../interop/brokers/broker.ts';
import { mosquitto } from '../interop/brokers/mosquitto.ts';
import { launch } from './harness/browsers.ts';
import { close, openDemo, placeDemoCall, problemsOf } from './harness/demo.ts';

const folder = temporaryFolder('other-broker');
let broker: Broker;
let service: AuthService;
let front: Server;
const asked: string[] = [];

/** A reverse proxy: /mqtt to the broker, everything else to the auth service. */
function reverseProxy(brokerUrl: URL, serviceUrl: URL): Server {
  const server = createServer((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    const { method, headers, url: path } = incoming;
    const onward = request({ host: serviceUrl.hostname, port: serviceUrl.port, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onward);
  });
  return server.on('upgrade', ({ url: path, headers }: IncomingMessage, socket: Duplex) => {
    asked.push(`upgrade ${path}`);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
    const onward = connect(Number(brokerUrl.port), brokerUrl.hostname, () => {
      onward.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
      onward.pipe(socket).pipe(onward);
    });
    for (const one of [socket, onward]) one.on('error', () => [socket, onward].forEach((other) => other.destroy()));
  });
}

before(async () => {
  const [port, frontPort] = [await freePort(), await freePort()];
  broker = await mosquitto();
  service = await authService(folder.path, {
    port,
    devMode: true,
    mqttServers: [`ws://127.0.0.1:${frontPort}/mqtt`],
    // The page is of another origin than the name that it calls.
    allowedOrigins: [`http://127.0.0.1:${port}`],
  });
  front = reverseProxy(new URL(broker.url), new URL(service.origin));
  await new Promise<void>((resolve) => front.listen(frontPort, '127.0.0.1', resolve));
  assert.equal((front.address() as AddressInfo).port, frontPort);
});
after(async () => {
  front.closeAllConnections();
  front.close();
  await service.stop();
  await broker.stop();
  folder.remove();
});

test('two demo pages call each other through Mosquitto, at the address that the server hands out', async () => {
  const browser = await launch('chromium');
  try {
    const [alice, bob] = await Promise.all([openDemo(browser, `${service.origin}/`, 'alice'), openDemo(browser, `${service.origin}/`, 'bob')]);
    const call = await placeDemoCall(alice, bob);
    for (const side of [call.caller, call.callee]) assert.ok(side.framesDecoded >= 30 && side.audioPackets >= 50, JSON.stringify(side));
    assert.deepEqual(await problemsOf(alice, bob), []);
    assert.ok(asked.includes('upgrade /mqtt') && asked.includes('GET /v1/ice'), asked.join());
    await close(alice, bob);
  } finally {
    await browser.close();
  }
});
