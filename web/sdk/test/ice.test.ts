// Where STUN and TURN servers come from, as long as nobody has chosen them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientOf } from '../src/api/inside.js';
import type { MediaOptions } from '../src/media/index.js';
import type { Options } from '../src/types.js';
import { calling, settled, type Calling } from './support/calling.js';

const turn = { urls: 'turn:turn.example', username: 'u', credential: 'c' };

interface Asking extends Calling {
  /** Addresses and UserSigs, in the order in which they were asked. */
  readonly asked: string[];
  readonly media: MediaOptions;
}

/** Logged in at servers that answer as given. */
async function asking(answer: (address: string, count: number) => unknown, options: Partial<Options> = {}): Promise<Asking> {
  const it = calling(options);
  const asked: string[] = [];
  it.platform.ice = async (address, userSig) => {
    asked.push(`${address} ${userSig}`);
    return answer(address, asked.length);
  };
  await it.sdk.login({ userID: 'alice', userSig: 'sig' });
  await settled();
  const { settings } = clientOf(it.sdk);
  return { ...it, asked, media: settings.media };
}

test('after login the server beside the WebSocket is asked with the UserSig, and connections wait for its answer', async () => {
  let answer: (value: unknown) => void = () => {};
  const it = await asking(() => new Promise((resolve) => { answer = resolve; }), { server: 'wss://calls.example/eu/mqtt' });
  assert.deepEqual(it.asked, ['https://calls.example/eu/v1/ice sig']);
  let isReady = false;
  void it.media.ready?.then(() => { isReady = true; });
  await settled();
  assert.deepEqual([isReady, it.media.iceServers], [false, undefined]);
  answer({ iceServers: [turn], ttl: 3600 });
  await settled();
  assert.deepEqual([isReady, it.media.iceServers], [true, [turn]]);
});

test('connections wait for three seconds at most: nodes of a cluster that do not answer must not hold up a call', async () => {
  const it = await asking(() => new Promise(() => undefined), { server: ['wss://one/mqtt', 'wss://two/mqtt'] });
  let isReady = false;
  void it.media.ready?.then(() => { isReady = true; });
  it.platform.clock.advance(2999);
  await settled();
  assert.equal(isReady, false);
  it.platform.clock.advance(1);
  await settled();
  assert.equal(isReady, true);
});

test('the page\'s own server is the default, and the next one is asked where one offers nothing', async () => {
  assert.deepEqual((await asking(() => undefined)).asked, ['https://calls.example/v1/ice sig']);
  const it = await asking((address) => (address.includes('two') ? { iceServers: [turn], ttl: 60 } : undefined), { server: ['ws://one/mqtt', 'ws://two/mqtt', 'ws://three/mqtt'] });
  assert.deepEqual(it.asked, ['http://one/v1/ice sig', 'http://two/v1/ice sig']);
  assert.deepEqual(it.media.iceServers, [turn]);
});

test('credentials are renewed at three quarters of their time, and again', async () => {
  const it = await asking((_, count) => ({ iceServers: [{ ...turn, username: String(count) }], ttl: 3600 }));
  for (const count of [1, 2, 3]) {
    assert.deepEqual(it.media.iceServers, [{ ...turn, username: String(count) }]);
    it.platform.clock.advance(2_699_999);
    await settled();
    assert.equal(it.asked.length, count);
    it.platform.clock.advance(1);
    await settled();
  }
});

test('a server that offers nothing is not asked again; one that failed is, and what was known is kept', async () => {
  const nothing = await asking(() => undefined);
  nothing.platform.clock.advance(3_600_000);
  await settled();
  assert.equal(nothing.asked.length, 1);

  const it = await asking((_, count) => {
    if (count === 1 || count === 3) throw new TypeError('Failed to fetch');
    return count === 4 ? undefined : { iceServers: [{ ...turn, username: String(count) }], ttl: 80 };
  });
  await it.media.ready;
  const known = () => it.media.iceServers?.[0]?.username;
  assert.equal(known(), undefined);
  for (const [count, username] of [[2, '2'], [3, '2'], [4, '2'], [5, '5']] as const) {
    it.platform.clock.advance(60_000);
    await settled();
    assert.deepEqual([it.asked.length, known()], [count, username]);
  }
});

test('an answer that is none harms nothing', async () => {
  for (const answer of [null, 'text', 7, [], {}, { iceServers: 'x' }, { iceServers: null }]) {
    assert.equal((await asking(() => answer)).media.iceServers, undefined, JSON.stringify(answer));
  }
  const it = await asking(() => ({ iceServers: [null, {}, turn], ttl: 'soon' }));
  assert.deepEqual(it.media.iceServers, [turn]);
  it.platform.clock.advance(60_000);
  await settled();
  assert.equal(it.asked.length, 2, 'at the earliest after a minute');
});

test('who names iceServers has chosen: nothing is asked for, not even with an empty list', async () => {
  for (const iceServers of [[], [{ urls: 'stun:own.example' }]]) {
    const it = await asking(() => ({ iceServers: [turn], ttl: 60 }), { iceServers });
    assert.deepEqual([it.asked, it.media.iceServers], [[], iceServers]);
  }
});

test('setTurnServer() of the original has the last word, also over an answer that comes later', async () => {
  const it = await asking((_, count) => ({ iceServers: [{ ...turn, username: String(count) }], ttl: 80 }));
  it.media.iceServers = [{ urls: 'turn:own.example' }];
  it.platform.clock.advance(60_000);
  await settled();
  assert.deepEqual(it.media.iceServers, [{ urls: 'turn:own.example' }]);
});

test('nobody is asked after logout, and the next user asks again', async () => {
  const it = await asking((_, count) => ({ iceServers: [{ ...turn, username: String(count) }], ttl: 80 }));
  it.platform.engine.on('Logout', ({ op }) => [{ type: 'Done', op, result: { type: 'Nothing' } }, { type: 'StatusChanged', session: 'logged_out', call: 'idle' }]);
  await it.sdk.logout();
  it.platform.clock.advance(3_600_000);
  await settled();
  assert.equal(it.asked.length, 1);
  await it.sdk.login({ userID: 'bob', userSig: 'other' });
  await settled();
  assert.deepEqual([it.asked[1], it.media.iceServers?.[0]?.username], ['https://calls.example/v1/ice other', '2']);
});
