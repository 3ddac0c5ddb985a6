import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Effect } from '../src/core/protocol.js';
import type { ViewOptions } from '../src/types.js';
import { calling, loggedIn, nobody, online, rejection, settled } from './support/calling.js';

describe('Views', () => {
  test('are started and stopped as asked', async () => {
    const { sdk, platform } = await loggedIn();
    const local = { userID: 'alice', videoViewDomID: 'l' };
    const remote = { userID: 'bob', videoViewDomID: 'r' };
    await sdk.startLocalView(local);
    await sdk.startRemoteView(remote);
    assert.deepEqual(platform.view?.local, local);
    assert.deepEqual(platform.view?.remotes.get('bob'), remote);
    assert.equal(await sdk.stopLocalView({ userID: 'alice' }), undefined);
    assert.equal(await sdk.stopRemoteView({ userID: 'bob', videoViewDomID: 'r' }), undefined);
    assert.equal(platform.view?.local, undefined);
    assert.equal(platform.view?.remotes.size, 0);
  });

  test('show the streams of the users who are in the call', async () => {
    const { platform, core } = await loggedIn();
    const users = () => platform.view?.streams?.users;
    await core({ type: 'UserEntered', call: 'c', user: 'bob', profile: nobody }, { type: 'UserEntered', call: 'c', user: 'carol', profile: nobody });
    assert.deepEqual(users(), ['bob', 'carol']);
    await core({ type: 'UserLeft', call: 'c', user: 'bob' });
    assert.deepEqual(users(), ['carol']);
    await core(online);
    assert.deepEqual(users(), [], 'nobody is left when the call is over');
  });

  test('show the picture of those whose camera is open', async () => {
    const { sdk, platform, core } = await loggedIn();
    const shown = () => ['bob', 'carol'].map((user) => platform.view?.streams?.hasPicture?.(user));
    const entered: Effect[] = ['bob', 'carol'].map((user) => ({ type: 'UserEntered', call: 'c', user, profile: nobody }));
    await core(...entered, { type: 'VideoAvailable', user: 'bob', available: true });
    assert.deepEqual(shown(), [true, false], 'no picture until it is told of');
    let updates = 0;
    if (platform.view) platform.view.update = () => (updates += 1);
    const seen: unknown[] = [];
    sdk.on('onUserVideoAvailable', ({ isVideoAvailable }) => seen.push([isVideoAvailable, updates, ...shown()]));
    await core({ type: 'VideoAvailable', user: 'bob', available: false });
    await core({ type: 'VideoAvailable', user: 'bob', available: false });
    await core({ type: 'VideoAvailable', user: 'bob', available: true });
    assert.deepEqual(seen, [
      [false, 1, false, false],
      [false, 1, false, false],
      [true, 2, true, false],
    ]);
    await core({ type: 'UserLeft', call: 'c', user: 'bob' });
    assert.deepEqual(shown(), [false, false], 'the next call begins without');
    await core({ type: 'VideoAvailable', user: 'carol', available: true }, online);
    assert.deepEqual(shown(), [false, false]);
  });

  test('know of a user before USER_ENTER is emitted', async () => {
    const { sdk, platform, core } = await loggedIn();
    let known: string[] | undefined;
    sdk.on('onUserEnter', () => (known = platform.view?.streams?.users));
    await core({ type: 'UserEntered', call: 'c', user: 'bob', profile: nobody });
    assert.deepEqual(known, ['bob']);
  });

  test('are brought up to date when streams change', async () => {
    const { platform, core } = await loggedIn();
    const profile = { width: 640, height: 480, frame_rate: 15, bitrate: 900 };
    await core({ type: 'OpenMedia', capture: 1, microphone: true, camera: true, profile });
    assert.equal(platform.view?.streams?.local, platform.media?.localStream);
    assert.ok(platform.view?.streams?.local);
  });

  test('resolve although an element is missing', async () => {
    const { sdk, platform } = await loggedIn();
    if (platform.view) {
      platform.view.startLocal = () => {
        throw new Error('no such element');
      };
    }
    assert.equal(await sdk.startLocalView({ userID: 'alice', videoViewDomID: 'nowhere' }), undefined);
  });

  for (const method of ['startLocalView', 'startRemoteView'] as const) {
    for (const wrong of [undefined, {}, { userID: 'bob' }, { videoViewDomID: 'v' }, { userID: '', videoViewDomID: 'v' }]) {
      test(`reject ${method}(${JSON.stringify(wrong)})`, async () => {
        const { sdk } = await loggedIn();
        const error = await rejection(sdk[method](wrong as ViewOptions));
        assert.equal(error.code, 61001);
        assert.ok(error.message.startsWith(`TRTCCalling.${method} - params error: `), error.message);
      });
    }
  }

  for (const method of ['stopLocalView', 'stopRemoteView'] as const) {
    test(`reject ${method}() without a user`, async () => {
      const { sdk } = await loggedIn();
      assert.equal((await rejection(sdk[method]({} as ViewOptions))).code, 61001);
    });
  }

  test('tell whose sound was blocked, and start it on demand', async () => {
    const { sdk, platform, events } = await loggedIn();
    platform.view?.onAutoplayBlocked?.('bob');
    assert.deepEqual(events, [['onAutoplayBlocked', { userID: 'bob' }]]);
    await sdk.resumeAudio();
    assert.equal(platform.view?.resumed, 1);
  });
});

describe('setVideoQuality()', () => {
  for (const [quality, profile] of [
    ['240p', { width: 320, height: 240, frame_rate: 15, bitrate: 400 }],
    ['360p', { width: 640, height: 360, frame_rate: 15, bitrate: 800 }],
    ['480p', { width: 640, height: 480, frame_rate: 15, bitrate: 900 }],
    ['720p', { width: 1280, height: 720, frame_rate: 15, bitrate: 1500 }],
    ['1080p', { width: 1920, height: 1080, frame_rate: 15, bitrate: 2000 }],
    [{}, { width: 640, height: 480, frame_rate: 15, bitrate: 500 }],
    [{ width: 800, frameRate: 30 }, { width: 800, height: 480, frame_rate: 30, bitrate: 500 }],
  ] as const) {
    test(`takes ${JSON.stringify(quality)} and resolves with it`, async () => {
      const { sdk, told } = await loggedIn();
      assert.equal(await sdk.setVideoQuality(quality), quality);
      assert.equal(sdk.getVideoQuality(), quality);
      await settled();
      assert.deepEqual(
        told('SetVideoProfile').map((input) => input.profile),
        [profile],
      );
    });
  }

  for (const wrong of ['', '4k', undefined, null, 480, [], { width: 0 }, { bitrate: 'x' }, { frameRate: 1000 }]) {
    test(`refuses ${JSON.stringify(wrong)} with code 65535`, async () => {
      const { sdk } = await loggedIn();
      const error = (await rejection(sdk.setVideoQuality(wrong as never))) as unknown as { getCode(): number };
      assert.equal(error.getCode(), 65535);
      assert.equal((error as unknown as Error).name, 'TRTCCallingError');
      assert.equal(sdk.getVideoQuality(), '480p');
    });
  }

  test('before login() is told to the core first', async () => {
    const { sdk, platform } = calling();
    await sdk.setVideoQuality('720p');
    await sdk.login({ userID: 'alice', userSig: 's' });
    assert.deepEqual(
      platform.engine.inputs.map(({ type }) => type),
      ['SetVideoProfile', 'Login'],
    );
  });
});
