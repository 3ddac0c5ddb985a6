// When the meter looks, and what it says about volume and quality.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bench, only, settle } from './bench.js';

test('volume is told every second, oneself first', async () => {
  const it = bench('bob', 'carol');
  Object.assign(it.parties[0] ?? {}, { audioLevel: 0.123 });
  Object.assign(it.parties[1] ?? {}, { audioLevel: 1 });
  it.meter.start();
  await it.seconds(3);
  assert.equal(it.volumes.length, 3);
  assert.deepEqual(it.volumes[0], [
    { userId: 'alice', audioVolume: 7 },
    { userId: 'bob', audioVolume: 12 },
    { userId: 'carol', audioVolume: 100 },
  ]);
});

test('quality is told every two seconds, oneself first', async () => {
  const it = bench('bob');
  it.meter.start();
  await it.seconds(5);
  assert.equal(it.qualities.length, 2);
  assert.deepEqual(it.qualities[1], [
    { userId: 'alice', quality: 1 },
    { userId: 'bob', quality: 1, uplink: 1 },
  ]);
});

test('nothing happens before start and after stop, and start counts once', async () => {
  const it = bench('bob');
  await it.seconds(2);
  it.meter.start();
  it.meter.start();
  await it.seconds(1);
  assert.equal(it.volumes.length, 1);
  it.meter.stop();
  assert.equal(it.clock.next(), undefined);
  await it.seconds(5);
  assert.equal(it.volumes.length, 1);
});

test('a call after a call is measured again', async () => {
  const it = bench('bob');
  it.meter.start();
  await it.seconds(3);
  it.meter.stop();
  it.meter.start();
  await it.seconds(2);
  assert.deepEqual([it.volumes.length, it.qualities.length], [5, 2]);
});

test('a measurement that is under way when the call ends is not told, also not to the next call', async () => {
  const it = bench('bob');
  let finish: (() => void) | undefined;
  const { measure } = it;
  it.measure = async () => {
    await new Promise<void>((resolve) => (finish = resolve));
    return measure();
  };
  it.meter.start();
  await it.seconds(1);
  it.meter.stop();
  it.meter.start();
  finish?.();
  await settle();
  assert.deepEqual(it.volumes, []);
  await it.seconds(1);
  finish?.();
  await settle();
  assert.equal(it.volumes.length, 1);
});

test('a measurement that fails is left out', async () => {
  const it = bench('bob');
  const { measure } = it;
  it.meter.start();
  it.measure = () => Promise.reject(new Error('closed'));
  await it.seconds(1);
  it.measure = measure;
  await it.seconds(1);
  assert.equal(it.volumes.length, 1);
});

test('a slow measurement delays the next look, and never doubles it', async () => {
  const it = bench('bob');
  let looks = 0;
  it.measure = () => {
    looks += 1;
    return new Promise(() => undefined);
  };
  it.meter.start();
  await it.seconds(4);
  assert.equal(looks, 1);
});

interface Case {
  name: string;
  lost?: { received: number; sent: number };
  roundTrip?: number;
  quality: number;
  uplink: number;
}

// Of 100 packets a second in each direction, those that come in and those that are lost counted apart.
const cases: Case[] = [
  { name: 'nothing lost, 150 ms', roundTrip: 150, quality: 1, uplink: 1 },
  { name: '151 ms', roundTrip: 151, quality: 2, uplink: 2 },
  { name: '500 ms', roundTrip: 500, quality: 3, uplink: 3 },
  { name: '501 ms', roundTrip: 501, quality: 4, uplink: 4 },
  { name: '1001 ms', roundTrip: 1001, quality: 5, uplink: 5 },
  { name: '2 % lost on the way here', lost: { received: 1, sent: 0 }, quality: 2, uplink: 1 },
  { name: '6 % lost on the way there', lost: { received: 0, sent: 3 }, quality: 1, uplink: 3 },
  { name: '17 % lost on the way here', lost: { received: 10, sent: 0 }, quality: 4, uplink: 1 },
  { name: 'half of it lost both ways', lost: { received: 50, sent: 25 }, quality: 5, uplink: 5 },
];

for (const { name, quality, uplink, lost, roundTrip } of cases) {
  test(`quality: ${name}`, async () => {
    const it = bench('bob');
    Object.assign(only(it.parties), { ...(lost && { lost }), ...(roundTrip && { roundTrip }) });
    it.meter.start();
    await it.seconds(2);
    assert.deepEqual(only(it.qualities), [
      { userId: 'alice', quality: uplink },
      { userId: 'bob', quality, uplink },
    ]);
  });
}

test('only the last two seconds count', async () => {
  const it = bench('bob');
  const bob = only(it.parties);
  bob.lost.received = 100;
  it.meter.start();
  await it.seconds(4);
  bob.lost.received = 0;
  await it.seconds(2);
  assert.deepEqual(it.qualities.map((qualities) => qualities[1]?.quality), [5, 5, 1]);
});

test('lost packets that come after all are not lost', async () => {
  const it = bench('bob');
  const bob = only(it.parties);
  bob.lost.received = 20;
  it.meter.start();
  await it.seconds(2);
  bob.lost.received = -1;
  await it.seconds(2);
  assert.equal(it.qualities[1]?.[1]?.quality, 1);
});

test('one’s own quality is the worst of all uplinks', async () => {
  const it = bench('bob', 'carol');
  Object.assign(it.parties[1] ?? {}, { lost: { received: 0, sent: 25 } });
  it.meter.start();
  await it.seconds(2);
  assert.equal(only(it.qualities)[0]?.quality, 5);
});

test('nothing that arrives any more is 6, nothing that has arrived yet is unknown', async () => {
  const it = bench('bob', 'carol');
  for (const flow of ['receivedAudio', 'receivedVideo'] as const) it.parties[1]?.stopped.add(flow);
  it.meter.start();
  await it.seconds(2);
  for (const flow of ['receivedAudio', 'receivedVideo'] as const) it.parties[0]?.stopped.add(flow);
  await it.seconds(4);
  assert.deepEqual(it.qualities.map((qualities) => qualities.slice(1).map(({ quality }) => quality)), [
    [1, 0],
    [6, 0],
    [6, 0],
  ]);
});

test('a connection that is lost is 6, one that has not worked yet is unknown', async () => {
  const it = bench('bob', 'carol');
  for (const party of it.parties) party.expected.connected = false;
  for (const flow of ['receivedAudio', 'receivedVideo'] as const) it.parties[1]?.stopped.add(flow);
  it.meter.start();
  await it.seconds(2);
  assert.deepEqual(only(it.qualities).slice(1), [
    { userId: 'bob', quality: 6, uplink: 6 },
    { userId: 'carol', quality: 0, uplink: 0 },
  ]);
});

test('somebody who has just come is unknown', async () => {
  const it = bench('bob');
  it.meter.start();
  await it.seconds(3);
  it.parties.push(...bench('carol').parties);
  await it.seconds(1);
  assert.deepEqual(it.qualities[1]?.map(({ quality }) => quality), [1, 1, 0]);
});
