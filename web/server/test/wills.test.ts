import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { Probe, TestClock, account, newSession, serve, witness, nextMessage, type TestServer } from './helpers.js';

const presence = `trtc/v1/on/${account('alice')}`;
const will = { topic: presence, payload: 'gone' };

async function watcher(t: TestContext, server: TestServer): Promise<Probe> {
  const bob = await Probe.signIn(t, server, 'bob');
  assert.deepEqual(await bob.subscribe(presence), [0]);
  return bob;
}

test('a socket that ends without DISCONNECT publishes the will at once', async (t) => {
  const server = await serve(t);
  const bob = await watcher(t, server);
  const alice = await Probe.signIn(t, server, { will });
  const started = Date.now();
  alice.socket.terminate();
  assert.deepEqual(await bob.message(), { topic: presence, text: 'gone' });
  assert.ok(Date.now() - started < 1000);
});

test('a closed tab, which sends a close frame, publishes the will at once', async (t) => {
  const server = await serve(t);
  const bob = await watcher(t, server);
  const alice = await Probe.signIn(t, server, { will });
  alice.socket.close(1001);
  assert.equal((await bob.message()).text, 'gone');
});

test('another MQTT implementation\'s will is published, too', async (t) => {
  const server = await serve(t);
  const bob = await witness(t, server, 'bob');
  await bob.subscribeAsync(presence);
  const alice = await witness(t, server, { will });
  const received = nextMessage(bob);
  alice.stream.destroy();
  assert.equal((await received).text, 'gone');
});

test('a DISCONNECT drops the will, even if goodbye, DISCONNECT and the close frame arrive together', async (t) => {
  const server = await serve(t);
  const bob = await watcher(t, server);
  for (let round = 0; round < 20; round += 1) {
    const alice = await Probe.signIn(t, server, { will });
    // One segment, so that the server sees the close before it has read the packets.
    const { _socket: tcp } = alice.socket as unknown as { _socket: Socket };
    tcp.cork();
    alice.publish(presence, `goodbye ${round}`);
    alice.send({ cmd: 'disconnect' });
    alice.socket.close();
    tcp.uncork();
    assert.equal((await bob.message()).text, `goodbye ${round}`);
    await alice.closed;
  }
  await bob.roundTrip();
  assert.ok(!bob.packets.some(({ cmd }) => cmd === 'publish'));
});

test('a missed ping ends a dead connection and publishes its will', async (t) => {
  const clock = new TestClock();
  const server = await serve(t, {}, { clock });
  const time = clock.seconds;
  const bob = await Probe.signIn(t, server, { userID: 'bob', time });
  await bob.subscribe(presence);
  const alice = await Probe.signIn(t, server, { will, time }, { autoPong: false });
  const pinged = new Promise((resolve) => alice.socket.once('ping', resolve));
  const answered = new Promise((resolve) => bob.socket.once('ping', resolve));
  clock.advance(25_000);
  await pinged;
  await answered;
  await bob.roundTrip();
  clock.advance(25_000);
  assert.equal((await bob.message()).text, 'gone');
  assert.equal((await alice.closed).code, 1006);
  assert.ok(await server.logged(({ reason }) => reason === 'ping missed'));
  await bob.roundTrip();
});

test('the will of a session that was kicked out is published', async (t) => {
  const server = await serve(t);
  const bob = await watcher(t, server);
  await Probe.signIn(t, server, { will });
  await Probe.signIn(t, server, 'alice');
  assert.equal((await bob.message()).text, 'gone');
});

test('replacing a half-open socket may publish its will, but not that of the new one', async (t) => {
  const server = await serve(t);
  const bob = await watcher(t, server);
  const session = newSession();
  const first = await Probe.signIn(t, server, { session, will: { ...will, payload: 'connection 1' } });
  const second = await Probe.signIn(t, server, { session, will: { ...will, payload: 'connection 2' } });
  await first.closed;
  await second.roundTrip();
  await bob.roundTrip();
  assert.ok(!JSON.stringify(bob.packets.map((packet) => 'payload' in packet && String(packet.payload))).includes('connection 2'));
  second.socket.terminate();
  for (;;) if ((await bob.message()).text === 'connection 2') break;
});
