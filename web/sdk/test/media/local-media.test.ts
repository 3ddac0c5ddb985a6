// What the media port makes of devices: captures, their end, and whom they reach.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bench, settle } from './fake-browser.js';
import { FakeTrack } from './fake-devices.js';

const opened = (capture: number, microphone: boolean, camera: boolean, camera_failed = false) => ({
  type: 'MediaOpened' as const,
  capture,
  microphone,
  camera,
  camera_failed,
});

test('what is open is reported, never from inside execute', async () => {
  const { open, inputs, media } = bench();
  open(1, true, true);
  assert.deepEqual(inputs, []);
  await settle();
  assert.deepEqual(inputs, [opened(1, true, true)]);
  assert.equal(media.localStream?.getTracks().length, 2);
});

test('a call without camera is told from one whose camera failed', async () => {
  const without = bench({ cameras: {} });
  without.open(1, true, true);
  await settle();
  assert.deepEqual(without.inputs, [opened(1, true, false)]);
  const busy = bench({ cameras: { cam1: 'busy' } });
  busy.open(1, true, true);
  await settle();
  assert.deepEqual(busy.inputs, [opened(1, true, false, true)]);
});

test('what is open stays open, and only the rest is asked for', async () => {
  const { open, inputs, devices, media } = bench();
  open(1, true, false);
  await settle();
  const { localStream } = media;
  open(2, true, true);
  await settle();
  open(3, true, true);
  await settle();
  assert.deepEqual(inputs, [opened(1, true, false), opened(2, true, true), opened(3, true, true)]);
  assert.deepEqual(devices.asked, ['audio', 'video']);
  assert.equal(media.localStream, localStream);
});

test('an open microphone is enough where the camera fails, unless the camera was all that was asked for', async () => {
  const { open, inputs } = bench({ camera: 'denied' });
  open(1, true, false);
  await settle();
  open(2, true, true);
  await settle();
  open(3, false, true);
  await settle();
  assert.deepEqual(inputs, [
    opened(1, true, false),
    opened(2, true, false, true),
    {
      type: 'MediaFailed',
      capture: 3,
      error: 'permission_denied',
      message: "The camera is blocked for this page. Allow it in the browser's site settings and try again.",
    },
  ]);
});

test('closing while the prompt is open stops the tracks when they arrive and reports nothing', async () => {
  const { open, execute, inputs, devices, media } = bench();
  const answer = devices.holdPrompts();
  open(1, true, true);
  await settle();
  execute({ type: 'CloseMedia' });
  answer();
  await settle();
  assert.deepEqual(inputs, []);
  assert.equal(devices.given.length, 2);
  assert.deepEqual(devices.live(), []);
  assert.equal(media.localStream, undefined);
});

test('a newer capture takes the place of one whose prompt is open', async () => {
  const { open, inputs, devices } = bench();
  const answer = devices.holdPrompts();
  open(1, true, true);
  await settle();
  open(2, true, false);
  await settle();
  answer();
  await settle();
  assert.deepEqual(inputs, [opened(2, true, false)]);
  assert.deepEqual(devices.live(), ['mic1']);
});

test('a camera that is closed while its prompt is open never lights up', async () => {
  const { open, execute, inputs, devices } = bench();
  const answer = devices.holdPrompts();
  open(1, true, true);
  await settle();
  execute({ type: 'CloseCamera' });
  answer();
  await settle();
  assert.deepEqual(inputs, [opened(1, true, false)]);
  assert.deepEqual(devices.live(), ['mic1']);
});

test('closing the camera stops its track, and it opens again', async () => {
  const { open, execute, devices, media } = bench();
  open(1, true, true);
  await settle();
  execute({ type: 'CloseCamera' });
  assert.deepEqual(devices.live(), ['mic1']);
  assert.equal(media.localStream?.getVideoTracks().length, 0);
  open(2, false, true);
  await settle();
  assert.deepEqual(devices.live(), ['mic1', 'cam1']);
});

test('closing media stops every track', async () => {
  const { open, execute, devices, media } = bench();
  open(1, true, true);
  await settle();
  execute({ type: 'CloseMedia' });
  assert.deepEqual(devices.live(), []);
  assert.equal(media.localStream, undefined);
});

test('a muted microphone is silent, also one that takes its place, until the media are closed', async () => {
  const { open, execute, devices } = bench();
  open(1, true, false);
  await settle();
  execute({ type: 'MuteMicrophone', muted: true });
  devices.given[0]?.end();
  open(2, true, false);
  await settle();
  execute({ type: 'CloseMedia' });
  open(3, true, false);
  await settle();
  assert.deepEqual(devices.given.map(({ enabled }) => enabled), [false, false, true]);
});

test('a device that stops by itself is reported and leaves the stream', async () => {
  const { open, inputs, devices, media } = bench();
  open(1, true, true);
  await settle();
  inputs.length = 0;
  devices.given.find(({ kind }) => kind === 'video')?.end();
  assert.deepEqual(inputs, [{ type: 'TrackEnded', kind: 'video' }]);
  assert.deepEqual(media.localStream?.getTracks().map(({ kind }) => kind), ['audio']);
});

test('streams are announced once for all changes of a task', async () => {
  const { open, execute, media } = bench();
  let announced = 0;
  media.onStreams = () => (announced += 1);
  open(1, true, true);
  await settle();
  assert.equal(announced, 1);
  execute({ type: 'CloseCamera' }, { type: 'CloseMedia' });
  await settle();
  assert.equal(announced, 2);
});

test('nothing is left and nothing is said after dispose', async () => {
  const { open, inputs, devices, media } = bench();
  open(1, true, true);
  await settle();
  const answer = devices.holdPrompts();
  open(2, true, true);
  inputs.length = 0;
  media.dispose();
  answer();
  open(3, true, true);
  await settle();
  assert.deepEqual(inputs, []);
  assert.deepEqual(devices.live(), []);
});

test('a track that ends after its stream was closed is nobody’s', async () => {
  const { open, execute, inputs, devices } = bench();
  open(1, true, false);
  await settle();
  execute({ type: 'CloseMedia' });
  inputs.length = 0;
  const [microphone] = devices.given;
  assert.ok(microphone instanceof FakeTrack);
  microphone.end();
  assert.deepEqual(inputs, []);
});
