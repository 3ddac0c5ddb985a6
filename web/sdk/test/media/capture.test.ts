import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capture } from '../../src/media/capture.js';
import { FakeDevices, type Machine } from './fake-devices.js';

const profile = { width: 640, height: 480, frame_rate: 15, bitrate: 900 };

/** What was opened, or the error; and every request that it took. */
async function open(machine: Machine, wanted: { microphone?: boolean; camera?: boolean } = { microphone: true, camera: true }) {
  const devices = new FakeDevices(machine);
  const { microphone = false, camera = false } = wanted;
  const outcome = await capture(devices, { microphone, camera, profile }, () => true);
  assert.ok(outcome !== undefined);
  const cameraFailed = 'tracks' in outcome && outcome.cameraFailed;
  return { cameraFailed, outcome: 'error' in outcome ? outcome.error : devices.live(), asked: devices.asked, devices, result: outcome };
}

test('microphone and camera open with one prompt', async () => {
  const { outcome, asked } = await open({});
  assert.deepEqual(outcome, ['mic1', 'cam1']);
  assert.deepEqual(asked, ['audio+video']);
});

test('an audio call asks for no camera', async () => {
  const { outcome, asked } = await open({}, { microphone: true });
  assert.deepEqual(outcome, ['mic1']);
  assert.deepEqual(asked, ['audio']);
});

test('the constraints are those of the profile, with the voice processing of the browser', async () => {
  let constraints: MediaStreamConstraints | undefined;
  const devices = new FakeDevices();
  const getUserMedia = (given: MediaStreamConstraints): Promise<MediaStream> => {
    constraints = given;
    return devices.getUserMedia(given);
  };
  const all = { getUserMedia, enumerateDevices: () => devices.enumerateDevices() };
  await capture(all, { microphone: true, camera: true, profile }, () => true);
  assert.deepEqual(constraints, {
    audio: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      sampleRate: { ideal: 48000 },
      channelCount: { ideal: 1 },
    },
    video: { width: { ideal: 640, max: 640 }, height: { ideal: 480, max: 480 }, frameRate: { ideal: 15 } },
  });
});

test('without any camera the call has sound only', async () => {
  const { cameraFailed, outcome } = await open({ cameras: {} });
  assert.deepEqual(outcome, ['mic1']);
  assert.equal(cameraFailed, false);
});

test('a blocked camera leaves the sound, and is not asked for twice', async () => {
  const { cameraFailed, outcome, asked } = await open({ camera: 'denied' });
  assert.deepEqual(outcome, ['mic1']);
  assert.equal(cameraFailed, true);
  assert.deepEqual(asked, ['audio+video', 'audio']);
});

test('a camera in use gives way to the next one', async () => {
  const { outcome } = await open({ cameras: { cam1: 'busy', cam2: 'busy', cam3: 'free' } });
  assert.deepEqual(outcome, ['mic1', 'cam3']);
});

test('a camera in use is recognised where the browser aborts instead', async () => {
  const { outcome } = await open({ cameras: { cam1: 'busy', cam2: 'free' }, busyName: 'AbortError' });
  assert.deepEqual(outcome, ['mic1', 'cam2']);
});

test('every camera in use: sound only', async () => {
  const { cameraFailed, outcome, asked } = await open({ cameras: { cam1: 'busy', cam2: 'busy' } });
  assert.deepEqual(outcome, ['mic1']);
  assert.equal(cameraFailed, true);
  assert.deepEqual(asked, ['audio+video', 'audio', 'video', 'video:cam2', 'video:cam1']);
});

test('a camera in use where devices cannot be listed: sound only', async () => {
  const { cameraFailed, outcome } = await open({ cameras: { cam1: 'busy', cam2: 'free' }, cannotEnumerate: true });
  assert.deepEqual(outcome, ['mic1']);
  assert.equal(cameraFailed, true);
});

