// What the media port makes of peer connections; tests/browser shows the same with real ones.
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { type Bench, bench, settle } from './fake-browser.js';
import type { FakeConnection } from './fake-connection.js';

const create = (peer: number, offerer: boolean) => ({ type: 'CreatePeer' as const, peer, user: 'bob', offerer });
const offer = (peer: number, negotiation: number, ice_restart = false) => ({ type: 'CreateOffer' as const, peer, negotiation, ice_restart });
const answer = (peer: number, negotiation: number) => ({ type: 'CreateAnswer' as const, peer, negotiation, sdp: 'offer' });
const candidate = (candidate: string) => ({ candidate, mid: '0', line: 0, fragment: 'abcd' });

function first({ connections }: Bench): FakeConnection {
  const [connection] = connections;
  assert.ok(connection !== undefined);
  return connection;
}

const sent = (connection: FakeConnection) => connection.getTransceivers().map(({ sender }) => sender.track?.deviceId);

test('the offerer has one transceiver of each kind before it offers', async () => {
  const it = bench();
  it.execute(create(1, true), offer(1, 7));
  await settle();
  assert.deepEqual(it.inputs, [{ type: 'OfferCreated', peer: 1, negotiation: 7, sdp: 'offer' }]);
  assert.deepEqual(first(it).getTransceivers().map(({ direction, receiver }) => [receiver.track.kind, direction]), [
    ['audio', 'sendrecv'],
    ['video', 'sendrecv'],
  ]);
});

test('an ICE restart is asked for with the offer', async () => {
  const it = bench();
  it.execute(create(1, true), offer(1, 7, true));
  await settle();
  assert.deepEqual(it.inputs, [{ type: 'OfferCreated', peer: 1, negotiation: 7, sdp: 'restart' }]);
});

test('the answerer sends both ways on the lines of the offer', async () => {
  const it = bench();
  it.execute(create(1, false), answer(1, 7));
  await settle();
  assert.deepEqual(it.inputs, [{ type: 'AnswerCreated', peer: 1, negotiation: 7, sdp: 'answer' }]);
  assert.deepEqual(first(it).getTransceivers().map(({ direction }) => direction), ['sendrecv', 'sendrecv']);
});

test('transceivers of an offer that lost are given up, and those of the remote offer are used', async () => {
  const it = bench();
  it.open(1, true, true);
  await settle();
  it.execute(create(1, true), { type: 'StartSending', peer: 1 }, answer(1, 7));
  await settle();
  assert.deepEqual(first(it).getTransceivers().map(({ mid }) => mid !== null), [true, true]);
  assert.deepEqual(sent(first(it)), ['mic1', 'cam1']);
});

test('nothing is sent before StartSending, and everything that is captured from then on', async () => {
  const it = bench();
  it.open(1, true, false);
  it.execute(create(1, true), offer(1, 7));
  await settle();
  assert.deepEqual(sent(first(it)), [undefined, undefined]);
  it.execute({ type: 'StartSending', peer: 1 });
  await settle();
  assert.deepEqual(sent(first(it)), ['mic1', undefined]);
  it.open(2, false, true);
  await settle();
  assert.deepEqual(sent(first(it)), ['mic1', 'cam1']);
  it.execute({ type: 'CloseCamera' });
  await settle();
  assert.deepEqual(sent(first(it)), ['mic1', undefined]);
});

test('StartSending before the offer is there counts when it comes', async () => {
  const it = bench();
  it.open(1, true, true);
  await settle();
  it.execute(create(1, false), { type: 'StartSending', peer: 1 }, answer(1, 7));
  await settle();
  assert.deepEqual(sent(first(it)), ['mic1', 'cam1']);
});

