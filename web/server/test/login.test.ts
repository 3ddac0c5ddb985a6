import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import mqtt from 'mqtt';
import type { IConnackPacket, IConnectPacket } from 'mqtt-packet';
import { CloseCode, signUserSig } from '../src/index.js';
import { Probe, TestClock, account, app, credentials, key, newSession, otherApp, otherKey, serve, witness, type Person, type TestServer } from './helpers.js';

async function refused(t: TestContext, server: TestServer, person: Person, changes: Partial<IConnectPacket> = {}): Promise<[connack: number | undefined, code: number, reason: string]> {
  const probe = await Probe.open(t, server);
  probe.connect(person, changes);
  const { returnCode } = (await probe.next('connack')) as IConnackPacket;
  const { code, reason } = await probe.closed;
  return [returnCode, code, reason];
}

test('a client with a genuine UserSig signs in', async (t) => {
  const server = await serve(t);
  const client = await witness(t, server, 'Alice-1');
  assert.ok(client.connected);
  assert.equal((await server.logged(({ event }) => event === 'signed in'))['account'], `${app}_-alice--1`);
});

test('another MQTT implementation understands the refusal of a forged UserSig', async (t) => {
  const server = await serve(t);
  const attempt = mqtt.connectAsync(server.url, { ...credentials({ userSig: signUserSig({ sdkAppID: app, userID: 'alice', key: otherKey, expire: 60 }) }), protocolVersion: 4, reconnectPeriod: 0 });
  await assert.rejects(attempt, { code: 4 });
});

test('a forged UserSig is refused with CONNACK 4', async (t) => {
  const server = await serve(t);
  const userSig = signUserSig({ sdkAppID: app, userID: 'alice', key: otherKey, expire: 60 });
  assert.deepEqual(await refused(t, server, { userSig }), [4, CloseCode.loginRefused, 'UserSig refused: wrong signature']);
});

test('another user\'s UserSig is refused with CONNACK 4', async (t) => {
  const server = await serve(t);
  const userSig = signUserSig({ sdkAppID: app, userID: 'bob', key, expire: 60 });
  assert.deepEqual(await refused(t, server, { userSig }), [4, CloseCode.loginRefused, 'UserSig refused: wrong user']);
});

test('another application\'s UserSig is refused with CONNACK 4', async (t) => {
  const server = await serve(t);
  const userSig = signUserSig({ sdkAppID: otherApp, userID: 'alice', key: otherKey, expire: 60 });
  assert.deepEqual(await refused(t, server, { userSig }), [4, CloseCode.loginRefused, 'UserSig refused: wrong app']);
});

test('garbage instead of a UserSig, or nothing, is refused with CONNACK 4', async (t) => {
  const server = await serve(t);
  assert.deepEqual(await refused(t, server, { userSig: 'garbage' }), [4, CloseCode.loginRefused, 'UserSig refused: malformed']);
  const probe = await Probe.open(t, server);
  probe.send({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 60, clientId: credentials().clientId });
  assert.equal(((await probe.next('connack')) as IConnackPacket).returnCode, 4);
});

test('an application that is not configured is refused with CONNACK 4, SDKAppID 0 included', async (t) => {
  const server = await serve(t);
  for (const sdkAppID of [5, 0]) {
    assert.deepEqual(await refused(t, server, { sdkAppID }), [4, CloseCode.loginRefused, 'UserSig refused: unknown app']);
  }
});

test('SDKAppID 0 is an application like any other where it is configured', async (t) => {
  const server = await serve(t, { apps: { 0: key } });
  assert.ok((await witness(t, server, { sdkAppID: 0 })).connected);
});

test('an expired UserSig is refused with CONNACK 5 and close code 4002', async (t) => {
  const server = await serve(t);
  const time = Math.floor(Date.now() / 1000) - 100;
  assert.deepEqual(await refused(t, server, { time, expire: 50 }), [5, CloseCode.userSigExpired, 'UserSig expired']);
});

