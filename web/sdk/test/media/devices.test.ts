// Which microphones and cameras there are, which are used, and how another one takes over.
import assert from 'node:assert/strict';
import { mock, test, type TestContext } from 'node:test';
import type { DeviceKind } from '../../src/ports.js';
import { type Bench, bench, settle } from './fake-browser.js';
import type { Machine } from './fake-devices.js';

const two: Machine = { microphones: { mic1: 'free', mic2: 'free' }, cameras: { cam1: 'free', cam2: 'free' } };

/** Microphone and camera, sent to bob. */
async function call(machine: Machine = two): Promise<Bench> {
  const it = bench(machine);
  it.open(1, true, true);
  it.execute({ type: 'CreatePeer', peer: 1, user: 'bob', offerer: true }, { type: 'StartSending', peer: 1 });
  await settle();
  it.inputs.length = 0;
  it.devices.asked.length = 0;
  return it;
}

const sent = ({ connections }: Bench) => connections[0]?.getTransceivers().map(({ sender }) => sender.track?.deviceId);
const current = async ({ media }: Bench, kind: DeviceKind) => (await media.devices.current(kind))?.deviceId;
const listed = async ({ media }: Bench, kind: DeviceKind) =>
  (await media.devices.list(kind)).map(({ deviceId, label }) => [deviceId, label]);

// ---- What there is. ----

test('the list has the devices of one kind, without the alias for communications', async () => {
  const it = bench(two);
  assert.deepEqual(await listed(it, 'videoinput'), [['cam1', 'the cam1'], ['cam2', 'the cam2']]);
  assert.deepEqual((await listed(it, 'audioinput')).map(([id]) => id), ['default', 'mic1', 'mic2']);
  assert.deepEqual(await listed(it, 'audiooutput'), [['speaker', 'the speaker']]);
});

test('devices whose names are hidden are numbered', async () => {
  const it = bench({ ...two, discreet: true });
  assert.deepEqual(await listed(it, 'videoinput'), [['', 'camera_0'], ['', 'camera_1']]);
  assert.deepEqual(await listed(it, 'audiooutput'), [['', 'speaker_0']]);
  const [camera] = await it.media.devices.list('videoinput');
  assert.deepEqual(JSON.parse(JSON.stringify(camera)), { deviceId: '', groupId: '', kind: 'videoinput', label: 'camera_0' });
});

test('where devices cannot be listed there are none', async () => {
  assert.deepEqual(await listed(bench({ cannotEnumerate: true }), 'videoinput'), []);
});

test('the device in use comes before the chosen one, and that before the first', async () => {
  const it = bench(two);
  assert.equal(await current(it, 'videoinput'), 'cam1');
  await it.media.devices.select('videoinput', 'cam2');
  assert.equal(await current(it, 'videoinput'), 'cam2');
  it.devices.machine.cameras = { cam1: 'free', cam2: 'busy' };
  it.open(1, true, true);
  await settle();
  assert.equal(await current(it, 'videoinput'), 'cam1');
});

test('a speaker is remembered', async () => {
  const it = bench();
  await it.media.devices.select('audiooutput', 'speaker');
  assert.equal(await current(it, 'audiooutput'), 'speaker');
  await assert.rejects(it.media.devices.select('audiooutput', 'horn'), { code: 61024 });
});

// ---- Choosing before a call. ----

test('what is chosen before a call is opened by it', async () => {
  const it = bench(two);
  await it.media.devices.select('audioinput', 'mic2');
  await it.media.devices.select('videoinput', 'cam2');
  assert.deepEqual(it.devices.asked, []);
  it.open(1, true, true);
  await settle();
  assert.deepEqual(it.devices.live(), ['mic2', 'cam2']);
  assert.deepEqual(it.devices.asked, ['audio:mic2+video:cam2']);
});

test('what was chosen and is gone is replaced by any other', async () => {
  const it = bench(two);
  await it.media.devices.select('audioinput', 'mic2');
  await it.media.devices.select('videoinput', 'cam2');
  Object.assign(it.devices.machine, { microphones: { mic1: 'free' }, cameras: { cam1: 'free' } });
  it.open(1, true, true);
  await settle();
  assert.deepEqual(it.devices.live(), ['mic1', 'cam1']);
  assert.deepEqual(it.inputs.map(({ type }) => type), ['MediaOpened']);
});

