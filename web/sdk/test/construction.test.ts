import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FakePlatform } from '../src/fakes/index.js';
import type { Report } from '../src/ports.js';
import TRTCCalling from '../src/trtc-calling.js';
import type { Options } from '../src/types.js';
import { calling, done, loggedIn, rejection, settled } from './support/calling.js';

const strange = (options?: unknown) => new TRTCCalling(options as Options);

describe('new TRTCCalling()', () => {
  test('never throws, whatever it is given', () => {
    for (const options of [undefined, null, 'x', 7, {}, { SDKAppID: 'x' }, { SDKAppID: NaN }, { server: 3 }]) {
      strange(options);
    }
  });

  for (const [given, number] of [
    [1400000000, 1400000000],
    ['1400000000', 1400000000],
    [' 7 ', 7],
    [0, 0],
    ['0', 0],
  ] as const) {
    test(`understands SDKAppID ${JSON.stringify(given)}`, async () => {
      const { platform } = await loggedIn({ SDKAppID: given });
      assert.equal(platform.engine.config?.sdk_app_id, number);
    });
  }

  for (const given of [undefined, '', 'abc', -1, 1.5, NaN, 2 ** 32, {}, true]) {
    test(`has login() say that SDKAppID ${JSON.stringify(given)} is none`, async () => {
      const { sdk } = calling({ SDKAppID: given as number });
      assert.equal((await rejection(sdk.login({ userID: 'alice', userSig: 's' }))).code, 2000);
    });
  }

  for (const [server, expected] of [
    [undefined, ['wss://calls.example/mqtt']],
    ['', ['wss://calls.example/mqtt']],
    ['wss://a.example/x', ['wss://a.example/x']],
    ['https://a.example/x', ['wss://a.example/x']],
    ['http://a.example:8080/x', ['ws://a.example:8080/x']],
    ['broker', ['wss://calls.example/app/broker']],
    [['/one', 'ws://two/'], ['wss://calls.example/one', 'ws://two/']],
    [new URL('https://a.example/x'), ['wss://a.example/x']],
    [['wss://a.example/x', new URL('https://a.example/x'), '/b'], ['wss://a.example/x', 'wss://calls.example/b']],
  ] as const) {
    test(`finds its server from ${JSON.stringify(server)}`, async () => {
      const { platform } = await loggedIn(server === undefined ? {} : { server });
      assert.deepEqual(platform.engine.config?.servers, expected);
    });
  }

  test('has login() say that a server address cannot be used', async () => {
    const { sdk } = calling({ server: 'ftp://a.example/' });
    const error = await rejection(sdk.login({ userID: 'alice', userSig: 's' }));
    assert.equal(error.code, 61001);
    assert.match(error.message, /ftp:\/\/a\.example/);
  });

  for (const [server, why] of [
    [[], /server has 0 addresses/],
    [Array.from({ length: 17 }, (_, i) => `wss://node-${i}.example/mqtt`), /server has 17 addresses, not 1 to 16/],
    [3, /server is an address/],
    [true, /server is an address/],
    [{}, /server is an address/],
    [['wss://a.example/x', ''], /server is an address/],
    [['wss://a.example/x', null], /server is an address/],
    [['wss://a.example/x', ['wss://b.example/x']], /server is an address/],
    [['wss://a.example/x', 'ftp://b.example/'], /'ftp:\/\/b\.example\/' is not a WebSocket address/],
  ] as const) {
    test(`has login() say what is wrong with the server ${JSON.stringify(server).slice(0, 60)}`, async () => {
      const { sdk, platform } = calling({ server: server as never });
      const error = await rejection(sdk.login({ userID: 'alice', userSig: 's' }));
      assert.equal(error.code, 61001);
      assert.match(error.message, why);
      assert.equal(platform.engine.config, undefined);
    });
  }

  test('keeps the tim option, and has none otherwise', () => {
    const tim = { sendMessage: () => undefined };
    assert.equal(strange({ SDKAppID: 1, tim }).tim, tim);
    assert.equal(strange({ SDKAppID: 1 }).tim, undefined);
  });

  test('passes the ICE options to the media port, by reference', async () => {
    const iceServers = [{ urls: 'turn:t.example' }];
    const platform = new FakePlatform();
    let given: unknown;
    const options = {
      ...platform,
      createMedia: (report: Report, media: unknown) => {
        given = media;
        return platform.createMedia(report);
      },
    };
    const sdk = new TRTCCalling({ SDKAppID: 1, iceServers, iceTransportPolicy: 'relay', platform: options });
    void sdk.login({ userID: 'alice', userSig: 's' });
    await settled();
    assert.deepEqual(given, { iceServers, iceTransportPolicy: 'relay' });
    assert.equal((given as { iceServers: unknown }).iceServers, iceServers);
  });

  test('tells the core about fastConnect only where it is asked for', async () => {
    assert.equal((await loggedIn()).platform.engine.config?.fast_connect, false);
    assert.equal((await loggedIn({ fastConnect: true })).platform.engine.config?.fast_connect, true);
  });

  for (const [options, place] of [
    [{}, {}],
    [{ wasmUrl: '/static/core.wasm' }, { url: '/static/core.wasm' }],
    [{ wasmBinary: new Uint8Array(8), wasmUrl: '/x' }, { bytes: new Uint8Array(8) }],
  ] as const) {
    test(`has the core taken from ${JSON.stringify(place)}`, async () => {
      const platform = new FakePlatform();
      let given: unknown;
      const createEngine: FakePlatform['createEngine'] = (config, ...[place]: unknown[]) => {
        given = place;
        return platform.createEngine(config);
      };
      void new TRTCCalling({ SDKAppID: 1, ...options, platform: { ...platform, createEngine } }).login({ userID: 'alice', userSig: 's' });
      await settled();
      assert.deepEqual(given, place);
    });
  }

  for (const options of [{ wasmUrl: 7 }, { wasmUrl: '' }, { wasmUrl: {} }, { wasmBinary: 'AGFzbQ' }, { wasmBinary: [0] }]) {
    test(`has login() say that ${JSON.stringify(options)} is no core`, async () => {
      const { sdk, platform } = calling(options as Partial<Options>);
      const error = await rejection(sdk.login({ userID: 'alice', userSig: 's' }));
      assert.equal(error.code, 61001);
      assert.match(error.message, /: wasm(Url|Binary) is an/);
      assert.equal(platform.engine.config, undefined);
    });
  }

  test('starts nothing before login()', () => {
    const { sdk, platform } = calling();
    sdk.setLogLevel(2);
    sdk.on('onError', () => undefined);
    void sdk.setVideoQuality('720p');
    assert.equal(platform.engine.config, undefined);
    assert.equal(platform.media, undefined);
    assert.equal(platform.page, undefined);
  });

  test('shows nothing of its inside to enumeration, JSON and frameworks', () => {
    const sdk = strange({ SDKAppID: 1, tim: {} });
    assert.deepEqual(Object.keys(sdk), []);
    assert.equal(JSON.stringify(sdk), '{}');
    const marks = sdk as unknown as { __v_skip: boolean; _isVue: boolean };
    assert.equal(marks.__v_skip, true);
    assert.equal(marks._isVue, true);
  });

  test('works through a proxy that wraps every object it hands out', async () => {
    const deep = <T extends object>(target: T): T =>
      new Proxy(target, {
        get(object, key, receiver): unknown {
          const value: unknown = Reflect.get(object, key, receiver);
          return typeof value === 'object' && value !== null ? deep(value) : value;
        },
      });
    const { sdk, platform } = calling();
    platform.engine.on('HangUp', ({ op }) => [done(op, { type: 'HungUp', cancelled: [] })]);
    const proxy = deep(sdk);
    const seen: unknown[] = [];
    proxy.on('sdkReady', (payload) => seen.push(payload));
    await proxy.login({ userID: 'alice', userSig: 's' });
    assert.deepEqual(await proxy.hangup(), { code: 0, msg: 'ok' });
    assert.deepEqual(seen, [{ name: 'ts_im_ready' }]);
  });

  test('can be extended', async () => {
    class Mine extends TRTCCalling {
      override getVideoQuality() {
        return '240p' as const;
      }
    }
    const mine = new Mine({ SDKAppID: 1 });
    assert.equal(mine.getVideoQuality(), '240p');
    assert.equal(mine.EVENT.INVITED, 'onInvited');
  });
});

