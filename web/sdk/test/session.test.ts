import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EngineConfig } from '../src/core/engine.js';
import { fail } from '../src/errors.js';
import { catalogue } from '../src/errors.generated.js';
import { FakePlatform, ScriptedEngine } from '../src/fakes/index.js';
import { calling, callInfo, done, loggedIn, loggedOut, online, rejection, settled } from './support/calling.js';

const alice = { userID: 'alice', userSig: 'sig' };

describe('login()', () => {
  test('resolves like the IM SDK once the core is ready, and SDK_READY is emitted', async () => {
    const { sdk, events, told } = calling();
    assert.deepEqual(await sdk.login(alice), {
      code: 0,
      data: { actionStatus: 'OK', errorCode: 0, errorInfo: '' },
    });
    assert.deepEqual(told('Login'), [{ type: 'Login', op: 1, user: 'alice', user_sig: 'sig' }]);
    assert.deepEqual(events, [['sdkReady', { name: 'ts_im_ready' }]]);
  });

  test('says when the user was logged in already', async () => {
    const { sdk, platform } = await loggedIn();
    platform.engine.on('Login', ({ op }) => [done(op, { type: 'LoggedIn', repeated: true })]);
    const { data } = await sdk.login(alice);
    assert.equal(data.repeatLogin, true);
  });

  test('emits nothing before it has returned', async () => {
    const { sdk } = calling();
    const seen: string[] = [];
    const login = sdk.login(alice);
    sdk.on('sdkReady', () => seen.push('ready'));
    assert.deepEqual(seen, []);
    await login;
    assert.deepEqual(seen, ['ready']);
  });

  test('leaves empty arguments to the core, which has codes for them', async () => {
    const { sdk, platform, told } = calling();
    platform.engine.on('Login', ({ op }) => [{ type: 'Failed', op, error: { code: 2002, detail: '' } }]);
    const error = await rejection(sdk.login(undefined as never));
    assert.equal(error.code, 2002);
    assert.deepEqual(told('Login'), [{ type: 'Login', op: 1, user: '', user_sig: '' }]);
  });

  test('rejects with a typed error that says what to do', async () => {
    const { sdk, platform } = calling();
    platform.engine.on('Login', ({ op }) => [{ type: 'Failed', op, error: { code: 61004, detail: 'wrong key' } }]);
    const error = (await rejection(sdk.login(alice))) as unknown as Record<string, unknown> & { getCode(): number };
    assert.ok(error instanceof Error);
    assert.equal(error.name, 'TRTCCallingError');
    assert.equal(error['code'], 61004);
    assert.equal(error.getCode(), 61004);
    assert.equal(error['detail'], 'wrong key');
    assert.equal(error['remedy'], catalogue[61004].remedy);
    assert.equal(error.message, `TRTCCalling.login - ${catalogue[61004].message}: wrong key`);
  });

  test('never repeats the signature in an error', async () => {
    const { sdk } = calling({ SDKAppID: '' });
    const error = await rejection(sdk.login({ userID: 'alice', userSig: 'very-secret' }));
    assert.doesNotMatch(JSON.stringify({ ...error, message: error.message }), /very-secret/);
  });

  test('rejects with what the loader says when the core cannot be loaded, and can be tried again', async () => {
    let blocked = true;
    const platform = new FakePlatform();
    const createEngine = (config: EngineConfig) =>
      blocked ? Promise.reject(fail('CORE_UNAVAILABLE', 'blocked by policy')) : platform.createEngine(config);
    const { sdk, events } = calling({ platform: { ...platform, createEngine } });
    platform.engine.on('Login', ({ op }) => [done(op, { type: 'LoggedIn', repeated: false })]);
    const error = await rejection(sdk.login(alice));
    assert.equal(error.code, 61100);
    assert.match(error.message, /blocked by policy/);
    assert.deepEqual(
      events.map(([name, payload]) => [name, (payload as { code: number }).code]),
      [['onError', 61100]],
    );
    blocked = false;
    assert.equal((await sdk.login(alice)).code, 0);
  });
});

describe('Methods called right after login()', () => {
  test('go to the core in their order, which lets them wait; views wait here', async () => {
    const { sdk, platform } = calling();
    let op = 0;
    platform.engine.on('Login', (login) => {
      op = login.op;
      return [{ type: 'StatusChanged', session: 'connecting', call: 'idle' }];
    });
    platform.engine.on('SocketOpened', () => [online, done(op, { type: 'LoggedIn', repeated: false })]);
    void sdk.login(alice);
    void sdk.call({ userID: 'bob', type: 1 });
    void sdk.hangup();
    const view = sdk.startLocalView({ userID: 'alice', videoViewDomID: 'local' });
    await settled();
    assert.deepEqual(
      platform.engine.inputs.map(({ type }) => type),
      ['Login', 'Call', 'HangUp'],
    );
    assert.equal(platform.view?.local, undefined);
    platform.page?.report({ type: 'SocketOpened', socket: 1 });
    await view;
    assert.deepEqual(platform.view?.local, { userID: 'alice', videoViewDomID: 'local' });
  });

  test('reject with "not login" if it fails', async () => {
    const { sdk, platform } = calling();
    platform.engine.on('Login', ({ op }) => [{ type: 'Failed', op, error: { code: 61006, detail: '' } }]);
    platform.engine.on('Call', ({ op }) => [{ type: 'Failed', op, error: { code: 2024, detail: '' } }]);
    const login = rejection(sdk.login(alice));
    const call = rejection(sdk.call({ userID: 'bob', type: 1 }));
    const view = rejection(sdk.startLocalView({ userID: 'alice', videoViewDomID: 'local' }));
    assert.equal((await login).code, 61006);
    assert.match((await call).message, /^TRTCCalling\.calling - not login/);
    assert.equal((await view).code, 2024);
  });
});