test('the encoders are limited to speech and to the bitrate of the profile', async () => {
  const it = bench();
  it.open(1, true, true);
  await settle();
  it.execute(create(1, true), { type: 'StartSending', peer: 1 });
  await settle();
  assert.deepEqual(first(it).getTransceivers().map(({ sender }) => sender.parameters.encodings), [
    [{ maxBitrate: 40_000 }],
    [{ maxBitrate: 900_000, scaleResolutionDownBy: 1 }],
  ]);
});

test('a connection that the browser closed by itself rejects nothing, and does not stop what follows', async () => {
  const it = bench();
  it.execute(create(1, true), offer(1, 7));
  await settle();
  const rejected = mock.fn();
  process.once('unhandledRejection', rejected);
  Object.defineProperty(first(it), 'remoteDescription', {
    configurable: true,
    get: () => {
      throw new DOMException('Peer connection is closed', 'InvalidStateError');
    },
  });
  it.execute({ type: 'AddCandidates', peer: 1, candidates: [candidate('one')] });
  await settle();
  it.execute(offer(1, 8));
  await settle();
  process.off('unhandledRejection', rejected);
  assert.equal(rejected.mock.callCount(), 0);
  assert.deepEqual(it.inputs.at(-1), { type: 'OfferCreated', peer: 1, negotiation: 8, sdp: 'offer' });
});

test('candidates leave in one batch, without the end of gathering', async () => {
  const it = bench();
  it.execute(create(1, true));
  const found = (text: string) => first(it).onicecandidate?.({ candidate: { candidate: text, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'abcd' } });
  found('a');
  found('b');
  found('');
  first(it).onicecandidate?.({ candidate: null });
  assert.deepEqual(it.inputs, []);
  await settle();
  found('c');
  await settle();
  assert.deepEqual(it.inputs, [
    { type: 'CandidatesFound', peer: 1, candidates: [candidate('a'), candidate('b')] },
    { type: 'CandidatesFound', peer: 1, candidates: [candidate('c')] },
  ]);
});

test('candidates that come before the description wait for it', async () => {
  const it = bench();
  it.execute(create(1, false), { type: 'AddCandidates', peer: 1, candidates: [candidate('a')] });
  await settle();
  assert.deepEqual(first(it).candidates, []);
  it.execute(answer(1, 7), { type: 'AddCandidates', peer: 1, candidates: [candidate('b')] });
  await settle();
  assert.deepEqual(first(it).candidates.map(({ candidate: text }) => text), ['a', 'b']);
});

test('a candidate that the browser refuses is no failure', async () => {
  const it = bench();
  it.execute(create(1, false), answer(1, 7));
  await settle();
  it.inputs.length = 0;
  first(it).faults.addIceCandidate = 'OperationError';
  it.execute({ type: 'AddCandidates', peer: 1, candidates: [candidate('a'), candidate('b')] });
  await settle();
  assert.deepEqual(it.inputs, []);
  assert.equal(first(it).candidates.length, 1);
});

test('a description that cannot be made or applied is reported with its number, and the next one may do', async () => {
  const it = bench();
  it.execute(create(1, true));
  first(it).faults.createOffer = 'OperationError';
  it.execute(offer(1, 7), offer(1, 8));
  await settle();
  first(it).faults.setRemoteDescription = 'InvalidAccessError';
  it.execute({ type: 'ApplyAnswer', peer: 1, negotiation: 8, sdp: 'answer' });
  await settle();
  assert.deepEqual(it.inputs, [
    { type: 'NegotiationFailed', peer: 1, negotiation: 7, message: 'OperationError: as told by the browser' },
    { type: 'OfferCreated', peer: 1, negotiation: 8, sdp: 'offer' },
    { type: 'NegotiationFailed', peer: 1, negotiation: 8, message: 'InvalidAccessError: as told by the browser' },
  ]);
});

test('a connection that the browser would not make fails its negotiation, outside of execute', async () => {
  const it = bench();
  Object.defineProperty(globalThis, 'RTCPeerConnection', { value: undefined, configurable: true });
  it.execute(create(1, true), offer(1, 7));
  assert.deepEqual(it.inputs, []);
  await settle();
  assert.deepEqual(it.inputs.map(({ type }) => type), ['NegotiationFailed']);
});

