// What getCallStats tells.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bench, only } from './bench.js';

test('rates are those since the last measurement', async () => {
  const it = bench('bob');
  const bob = only(it.parties);
  it.meter.start();
  await it.seconds(3);
  bob.lost = { received: 50, sent: 5 };
  Object.assign(bob.totals.sentVideo, { width: 640, height: 480, codec: 'VP8', limitedBy: 'cpu' });
  Object.assign(bob.totals.receivedAudio, { jitter: 3, codec: 'opus' });
  bob.second();
  it.clock.advance(999);
  assert.deepEqual(only((await it.meter.stats()).users), {
    userID: 'bob',
    quality: 5,
    roundTrip: 20,
    sent: {
      audio: { bitrate: 40, loss: 0.1 },
      video: { bitrate: 40, loss: 0.1, frameRate: 10, width: 640, height: 480, codec: 'VP8', limitedBy: 'cpu' },
    },
    received: {
      audio: { bitrate: 40, loss: 0.5, jitter: 3, codec: 'opus' },
      video: { bitrate: 40, loss: 0.5, frameRate: 10 },
    },
  });
});

test('a measurement of a moment ago is passed over for the one before', async () => {
  const it = bench('bob');
  it.meter.start();
  await it.seconds(3);
  it.clock.advance(100);
  const stats = await it.meter.stats();
  assert.equal(only(stats.users).received.video?.bitrate, 36);
});

test('asking does not disturb the reports', async () => {
  const it = bench('bob');
  it.meter.start();
  for (let second = 0; second < 4; second++) {
    await it.seconds(1);
    await it.meter.stats();
  }
  assert.deepEqual(it.qualities.map((qualities) => qualities[1]?.quality), [1, 1]);
});

test('before the meter runs the first answer has no rates, and the second compares with it', async () => {
  const it = bench('bob');
  const first = only((await it.meter.stats()).users);
  assert.deepEqual([first.quality, first.received.video?.bitrate], [0, 0]);
  await it.seconds(2);
  const second = only((await it.meter.stats()).users);
  assert.deepEqual([second.quality, second.received.video?.bitrate], [1, 40]);
});

test('a connection that was rebuilt counts from nothing', async () => {
  const it = bench('bob');
  it.meter.start();
  await it.seconds(5);
  Object.assign(only(it.parties).totals.receivedAudio, { packets: 0, bytes: 0 });
  only(it.parties).second();
  it.clock.advance(999);
  assert.equal(only((await it.meter.stats()).users).received.audio?.bitrate, 40);
});

test('without a connection there is nobody', async () => {
  assert.deepEqual(await bench().meter.stats(), { users: [] });
});
