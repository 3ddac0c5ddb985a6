import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MqttClient } from 'mqtt';
import { CloseCode } from '../src/index.js';
import { Probe, TestClock, account, app, nextMessage, otherApp, serve, witness, type Person } from './helpers.js';

const members = { groups: { team: ['alice', 'bob'], '@TGS#2A': ['alice', 'bob'] } };
const group = (id: string, sdkAppID = app) => `trtc/v1/group/${account(id, sdkAppID)}`;
const everybodyIn = (id: string) => `${group(id)}/+`;
const said = (id: string, from: string) => `${group(id)}/${account(from)}`;

/** Collects what arrives, until asked; a message to oneself, which travels behind everything sent before, ends it. */
async function ear(client: MqttClient, userID: string): Promise<() => Promise<string[]>> {
  await client.subscribeAsync(`trtc/v1/in/${account(userID)}/+`);
  const heard: string[] = [];
  const ended = new Promise<void>((resolve) => {
    client.on('message', (_, payload) => (payload.toString() === 'end' ? resolve() : heard.push(payload.toString())));
  });
  return async () => {
    await client.publishAsync(`trtc/v1/in/${account(userID)}/${account(userID)}`, 'end');
    await ended;
    return heard;
  };
}

test('without a setting every group is open to everybody of its application', async (t) => {
  const server = await serve(t);
  const [alice, bob] = await Promise.all(['alice', 'bob'].map((name) => witness(t, server, name)));
  await bob!.subscribeAsync(everybodyIn('Team-1'));
  const received = nextMessage(bob!);
  await alice!.publishAsync(said('Team-1', 'alice'), 'all');
  assert.deepEqual(await received, { topic: said('Team-1', 'alice'), text: 'all' });
});

test('a message to a group reaches each subscribed member once, the sender included, and nobody else', async (t) => {
  const server = await serve(t, members);
  const [alice, bob, mallory] = await Promise.all(['alice', 'bob', 'mallory'].map((name) => witness(t, server, name)));
  await alice!.subscribeAsync(everybodyIn('team'));
  // Asking twice, with another QoS, must not double what is heard.
  await bob!.subscribeAsync(everybodyIn('team'), { qos: 1 });
  await bob!.subscribeAsync(everybodyIn('team'), { qos: 0 });
  await assert.rejects(mallory!.subscribeAsync(everybodyIn('team')));
  const [byAlice, byBob, byMallory] = [await ear(alice!, 'alice'), await ear(bob!, 'bob'), await ear(mallory!, 'mallory')];
  await alice!.publishAsync(said('team', 'alice'), 'invite', { qos: 1 });
  await alice!.publishAsync(said('team', 'alice'), 'cancel', { qos: 1 });
  assert.deepEqual(await byAlice(), ['invite', 'cancel']);
  assert.deepEqual(await byBob(), ['invite', 'cancel']);
  assert.deepEqual(await byMallory(), []);
  assert.ok(mallory!.connected);
});

test('a subscription to a group of others is refused with SUBACK 0x80, and the connection lives', async (t) => {
  const server = await serve(t, members);
  const mallory = await Probe.signIn(t, server, 'mallory');
  assert.deepEqual(await mallory.subscribe(everybodyIn('team'), everybodyIn('not-listed')), [128, 128]);
  await mallory.roundTrip();
  assert.ok(await server.logged(({ event, topic }) => event === 'subscription refused' && topic === everybodyIn('team')));
});

for (const qos of [0, 1] as const) {
  test(`a message of an outsider to a group (QoS ${qos}) is dropped and logged, and the connection lives`, async (t) => {
    const server = await serve(t, members);
    const bob = await witness(t, server, 'bob');
    await bob.subscribeAsync(everybodyIn('team'));
    const mallory = await witness(t, server, 'mallory');
    const byBob = await ear(bob, 'bob');
    await mallory.publishAsync(said('team', 'mallory'), 'intrusion', { qos });
    await mallory.subscribeAsync(`trtc/v1/on/${account('bob')}`);
    assert.deepEqual(await byBob(), []);
    assert.ok(mallory.connected);
    const { account: who, topic } = await server.logged(({ event }) => event === 'message dropped');
    assert.deepEqual([who, topic], [account('mallory'), said('team', 'mallory')]);
  });
}

test('with a list, a group that is not listed is closed to everybody', async (t) => {
  const server = await serve(t, { groups: {} });
  const alice = await Probe.signIn(t, server, 'alice');
  assert.deepEqual(await alice.subscribe(everybodyIn('team')), [128]);
});

