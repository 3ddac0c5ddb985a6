// Sections 3.11, 8.1, 8.2 and 8.5: camera and microphone, what is captured, and what the others hear of it.
import { chapter, equal, holds, refused, saw } from '../support/suite.js';
import { forget, pair, ringing, talking } from '../support/calls.js';
import type { User } from '../support/world.js';

const proves = chapter('media', '3.11, 8.1, 8.2, 8.5 Camera and microphone');

const video = (isVideoAvailable: boolean, userID = 'alice'): [string, object] => ['onUserVideoAvailable', { userID, isVideoAvailable }];
const audio = (isAudioAvailable: boolean, userID = 'alice'): [string, object] => ['onUserAudioAvailable', { userID, isAudioAvailable }];
const opened = ({ media }: User) => media.executed.flatMap((effect) => (effect.type === 'OpenMedia' ? [effect] : []));

proves('3.11 closeCamera', 'KEEP', 'resolves with whether there was a picture, and the peer sees it go', async (world) => {
  const { alice, bob } = await talking(world);
  equal(await world.until(alice.sdk.closeCamera()), true);
  equal(await world.until(alice.sdk.closeCamera()), false);
  saw(bob, video(false));
  saw(alice);
});

proves('3.11 closeCamera: the light', 'FIX', 'goes out: nothing is captured any more', async (world) => {
  const { alice } = await talking(world);
  const track = alice.sdk.getLocalStream()?.getVideoTracks()[0];
  await world.until(alice.sdk.closeCamera());
  equal([track?.readyState, alice.sdk.getLocalStream()?.getVideoTracks().length], ['ended', 0]);
});

proves('3.11 openCamera after closeCamera', 'FIX', 'works, again and again', async (world) => {
  const { alice, bob } = await talking(world);
  for (let round = 0; round < 3; round++) {
    await world.until(alice.sdk.closeCamera());
    equal(await world.until(alice.sdk.openCamera()), true);
    saw(bob, video(false), video(true));
  }
  equal(alice.sdk.getLocalStream()?.getVideoTracks().length, 1);
});

proves('3.11 openCamera without a camera at the start', 'KEEP', 'captures one and adds it', async (world) => {
  const { alice, bob } = await pair(world);
  alice.media.devices.camera = false;
  await world.until(alice.sdk.call({ userID: 'bob', type: 2 }));
  await world.until(bob.sdk.accept());
  equal(bob.last('onUserVideoAvailable')?.['isVideoAvailable'], false);
  alice.media.devices.camera = true;
  equal(await world.until(alice.sdk.openCamera()), true);
  equal(bob.last('onUserVideoAvailable')?.['isVideoAvailable'], true);
});

proves('3.11 openCamera fails', 'KEEP', 'ERROR 60004, and the call goes on', async (world) => {
  const { alice, bob } = await talking(world);
  await world.until(alice.sdk.closeCamera());
  forget(alice, bob);
  alice.media.devices.cameraInUse = true;
  equal(await world.until(alice.sdk.openCamera()), false);
  saw(alice, ['onError', { code: 60004 }]);
  saw(bob);
});

proves('3.11 openCamera is denied', 'KEEP', 'ERROR 60005 and a rejection', async (world) => {
  const { alice } = await talking(world);
  await world.until(alice.sdk.closeCamera());
  alice.media.refuses = 'permission_denied';
  equal((await refused(world.until(alice.sdk.openCamera()))).code, 60005);
  saw(alice, ['onError', { code: 60005 }]);
});

proves('3.11 openCamera in an audio call', 'KEEP', 'is false: a switch is another method', async (world) => {
  const { alice, bob } = await talking(world, 1);
  equal(await world.until(alice.sdk.openCamera()), false);
  saw(bob);
});

for (const method of ['openCamera', 'closeCamera', 'setMicMute', 'openMicrophone', 'closeMicrophone', 'stopScreenShare'] as const) {
  proves(`3.11 ${method} without a call`, 'FIX', 'is false, and no TypeError', async (world) => {
    const { alice } = await pair(world);
    equal(await world.until((alice.sdk[method] as (value: boolean) => Promise<boolean>)(true)), false);
    saw(alice);
  });
}

