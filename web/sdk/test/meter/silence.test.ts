// Media that should flow and do not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bench, type Bench, type Flow, only } from './bench.js';

/** A call with bob that has worked for a while. */
async function call(): Promise<Bench> {
  const it = bench('bob');
  it.meter.start();
  await it.seconds(3);
  return it;
}

const cases: [flow: Flow, direction: string, kind: string, expected: string][] = [
  ['receivedAudio', 'receive', 'audio', 'audio'],
  ['receivedVideo', 'receive', 'video', 'video'],
  ['sentAudio', 'send', 'audio', 'sendsAudio'],
  ['sentVideo', 'send', 'video', 'sendsVideo'],
];

for (const [flow, direction, kind, expected] of cases) {
  test(`${kind} that stands still for five seconds is told once: ${direction}`, async () => {
    const it = await call();
    only(it.parties).stopped.add(flow);
    await it.seconds(4);
    assert.deepEqual(it.silences, []);
    await it.seconds(20);
    assert.deepEqual(it.silences, [{ userID: 'bob', direction, kind }]);
  });

  test(`${kind} that nobody expects may stand still: ${direction}`, async () => {
    const it = await call();
    Object.assign(only(it.parties).expected, { [expected]: false });
    only(it.parties).stopped.add(flow);
    await it.seconds(20);
    assert.deepEqual(it.silences, []);
  });
}

test('media that never came are missed', async () => {
  const it = bench('bob');
  only(it.parties).stopped.add('receivedVideo');
  it.meter.start();
  await it.seconds(6);
  assert.equal(it.silences.length, 1);
});

test('media that came back and stop again are told again', async () => {
  const it = await call();
  const { stopped } = only(it.parties);
  stopped.add('receivedAudio');
  await it.seconds(8);
  stopped.clear();
  await it.seconds(2);
  stopped.add('receivedAudio');
  await it.seconds(8);
  assert.equal(it.silences.length, 2);
});

test('packets of which no picture can be made are no picture', async () => {
  const it = await call();
  const video = only(it.parties).totals.receivedVideo;
  const { frames } = video;
  Object.defineProperty(video, 'frames', { get: () => frames, set: () => undefined, enumerable: true });
  await it.seconds(6);
  assert.deepEqual(it.silences, [{ userID: 'bob', direction: 'receive', kind: 'video' }]);
});

test('a connection that does not stand has other worries', async () => {
  const it = await call();
  const bob = only(it.parties);
  bob.stopped.add('receivedAudio');
  await it.seconds(4);
  bob.expected.connected = false;
  await it.seconds(4);
  bob.expected.connected = true;
  await it.seconds(4);
  assert.deepEqual(it.silences, []);
});

test('a camera that opens has the whole time to arrive', async () => {
  const it = await call();
  const bob = only(it.parties);
  bob.stopped.add('receivedVideo');
  bob.expected.video = false;
  await it.seconds(10);
  bob.expected.video = true;
  await it.seconds(5);
  assert.deepEqual(it.silences, []);
  await it.seconds(1);
  assert.equal(it.silences.length, 1);
});

test('time in which nobody has looked does not count', async () => {
  const it = await call();
  only(it.parties).stopped.add('receivedAudio');
  await it.seconds(2);
  // The machine sleeps: timers do not ring, and then all at once.
  const { now } = it.clock;
  let slept = 0;
  it.clock.now = () => now.call(it.clock) + slept;
  for (let nap = 0; nap < 3; nap++) {
    slept += 60_000;
    await it.seconds(1);
  }
  assert.deepEqual(it.silences, []);
  await it.seconds(3);
  assert.equal(it.silences.length, 1);
});

test('users are told apart', async () => {
  const it = bench('bob', 'carol');
  it.meter.start();
  await it.seconds(2);
  for (const party of it.parties) party.stopped.add('sentAudio');
  await it.seconds(10);
  assert.deepEqual(it.silences.map(({ userID }) => userID), ['bob', 'carol']);
});