test('members of a group whose id Tencent has assigned hear each other', async (t) => {
  const server = await serve(t, members);
  const bob = await Probe.signIn(t, server, 'bob');
  const topic = `trtc/v1/group/${app}_-0-t-g-s-12-a`;
  assert.deepEqual(await bob.subscribe(`${topic}/+`), [0]);
  const alice = await Probe.signIn(t, server, 'alice');
  alice.publish(`${topic}/${account('alice')}`, 'all');
  assert.deepEqual(await bob.message(), { topic: `${topic}/${account('alice')}`, text: 'all' });
});

test('a list names users of every application, but no application hears another', async (t) => {
  const server = await serve(t, members);
  const there = await Probe.signIn(t, server, { userID: 'alice', sdkAppID: otherApp });
  assert.deepEqual(await there.subscribe(everybodyIn('team'), `${group('team', otherApp)}/+`), [128, 0]);
  const bob = await Probe.signIn(t, server, 'bob');
  await bob.subscribe(everybodyIn('team'));
  there.publish(`${group('team', otherApp)}/${account('alice', otherApp)}`, 'elsewhere');
  assert.equal((await there.message()).text, 'elsewhere');
  await bob.roundTrip();
  assert.ok(!bob.packets.some(({ cmd }) => cmd === 'publish'));
});

test('no subscription reaches more than one group', async (t) => {
  const server = await serve(t);
  const alice = await Probe.signIn(t, server, 'alice');
  const filters = ['trtc/v1/group/+/+', 'trtc/v1/group/#', `${group('team')}/#`, group('team'), said('team', 'bob')];
  assert.deepEqual(await alice.subscribe(...filters), filters.map(() => 128));
});

for (const [what, topic, payload, changes, code] of [
  ['in the name of another member', said('team', 'bob'), 'x', {}, CloseCode.topicNotAllowed],
  ['to a group of another application', `${group('team', otherApp)}/${account('alice')}`, 'x', {}, CloseCode.topicNotAllowed],
  ['to a group whose id cannot be one', `trtc/v1/group/${app}_Team/${account('alice')}`, 'x', {}, CloseCode.topicNotAllowed],
  ['that is to be retained', said('other', 'alice'), 'x', { retain: true }, CloseCode.topicNotAllowed],
  ['with QoS 2', said('other', 'alice'), 'x', { qos: 2 }, CloseCode.topicNotAllowed],
  ['of more than 64 KiB', said('other', 'alice'), Buffer.alloc(65_537), {}, CloseCode.tooBig],
] as const) {
  test(`a group message ${what} ends the connection with ${code}, member or not`, async (t) => {
    const server = await serve(t, members);
    const alice = await Probe.signIn(t, server, 'alice');
    alice.publish(topic, payload, changes);
    assert.equal((await alice.closed).code, code);
  });
}

test('messages that are dropped count as messages', async (t) => {
  const clock = new TestClock();
  const server = await serve(t, { ...members, messagesPerSecond: 10, messageBurst: 20 }, { clock });
  const mallory = await Probe.signIn(t, server, { userID: 'mallory', time: clock.seconds });
  for (let i = 0; i < 25; i += 1) mallory.publish(said('team', 'mallory'));
  assert.equal((await mallory.closed).code, CloseCode.tooManyMessages);
});

test('a will to a group is refused at CONNECT, even that of a member', async (t) => {
  const server = await serve(t, members);
  const alice: Person = { will: { topic: said('team', 'alice'), payload: '{}' } };
  await assert.rejects(Probe.signIn(t, server, alice), /"returnCode":5/);
});

test('a policy given by code replaces the setting, both ways', async (t) => {
  const mayJoinGroup = ({ userID }: { userID: string }, id: string) => id === 'team' && userID === 'carol';
  const server = await serve(t, members, { mayJoinGroup });
  const [alice, carol] = await Promise.all(['alice', 'carol'].map((name) => Probe.signIn(t, server, name)));
  assert.deepEqual(await alice!.subscribe(everybodyIn('team')), [128]);
  assert.deepEqual(await carol!.subscribe(everybodyIn('team')), [0]);
  alice!.publish(said('team', 'alice'), 'dropped');
  carol!.publish(said('team', 'carol'), 'heard');
  assert.equal((await carol!.message()).text, 'heard');
  await alice!.roundTrip();
});

test('a group policy that throws refuses, and harms nobody', async (t) => {
  const server = await serve(t, {}, { mayJoinGroup: () => { throw new Error('database'); } });
  const alice = await Probe.signIn(t, server, 'alice');
  assert.deepEqual(await alice.subscribe(everybodyIn('team')), [128]);
  assert.ok(server.lines.some(({ level, event }) => level === 'error' && event === 'group policy failed'));
});
