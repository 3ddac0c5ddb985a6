// What operators look at and do: health, metrics, shutdown.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { CloseCode } from '../src/index.js';
import { connectPacket, gatewayWithoutNetwork, type FakeSocket } from './fake-socket.js';
import { Probe, TestClock, account, app, key, serve, type TestServer } from './helpers.js';
import { startProgram } from './program.js';

const presence = `trtc/v1/on/${account('alice')}`;

/** One line of the exposition: the value of a metric. */
async function metric(server: { origin: string }, line: string): Promise<number | undefined> {
  const text = await (await fetch(`${server.origin}/metrics`)).text();
  const found = text.split('\n').find((one) => one.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length + 1));
}

test('/metrics counts connections, logins by key, messages and refusals by reason', async (t) => {
  const server = await serve(t, { apps: { [app]: { '2026-07': key } } });
  const alice = await Probe.signIn(t, server, 'alice');
  const bob = await Probe.signIn(t, server, 'bob');
  await alice.subscribe(`trtc/v1/in/${account('alice')}/+`, `trtc/v1/in/${account('bob')}/+`);
  bob.publish(`trtc/v1/in/${account('alice')}/${account('bob')}`, '12345');
  await alice.message();
  bob.publish(`trtc/v1/in/${account('alice')}/${account('carol')}`, '123');
  await bob.closed;
  const mallory = await Probe.open(t, server);
  mallory.connect({ userID: 'mallory', userSig: 'wrong' });
  await mallory.closed;
  await server.logged(({ event }) => event === 'not signed in');

  for (const [line, value] of [
    ['trtc_connections', 1],
    ['trtc_signed_in', 1],
    [`trtc_logins_total{app="${app}",key="2026-07"}`, 2],
    ['trtc_messages_total{direction="in"}', 2],
    ['trtc_messages_total{direction="out"}', 1],
    ['trtc_message_bytes_total{direction="out"}', 5],
    ['trtc_refusals_total{what="subscribe",reason="topic not allowed, or too many"}', 1],
    ['trtc_refusals_total{what="publish",reason="topic not allowed"}', 1],
    ['trtc_refusals_total{what="login",reason="UserSig refused: malformed"}', 1],
    ['trtc_disconnections_total{by="server",reason="topic not allowed"}', 1],
  ] as const) assert.equal(await metric(server, line), value, line);
});

test('what clients say never becomes a label', async (t) => {
  const server = await serve(t);
  const alice = await Probe.signIn(t, server, 'alice');
  alice.socket.close(4999, 'label{} 1');
  await server.logged(({ event }) => event === 'disconnected');
  assert.equal(await metric(server, 'trtc_disconnections_total{by="client",reason="left"}'), 1);
  assert.ok(!(await (await fetch(`${server.origin}/metrics`)).text()).includes('4999'));
});

test('/metrics is for listed addresses, and for nobody through a proxy that is not trusted', async (t) => {
  const status = async (server: TestServer, headers = {}) => (await fetch(`${server.origin}/metrics`, { headers })).status;
  const open = await serve(t);
  assert.equal(await status(open), 200);
  for (const headers of [{ 'X-Forwarded-For': '127.0.0.1' }, { Forwarded: 'for=127.0.0.1' }, { Via: '1.1 proxy' }]) assert.equal(await status(open, headers), 403);
  const proxied = await serve(t, { trustedProxies: ['127.0.0.1'], metricsFrom: ['192.0.2.0/24'] });
  assert.equal(await status(proxied), 403);
  assert.equal(await status(proxied, { 'X-Forwarded-For': '192.0.2.7' }), 200);
  assert.equal(await status(proxied, { 'X-Forwarded-For': '192.0.2.7, 198.51.100.1' }), 403);
});

test('the program shows its process, too', async (t) => {
  const program = await startProgram(t, { TRTC_APPS: `${app}:${key}` });
  assert.ok((await metric(program, 'process_resident_memory_bytes'))! > 1e6);
});

test('while it says goodbye the server lives, but is not ready and takes nobody', async (t) => {
  const server = await serve(t, { closeSeconds: 30 });
  // A client that does not answer keeps the server in its goodbye.
  const frozen = await Probe.signIn(t, server, 'frozen');
  frozen.socket.pause();
  assert.equal((await fetch(`${server.origin}/readyz`)).status, 200);
  const closed = server.close();
  assert.equal((await fetch(`${server.origin}/readyz`)).status, 503);
  assert.equal((await fetch(`${server.origin}/healthz`)).status, 200);
  const late = await Probe.open(t, server, { origin: server.origin });
  assert.deepEqual((({ code, reason }) => [code, reason])(await late.closed), [CloseCode.tryLater, 'server is going away; retry after 1 s']);
  frozen.socket.resume();
  await closed;
  await assert.rejects(fetch(`${server.origin}/readyz`));
});

test('goodbyes are spread, those still there go on, and no will tells them that the others are gone', async (t) => {
  const clock = new TestClock();
  const { gateway, open } = await gatewayWithoutNetwork(t, { pingSeconds: 3600 }, clock);
  const sockets: FakeSocket[] = [];
  for (let i = 0; i < 100; i += 1) {
    const socket = open();
    const userID = i === 0 ? 'alice' : `user${i}`;
    socket.receive(connectPacket({ userID, will: { topic: `trtc/v1/on/${account(userID)}`, payload: 'gone' } }, clock));
    await socket.next('connack');
    sockets.push(socket);
  }
  const last = sockets.at(-1)!;
  await last.subscribe(presence);
  const left = () => sockets.filter(({ closedWith }) => closedWith !== undefined).length;

  const closed = gateway.close(400);
  assert.deepEqual([sockets[0]!.closedWith, left()], [CloseCode.goingAway, 17], '100 in 300 ms, one sixth of that at a time');
  last.receive({ cmd: 'pingreq' });
  await last.next('pingresp');
  await once(last, 'close');
  assert.deepEqual(sockets.filter(({ closedWith }) => closedWith !== CloseCode.goingAway), []);
  assert.deepEqual(last.sent, [], 'no will');
  await closed;
});
