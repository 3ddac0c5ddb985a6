// What a picture may cost for each receiver.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bench, bench, settle } from './fake-browser.js';

const limit = (bitrate: number, scale: number) => ({ type: 'LimitVideo' as const, bitrate, scale });

/** Microphone and camera, sent to everybody who is given by number. */
async function call(...peers: number[]): Promise<Bench> {
  const it = bench();
  it.open(1, true, true);
  connect(it, ...peers);
  await settle();
  return it;
}

function connect(it: Bench, ...peers: number[]): void {
  for (const peer of peers) {
    it.execute({ type: 'CreatePeer', peer, user: `user${peer}`, offerer: true }, { type: 'StartSending', peer });
  }
}

const videoLimits = ({ connections }: Bench) =>
  connections.map((connection) => {
    const [encoding] = connection.getTransceivers()[1]?.sender.parameters.encodings ?? [];
    return [encoding?.maxBitrate, encoding?.scaleResolutionDownBy];
  });

test('a limit reaches every connection, also those that come later', async () => {
  const it = await call(1, 2);
  it.execute(limit(300, 150));
  connect(it, 3);
  await settle();
  assert.deepEqual(videoLimits(it), [
    [300_000, 1.5],
    [300_000, 1.5],
    [300_000, 1.5],
  ]);
});

test('sound keeps its own limit', async () => {
  const it = await call(1);
  it.execute(limit(300, 150));
  await settle();
  assert.deepEqual(it.connections[0]?.getTransceivers()[0]?.sender.parameters.encodings, [{ maxBitrate: 40_000 }]);
});

test('a screen is never scaled, and the camera that comes back is', async () => {
  const it = await call(1);
  it.execute(limit(300, 200), { type: 'OpenScreen', capture: 2 });
  await settle();
  assert.deepEqual(videoLimits(it), [[300_000, 1]]);
  it.execute({ type: 'CloseScreen' });
  await settle();
  assert.deepEqual(videoLimits(it), [[300_000, 2]]);
});

test('the last of several limits is the one that stays', async () => {
  const it = await call(1);
  it.execute(limit(300, 200), limit(900, 100));
  await settle();
  assert.deepEqual(videoLimits(it), [[900_000, 1]]);
});

test('a limit that is kept already is not set again', async () => {
  const it = await call(1);
  it.execute(limit(300, 200));
  await settle();
  const sender = it.connections[0]?.getTransceivers()[1]?.sender;
  const before = sender?.settings;
  it.execute(limit(300, 200));
  await settle();
  assert.equal(sender?.settings, before);
});

test('the next call begins with the bitrate of its profile', async () => {
  const it = await call(1);
  it.execute(limit(300, 200), { type: 'ClosePeer', peer: 1 }, { type: 'CloseMedia' });
  it.open(2, true, true);
  connect(it, 2);
  await settle();
  assert.deepEqual(videoLimits(it).at(-1), [900_000, 1]);
});
