// Section 3.13 and the devices of section 11.1.
import { chapter, equal, holds, matches, refused, saw } from '../support/suite.js';
import { forget, pair, talking } from '../support/calls.js';

const proves = chapter('devices', '3.13, 11.1 Devices');

for (const [method, kind, label] of [['getCameras', 'videoinput', 'camera'], ['getMicrophones', 'audioinput', 'microphone']] as const) {
  proves(`3.13 ${method}()`, 'KEEP', 'lists label, deviceId, kind and groupId', async (world) => {
    const { alice } = await pair(world);
    const found = await world.until(alice.sdk[method]());
    equal(found.map(({ deviceId }) => deviceId), [`${label} 1`, `${label} 2`]);
    holds(found[0], { label: `${label} 1`, deviceId: `${label} 1`, kind, groupId: '' });
  });
}

proves('3.13 no devices', 'KEEP', 'empty lists, and no current device', async (world) => {
  const { alice } = await pair(world);
  alice.media.devices.all = [];
  equal([await world.until(alice.sdk.getCameras()), await world.until(alice.sdk.getMicrophones())], [[], []]);
  equal(await world.until(alice.sdk.getCurrentDevice('camera')), undefined);
});

for (const wrong of [{}, { deviceType: 'video' }, { deviceId: 'camera 1' }, { deviceType: 'smell', deviceId: 'camera 1' }]) {
  proves(`3.13 switchDevice(${JSON.stringify(wrong)})`, 'KEEP', 'rejects', async (world) => {
    const { alice } = await pair(world);
    equal((await refused(world.until(alice.sdk.switchDevice(wrong as never)))).code, 61001);
  });
}

for (const [deviceType, type, deviceId] of [['video', 'camera', 'camera 2'], ['audio', 'microphone', 'microphone 2'], ['speaker', 'speaker', 'speaker 2']] as const) {
  for (const state of ['idle', 'in a call'] as const) {
    const verdict = deviceType === 'speaker' ? 'SUPERSET' : 'KEEP';
    proves(`3.13 switchDevice(${deviceType}), ${state}`, verdict, 'resolves with undefined, and holds from now on', async (world) => {
      const { alice, bob } = await (state === 'idle' ? pair : talking)(world);
      equal(await world.until(alice.sdk.switchDevice({ deviceType, deviceId })), undefined);
      equal((await world.until(alice.sdk.getCurrentDevice(type)))?.deviceId, deviceId);
      saw(alice, ['onDeviceUpdated']);
      saw(bob);
    });
  }
}

proves('3.13 switchDevice to what is not there', 'FIX', 'rejects with 61024, and the device before stays', async (world) => {
  const { alice } = await talking(world);
  const error = await refused(world.until(alice.sdk.switchDevice({ deviceType: 'video', deviceId: 'camera 9' })));
  equal(error.code, 61024);
  matches(error.message, /camera 9/);
  equal((await world.until(alice.sdk.getCurrentDevice('camera')))?.deviceId, 'camera 1');
});

proves('11.1 getDeviceList', 'SUPERSET', 'knows every type in both numbers, and no others', async (world) => {
  const { alice } = await pair(world);
  for (const type of ['camera', 'microphone', 'speaker'] as const) {
    for (const name of [type, `${type}s`] as const) equal((await world.until(alice.sdk.getDeviceList(name))).length, 2, name);
  }
  equal((await refused(world.until(alice.sdk.getDeviceList('nose' as 'camera')))).code, 61001);
});

for (const [given, facing] of [[0, 'user'], ['front', 'user'], [true, 'user'], [1, 'environment'], ['back', 'environment'], [false, 'environment']] as const) {
  proves(`11.1 switchCamera(${JSON.stringify(given)})`, 'SUPERSET', `looks to the ${facing}`, async (world) => {
    const { alice } = await talking(world);
    equal(await world.until(alice.sdk.switchCamera(given)), undefined);
    equal(alice.media.devices.facing, facing);
  });
}

proves('1.3 DEVICED_UPDATED', 'SUPERSET', 'tells what there is and what is used, when something comes or goes', async (world) => {
  const { alice } = await pair(world);
  alice.media.devices.all = alice.media.devices.all.filter(({ deviceId }) => deviceId !== 'camera 1');
  alice.media.changeDevices();
  await world.pass();
  const [, payload] = alice.news()[0] ?? [];
  holds(payload, { currentCameraID: 'camera 2', currentMicrophoneID: 'microphone 1' });
  equal(['microphoneList', 'cameraList', 'speakerList'].map((name) => (payload?.[name] as unknown[]).length), [2, 1, 2]);
  equal([payload?.['currentCamera'], payload?.['currentMicrophone'], payload?.['currentSpeaker']].map((one) => typeof one), ['object', 'object', 'object']);
});

for (const kind of ['audio', 'video'] as const) {
  proves(`11.1 unplugged in use, ${kind}`, 'SUPERSET', 'the next device takes over, and the peer hears nothing of it', async (world) => {
    const { alice, bob } = await talking(world);
    alice.media.endTrack(kind);
    await world.pass(1000);
    saw(bob);
    equal(alice.sdk.getLocalStream()?.getTracks().length, 2);
  });
}

proves('11.1 the last microphone is unplugged', 'SUPERSET', 'ERROR 60003 here, no sound there, and back when one is plugged in', async (world) => {
  const { alice, bob } = await talking(world, 1);
  alice.media.devices.microphone = false;
  alice.media.endTrack('audio');
  await world.pass(1000);
  saw(alice, ['onError', { code: 60003 }]);
  saw(bob, ['onUserAudioAvailable', { userID: 'alice', isAudioAvailable: false }]);
  alice.media.devices.microphone = true;
  alice.media.changeDevices();
  await world.pass(1000);
  saw(bob, ['onUserAudioAvailable', { userID: 'alice', isAudioAvailable: true }]);
});

proves('11.1 the last camera is unplugged', 'SUPERSET', 'ERROR 60004 here, no picture there, and the call goes on', async (world) => {
  const { alice, bob } = await talking(world);
  alice.media.devices.camera = false;
  alice.media.endTrack('video');
  await world.pass(1000);
  saw(alice, ['onError', { code: 60004 }]);
  saw(bob, ['onUserVideoAvailable', { userID: 'alice', isVideoAvailable: false }]);
  equal(bob.sdk.getCallStatus(), 'connected');
  forget(alice, bob);
});
