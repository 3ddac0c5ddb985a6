import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloseCode } from '../src/index.js';
import { Probe, TestClock, account, newSession, serve } from './helpers.js';

const inbox = `trtc/v1/in/${account('alice')}/${account('alice')}`;

test('a new session of an account closes the older one with 4001', async (t) => {
  const server = await serve(t);
  const older = await Probe.signIn(t, server, 'alice');
  const newer = await Probe.signIn(t, server, 'alice');
  assert.deepEqual((({ code, reason }) => [code, reason])(await older.closed), [CloseCode.kickedOut, 'kicked out']);
  await newer.subscribe(`trtc/v1/in/${account('alice')}/+`);
  newer.publish(inbox, 'still here');
  assert.equal((await newer.message()).text, 'still here');
});

test('a superseded session that comes back is closed with 4001 and throws nobody out', async (t) => {
  const server = await serve(t);
  const session = newSession();
  await Probe.signIn(t, server, { session });
  const newer = await Probe.signIn(t, server, 'alice');
  const again = await Probe.open(t, server);
  again.connect({ session });
  assert.deepEqual((({ code, reason }) => [code, reason])(await again.closed), [CloseCode.kickedOut, 'kicked out']);
  assert.equal(again.packets.length, 0, 'no CONNACK');
  await newer.roundTrip();
});

test('a session that was superseded while it was offline learns it when it comes back', async (t) => {
  const server = await serve(t);
  const session = newSession();
  const offline = await Probe.signIn(t, server, { session });
  offline.socket.pause();
  await Probe.signIn(t, server, 'alice');
  offline.socket.terminate();
  const again = await Probe.open(t, server);
  again.connect({ session });
  assert.equal((await again.closed).code, CloseCode.kickedOut);
});

test('a superseded session may come back after a day', async (t) => {
  const clock = new TestClock();
  const server = await serve(t, { pingSeconds: 3600 }, { clock });
  const session = newSession();
  const person = { session, expire: 10 * 86_400, time: clock.seconds };
  await Probe.signIn(t, server, person);
  const newer = await Probe.signIn(t, server, { ...person, session: newSession() });
  newer.socket.terminate();
  clock.advance(24 * 3600_000);
  await Probe.signIn(t, server, person);
});

test('a forged login with somebody\'s account throws nobody out', async (t) => {
  const server = await serve(t);
  const alice = await Probe.signIn(t, server, 'alice');
  const mallory = await Probe.open(t, server);
  mallory.connect({ userID: 'alice', userSig: 'forged' });
  assert.equal((await mallory.closed).code, CloseCode.loginRefused);
  await alice.roundTrip();
});

test('a session that connects again replaces its half-open socket with 4000', async (t) => {
  const server = await serve(t);
  const session = newSession();
  const halfOpen = await Probe.signIn(t, server, { session });
  const again = await Probe.signIn(t, server, { session });
  assert.deepEqual((({ code, reason }) => [code, reason])(await halfOpen.closed), [CloseCode.replaced, 'replaced']);
  await again.subscribe(`trtc/v1/in/${account('alice')}/+`);
  again.publish(inbox, 'mine');
  assert.equal((await again.message()).text, 'mine');
});

test('many logins at once leave exactly one session', async (t) => {
  const server = await serve(t, { maxConnectionsPerAccount: 50 });
  const probes = await Promise.all(Array.from({ length: 10 }, () => Probe.open(t, server)));
  const left = new Set(probes);
  const ends: number[] = [];
  await new Promise<void>((resolve) => {
    for (const probe of probes) {
      probe.connect();
      void probe.closed.then(({ code }) => {
        left.delete(probe);
        if (ends.push(code) === 9) resolve();
      });
    }
  });
  assert.deepEqual(ends, Array(9).fill(CloseCode.kickedOut));
  for (const probe of left) await probe.roundTrip();
  assert.equal(server.connections(), 1);
});

test('sockets of one account beyond its limit are refused with CONNACK 3', async (t) => {
  const server = await serve(t, { maxConnectionsPerAccount: 1 });
  const frozen = await Probe.signIn(t, server, 'alice');
  const next = await Probe.open(t, server);
  next.connect();
  assert.equal((await next.closed).code, CloseCode.tryLater);
  assert.deepEqual(next.packets.map((packet) => 'returnCode' in packet && packet.returnCode), [3]);
  await frozen.roundTrip();
});
