// How pictures and sounds are shown: fit, mirror, mute.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RenderParams, ViewStreams } from '../../src/ports.js';
import { createView } from '../../src/view/index.js';
import { pictureOf, settle, show, stream, TestPage } from './page.js';

const inLayer = '_trtc_calling_audio_call-bob';
const bob = { userID: 'bob', videoViewDomID: 'b' };
const me = { userID: 'me', videoViewDomID: 'a' };

function open() {
  const page = new TestPage('<div id="a"></div><div id="b"></div>');
  const look = (id: string) => {
    const { style } = page.element(id).querySelector('video') as HTMLVideoElement;
    return [style.getPropertyValue('object-fit'), style.getPropertyValue('transform') === 'scaleX(-1)'];
  };
  return { page, view: createView(), look };
}

const both = () => stream('audio', 'video');

/** Nobody but oneself. */
function alone(local: MediaStream, rest: Partial<ViewStreams> = {}): ViewStreams {
  return { local, remote: () => undefined, users: [], ...rest };
}

test('a remote picture covers its place unless something else is asked for', () => {
  const { view, look } = open();
  show(view, both(), { bob: both() });
  view.startRemote(bob);
  assert.deepEqual(look('b'), ['cover', false]);
  view.startRemote({ ...bob, render: { objectFit: 'contain' } });
  assert.deepEqual(look('b'), ['contain', false]);
  view.setRender('bob', { mirror: true });
  assert.deepEqual(look('b'), ['contain', true], 'what is absent stays as it is');
  view.setRender('bob', { objectFit: 'fill', mirror: false });
  assert.deepEqual(look('b'), ['fill', false]);
});

test('the look is kept before a view and a user are there, and across stop and start', () => {
  const { view, look } = open();
  view.setRender('bob', { objectFit: 'contain' });
  show(view, both(), { bob: both() });
  view.setRender('bob', { mirror: true });
  view.startRemote(bob);
  assert.deepEqual(look('b'), ['contain', true]);
  view.stopRemote('bob');
  view.startRemote({ ...bob, videoViewDomID: 'a' });
  assert.deepEqual(look('a'), ['contain', true]);
  show(view, both(), { bob: both() });
  assert.deepEqual(look('a'), ['contain', true]);
});

test('the look of a user who leaves is forgotten, and only that', () => {
  const { view, look } = open();
  const asked: RenderParams = { objectFit: 'fill', mirror: true };
  for (const user of ['bob', 'eve']) view.setRender(user, asked);
  show(view, both(), { bob: both(), eve: both() });
  show(view, both(), { eve: both() });
  show(view, both(), { bob: both(), eve: both() });
  view.startRemote(bob);
  view.startRemote({ userID: 'eve', videoViewDomID: 'a' });
  assert.deepEqual([look('b'), look('a')], [['cover', false], ['fill', true]]);
});

test('with the call end the looks of oneself and of those who never came', () => {
  const { view, look } = open();
  view.setRender('bob', { objectFit: 'fill' });
  view.startLocal({ ...me, render: { objectFit: 'fill', mirror: false } });
  show(view, both());
  assert.deepEqual(look('a'), ['fill', false]);
  show(view, undefined);
  view.startLocal(me);
  view.startRemote(bob);
  show(view, both(), { bob: both() });
  assert.deepEqual([look('a'), look('b')], [['cover', true], ['cover', false]]);
});

test('the own look is kept before the capture and across stop and start', () => {
  const { view, look } = open();
  view.setRender(undefined, { objectFit: 'contain', mirror: false });
  view.startLocal(me);
  show(view, both());
  view.stopLocal();
  view.startLocal({ ...me, videoViewDomID: 'b' });
  assert.deepEqual(look('b'), ['contain', false]);
});

test('the own picture is mirrored except for that of the back camera, and the application may decide', () => {
  const { view, look } = open();
  view.startLocal(me);
  const seen = ['user', 'environment', 'user'].map((facing) => {
    view.update(alone(pictureOf(facing)));
    return look('a')[1];
  });
  assert.deepEqual(seen, [true, false, true]);
  view.setRender(undefined, { mirror: false });
  assert.equal(look('a')[1], false);
  view.setRender(undefined, { mirror: true });
  view.update(alone(pictureOf('environment')));
  assert.equal(look('a')[1], true);
});

test('the own screen is shown whole and never mirrored, and the camera after it as before', () => {
  const { view, look } = open();
  view.startLocal(me);
  view.update(alone(both(), { localScreen: true }));
  assert.deepEqual(look('a'), ['contain', false]);
  view.update(alone(both()));
  assert.deepEqual(look('a'), ['cover', true]);
  view.setRender(undefined, { objectFit: 'fill', mirror: true });
  view.update(alone(both(), { localScreen: true }));
  assert.deepEqual(look('a'), ['fill', false]);
});

test('muted silences one user, with a view and without, and leaves the picture', () => {
  const { page, view } = open();
  view.setRender('bob', { muted: true });
  show(view, both(), { bob: both(), eve: both() });
  assert.deepEqual([page.audio(inLayer).muted, page.audible().length], [true, 1]);
  view.startRemote(bob);
  assert.deepEqual([page.audio('b').muted, page.shape('b')], [true, 'player(audio video)']);
  show(view, both(), { bob: stream('video'), eve: both() });
  show(view, both(), { bob: both(), eve: both() });
  assert.equal(page.audible().length, 1, 'sound that comes anew is muted, too');
  view.setRender('bob', { muted: false });
  assert.equal(page.audible().length, 2);
});

test('the own sound is never heard', () => {
  const { page, view } = open();
  view.startLocal({ ...me, render: { muted: false } });
  show(view, both());
  view.setRender(undefined, { muted: false });
  assert.deepEqual([page.audio('a').muted, page.audible().length], [true, 0]);
});

test('muted sound that the browser blocks is missed by nobody until it is unmuted', async () => {
  const { page, view } = open();
  const blocked: string[] = [];
  view.onAutoplayBlocked = (userID) => blocked.push(userID);
  page.policy.allowed = false;
  page.policy.refusesMutedSound = true;
  view.setRender('bob', { muted: true });
  show(view, both(), { bob: both() });
  await settle();
  assert.deepEqual(blocked, []);
  view.setRender('bob', { muted: false });
  await settle();
  assert.deepEqual(blocked, ['bob']);
  page.policy.allowed = true;
  page.gesture();
  await settle();
  assert.equal(page.audible().length, 1);
});

test('sound that the browser lets play only while it is muted is told of and plays with the next gesture', async () => {
  const { page, view } = open();
  const blocked: string[] = [];
  view.onAutoplayBlocked = (userID) => blocked.push(userID);
  page.policy.allowed = false;
  view.setRender('bob', { muted: true });
  show(view, both(), { bob: both() });
  await settle();
  assert.equal(page.audio(inLayer).paused, false);
  view.setRender('bob', { muted: false });
  await settle();
  assert.deepEqual(blocked, ['bob']);
  page.policy.allowed = true;
  page.gesture();
  await settle();
  assert.equal(page.audible().length, 1);
});