test('what was chosen and is used by another program gives way to the next', async () => {
  const it = bench(two);
  await it.media.devices.select('videoinput', 'cam2');
  it.devices.machine.cameras = { cam1: 'free', cam2: 'busy' };
  it.open(1, true, true);
  await settle();
  assert.deepEqual(it.devices.live(), ['mic1', 'cam1']);
});

test('while ids are hidden any choice is remembered', async () => {
  const it = bench({ ...two, discreet: true });
  await it.media.devices.select('videoinput', 'cam2');
  it.open(1, false, true);
  await settle();
  assert.deepEqual(it.devices.live(), ['cam2']);
});

test('the back camera of a phone can be chosen before a call', async () => {
  const it = bench({ ...two, backCamera: 'cam2' });
  await it.media.devices.selectFacing('environment');
  it.open(1, false, true);
  await settle();
  assert.deepEqual(it.devices.live(), ['cam2']);
});

test('an unplugged device in use is reported, and the next capture takes the next one', async () => {
  const it = bench(two);
  await it.media.devices.select('videoinput', 'cam2');
  it.open(1, true, true);
  await settle();
  it.inputs.length = 0;
  it.devices.machine.cameras = { cam1: 'free' };
  it.devices.given.find(({ deviceId }) => deviceId === 'cam2')?.end();
  assert.deepEqual(it.inputs, [{ type: 'TrackEnded', kind: 'video' }]);
  it.open(2, true, true);
  await settle();
  assert.deepEqual(it.devices.live(), ['mic1', 'cam1']);
});

// ---- Choosing during a call. ----

test('another camera takes over in a call, and only then the old one is released', async () => {
  const it = await call();
  const { localStream } = it.media;
  const answer = it.devices.holdPrompts();
  const selected = it.media.devices.select('videoinput', 'cam2');
  await settle();
  assert.deepEqual(it.devices.live(), ['mic1', 'cam1']);
  answer();
  await selected;
  await settle();
  assert.deepEqual([it.devices.live(), sent(it)], [['mic1', 'cam2'], ['mic1', 'cam2']]);
  assert.equal(it.media.localStream, localStream);
  assert.deepEqual(localStream?.getTracks().length, 2);
  assert.deepEqual(it.inputs, []);
});

test('the device that is in use is not opened again', async () => {
  const it = await call();
  await it.media.devices.select('videoinput', 'cam1');
  assert.deepEqual(it.devices.asked, []);
});

test('a microphone that takes over from a muted one is muted', async () => {
  const it = await call();
  it.execute({ type: 'MuteMicrophone', muted: true });
  await it.media.devices.select('audioinput', 'mic2');
  const track = it.media.localStream?.getAudioTracks()[0];
  assert.deepEqual([track?.getSettings().deviceId, track?.enabled], ['mic2', false]);
});

test('a camera that takes over behind a screen is not seen', async () => {
  const it = await call();
  it.execute({ type: 'OpenScreen', capture: 2 });
  await settle();
  await it.media.devices.select('videoinput', 'cam2');
  await settle();
  assert.deepEqual(sent(it), ['mic1', 'screen']);
  it.execute({ type: 'CloseScreen' });
  await settle();
  assert.deepEqual(sent(it), ['mic1', 'cam2']);
});

test('of two cameras that cannot be open together the old one goes first', async () => {
  const it = await call({ cameras: { cam1: 'alone', cam2: 'alone' } });
  await it.media.devices.select('videoinput', 'cam2');
  await settle();
  assert.deepEqual(sent(it), ['mic1', 'cam2']);
  assert.deepEqual(it.inputs, []);
});

test('a camera in use by another program leaves the old one where it was', async () => {
  const it = await call({ cameras: { cam1: 'free', cam2: 'busy' } });
  await assert.rejects(it.media.devices.select('videoinput', 'cam2'), {
    name: 'TRTCCallingError',
    code: 61008,
    message: 'The camera could not be started; another application may be using it.',
  });
  await settle();
  assert.deepEqual(sent(it), ['mic1', 'cam1']);
  assert.deepEqual(it.inputs, []);
  assert.equal(await current(it, 'videoinput'), 'cam1');
});

test('an old camera that does not come back is reported as ended', async () => {
  const it = await call({ cameras: { cam1: 'free', cam2: 'busy' } });
  it.devices.machine.cameras = { cam1: 'busy', cam2: 'busy' };
  await assert.rejects(it.media.devices.select('videoinput', 'cam2'), { code: 61008 });
  assert.deepEqual(it.inputs, [{ type: 'TrackEnded', kind: 'video' }]);
  assert.equal(it.media.localStream?.getVideoTracks().length, 0);
});