test('a malformed user name is refused with CONNACK 4', async (t) => {
  const server = await serve(t);
  for (const username of ['alice', `${app}_Alice`, `${app}_`, `${app}_${'a'.repeat(33)}`, '']) {
    assert.deepEqual(await refused(t, server, {}, { username }), [4, CloseCode.loginRefused, 'malformed user name'], username);
  }
});

test('a client id that is not the account and a session is refused with CONNACK 2', async (t) => {
  const server = await serve(t);
  const foreign = `${account('bob')}_${newSession()}`;
  for (const clientId of [foreign, account('alice'), `${account('alice')}_x`, `${account('alice')}_${newSession()}0`, 'x', '__proto__']) {
    assert.deepEqual(await refused(t, server, {}, { clientId }), [2, CloseCode.loginRefused, 'client id not allowed'], clientId);
  }
});

test('a client that asks for a kept session gets a clean one, and its subscriptions end with it', async (t) => {
  const server = await serve(t);
  const session = newSession();
  const first = await Probe.open(t, server);
  first.connect({ session }, { clean: false });
  assert.equal(((await first.next('connack')) as IConnackPacket).sessionPresent, false);
  await first.subscribe(`trtc/v1/in/${account('alice')}/+`);
  first.send({ cmd: 'disconnect' });
  await first.closed;
  const bob = await Probe.signIn(t, server, 'bob');
  bob.publish(`trtc/v1/in/${account('alice')}/${account('bob')}`, 'missed', { qos: 1 });
  await bob.next('puback');
  const second = await Probe.open(t, server);
  second.connect({ session }, { clean: false });
  assert.equal(((await second.next('connack')) as IConnackPacket).sessionPresent, false);
  await second.roundTrip();
  assert.ok(!second.packets.some(({ cmd }) => cmd === 'publish'));
});

test('a will on a foreign topic is refused at CONNECT, with CONNACK 5', async (t) => {
  const server = await serve(t);
  for (const topic of [`trtc/v1/on/${account('bob')}`, `trtc/v1/in/${account('bob')}/${account('carol')}`, '$SYS/x', 'x']) {
    assert.deepEqual(await refused(t, server, { will: { topic, payload: '{}' } }), [5, CloseCode.loginRefused, 'will topic not allowed'], topic);
  }
});

test('a retained will is refused at CONNECT', async (t) => {
  const server = await serve(t);
  const will = { topic: `trtc/v1/on/${account('alice')}`, payload: '{}', retain: true };
  assert.equal((await refused(t, server, { will }))[0], 5);
});

test('a UserSig of 180 days, beyond what a timer can wait, does not end its session at once', async (t) => {
  const server = await serve(t);
  const probe = await Probe.signIn(t, server, { expire: 180 * 86_400 });
  await probe.roundTrip();
  assert.equal(server.connections(), 1);
});

test('a short-lived UserSig ends its session with 4002', async (t) => {
  const clock = new TestClock();
  const server = await serve(t, { clockSkewSeconds: 0 }, { clock });
  const probe = await Probe.signIn(t, server, { time: clock.seconds, expire: 20 });
  clock.advance(19_999);
  await probe.roundTrip();
  clock.advance(1);
  const { code, reason } = await probe.closed;
  assert.deepEqual([code, reason], [CloseCode.userSigExpired, 'UserSig expired']);
});

test('the log names the account and the reason, and never a UserSig, a key or a whole session id', async (t) => {
  const server = await serve(t);
  const session = newSession();
  const person = { session, userSig: signUserSig({ sdkAppID: app, userID: 'alice', key, expire: 1234 }) };
  const probe = await Probe.signIn(t, server, person);
  probe.publish('trtc/v1/foreign', 'secret payload');
  await probe.closed;
  const line = await server.logged(({ event }) => event === 'disconnected');
  assert.deepEqual([line['account'], line['code'], line['reason'], line['by']], [account('alice'), 4003, 'topic not allowed', 'server']);
  const log = JSON.stringify(server.lines);
  for (const secret of [person.userSig, key, otherKey, session, 'secret payload']) assert.ok(!log.includes(secret));
});
