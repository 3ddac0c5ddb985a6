// What the statistics of a connection are read as; tests/browser shows that browsers have them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bench, bench, settle } from './fake-browser.js';

const path = {
  T: { type: 'transport', selectedCandidatePairId: 'P' },
  P: { type: 'candidate-pair', localCandidateId: 'L', currentRoundTripTime: 0.025, availableOutgoingBitrate: 800_000 },
  L: { type: 'local-candidate', candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' },
};
const codecs = {
  CA: { type: 'codec', mimeType: 'audio/opus' },
  CV: { type: 'codec', mimeType: 'video/VP8' },
};
const inbound = {
  IA: {
    type: 'inbound-rtp',
    kind: 'audio',
    codecId: 'CA',
    packetsReceived: 100,
    bytesReceived: 8000,
    packetsLost: 2,
    jitter: 0.004,
    concealedSamples: 24_000,
    audioLevel: 0.25,
  },
  IV: {
    type: 'inbound-rtp',
    kind: 'video',
    codecId: 'CV',
    packetsReceived: 50,
    bytesReceived: 40_000,
    packetsLost: 0,
    jitter: 0,
    framesDecoded: 30,
    frameWidth: 640,
    frameHeight: 480,
  },
};
const outbound = {
  OV: {
    type: 'outbound-rtp',
    kind: 'video',
    codecId: 'CV',
    remoteId: 'RV',
    packetsSent: 60,
    bytesSent: 50_000,
    framesSent: 31,
    frameWidth: 320,
    frameHeight: 240,
    qualityLimitationReason: 'bandwidth',
  },
  RV: { type: 'remote-inbound-rtp', kind: 'video', packetsLost: 3, jitter: 0.002 },
};

/** Connections to users of these names, with an open microphone that is `loud`. */
async function call(users: string[], loud: object = {}): Promise<Bench> {
  const it = bench();
  it.open(1, true, false);
  users.forEach((user, peer) => it.execute({ type: 'CreatePeer', peer, user, offerer: true }));
  await settle();
  for (const { reports } of it.connections) {
    Object.assign(reports, { S: { type: 'media-source', kind: 'audio', ...loud } });
  }
  return it;
}

test('everything that a browser tells is read', async () => {
  const it = await call(['bob']);
  Object.assign(it.connections[0]?.reports ?? {}, path, codecs, inbound, outbound);
  assert.deepEqual((await it.media.measure())[0], {
    userID: 'bob',
    roundTrip: 25,
    availableBitrate: 800,
    candidateType: 'relay',
    protocol: 'tls',
    sent: {
      video: { packets: 60, bytes: 50_000, packetsLost: 3, jitter: 2, width: 320, height: 240, codec: 'VP8', frames: 31, limitedBy: 'bandwidth' },
    },
    received: {
      audio: { packets: 100, bytes: 8000, packetsLost: 2, jitter: 4, codec: 'opus', concealed: 0.5, audioLevel: 0.25 },
      video: { packets: 50, bytes: 40_000, packetsLost: 0, jitter: 0, width: 640, height: 480, codec: 'VP8', frames: 30 },
    },
  });
});

test('a browser that does not name the path in use has nominated it', async () => {
  const it = await call(['bob']);
  Object.assign(it.connections[0]?.reports ?? {}, {
    P: { ...path.P, nominated: true, state: 'succeeded' },
    Q: { ...path.P, nominated: false, state: 'succeeded', localCandidateId: 'M' },
    L: path.L,
    M: { type: 'local-candidate', candidateType: 'host', protocol: 'udp' },
  });
  assert.equal((await it.media.measure())[0]?.candidateType, 'relay');
});

test('what a browser does not tell is absent', async () => {
  const it = await call(['bob']);
  Object.assign(it.connections[0]?.reports ?? {}, { O: { type: 'outbound-rtp', kind: 'audio' } });
  const [measurement] = await it.media.measure();
  assert.deepEqual(measurement?.sent, { audio: { packets: 0, bytes: 0 } });
  assert.deepEqual(Object.keys(measurement ?? {}), ['userID', 'sent', 'received']);
});

test('there is one entry for each user, and none for a connection that the browser has closed', async () => {
  const it = await call(['bob', 'carol', 'dave', 'dave']);
  it.connections[1]?.close();
  assert.deepEqual((await it.media.measure()).map(({ userID }) => userID), ['bob', 'dave']);
});

test('each connection is asked once', async () => {
  const it = await call(['bob', 'carol']);
  await it.media.measure();
  assert.deepEqual(it.connections.map(({ looks }) => looks), [1, 1]);
});

test('the own level is what the last measurement told, and nothing while muted or closed', async () => {
  const it = await call(['bob'], { audioLevel: 0.123 });
  assert.equal(it.media.localLevel(), 0);
  await it.media.measure();
  assert.equal(it.media.localLevel(), 12);
  it.execute({ type: 'MuteMicrophone', muted: true });
  assert.equal(it.media.localLevel(), 0);
  it.execute({ type: 'MuteMicrophone', muted: false });
  assert.equal(it.media.localLevel(), 12);
  it.execute({ type: 'CloseMedia' });
  assert.equal(it.media.localLevel(), 0);
});

/** Counts contexts that are open; all of them hear `samples`. */
function fakeAudio(samples: number[]): { open: number } {
  const audio = { open: 0 };
  class FakeContext {
    constructor() {
      audio.open += 1;
    }
    async close(): Promise<void> {
      audio.open -= 1;
    }
    createAnalyser = () => ({ fftSize: samples.length, getFloatTimeDomainData: (data: Float32Array) => data.set(samples) });
    createMediaStreamSource = () => ({ connect: () => undefined });
  }
  Object.defineProperty(globalThis, 'AudioContext', { value: FakeContext, configurable: true, writable: true });
  return audio;
}

test('where statistics do not tell, the microphone is listened to, until it is closed', async () => {
  const audio = fakeAudio([0.1, -0.5, 0.2]);
  const it = await call(['bob']);
  await it.media.measure();
  assert.deepEqual([it.media.localLevel(), it.media.localLevel(), audio.open], [50, 50, 1]);
  it.execute({ type: 'MuteMicrophone', muted: true });
  assert.equal(it.media.localLevel(), 0);
  it.execute({ type: 'CloseMedia' });
  assert.equal(audio.open, 0);
});

test('another microphone is listened to in the place of the first', async () => {
  const audio = fakeAudio([1]);
  const it = await call(['bob']);
  await it.media.measure();
  it.media.localLevel();
  it.devices.given[0]?.end();
  it.open(2, true, false);
  await settle();
  assert.equal(it.media.localLevel(), 100);
  assert.equal(audio.open, 1);
});
