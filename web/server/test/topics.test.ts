import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloseCode } from '../src/index.js';
import { Probe, account, nextMessage, otherApp, serve, witness } from './helpers.js';

const inbox = (to: string, from: string) => `trtc/v1/in/${account(to)}/${account(from)}`;

test('a message reaches the inbox of its addressee, and nobody else', async (t) => {
  const server = await serve(t);
  const [alice, bob, carol] = await Promise.all(['alice', 'bob', 'carol'].map((name) => witness(t, server, name)));
  await bob!.subscribeAsync(`trtc/v1/in/${account('bob')}/+`);
  await carol!.subscribeAsync(`trtc/v1/in/${account('carol')}/+`);
  carol!.on('message', () => assert.fail('carol must not see this'));
  const received = nextMessage(bob!);
  await alice!.publishAsync(inbox('bob', 'alice'), 'hello');
  assert.deepEqual(await received, { topic: inbox('bob', 'alice'), text: 'hello' });
});

test('QoS 1 is acknowledged and delivered', async (t) => {
  const server = await serve(t);
  const [alice, bob] = await Promise.all(['alice', 'bob'].map((name) => witness(t, server, name)));
  await bob!.subscribeAsync(`trtc/v1/in/${account('bob')}/+`, { qos: 1 });
  const received = nextMessage(bob!);
  await alice!.publishAsync(inbox('bob', 'alice'), 'hello', { qos: 1 });
  assert.equal((await received).text, 'hello');
});

test('a session may write to its own inbox', async (t) => {
  const server = await serve(t);
  const alice = await Probe.signIn(t, server, 'alice');
  assert.deepEqual(await alice.subscribe(`trtc/v1/in/${account('alice')}/+`), [0]);
  alice.publish(inbox('alice', 'alice'), 'claim');
  assert.equal((await alice.message()).text, 'claim');
});

test('another user\'s inbox is refused with SUBACK 0x80, and the connection lives', async (t) => {
  const server = await serve(t);
  const mallory = await Probe.signIn(t, server, 'mallory');
  const filters = [`trtc/v1/in/${account('alice')}/+`, '#', 'trtc/#', '+/+/+/+/+', 'trtc/v1/on/+', '$SYS/#'];
  assert.deepEqual(await mallory.subscribe(...filters), filters.map(() => 128));
  assert.deepEqual(await mallory.subscribe(`trtc/v1/in/${account('mallory')}/+`), [0]);
  assert.ok(await server.logged(({ event, topic }) => event === 'subscription refused' && topic === '#'));
});

test('one refused topic does not spoil the others of its packet', async (t) => {
  const server = await serve(t);
  const alice = await Probe.signIn(t, server, 'alice');
  assert.deepEqual(await alice.subscribe(`trtc/v1/in/${account('alice')}/+`, 'x', `trtc/v1/on/${account('bob')}`), [0, 128, 0]);
});

for (const [what, topic] of [
  ['as somebody else', inbox('bob', 'carol')],
  ['to another application', `trtc/v1/in/${account('bob', otherApp)}/${account('mallory')}`],
  ['somebody else\'s presence', `trtc/v1/on/${account('alice')}`],
  ['to a topic of no use here', 'somewhere/else'],
  ['to $SYS', '$SYS/x'],
] as const) {
  test(`publishing ${what} ends the connection with 4003, and nothing is delivered`, async (t) => {
    const server = await serve(t);
    const bob = await Probe.signIn(t, server, 'bob');
    await bob.subscribe(`trtc/v1/in/${account('bob')}/+`, `trtc/v1/on/${account('alice')}`);
    const mallory = await Probe.signIn(t, server, 'mallory');
    mallory.publish(topic, 'forged');
    const { code, reason } = await mallory.closed;
    assert.deepEqual([code, reason], [CloseCode.topicNotAllowed, 'topic not allowed']);
    await bob.roundTrip();
    assert.ok(!bob.packets.some(({ cmd }) => cmd === 'publish'));
  });
}

test('retained messages are refused with 4003', async (t) => {
  const server = await serve(t);
  const alice = await Probe.signIn(t, server, 'alice');
  alice.publish(`trtc/v1/on/${account('alice')}`, 'x', { retain: true });
  assert.deepEqual((({ code, reason }) => [code, reason])(await alice.closed), [CloseCode.topicNotAllowed, 'retained messages not allowed']);
});

test('QoS 2 is refused with 4003', async (t) => {
  const server = await serve(t);
  const alice = await Probe.signIn(t, server, 'alice');
  alice.publish(inbox('bob', 'alice'), 'x', { qos: 2 });
  assert.deepEqual((({ code, reason }) => [code, reason])(await alice.closed), [CloseCode.topicNotAllowed, 'QoS 2 not allowed']);
});

test('users of the same name in two applications are strangers', async (t) => {
  const server = await serve(t);
  const here = await Probe.signIn(t, server, { userID: 'alice' });
  const there = await Probe.signIn(t, server, { userID: 'alice', sdkAppID: otherApp });
  await here.roundTrip();
  assert.deepEqual(await there.subscribe(`trtc/v1/in/${account('alice')}/+`, `trtc/v1/on/${account('alice')}`, `trtc/v1/group/${account('team')}/+`), [128, 128, 128]);
});

test('the 65th subscription is refused, and renewing one of the 64 is not', async (t) => {
  const server = await serve(t);
  const alice = await Probe.signIn(t, server, 'alice');
  const presence = (i: number) => `trtc/v1/on/${account(`user${i}`)}`;
  const granted = await alice.subscribe(...Array.from({ length: 65 }, (_, i) => presence(i)));
  assert.deepEqual(granted, [...Array<number>(64).fill(0), 128]);
  assert.deepEqual(await alice.subscribe(presence(0)), [0]);
  alice.send({ cmd: 'unsubscribe', messageId: 9, unsubscriptions: [presence(0)] });
  await alice.next('unsuback');
  assert.deepEqual(await alice.subscribe(presence(64)), [0]);
});

test('a payload of 64 KiB passes, and arrives in one frame', async (t) => {
  const server = await serve(t);
  const alice = await Probe.signIn(t, server, 'alice');
  const bob = await Probe.signIn(t, server, 'bob');
  await bob.subscribe(`trtc/v1/in/${account('bob')}/+`);
  const before = bob.frames.length;
  const payload = Buffer.alloc(65_536, 'x');
  alice.publish(inbox('bob', 'alice'), payload);
  assert.equal((await bob.message()).text, payload.toString());
  assert.equal(bob.frames.length - before, 1);
});

test('a payload of one byte more is answered with 1009', async (t) => {
  const server = await serve(t);
  const alice = await Probe.signIn(t, server, 'alice');
  alice.publish(inbox('bob', 'alice'), Buffer.alloc(65_537));
  assert.equal((await alice.closed).code, CloseCode.tooBig);
});

test('every packet leaves in one frame', async (t) => {
  const server = await serve(t);
  const alice = await Probe.signIn(t, server, 'alice');
  await alice.subscribe(`trtc/v1/in/${account('alice')}/+`);
  assert.deepEqual(alice.frames.map((frame) => frame[0]! >> 4), [2, 9], 'CONNACK and SUBACK');
});