test('a device that does not exist is refused, and a failed choice is forgotten', async () => {
  const it = await call();
  await assert.rejects(it.media.devices.select('videoinput', 'cam3'), { code: 61024, detail: 'cam3' });
  await assert.rejects(it.media.devices.selectFacing('environment'), { code: 61024 });
  it.execute({ type: 'CloseMedia' });
  it.open(2, true, true);
  await settle();
  assert.deepEqual(it.devices.live(), ['mic1', 'cam1']);
});

test('a blocked camera is refused with its reason', async () => {
  const it = await call();
  it.devices.machine.camera = 'denied';
  await assert.rejects(it.media.devices.select('videoinput', 'cam2'), { code: 60005 });
  assert.deepEqual(sent(it), ['mic1', 'cam1']);
});

test('a page without devices can choose none', async () => {
  const it = bench();
  Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  assert.deepEqual(await listed(it, 'audioinput'), []);
  await assert.rejects(it.media.devices.select('videoinput', 'cam1'), { code: 61007 });
});

test('the last of several choices wins', async () => {
  const it = await call();
  await Promise.all(['cam2', 'cam1'].map((id) => it.media.devices.select('videoinput', id)));
  await settle();
  assert.deepEqual([sent(it), it.devices.live()], [['mic1', 'cam1'], ['mic1', 'cam1']]);
});

for (const type of ['CloseMedia', 'CloseCamera'] as const) {
  test(`a camera that arrives after ${type} is stopped, and opened the next time`, async () => {
    const it = await call();
    const answer = it.devices.holdPrompts();
    const selected = it.media.devices.select('videoinput', 'cam2');
    await settle();
    it.execute({ type });
    answer();
    await selected;
    assert.ok(!it.devices.live().includes('cam2'));
    it.open(2, true, true);
    await settle();
    assert.deepEqual(it.devices.live(), ['mic1', 'cam2']);
  });
}

// ---- Devices that come and go. ----

function plugging(t: TestContext, { devices }: Bench): (times?: number) => Promise<void> {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  return async (times = 1) => {
    for (let time = 0; time < times; time++) devices.dispatchEvent(new Event('devicechange'));
    mock.timers.tick(200);
    await settle();
  };
}

test('a burst of device changes is reported once, to the core and to the application', async (t) => {
  const it = await call();
  const changed = mock.fn();
  it.media.devices.onChanged = changed;
  const plug = plugging(t, it);
  await plug(3);
  assert.deepEqual(it.inputs, [{ type: 'DevicesChanged', microphone: true, camera: true }]);
  it.devices.machine.cameras = {};
  await plug();
  assert.deepEqual(it.inputs.at(-1), { type: 'DevicesChanged', microphone: true, camera: false });
  assert.equal(changed.mock.callCount(), 2);
});

test('the browser is listened to while something is captured or somebody wants to know', async (t) => {
  const it = bench();
  assert.equal(it.devices.listeners, 0);
  it.media.devices.onChanged = () => undefined;
  it.open(1, true, false);
  await settle();
  assert.equal(it.devices.listeners, 1);
  it.media.devices.onChanged = undefined;
  assert.equal(it.devices.listeners, 1);
  it.inputs.length = 0;
  const plug = plugging(t, it);
  it.devices.dispatchEvent(new Event('devicechange'));
  it.execute({ type: 'CloseMedia' });
  assert.equal(it.devices.listeners, 0);
  await plug();
  assert.deepEqual(it.inputs, []);
});

test('dispose stops listening', async () => {
  const it = await call();
  it.media.devices.onChanged = () => undefined;
  it.media.dispose();
  assert.equal(it.devices.listeners, 0);
});

test('another device in use is told, the same one again is not', async () => {
  const it = bench(two);
  const changed = mock.fn();
  it.media.devices.onChanged = changed;
  it.open(1, true, true);
  await settle();
  assert.equal(changed.mock.callCount(), 1);
  await it.media.devices.select('videoinput', 'cam2');
  await settle();
  assert.equal(changed.mock.callCount(), 2);
  it.execute({ type: 'CloseMedia' });
  it.open(2, true, true);
  await settle();
  assert.equal(changed.mock.callCount(), 2);
});
