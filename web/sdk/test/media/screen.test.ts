// The screen in the place of the camera.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Input } from '../../src/core/protocol.js';
import { type Bench, bench, settle } from './fake-browser.js';
import type { Machine } from './fake-devices.js';

const opened = (capture: number): Input => ({ type: 'MediaOpened', capture, microphone: false, camera: false, camera_failed: false });
const share = (capture: number) => ({ type: 'OpenScreen' as const, capture });

/** A call that sends, with microphone and camera unless the camera is left out. */
async function call(machine: Machine = {}, camera = true): Promise<Bench> {
  const it = bench(machine);
  it.open(1, true, camera);
  it.execute({ type: 'CreatePeer', peer: 1, user: 'bob', offerer: true }, { type: 'StartSending', peer: 1 });
  await settle();
  it.inputs.length = 0;
  return it;
}

const sent = ({ connections }: Bench) => connections[0]?.getTransceivers().map(({ sender }) => sender.track?.deviceId);
const seen = ({ media }: Bench) => media.localStream?.getVideoTracks().map((track) => track.getSettings().deviceId);

test('a screen takes the place of the camera, which stays open and comes back', async () => {
  const it = await call();
  const { localStream } = it.media;
  it.execute(share(2));
  await settle();
  assert.deepEqual(it.inputs, [opened(2)]);
  assert.deepEqual([sent(it), seen(it)], [['mic1', 'screen'], ['screen']]);
  assert.deepEqual(it.devices.live(), ['mic1', 'cam1', 'screen']);
  it.execute({ type: 'CloseScreen' });
  await settle();
  assert.deepEqual([sent(it), seen(it)], [['mic1', 'cam1'], ['cam1']]);
  assert.deepEqual(it.devices.live(), ['mic1', 'cam1']);
  assert.equal(it.media.localStream, localStream);
});

test('what is shared is told to be text', async () => {
  const it = await call();
  it.execute(share(2));
  await settle();
  assert.equal(it.devices.given.find(({ deviceId }) => deviceId === 'screen')?.contentHint, 'detail');
});

test('a screen can be shared without a camera', async () => {
  const it = await call({}, false);
  it.execute(share(2));
  await settle();
  assert.deepEqual(sent(it), ['mic1', 'screen']);
  it.execute({ type: 'CloseScreen' });
  await settle();
  assert.deepEqual(sent(it), ['mic1', undefined]);
});

test('the browser’s own "stop sharing" is reported, and the camera comes back', async () => {
  const it = await call();
  it.execute(share(2));
  await settle();
  it.inputs.length = 0;
  it.devices.given.at(-1)?.end();
  await settle();
  assert.deepEqual(it.inputs, [{ type: 'TrackEnded', kind: 'screen' }]);
  assert.deepEqual([sent(it), seen(it)], [['mic1', 'cam1'], ['cam1']]);
});

test('a camera that opens and closes behind a screen is not seen', async () => {
  const it = await call();
  it.execute(share(2), { type: 'CloseCamera' });
  await settle();
  it.open(3, true, true);
  await settle();
  assert.deepEqual([sent(it), seen(it)], [['mic1', 'screen'], ['screen']]);
  it.execute({ type: 'CloseScreen' });
  await settle();
  assert.deepEqual([sent(it), seen(it)], [['mic1', 'cam1'], ['cam1']]);
});

test('a screen that is closed at once does not stay with anybody', async () => {
  const it = await call();
  it.execute(share(2));
  await settle();
  it.execute({ type: 'CloseScreen' }, share(3), { type: 'CloseScreen' });
  await settle();
  assert.deepEqual(sent(it), ['mic1', 'cam1']);
  assert.deepEqual(it.devices.live(), ['mic1', 'cam1']);
});

for (const type of ['CloseScreen', 'CloseMedia'] as const) {
  test(`what a picker brings after ${type} is stopped and not reported`, async () => {
    const it = await call();
    const pick = it.devices.holdPrompts();
    it.execute(share(2), { type });
    pick();
    await settle();
    assert.deepEqual(it.inputs, []);
    assert.equal(it.devices.given.at(-1)?.readyState, 'ended');
  });
}

test('closing media closes the screen', async () => {
  const it = await call();
  it.execute(share(2));
  await settle();
  it.execute({ type: 'CloseMedia' });
  assert.deepEqual(it.devices.live(), []);
  assert.equal(it.media.localStream, undefined);
});

async function refusal(machine: Machine): Promise<Input | undefined> {
  const it = await call(machine);
  it.execute(share(2));
  assert.deepEqual(it.inputs, []);
  await settle();
  assert.deepEqual(sent(it), ['mic1', 'cam1']);
  return it.inputs[0];
}

test('a picker that is dismissed is a denied permission', async () => {
  const message = 'The screen was not shared: nothing was picked, or the system does not allow it.';
  const input = await refusal({ picked: 'NotAllowedError' });
  assert.deepEqual(input, { type: 'MediaFailed', capture: 2, error: 'permission_denied', message });
});

test('a failure that nobody foresaw keeps the words of the browser', async () => {
  const message = 'The screen could not be opened (InvalidStateError: as told by the browser).';
  const input = await refusal({ picked: 'InvalidStateError' });
  assert.deepEqual(input, { type: 'MediaFailed', capture: 2, error: 'unknown', message });
});

test('a browser that cannot share screens says so, outside of execute', async () => {
  const it = await call();
  Object.defineProperty(it.devices, 'getDisplayMedia', { value: undefined });
  it.execute(share(2));
  assert.deepEqual(it.inputs, []);
  await settle();
  const message = 'This browser cannot share a screen.';
  assert.deepEqual(it.inputs, [{ type: 'MediaFailed', capture: 2, error: 'unknown', message }]);
});

test('a page without devices is told what it lacks', async () => {
  const it = bench();
  Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  it.execute(share(2));
  await settle();
  assert.deepEqual(it.inputs.map((input) => input.type === 'MediaFailed' && input.error), ['insecure']);
});