for (const [given, isAvailable] of [[true, false], [1, false], ['yes', false], [false, true], [0, true], [undefined, true]] as const) {
  proves(`3.11 setMicMute(${JSON.stringify(given)})`, 'KEEP', isAvailable ? 'the others hear' : 'truthy is muted', async (world) => {
    const { alice, bob } = await talking(world);
    await world.until(alice.sdk.setMicMute(isAvailable));
    forget(bob);
    equal(await world.until(alice.sdk.setMicMute(given as boolean)), true);
    saw(bob, audio(isAvailable));
    equal(alice.sdk.getLocalAudioTrack()?.enabled, isAvailable);
  });
}

proves('3.11 setMicMute without a microphone', 'KEEP', 'is false, and holds for the next one', async (world) => {
  const { alice, bob } = await talking(world, 1);
  alice.media.devices.microphone = false;
  alice.media.endTrack('audio');
  await world.pass(1000);
  equal(await world.until(alice.sdk.setMicMute(true)), false);
  forget(bob);
  alice.media.devices.microphone = true;
  alice.media.changeDevices();
  await world.pass(1000);
  saw(bob);
});

for (const profile of ['240p', '360p', '480p', '720p', '1080p', { width: 800, height: 600, frameRate: 30, bitrate: 1200 }] as const) {
  proves(`3.11 setVideoQuality(${JSON.stringify(profile)})`, 'KEEP', 'resolves with it, is read back, and holds from the next call on', async (world) => {
    const { alice } = await talking(world);
    equal(await world.until(alice.sdk.setVideoQuality(profile)), profile);
    equal(alice.sdk.getVideoQuality(), profile);
    await world.until(alice.sdk.hangup());
    await world.until(alice.sdk.call({ userID: 'bob', type: 2 }));
    const numbers: Record<string, [number, number, number, number]> = {
      '240p': [320, 240, 15, 400],
      '360p': [640, 360, 15, 800],
      '480p': [640, 480, 15, 900],
      '720p': [1280, 720, 15, 1500],
      '1080p': [1920, 1080, 15, 2000],
    };
    const { width, height, frame_rate, bitrate } = opened(alice).at(-1)?.profile ?? {};
    equal([width, height, frame_rate, bitrate], numbers[String(profile)] ?? [800, 600, 30, 1200]);
  });
}

for (const wrong of ['', '2k', undefined, [], 720]) {
  proves(`3.11 setVideoQuality(${JSON.stringify(wrong)})`, 'KEEP', 'rejects with TRTCCallingError 65535', async (world) => {
    const { alice } = await pair(world);
    const error = await refused(world.until(alice.sdk.setVideoQuality(wrong as never)));
    equal([error.code, (error as unknown as { getCode(): number }).getCode(), alice.sdk.getVideoQuality()], [65535, 65535, '480p']);
  });
}

for (const type of [1, 2] as const) {
  proves(`8.1 type ${type}`, 'KEEP', type === 1 ? 'captures the microphone' : 'captures microphone and camera', async (world) => {
    const { alice, bob } = await talking(world, type);
    for (const one of [alice, bob]) {
      equal(opened(one).map(({ microphone, camera }) => [microphone, camera]), [[true, type === 2]]);
      equal(one.sdk.getLocalStream()?.getTracks().map(({ kind }) => kind), type === 1 ? ['audio'] : ['audio', 'video']);
    }
  });
}

proves('8.1 permission prompts', 'D8', 'none at the callee before accept()', async (world) => {
  const { bob } = await ringing(world);
  equal([bob.count('onInvited'), opened(bob).length], [1, 0]);
  await world.until(bob.sdk.accept());
  equal(opened(bob).length, 1);
});