test('a camera that cannot do what we would like is taken as it is', async () => {
  const { outcome, asked } = await open({ cameras: { cam1: 'rigid' } });
  assert.deepEqual(outcome, ['mic1', 'cam1']);
  assert.deepEqual(asked, ['audio+video', 'audio', 'video', 'video?']);
});

test('a microphone that cannot do what we would like is taken as it is', async () => {
  const { outcome } = await open({ microphones: { mic1: 'rigid' } });
  assert.deepEqual(outcome, ['mic1', 'cam1']);
});

test('the next camera may be one that has to be taken as it is', async () => {
  const { outcome } = await open({ cameras: { cam1: 'busy', cam2: 'rigid' } }, { camera: true });
  assert.deepEqual(outcome, ['cam2']);
});

test('without any microphone there is nothing to call with', async () => {
  const { outcome, result } = await open({ microphones: {} });
  assert.equal(outcome, 'not_found');
  assert.deepEqual(result, { error: 'not_found', message: 'No microphone was found.' });
});

test('a blocked microphone is told in words', async () => {
  const { result, devices } = await open({ microphone: 'denied' });
  assert.deepEqual(result, {
    error: 'permission_denied',
    message: "The microphone is blocked for this page. Allow it in the browser's site settings and try again.",
  });
  assert.deepEqual(devices.asked, ['audio+video', 'audio']);
});

test('a microphone in use gives way to the next one, never to an alias of itself', async () => {
  const { outcome, asked } = await open({ microphones: { mic1: 'busy', communications: 'free', mic2: 'free' } }, { microphone: true });
  assert.deepEqual(outcome, ['mic2']);
  assert.deepEqual(asked, ['audio', 'audio:mic2']);
});

test('every microphone in use', async () => {
  const { outcome } = await open({ microphones: { mic1: 'busy', mic2: 'busy' } });
  assert.equal(outcome, 'in_use');
});

test('a failure that nobody foresaw keeps the words of the browser', async () => {
  const { result } = await open({ microphones: { mic1: 'broken' } });
  assert.deepEqual(result, {
    error: 'unknown',
    message: 'The microphone could not be opened (OperationError: as told by the browser).',
  });
});

test('the camera alone fails with its own reason', async () => {
  assert.equal((await open({ cameras: {} }, { camera: true })).outcome, 'not_found');
  assert.equal((await open({ camera: 'denied' }, { camera: true })).outcome, 'permission_denied');
  assert.equal((await open({ cameras: { cam1: 'busy' } }, { camera: true })).outcome, 'in_use');
});

test('a page without devices is told what it lacks', async () => {
  const wanted = { microphone: true, camera: false, profile };
  assert.deepEqual(await capture(undefined, wanted, () => true), {
    error: 'insecure',
    message: 'The browser offers no camera and microphone to this page; it must be served over HTTPS or from localhost.',
  });
});

test('what arrives when nobody waits any more is stopped at once', async () => {
  const devices = new FakeDevices();
  const answer = devices.holdPrompts();
  let isWanted = true;
  const pending = capture(devices, { microphone: true, camera: true, profile }, () => isWanted);
  isWanted = false;
  answer();
  assert.equal(await pending, undefined);
  assert.equal(devices.given.length, 2);
  assert.deepEqual(devices.live(), []);
});

test('nobody is prompted again for what is not wanted any more', async () => {
  const devices = new FakeDevices({ camera: 'denied' });
  const answer = devices.holdPrompts();
  let isWanted = true;
  const pending = capture(devices, { microphone: true, camera: true, profile }, () => isWanted);
  isWanted = false;
  answer();
  assert.equal(await pending, undefined);
  assert.deepEqual(devices.asked, ['audio+video']);
});

test('a microphone that is open already is stopped when the wish ends with the search for a camera', async () => {
  const devices = new FakeDevices({ cameras: { cam1: 'busy' } });
  const wanted = () => !devices.asked.includes('video');
  assert.equal(await capture(devices, { microphone: true, camera: true, profile }, wanted), undefined);
  assert.equal(devices.given.length, 1);
  assert.deepEqual(devices.live(), []);
});
