import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { test, type TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { CloseCode, type RunningServer } from '../src/index.js';
import { Probe, TestClock, account, serve } from './helpers.js';

const own = `trtc/v1/on/${account('alice')}`;

async function upgradeRefusal(t: TestContext, server: RunningServer, options = {}, protocols: string | string[] = 'mqtt'): Promise<IncomingMessage> {
  const socket = new WebSocket(server.url, protocols, options);
  t.after(() => socket.terminate());
  socket.on('error', () => {});
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  response.resume();
  return response;
}

async function failLogin(t: TestContext, server: RunningServer, options = {}): Promise<void> {
  const probe = await Probe.open(t, server, options);
  probe.connect({ userSig: 'wrong' });
  await probe.closed;
}

test('a client may send a burst, then it is closed with 4008', async (t) => {
  const clock = new TestClock();
  const server = await serve(t, { messagesPerSecond: 10, messageBurst: 20 }, { clock });
  const alice = await Probe.signIn(t, server, { time: clock.seconds });
  // One token is spent by the login, one by each round trip.
  for (let i = 0; i < 18; i += 1) alice.publish(own);
  await alice.roundTrip();
  clock.advance(100);
  await alice.roundTrip();
  alice.publish(own);
  assert.deepEqual((({ code, reason }) => [code, reason])(await alice.closed), [CloseCode.tooManyMessages, 'too many messages']);
});

test('a new connection does not bring a new allowance', async (t) => {
  const clock = new TestClock();
  const server = await serve(t, { messagesPerSecond: 10, messageBurst: 20 }, { clock });
  const person = { time: clock.seconds };
  const alice = await Probe.signIn(t, server, person);
  for (let i = 0; i < 25; i += 1) alice.publish(own);
  assert.equal((await alice.closed).code, CloseCode.tooManyMessages);
  const again = await Probe.open(t, server);
  again.connect(person);
  assert.equal((await again.closed).code, CloseCode.tryLater);
  clock.advance(1000);
  await Probe.signIn(t, server, person);
});

test('the limit counts every packet, however they are joined', async (t) => {
  const server = await serve(t, { messagesPerSecond: 1, messageBurst: 20 });
  const alice = await Probe.signIn(t, server, 'alice');
  alice.socket.send(Buffer.from(Array(30).fill([0xc0, 0]).flat()));
  assert.equal((await alice.closed).code, CloseCode.tooManyMessages);
});

test('a flood of frames that carry nothing, or of WebSocket pings, is a flood', async (t) => {
  const server = await serve(t, { messagesPerSecond: 1, messageBurst: 20 });
  const empty = await Probe.signIn(t, server, 'alice');
  for (let i = 0; i < 200; i += 1) empty.socket.send(Buffer.alloc(0));
  assert.equal((await empty.closed).code, CloseCode.tooManyMessages);
  const pings = await Probe.signIn(t, server, 'bob');
  for (let i = 0; i < 200 && pings.socket.readyState === WebSocket.OPEN; i += 1) {
    const pong = once(pings.socket, 'pong');
    pings.socket.ping();
    await Promise.race([pong, pings.closed]);
  }
  assert.equal((await pings.closed).code, CloseCode.tooManyMessages);
});

test('one user\'s flood costs another nothing', async (t) => {
  const clock = new TestClock();
  const server = await serve(t, { messageBurst: 20 }, { clock });
  const alice = await Probe.signIn(t, server, { time: clock.seconds });
  const bob = await Probe.signIn(t, server, { userID: 'bob', time: clock.seconds });
  for (let i = 0; i < 100; i += 1) alice.publish(own);
  await alice.closed;
  for (let i = 0; i < 15; i += 1) await bob.roundTrip();
});

test('a socket without CONNECT is closed after 5 s with 4004', async (t) => {
  const clock = new TestClock();
  const server = await serve(t, {}, { clock });
  const silent = await Probe.open(t, server);
  const slow = await Probe.open(t, server);
  slow.raw(0x10);
  await server.logged(() => server.connections() === 2);
  clock.advance(4999);
  assert.equal(server.connections(), 2);
  clock.advance(1);
  for (const probe of [silent, slow]) {
    assert.deepEqual((({ code, reason }) => [code, reason])(await probe.closed), [CloseCode.connectExpected, 'CONNECT did not arrive in time']);
  }
});

test('connections beyond the limit get 503 and a hint when to come back', async (t) => {
  const server = await serve(t, { maxConnections: 2 });
  const first = await Probe.signIn(t, server, 'alice');
  await Probe.signIn(t, server, 'bob');
  const response = await upgradeRefusal(t, server);
  assert.deepEqual([response.statusCode, response.headers['retry-after']], [503, '5']);
  first.socket.close();
  await server.logged(({ event }) => event === 'disconnected');
  await first.closed;
  await Probe.signIn(t, server, 'carol');
});

test('an address with too many failed logins gets 429 until its allowance has grown', async (t) => {
  const clock = new TestClock();
  const server = await serve(t, { failedLoginBurst: 3, failedLoginsPerMinute: 6 }, { clock });
  const time = clock.seconds;
  for (let i = 0; i < 3; i += 1) await failLogin(t, server);
  const response = await upgradeRefusal(t, server);
  assert.deepEqual([response.statusCode, response.headers['retry-after']], [429, '10']);
  clock.advance(10_000);
  await Probe.signIn(t, server, { time });
});

test('successful logins do not use the allowance for failed ones', async (t) => {
  const server = await serve(t, { failedLoginBurst: 2 });
  for (let i = 0; i < 10; i += 1) await Probe.signIn(t, server, 'alice');
});

test('sockets that never sign in use the allowance, too', async (t) => {
  const clock = new TestClock();
  const server = await serve(t, { failedLoginBurst: 2, failedLoginsPerMinute: 1 }, { clock });
  const probes = [await Probe.open(t, server), await Probe.open(t, server)];
  clock.advance(5000);
  for (const probe of probes) await probe.closed;
  assert.equal((await upgradeRefusal(t, server)).statusCode, 429);
});

test('behind a trusted proxy only the guilty client is slowed down', async (t) => {
  const server = await serve(t, { failedLoginBurst: 1, trustedProxies: ['127.0.0.1'] });
  const from = (address: string) => ({ headers: { 'X-Forwarded-For': address } });
  await failLogin(t, server, from('192.0.2.1'));
  assert.equal((await upgradeRefusal(t, server, from('192.0.2.1'))).statusCode, 429);
  await Probe.signIn(t, server, 'alice', from('192.0.2.2'));
});

test('an address may have only so many sockets that have not signed in', async (t) => {
  const server = await serve(t, { maxPendingPerAddress: 2 });
  const pending = [await Probe.open(t, server), await Probe.open(t, server)];
  assert.equal((await upgradeRefusal(t, server)).statusCode, 429);
  pending[0]!.connect({ userID: 'alice' });
  await pending[0]!.next('connack');
  await Probe.signIn(t, server, 'bob');
});

test('a page of another origin is refused, its own and listed ones are not', async (t) => {
  const server = await serve(t, { allowedOrigins: ['https://app.example.com'] });
  for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${server.port + 1}`, `${server.origin}.evil.example`, 'https://app.example.com.evil.example']) {
    assert.equal((await upgradeRefusal(t, server, { origin })).statusCode, 403, origin);
  }
  for (const origin of [server.origin, 'https://app.example.com']) await Probe.signIn(t, server, 'alice', { origin });
});

test('behind a proxy that ends TLS, the page\'s own origin is recognised', async (t) => {
  const server = await serve(t);
  await Probe.signIn(t, server, 'alice', { origin: 'https://call.example.com', headers: { Host: 'call.example.com' } });
  await Probe.signIn(t, server, 'alice', { origin: 'https://call.example.com', headers: { Host: 'call.example.com:443' } });
});

test('a trusted proxy may say which host and scheme the page was asked for', async (t) => {
  const server = await serve(t, { trustedProxies: ['127.0.0.1'] });
  const headers = { 'X-Forwarded-Host': 'call.example.com', 'X-Forwarded-Proto': 'https' };
  await Probe.signIn(t, server, 'alice', { origin: 'https://call.example.com', headers });
  for (const origin of ['http://call.example.com', server.origin]) assert.equal((await upgradeRefusal(t, server, { origin, headers })).statusCode, 403, origin);
  const suspicious = await serve(t);
  assert.equal((await upgradeRefusal(t, suspicious, { origin: 'https://call.example.com', headers })).statusCode, 403, 'anybody else may not');
});

test('a page, which cannot see an HTTP status, is told by the close code and the reason when to come back', async (t) => {
  const server = await serve(t, { maxConnections: 1 });
  await Probe.signIn(t, server, 'alice');
  const late = await Probe.open(t, server, { origin: server.origin });
  assert.deepEqual((({ code, reason }) => [code, reason])(await late.closed), [CloseCode.tryLater, 'too many connections; retry after 5 s']);
  assert.equal(server.connections(), 1);
  assert.equal((await upgradeRefusal(t, server, { origin: 'https://evil.example' })).statusCode, 403, 'a foreign page learns nothing');
});

test('a storm of connections is admitted at the rate that the settings allow', async (t) => {
  const clock = new TestClock();
  const server = await serve(t, { connectionsPerSecond: 10, connectionBurst: 3 }, { clock });
  for (let i = 0; i < 3; i += 1) await Probe.open(t, server);
  // Asking again and again does not use up what has grown meanwhile.
  for (let i = 0; i < 5; i += 1) {
    const response = await upgradeRefusal(t, server);
    assert.deepEqual([response.statusCode, response.headers['retry-after']], [503, '2']);
    clock.advance(19);
  }
  clock.advance(5);
  await Probe.open(t, server);
  assert.equal((await upgradeRefusal(t, server)).statusCode, 503);
});

test('a client has to keep itself alive, and not too seldom', async (t) => {
  const server = await serve(t, { maxKeepaliveSeconds: 60 });
  for (const keepalive of [0, 61]) {
    const probe = await Probe.open(t, server);
    probe.connect({}, { keepalive });
    const connack = await probe.next('connack');
    assert.equal('returnCode' in connack && connack.returnCode, 5);
    assert.deepEqual((({ code, reason }) => [code, reason])(await probe.closed), [CloseCode.loginRefused, 'keep alive must be 1 to 60 s']);
  }
  const probe = await Probe.open(t, server);
  probe.connect({}, { keepalive: 60 });
  await probe.next('connack');
  await probe.roundTrip();
});

test('the sub-protocol mqtt is required, and confirmed', async (t) => {
  const server = await serve(t);
  for (const protocols of [[], ['chat'], ['mqttv3.1']]) assert.equal((await upgradeRefusal(t, server, {}, protocols)).statusCode, 400);
  const socket = new WebSocket(server.url, ['chat', 'mqtt']);
  t.after(() => socket.terminate());
  await once(socket, 'open');
  assert.equal(socket.protocol, 'mqtt');
  assert.equal(socket.extensions, '', 'no deflate');
});

test('there is no WebSocket elsewhere', async (t) => {
  const server = await serve(t);
  assert.equal((await upgradeRefusal(t, { ...server, url: `${server.url}/x` })).statusCode, 404);
});