proves('8.1 media before the callee accepts', 'D1', 'are captured, and sent to nobody', async (world) => {
  const { alice, bob } = await ringing(world);
  equal([opened(alice).length, alice.sdk.getLocalStream() === undefined], [1, false]);
  const sending = ({ media }: User) => media.executed.filter(({ type }) => type === 'StartSending').length;
  equal([sending(alice), sending(bob)], [0, 0]);
  await world.until(bob.sdk.accept());
  equal([sending(alice), sending(bob)], [1, 1]);
});

proves('8.1 each call', 'KEEP', 'starts un-muted and with the camera on, and stops its tracks at the end', async (world) => {
  const { alice, bob } = await talking(world);
  await world.until(alice.sdk.setMicMute(true));
  await world.until(alice.sdk.closeCamera());
  const tracks = bob.sdk.getLocalStream()?.getTracks() ?? [];
  await world.until(alice.sdk.hangup());
  equal(tracks.map(({ readyState }) => readyState), ['ended', 'ended']);
  await world.until(alice.sdk.call({ userID: 'bob', type: 2 }));
  forget(bob);
  await world.until(bob.sdk.accept());
  holds(bob.last('onUserVideoAvailable'), { isVideoAvailable: true });
  holds(bob.last('onUserAudioAvailable'), { isAudioAvailable: true });
});

proves('8.2 remote streams', 'KEEP', 'are there without being asked for', async (world) => {
  const { alice, bob } = await talking(world);
  equal(alice.sdk.getRemoteStream('bob')?.getTracks().map(({ kind }) => kind), ['audio', 'video']);
  equal(bob.sdk.getRemoteAudioTrack('alice')?.kind, 'audio');
  await world.until(bob.sdk.hangup());
  equal([alice.sdk.getRemoteStream('bob'), alice.sdk.getRemoteAudioTrack('bob')], [undefined, undefined]);
});

proves('8.2 no media path at all', 'FIX', 'ends the call on both sides, with a reason', async (world) => {
  const { alice, bob } = await ringing(world);
  bob.media.break();
  alice.media.break();
  await world.until(bob.sdk.accept());
  await world.pass(120_000);
  equal([alice.sdk.getCallStatus(), bob.sdk.getCallStatus()], ['idle', 'idle']);
  equal([alice.count('onCallEnd'), bob.count('onCallEnd')], [1, 1]);
  equal([...alice.all, ...bob.all].some(([name, payload]) => name === 'onError' && payload['code'] === 61013), true);
});

for (const type of [1, 2] as const) {
  proves(`8.5 initial pair, type ${type}`, 'KEEP', 'USER_ENTER, then video, then audio, with the true values', async (world) => {
    const { alice, bob } = await ringing(world, type);
    forget(alice, bob);
    await world.until(bob.sdk.accept());
    saw(bob, ['onUserEnter', { userID: 'alice' }], video(type === 2), audio(true), ['onCallBegin']);
    saw(alice, ['onUserAccept'], ['onUserEnter', { userID: 'bob' }], video(type === 2, 'bob'), audio(true, 'bob'), ['onCallBegin']);
  });
}

proves('8.5 initial pair after changes while it rings', 'KEEP', 'has the values of the moment', async (world) => {
  const { alice, bob } = await ringing(world);
  await world.until(alice.sdk.closeCamera());
  await world.until(alice.sdk.setMicMute(true));
  forget(bob);
  await world.until(bob.sdk.accept());
  saw(bob, ['onUserEnter'], video(false), audio(false), ['onCallBegin']);
});

proves('8.5 later', 'KEEP', 'only changes are told, to the others, and nothing when a user leaves', async (world) => {
  const { alice, bob } = await talking(world);
  await world.until(alice.sdk.setMicMute(true));
  await world.until(alice.sdk.setMicMute(true));
  await world.until(alice.sdk.closeCamera());
  saw(bob, audio(false), video(false));
  saw(alice);
  await world.until(alice.sdk.hangup());
  saw(bob, ['onUserLeave'], ['onCallEnd']);
});