describe('TRTCCalling', () => {
  test('has the same tables on the class and on its objects', () => {
    const sdk = strange({ SDKAppID: 1 });
    assert.equal(sdk.EVENT, TRTCCalling.EVENT);
    assert.equal(sdk.CALL_TYPE, TRTCCalling.CALL_TYPE);
    assert.deepEqual(
      Object.keys(TRTCCalling).sort(),
      ['CALL_TYPE', 'EVENT'],
      'the original has exactly these statics',
    );
  });

  test('numbers call types in both directions', () => {
    assert.deepEqual(TRTCCalling.CALL_TYPE, {
      UNKNOWN: 0,
      AUDIO_CALL: 1,
      VIDEO_CALL: 2,
      0: 'UNKNOWN',
      1: 'AUDIO_CALL',
      2: 'VIDEO_CALL',
    });
  });

  test('names every event of 1.0.6 as it was', () => {
    const { EVENT } = TRTCCalling;
    assert.deepEqual(
      {
        ERROR: 'onError',
        SDK_READY: 'sdkReady',
        INVITED: 'onInvited',
        USER_ACCEPT: 'onUserAccept',
        USER_ENTER: 'onUserEnter',
        USER_LEAVE: 'onUserLeave',
        REJECT: 'onReject',
        NO_RESP: 'onNoResp',
        LINE_BUSY: 'onLineBusy',
        CALLING_CANCEL: 'onCallingCancel',
        KICKED_OUT: 'onKickedOut',
        CALLING_TIMEOUT: 'onCallingTimeout',
        CALL_END: 'onCallEnd',
        CALLING_END: 'onCallEnd',
        USER_VIDEO_AVAILABLE: 'onUserVideoAvailable',
        USER_AUDIO_AVAILABLE: 'onUserAudioAvailable',
        USER_VOICE_VOLUME: 'onUserVoiceVolume',
        GROUP_CALL_INVITEE_LIST_UPDATE: 'onGroupCallInviteeListUpdate',
      },
      Object.fromEntries(Object.entries(EVENT).slice(0, 18)),
    );
    assert.equal((EVENT as Record<string, unknown>)['SDK_NOT_READY'], undefined);
  });

  test('keeps its name in consoles', () => {
    assert.equal(TRTCCalling.name, 'TRTCCalling');
  });
});
