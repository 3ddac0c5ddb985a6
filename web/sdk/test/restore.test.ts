// A page that was left and comes back from the back/forward cache, with everything that it had in memory.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callInfo, loggedIn, loggedOut, settled } from './support/calling.js';
import type { Calling } from './support/calling.js';
import { fails } from './support/calls.js';

/** Logged in, and then the page was left. */
async function left(prepare: (it: Calling) => unknown = () => undefined) {
  const it = await loggedIn();
  it.platform.engine.on('PageClosed', () => [loggedOut]);
  await prepare(it);
  const page = it.platform.page;
  page?.onPageHide();
  return { ...it, restore: async () => (page?.onPageRestored(), settled()) };
}

const names = ({ events }: Calling) => events.map(([name, payload]) => [name, (payload as { state?: string }).state]);

describe('A page that comes back', () => {
  test('is logged in again as before, and is reachable', async () => {
    const it = await left();
    await it.restore();
    assert.deepEqual(
      it.told('Login').map(({ user, user_sig }) => [user, user_sig]),
      [
        ['alice', 'sig'],
        ['alice', 'sig'],
      ],
    );
    assert.deepEqual(names(it), [
      ['onConnectionStateChanged', 'reconnecting'],
      ['onConnectionStateChanged', 'connected'],
      ['sdkReady', undefined],
    ]);
    await it.core({ type: 'Invited', call: callInfo() });
    assert.deepEqual(it.events.at(-2)?.[0], 'onInvited');
  });

  test('may be left again', async () => {
    const it = await left();
    await it.restore();
    it.platform.page?.onPageHide();
    it.platform.page?.onPageRestored();
    await settled();
    assert.equal(it.told('Login').length, 3);
  });

  test('hears of what became of a call that it was left in', async () => {
    const it = await left(({ platform, core }) => {
      const ended = { type: 'CallEnded', call: callInfo(), user: 'bob', seconds: 3 } as const;
      platform.engine.on('PageClosed', () => [loggedOut, ended]);
      return core({ type: 'StatusChanged', session: 'online', call: 'in_call' });
    });
    assert.deepEqual(names(it), [['onCallEnd', undefined]]);
  });

  test('lets methods wait for the new session', async () => {
    const it = await left();
    const restored = it.restore();
    await it.sdk.startLocalView({ userID: 'alice', videoViewDomID: 'local' });
    await restored;
    assert.ok(it.platform.view?.local);
  });

  test('tells by ERROR that it could not be logged in, and stays silent afterwards', async () => {
    const it = await left(({ platform }) => platform.engine.on('Login', fails(61006, 'yesterday')));
    await it.restore();
    const [, error] = it.events;
    assert.equal(error?.[0], 'onError');
    const { code, name } = error[1] as Record<string, unknown>;
    assert.deepEqual([it.events.length, code, name], [2, 61006, 'USER_SIG_EXPIRED']);
    await it.restore();
    assert.equal(it.events.length, 2);
  });

  test('tells of a crash once', async () => {
    const it = await left(({ platform }) =>
      platform.engine.on('Login', () => {
        throw new Error('unreachable');
      }),
    );
    await it.restore();
    assert.deepEqual(
      it.events.map(([name]) => name),
      ['onConnectionStateChanged', 'onError'],
    );
  });

  for (const [when, prepare] of [
    ['before the page was left', ({ sdk }: Calling) => void sdk.logout()],
    ['of a session that was lost', ({ core }: Calling) => core({ type: 'StatusChanged', session: 'kicked_out', call: 'idle' })],
  ] as const) {
    test(`is not logged in again after the end ${when}`, async () => {
      const it = await left(prepare);
      await it.restore();
      assert.equal(it.told('Login').length, 1);
    });
  }

  test('is not logged in again after a logout() in the same breath, and is let go of', async () => {
    const it = await left();
    assert.ok(it.platform.page, 'the page is waited for');
    void it.sdk.logout();
    assert.equal(it.platform.page, undefined);
    await it.restore();
    assert.equal(it.told('Login').length, 1);
  });

  test('leaves a login() of the application alone', async () => {
    const it = await left();
    await it.sdk.login({ userID: 'carol', userSig: 'other' });
    await it.restore();
    assert.deepEqual(
      it.told('Login').map(({ user }) => user),
      ['alice', 'carol'],
    );
  });
});