describe('Before login()', () => {
  test('methods that need one reject with "not login"', async () => {
    const { sdk, platform } = calling();
    const view = { userID: 'bob', videoViewDomID: 'v' };
    for (const [name, promise] of Object.entries({
      calling: sdk.call({ userID: 'bob', type: 2 }),
      openCamera: sdk.openCamera(),
      closeCamera: sdk.closeCamera(),
      setMicMute: sdk.setMicMute(true),
      startLocalView: sdk.startLocalView(view),
      stopLocalView: sdk.stopLocalView(view),
      startRemoteView: sdk.startRemoteView(view),
      stopRemoteView: sdk.stopRemoteView(view),
    })) {
      const error = await rejection(promise);
      assert.equal(error.code, 2024, name);
      assert.ok(error.message.startsWith(`TRTCCalling.${name} - not login`), error.message);
    }
    assert.equal(platform.engine.config, undefined, 'the core is not started for that');
  });

  test('accept() and reject() resolve with undefined', async () => {
    const { sdk } = calling();
    assert.equal(await sdk.accept(), undefined);
    assert.equal(await sdk.reject({ isBusy: true }), undefined);
  });

  test('hangup(), logout() and resumeAudio() are harmless', async () => {
    const { sdk } = calling();
    assert.deepEqual(await sdk.hangup(), { code: 0, msg: 'ok' });
    assert.deepEqual(await sdk.logout(), { code: 0, data: {} });
    await sdk.resumeAudio();
  });
});

describe('A session', () => {
  test('listens to its page while it lives', async () => {
    const { platform, core, told } = await loggedIn();
    assert.ok(platform.page);
    await core(loggedOut);
    assert.equal(platform.page, undefined);
    assert.equal(told('NetworkChanged').length, 1);
  });

  test('says goodbye before pagehide returns', async () => {
    const { platform, told } = await loggedIn();
    platform.page?.onPageHide();
    assert.equal(told('PageClosed').length, 1);
  });

  test('stops listening to its page when it is kicked out', async () => {
    const { platform, core, events } = await loggedIn();
    await core({ type: 'StatusChanged', session: 'kicked_out', call: 'idle' }, { type: 'KickedOut' });
    assert.equal(platform.page, undefined);
    assert.deepEqual(events, [['onKickedOut', {}]]);
  });

  test('refuses views after logout', async () => {
    const { sdk, core } = await loggedIn();
    await core(loggedOut);
    assert.equal((await rejection(sdk.startLocalView({ userID: 'alice', videoViewDomID: 'v' }))).code, 2024);
  });

  test('goes on with views while the connection is being restored', async () => {
    const { sdk, platform, core } = await loggedIn();
    await core({ type: 'StatusChanged', session: 'reconnecting', call: 'in_call' });
    await sdk.startRemoteView({ userID: 'bob', videoViewDomID: 'v' });
    assert.deepEqual([...(platform.view?.remotes.keys() ?? [])], ['bob']);
  });
});

describe('A crash of the core', () => {
  const crash = async () => {
    const it = await loggedIn();
    it.platform.engine.on('Call', () => {
      throw new Error('unreachable');
    });
    return it;
  };

  test('rejects what waits with core_failed and emits ERROR', async () => {
    const { sdk, events } = await crash();
    const mic = rejection(sdk.setMicMute(true));
    const call = rejection(sdk.call({ userID: 'bob', type: 1 }));
    assert.equal((await call).code, 61020);
    assert.equal((await mic).code, 61020);
    assert.equal(events.length, 1);
    assert.equal(events[0]?.[0], 'onError');
    const { code, name, msg } = events[0]?.[1] as Record<string, unknown>;
    assert.deepEqual({ code, name, msg }, {
      code: 61020,
      name: 'CORE_FAILED',
      msg: `${catalogue[61020].message}: unreachable`,
    });
  });

  test('closes devices, views and the page, and keeps hangup() harmless', async () => {
    const { sdk, platform } = await crash();
    const { media, view } = platform;
    const call = rejection(sdk.call({ userID: 'bob', type: 1 }));
    assert.deepEqual(await sdk.hangup(), { code: 0, msg: 'ok' });
    await call;
    assert.ok(media?.disposed);
    assert.ok(view?.disposed);
    assert.equal(platform.page, undefined);
    assert.equal((await rejection(sdk.openCamera())).code, 61020);
  });

  test('is over with the next login()', async () => {
    const { sdk, platform, core, events } = await crash();
    await rejection(sdk.call({ userID: 'bob', type: 1 }));
    platform.engine = new ScriptedEngine().on('Login', ({ op }) => [
      done(op, { type: 'LoggedIn', repeated: false }),
      online,
    ]);
    await sdk.login(alice);
    events.length = 0;
    await core({ type: 'Invited', call: callInfo() });
    assert.deepEqual(
      events.map(([name]) => name),
      ['onInvited', 'onCallReceived'],
    );
  });
});