test('a connection that is closed says nothing any more, whatever was under way', async () => {
  const it = bench();
  it.execute(create(1, true), offer(1, 7));
  first(it).onicecandidate?.({ candidate: { candidate: 'a' } });
  it.execute({ type: 'ClosePeer', peer: 1 });
  first(it).become('connected');
  await settle();
  assert.deepEqual(it.inputs, []);
  assert.ok(!first(it).calls.some((call) => call.startsWith('setLocalDescription')));
});

test('states are reported on change, and the worse of connection and ICE counts', async () => {
  const it = bench();
  it.execute(create(1, true));
  const connection = first(it);
  connection.become('connecting', 'checking');
  connection.become('connecting', 'connected');
  connection.become('connected', 'connected');
  connection.become('connected', 'disconnected');
  connection.become('disconnected', 'disconnected');
  connection.become('connected', 'connected');
  connection.become('disconnected', 'failed');
  const states = it.inputs.map((input) => (input.type === 'ConnectionChanged' ? input.state : input.type));
  assert.deepEqual(states, ['connecting', 'connected', 'disconnected', 'connected', 'failed']);
});

test('the other side’s end of DTLS is a failure for good, while connectionState still sees nothing', async () => {
  const it = bench();
  it.execute(create(1, true));
  const connection = first(it);
  connection.become('connected');
  connection.transport.state = 'closed';
  connection.transport.dispatchEvent(new Event('statechange'));
  connection.become('disconnected');
  assert.deepEqual(it.inputs, [
    { type: 'ConnectionChanged', peer: 1, state: 'connected' },
    { type: 'ConnectionChanged', peer: 1, state: 'failed' },
  ]);
});

test('the beginning and the end of traffic are reported, and a closed connection is not looked at', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const it = bench();
  it.execute(create(1, true));
  const connection = first(it);
  const look = async (packets: number): Promise<void> => {
    connection.packets = packets;
    mock.timers.tick(500);
    await settle();
  };
  await look(5);
  assert.equal(connection.looks, 0);
  connection.become('connected');
  await settle();
  await look(10);
  await look(10);
  await look(10);
  await look(11);
  const flows = it.inputs.flatMap((input) => (input.type === 'MediaFlowChanged' ? [input.flowing] : []));
  assert.deepEqual(flows, [true, false, true]);
  it.execute({ type: 'ClosePeer', peer: 1 });
  const { looks } = connection;
  await look(20);
  assert.equal(connection.looks, looks);
});

test('a rebuild keeps the stream of the user and swaps its tracks', async () => {
  const it = bench();
  it.execute(create(1, false), answer(1, 7));
  await settle();
  const stream = it.media.remoteStream('bob');
  const before = stream?.getTracks() ?? [];
  assert.deepEqual(before.map(({ kind }) => kind), ['audio', 'video']);
  it.execute({ type: 'ClosePeer', peer: 1 }, create(2, false), answer(2, 8));
  await settle();
  assert.equal(it.media.remoteStream('bob'), stream);
  const after = stream?.getTracks() ?? [];
  assert.deepEqual(after.map(({ kind }) => kind), ['audio', 'video']);
  assert.ok(after.every((track) => !before.includes(track)));
});

test('the last connection of a user takes the stream along', async () => {
  const it = bench();
  it.execute(create(1, false), answer(1, 7));
  await settle();
  it.execute({ type: 'ClosePeer', peer: 1 });
  await settle();
  assert.equal(it.media.remoteStream('bob'), undefined);
});

test('dispose closes every connection', async () => {
  const it = bench();
  it.execute(create(1, true), create(2, false));
  it.media.dispose();
  assert.deepEqual(it.connections.map(({ calls }) => calls), [['close'], ['close']]);
});
