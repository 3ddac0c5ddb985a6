import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Effect } from '../src/core/protocol.js';
import type { DeviceInfo } from '../src/payloads.js';
import type { SwitchDeviceOptions } from '../src/types.js';
import { calling, done, loggedIn, rejection, settled } from './support/calling.js';
import { fails } from './support/calls.js';
import type { OpOf } from './support/calls.js';

const labels = (devices: MediaDeviceInfo[]): string[] => devices.map(({ label }) => label);

async function withDevices() {
  const it = await loggedIn();
  const { media, view } = it.platform;
  assert.ok(media && view);
  return { ...it, media, view };
}

describe('Devices', () => {
  test('are listed by both generations of methods', async () => {
    const { sdk } = await withDevices();
    assert.deepEqual(labels(await sdk.getCameras()), ['camera 1', 'camera 2']);
    assert.deepEqual(labels(await sdk.getMicrophones()), ['microphone 1', 'microphone 2']);
    for (const kind of ['camera', 'microphone', 'speaker'] as const) {
      assert.deepEqual(labels(await sdk.getDeviceList(kind)), [`${kind} 1`, `${kind} 2`]);
      assert.deepEqual(await sdk.getDeviceList(`${kind}s`), await sdk.getDeviceList(kind));
    }
  });

  for (const [deviceType, list] of [
    ['video', 'camera'],
    ['camera', 'camera'],
    ['audio', 'microphone'],
    ['microphone', 'microphone'],
    ['speaker', 'speaker'],
  ] as const) {
    test(`of type ${deviceType} are switched, and the one in use is told`, async () => {
      const { sdk } = await withDevices();
      const second = (await sdk.getDeviceList(list))[1] as MediaDeviceInfo;
      assert.equal((await sdk.getCurrentDevice(list))?.label, `${list} 1`);
      assert.equal(await sdk.switchDevice({ deviceType, deviceId: second.deviceId }), undefined);
      assert.deepEqual(await sdk.getCurrentDevice(`${list}s`), second);
    });
  }

  test('a speaker where everybody sounds', async () => {
    const { sdk, view } = await withDevices();
    const used: string[] = [];
    view.useSpeaker = (deviceId) => Promise.resolve(void used.push(deviceId));
    const [, second] = await sdk.getDeviceList('speaker');
    await sdk.switchDevice({ deviceType: 'speaker', deviceId: second?.deviceId ?? '' });
    assert.deepEqual(used, [second?.deviceId]);
  });

  test('a speaker that cannot be used is not remembered', async () => {
    const { sdk, view } = await withDevices();
    view.useSpeaker = () => Promise.reject(new Error('not allowed'));
    const [, second] = await sdk.getDeviceList('speaker');
    const error = await rejection(sdk.switchDevice({ deviceType: 'speaker', deviceId: second?.deviceId ?? '' }));
    assert.equal(error.name, 'TRTCCallingError', 'nothing raw leaves the package');
    assert.match(error.message, /not allowed/);
    assert.equal((await sdk.getCurrentDevice('speaker'))?.label, 'speaker 1');
  });

  test('say that there is no such device', async () => {
    const { sdk } = await withDevices();
    const error = await rejection(sdk.switchDevice({ deviceType: 'video', deviceId: 'x' }));
    assert.equal(error.code, 61024);
  });

  for (const wrong of [
    undefined,
    {},
    { deviceType: 'video' },
    { deviceId: 'x' },
    { deviceType: 'video', deviceId: '' },
    { deviceType: 'video', deviceId: 1 },
    { deviceType: 'screen', deviceId: 'x' },
  ]) {
    test(`are not switched by ${JSON.stringify(wrong)}`, async () => {
      const { sdk } = await withDevices();
      const error = await rejection(sdk.switchDevice(wrong as SwitchDeviceOptions));
      assert.equal(error.code, 61001);
      assert.equal(error.message, `TRTCCalling.switchDevice - params error: ${JSON.stringify(wrong) ?? 'undefined'}`);
    });
  }

  for (const wrong of [undefined, '', 'screen', 1, 'toString']) {
    test(`of type ${JSON.stringify(wrong)} do not exist`, async () => {
      const { sdk } = await withDevices();
      assert.equal((await rejection(sdk.getDeviceList(wrong as never))).code, 61001);
      assert.equal((await rejection(sdk.getCurrentDevice(wrong as never))).code, 61001);
    });
  }

  for (const [camera, facing] of [
    [0, 'user'],
    ['front', 'user'],
    [true, 'user'],
    [1, 'environment'],
    ['back', 'environment'],
    [false, 'environment'],
  ] as const) {
    test(`switchCamera(${JSON.stringify(camera)}) looks to the ${facing}`, async () => {
      const { sdk, media } = await withDevices();
      assert.equal(await sdk.switchCamera(camera), undefined);
      assert.equal(media.devices.facing, facing);
    });
  }

  for (const wrong of [undefined, 2, 'left', null, {}]) {
    test(`switchCamera(${JSON.stringify(wrong)}) is refused`, async () => {
      const { sdk, media } = await withDevices();
      assert.equal((await rejection(sdk.switchCamera(wrong as never))).code, 61001);
      assert.equal(media.devices.facing, undefined);
    });
  }

  test('asked for while login() is under way wait for it', async () => {
    const { sdk } = calling();
    void sdk.login({ userID: 'alice', userSig: 's' });
    assert.equal((await sdk.getCameras()).length, 2);
  });
});

