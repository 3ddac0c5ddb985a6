// When the media port says that a relay is needed and missing, and how servers that become known reach a connection.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MediaOptions } from '../../src/media/index.js';
import { type Bench, bench, settle } from './fake-browser.js';
import type { FakeConnection } from './fake-connection.js';

const turn = [{ urls: ['stun:s.example', 'turn:t.example:3478'], username: 'u', credential: 'c' }];
const create = { type: 'CreatePeer' as const, peer: 1, user: 'bob', offerer: true };
const offer = (negotiation: number, ice_restart = false) => ({ type: 'CreateOffer' as const, peer: 1, negotiation, ice_restart });

function connected(options: MediaOptions): { it: Bench; pc: FakeConnection; why(): string[] } {
  const it = bench({}, options);
  it.execute(create);
  const pc = it.connections[0]!;
  return { it, pc, why: () => it.inputs.flatMap((input) => (input.type === 'RelayMissing' ? [input.why] : [])) };
}

const tell = (pc: FakeConnection, event: string, members: object = {}) => pc.dispatchEvent(Object.assign(new Event(event), members));
const gathered = (pc: FakeConnection) => {
  Object.assign(pc, { iceGatheringState: 'complete' });
  tell(pc, 'icegatheringstatechange');
};

test('only relays are allowed and gathering finds none: told once, with what the TURN server said', () => {
  const { pc, why } = connected({ iceServers: turn, iceTransportPolicy: 'relay' });
  tell(pc, 'icecandidateerror', { url: 'stun:s.example', errorCode: 701, errorText: 'timeout' });
  tell(pc, 'icecandidateerror', { url: 'turn:t.example:3478?transport=udp', errorCode: 401, errorText: 'Unauthorized' });
  assert.deepEqual(why(), [], 'gathering goes on');
  gathered(pc);
  gathered(pc);
  assert.deepEqual(why(), ['turn:t.example:3478?transport=udp: 401 Unauthorized']);
});

test('without a word of a server, the reason is that none is known, or none answers', () => {
  for (const [iceServers, expected] of [[[], 'no TURN server is known'], [[{ urls: 'stun:s.example' }], 'no TURN server is known'], [turn, 'no TURN server answers']] as const) {
    const { pc, why } = connected({ iceServers: [...iceServers], iceTransportPolicy: 'relay' });
    gathered(pc);
    assert.deepEqual(why(), [expected]);
  }
});

test('a relay that was found is enough, whatever the other servers say', () => {
  const { pc, why } = connected({ iceServers: turn, iceTransportPolicy: 'relay' });
  tell(pc, 'icecandidate', { candidate: { candidate: 'candidate:1 1 udp 1 192.0.2.1 5000 typ relay raddr 0.0.0.0 rport 0' } });
  tell(pc, 'icecandidateerror', { url: 'turns:t.example', errorCode: 701, errorText: 'timeout' });
  gathered(pc);
  pc.become('failed', 'failed');
  assert.deepEqual(why(), []);
});

test('where all paths are allowed, it is missing once the direct ones have failed, and never after a connection', () => {
  const { pc, why } = connected({ iceServers: turn });
  gathered(pc);
  assert.deepEqual(why(), []);
  pc.become('failed', 'failed');
  assert.deepEqual(why(), ['no TURN server answers']);
  const before = connected({ iceServers: turn });
  before.pc.become('connected', 'connected');
  before.pc.become('failed', 'failed');
  assert.deepEqual(before.why(), []);
  const without = connected({});
  without.pc.become('failed', 'failed');
  assert.deepEqual(without.why(), [], 'the core says that there is no path, and that TURN may help');
});

test('a connection that was closed says nothing', () => {
  const { it, pc, why } = connected({ iceTransportPolicy: 'relay' });
  it.execute({ type: 'ClosePeer', peer: 1 });
  gathered(pc);
  assert.deepEqual(why(), []);
});

test('nothing is offered before the servers are known, and the offer is made with them', async () => {
  let known: () => void = () => {};
  const options: MediaOptions = { ready: new Promise((resolve) => { known = resolve; }) };
  const { it, pc } = connected(options);
  it.execute(offer(1));
  await settle();
  assert.deepEqual(pc.calls, []);
  options.iceServers = turn;
  known();
  await settle();
  assert.deepEqual([pc.calls[0], pc.configuration.iceServers, pc.configuration.bundlePolicy], ['setConfiguration', turn, 'max-bundle']);
  assert.ok(it.inputs.some(({ type }) => type === 'OfferCreated'));
});

test('an ICE restart uses the credentials of its day', async () => {
  const options: MediaOptions = { iceServers: turn, iceTransportPolicy: 'relay' };
  const { it, pc } = connected(options);
  it.execute(offer(1));
  await settle();
  options.iceServers = [{ urls: 'turn:t.example:3478', username: 'new', credential: 'new' }];
  it.execute(offer(2, true));
  await settle();
  assert.deepEqual(pc.configuration, { iceServers: options.iceServers, iceTransportPolicy: 'relay', bundlePolicy: 'max-bundle' });
});