describe('DEVICED_UPDATED', () => {
  test('tells what there is and what is used', async () => {
    const { sdk, media, events } = await withDevices();
    const [, second] = await sdk.getMicrophones();
    await sdk.switchDevice({ deviceType: 'audio', deviceId: second?.deviceId ?? '' });
    await settled();
    const [name, payload] = events[0] ?? [];
    assert.equal(name, 'onDeviceUpdated');
    const info = payload as DeviceInfo;
    assert.deepEqual(labels(info.microphoneList), ['microphone 1', 'microphone 2']);
    assert.deepEqual(labels(info.cameraList), ['camera 1', 'camera 2']);
    assert.deepEqual(labels(info.speakerList), ['speaker 1', 'speaker 2']);
    assert.equal(info.currentMicrophoneID, second?.deviceId);
    assert.deepEqual(info.currentMicrophone, second);
    assert.equal(info.currentCameraID, info.cameraList[0]?.deviceId);
    assert.deepEqual(info.currentCamera, info.cameraList[0]);
    assert.deepEqual(info.currentSpeaker, info.speakerList[0]);
    assert.equal(events.length, 1);
    media.devices.all = [];
    media.devices.onChanged?.();
    await settled();
    assert.deepEqual(events[1]?.[1], {
      microphoneList: [],
      cameraList: [],
      speakerList: [],
      currentMicrophoneID: '',
      currentCameraID: '',
    });
  });

  test('does not come after logout()', async () => {
    const { sdk, media, events, platform } = await withDevices();
    platform.engine.on('Logout', ({ op }) => [
      { type: 'StatusChanged', session: 'logged_out', call: 'idle' },
      done(op, { type: 'Nothing' }),
    ]);
    await sdk.logout();
    media.devices.onChanged?.();
    await settled();
    assert.deepEqual(events, []);
  });

  test('that cannot be told is no error of the application', async () => {
    const { media, events } = await withDevices();
    media.devices.list = () => Promise.reject(new Error('gone'));
    media.devices.onChanged?.();
    await settled();
    assert.deepEqual(events, []);
  });
});

const toggled =
  (acted: boolean) =>
  ({ op }: OpOf): Effect[] => [done(op, { type: 'Toggled', done: acted })];

describe('Microphone and camera', () => {
  test('openMicrophone() and closeMicrophone() are setMicMute() in other words', async () => {
    const { sdk, platform, told } = await withDevices();
    platform.engine.on('SetMicrophone', toggled(true));
    assert.equal(await sdk.openMicrophone(), true);
    assert.equal(await sdk.closeMicrophone(), true);
    assert.deepEqual(
      told('SetMicrophone').map(({ on }) => on),
      [true, false],
    );
  });

  test("openCamera() takes the successor's arguments", async () => {
    const { sdk, platform, media, view, told } = await withDevices();
    platform.engine.on('SetCamera', toggled(true));
    assert.equal(await sdk.openCamera('local', false), true);
    assert.equal(media.devices.facing, 'environment');
    assert.deepEqual(view.local, { userID: 'alice', videoViewDomID: 'local' });
    assert.equal(told('SetCamera').length, 1);
  });

  test('openCamera() alone shows nothing and keeps the camera', async () => {
    const { sdk, platform, media, view } = await withDevices();
    platform.engine.on('SetCamera', toggled(true));
    await sdk.openCamera();
    assert.equal(media.devices.facing, undefined);
    assert.equal(view.local, undefined);
  });
});

describe('Screen sharing', () => {
  test('asks the core and resolves with what it says', async () => {
    const { sdk, platform, told } = await withDevices();
    platform.engine.on('SetScreen', ({ op, on }) => toggled(on)({ op }));
    assert.equal(await sdk.startScreenShare(), true);
    assert.equal(await sdk.stopScreenShare(), false);
    assert.deepEqual(
      told('SetScreen').map(({ on }) => on),
      [true, false],
    );
  });

  test('tells the view that the own picture is a screen, until it ends in whatever way', async () => {
    const { sdk, platform, view, core } = await withDevices();
    platform.engine.on('SetScreen', toggled(true));
    const isScreen = () => view.streams?.localScreen;
    await sdk.startScreenShare();
    assert.equal(isScreen(), true);
    await sdk.stopScreenShare();
    assert.equal(isScreen(), false);
    await sdk.startScreenShare();
    await core({ type: 'CloseScreen' });
    assert.equal(isScreen(), false, 'the user has ended it in the browser');
    await sdk.startScreenShare();
    await core({ type: 'CloseMedia' });
    assert.equal(isScreen(), false, 'the call is over');
  });

  test('that did not come about changes nothing', async () => {
    const { sdk, platform, view } = await withDevices();
    platform.engine.on('SetScreen', toggled(false));
    assert.equal(await sdk.startScreenShare(), false);
    assert.equal(view.streams?.localScreen, false);
    platform.engine.on('SetScreen', fails(61023));
    assert.equal((await rejection(sdk.startScreenShare())).code, 61023);
    assert.equal(view.streams?.localScreen, false);
  });
});
