// The DOM of the views: behaviour document, sections 3.10 and 8.3, decision D10.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createView } from '../../src/view/index.js';
import { settle, show, stream, TestPage } from './page.js';

const containers = '<div id="local"><span>me</span></div><div id="video-12 3"><i>bob</i></div><div id="video-张三"></div><p id="text"></p>';
const bob = '12 3';

function open(body = containers) {
  const page = new TestPage(body);
  return { page, view: createView() };
}

const styles = (element: Element | null, ...names: string[]) => names.map((name) => (element as HTMLElement).style.getPropertyValue(name));

test('creating a view touches no document', () => {
  Object.defineProperty(globalThis, 'document', { value: undefined, configurable: true, writable: true });
  createView().dispose();
});

test('a player has the nodes, attributes, properties and styles of TRTCCalling', () => {
  const { page, view } = open();
  view.startLocal({ userID: 'me', videoViewDomID: 'local' });
  view.startRemote({ userID: bob, videoViewDomID: 'video-12 3' });
  show(view, stream('audio', 'video'), { [bob]: stream('audio', 'video') });
  for (const [id, isLocal] of [['local', true], ['video-12 3', false]] as const) {
    assert.equal(page.element(id).children.length, 2, 'what was there stays');
    const player = page.element(id).lastElementChild;
    const uuid = player?.id.replace('player_', '') ?? '';
    assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual(styles(player, 'width', 'height', 'position', 'background-color', 'overflow'), ['100%', '100%', 'relative', 'black', 'hidden']);
    assert.deepEqual([...(player?.children ?? [])].map((child) => child.id), [`audio_${uuid}`, `video_${uuid}`]);
    const [audio, video] = player?.querySelectorAll<HTMLMediaElement>('audio, video') ?? [];
    assert.ok(audio && video);
    for (const element of [audio, video]) {
      assert.deepEqual([element.getAttribute('autoplay'), element.getAttribute('playsinline')], ['autoplay', 'playsinline']);
      assert.equal(element.hasAttribute('controls'), false);
    }
    assert.deepEqual([audio.muted, video.muted], [isLocal, true]);
    assert.deepEqual(styles(video, 'width', 'height', 'object-fit', 'transform'), ['100%', '100%', 'cover', isLocal ? 'scaleX(-1)' : '']);
  }
});

test('remote sound plays without a view, in the hidden layer', () => {
  const { page, view } = open();
  show(view, stream('audio'), { [bob]: stream('audio', 'video') });
  const layer = page.element('_trtc_calling_layer');
  assert.deepEqual(styles(layer, 'display'), ['none']);
  assert.equal(layer.parentNode, page.document.body);
  assert.deepEqual([...layer.children].map(({ id }) => id), [`_trtc_calling_audio_call-${bob}`]);
  assert.equal(page.shape(`_trtc_calling_audio_call-${bob}`), 'player(audio)');
  assert.equal(page.audible().length, 1);
});

test('a user sounds once, with a view and without', () => {
  const { page, view } = open();
  show(view, stream('audio'), { [bob]: stream('audio', 'video') });
  view.startRemote({ userID: bob, videoViewDomID: 'video-12 3' });
  assert.equal(page.shape('video-12 3'), 'player(audio video)');
  assert.equal(page.audible().length, 1);
  view.stopRemote(bob);
  assert.equal(page.shape('video-12 3'), '');
  assert.equal(page.shape('_trtc_calling_layer'), 'player(audio)');
  assert.equal(page.audible().length, 1);
});

test('only what is sent has an element', () => {
  const { page, view } = open();
  view.startRemote({ userID: bob, videoViewDomID: 'video-12 3' });
  show(view, undefined, { [bob]: stream('audio') });
  assert.equal(page.shape('video-12 3'), 'player(audio)');
  show(view, undefined, { [bob]: stream('audio', 'video') });
  assert.equal(page.shape('video-12 3'), 'player(audio video)');
  show(view, undefined, { [bob]: stream('video') });
  assert.equal(page.shape('video-12 3'), 'player(video)');
});

test('a closed camera leaves its element, black', () => {
  const { page, view } = open();
  view.startLocal({ userID: 'me', videoViewDomID: 'local' });
  view.startRemote({ userID: bob, videoViewDomID: 'video-12 3' });
  const remotes = { [bob]: stream('audio', 'video') };
  show(view, stream('audio', 'video'), remotes);
  const videos = () => [...page.document.querySelectorAll('video')];
  const before = videos();
  show(view, stream('audio'), remotes, [bob]);
  assert.deepEqual(videos(), before);
  assert.deepEqual(before.map(({ srcObject }) => srcObject), [null, null]);
  show(view, stream('audio', 'video'), remotes);
  assert.deepEqual(videos(), before);
  assert.ok(before.every(({ srcObject, paused }) => srcObject !== null && !paused));
});

test('an audio call has no video element, although the connection could carry a picture', () => {
  const { page, view } = open();
  view.startRemote({ userID: bob, videoViewDomID: 'video-12 3' });
  show(view, stream('audio'), { [bob]: stream('audio', 'video') }, [bob]);
  assert.equal(page.shape('video-12 3'), 'player(audio)');
});

test('starting again in the same place changes nothing, another place gets the same node', () => {
  const { page, view } = open();
  const options = { userID: bob, videoViewDomID: 'video-12 3' };
  view.startRemote(options);
  show(view, undefined, { [bob]: stream('audio', 'video') });
  const player = page.element('video-12 3').lastElementChild;
  view.startRemote(options);
  assert.equal(page.shape('video-12 3'), 'player(audio video)');
  view.startRemote({ userID: bob, videoViewDomID: 'video-张三' });
  assert.equal(page.shape('video-12 3'), '');
  assert.equal(page.element('video-张三').lastElementChild, player);
});

test('stop and start in one go work, and another user may have the place', () => {
  const { page, view } = open();
  view.startRemote({ userID: bob, videoViewDomID: 'video-12 3' });
  show(view, undefined, { [bob]: stream('audio', 'video'), eve: stream('audio', 'video') });
  view.stopRemote(bob);
  view.startRemote({ userID: bob, videoViewDomID: 'video-12 3' });
  assert.equal(page.shape('video-12 3'), 'player(audio video)');
  view.stopRemote(bob);
  view.startRemote({ userID: 'eve', videoViewDomID: 'video-12 3' });
  assert.equal(page.shape('video-12 3'), 'player(audio video)');
  assert.equal(page.shape(`_trtc_calling_audio_call-${bob}`), 'player(audio)');
});

test('a start before the stream, the user or the element shows as soon as they are there', () => {
  const { page, view } = open('<div id="local"></div>');
  view.startLocal({ userID: 'me', videoViewDomID: 'local' });
  view.startRemote({ userID: bob, videoViewDomID: 'later' });
  show(view, stream('audio'), { [bob]: stream('audio', 'video') });
  assert.equal(page.shape('local'), 'player(audio)');
  const container = page.document.createElement('div');
  container.id = 'later';
  page.document.body.append(container);
  show(view, stream('audio'), { [bob]: stream('audio', 'video') });
  assert.equal(page.shape('later'), 'player(audio video)');
});

test('a start without any such element shows nothing and keeps the sound', () => {
  const { page, view } = open();
  show(view, stream('audio'), { [bob]: stream('audio', 'video') });
  view.startRemote({ userID: bob, videoViewDomID: 'nowhere' });
  view.startRemote({ userID: bob, videoViewDomID: {} as HTMLElement });
  assert.equal(page.document.querySelectorAll('video').length, 0);
  assert.equal(page.audible().length, 1);
});

test('the element itself is as good as its id', () => {
  const { page, view } = open();
  show(view, undefined, { [bob]: stream('audio', 'video') });
  view.startRemote({ userID: bob, videoViewDomID: page.element('video-张三') });
  assert.equal(page.shape('video-张三'), 'player(audio video)');
});

test('stopping what does not play is nothing', () => {
  const { view } = open();
  view.stopLocal();
  view.stopRemote(bob);
});

test('a container that the application throws away takes the picture, not the sound', () => {
  const { page, view } = open();
  view.startRemote({ userID: bob, videoViewDomID: 'video-12 3' });
  const remotes = { [bob]: stream('audio', 'video') };
  show(view, undefined, remotes);
  page.takeOut('video-12 3');
  assert.equal(page.shape('_trtc_calling_layer'), 'player(audio)');
  assert.equal(page.audible().length, 1);
  const again = page.document.createElement('div');
  again.id = 'video-12 3';
  page.document.body.append(again);
  show(view, undefined, remotes);
  assert.equal(page.shape('video-12 3'), 'player(audio video)');
});

test('who leaves is removed, and the layer with the last one', () => {
  const { page, view } = open();
  view.startRemote({ userID: bob, videoViewDomID: 'video-12 3' });
  show(view, undefined, { [bob]: stream('audio', 'video'), eve: stream('audio') });
  show(view, undefined, { eve: stream('audio') });
  assert.equal(page.shape('video-12 3'), '');
  assert.equal(page.element('_trtc_calling_layer').childElementCount, 1);
  show(view, undefined, {});
  assert.equal(page.document.getElementById('_trtc_calling_layer'), null);
  show(view, undefined, { [bob]: stream('audio', 'video') });
  assert.equal(page.shape('video-12 3'), '', 'a new call is a new wish');
});

test('wishes that a call did not fulfil end with it', () => {
  const { page, view } = open();
  view.startLocal({ userID: 'me', videoViewDomID: 'local' });
  view.startRemote({ userID: bob, videoViewDomID: 'video-12 3' });
  show(view, stream('audio', 'video'));
  show(view, undefined);
  assert.equal(page.shape('local'), '');
  show(view, stream('audio', 'video'), { [bob]: stream('audio', 'video') });
  assert.equal(page.shape('local') + page.shape('video-12 3'), '');
});

test('a new track of the same user plays in the same element', () => {
  const { page, view } = open();
  show(view, undefined, { [bob]: stream('audio') });
  const [before] = page.audible();
  const source = before?.srcObject;
  show(view, undefined, { [bob]: stream('audio') });
  const [after] = page.audible();
  assert.equal(after, before);
  assert.notEqual(after?.srcObject, source);
});

test('two SDK objects share the layer and leave each other’s users alone', () => {
  const { page, view } = open();
  const other = createView();
  show(view, undefined, { [bob]: stream('audio') });
  show(other, undefined, { [bob]: stream('audio'), eve: stream('audio') });
  assert.equal(page.document.querySelectorAll('#_trtc_calling_layer').length, 1);
  assert.equal(page.audible().length, 3);
  view.dispose();
  assert.equal(page.audible().length, 2);
  other.dispose();
  assert.equal(page.document.getElementById('_trtc_calling_layer'), null);
});

test('nothing is left in the page after dispose', () => {
  const { page, view } = open();
  const before = page.document.body.innerHTML;
  view.startLocal({ userID: 'me', videoViewDomID: 'local' });
  view.startRemote({ userID: bob, videoViewDomID: 'video-12 3' });
  show(view, stream('audio', 'video'), { [bob]: stream('audio', 'video') });
  view.dispose();
  assert.equal(page.document.body.innerHTML, before);
});

test('blocked sound is told once for each user and plays with the next gesture', async () => {
  const { page, view } = open();
  const blocked: string[] = [];
  view.onAutoplayBlocked = (userID) => blocked.push(userID);
  page.policy.allowed = false;
  const remotes = { [bob]: stream('audio', 'video'), eve: stream('audio') };
  show(view, stream('audio', 'video'), remotes);
  await settle();
  show(view, stream('audio', 'video'), remotes);
  await settle();
  page.gesture('keydown');
  await settle();
  assert.deepEqual(blocked, [bob, 'eve']);
  assert.equal(page.audible().length, 0);
  page.policy.allowed = true;
  page.gesture('pointerdown');
  await settle();
  assert.equal(page.audible().length, 2);
  assert.deepEqual(blocked, [bob, 'eve']);
});

test('sound that plays is not started again by a gesture, and one that is blocked anew is told anew', async () => {
  const { page, view } = open();
  const blocked: string[] = [];
  view.onAutoplayBlocked = (userID) => blocked.push(userID);
  page.policy.allowed = false;
  show(view, undefined, { [bob]: stream('audio') });
  await settle();
  page.policy.allowed = true;
  await view.resume();
  assert.equal(page.audible().length, 1);
  page.policy.allowed = false;
  show(view, undefined, { [bob]: stream('audio') });
  await settle();
  assert.deepEqual(blocked, [bob, bob]);
});

test('gestures are listened for only while sound is blocked', async () => {
  const { page, view } = open();
  const listening = new Set<string>();
  const { addEventListener: add, removeEventListener: remove } = page.document;
  Object.assign(page.document, {
    addEventListener: (...parameters: Parameters<typeof add>) => (listening.add(parameters[0]), add.apply(page.document, parameters)),
    removeEventListener: (...parameters: Parameters<typeof remove>) => (listening.delete(parameters[0]), remove.apply(page.document, parameters)),
  });
  show(view, undefined, { [bob]: stream('audio') });
  await settle();
  assert.deepEqual([...listening], []);
  page.policy.allowed = false;
  show(view, undefined, { [bob]: stream('audio'), eve: stream('audio') });
  await settle();
  assert.deepEqual([...listening], ['pointerdown', 'keydown', 'click']);
  show(view, undefined, {});
  assert.deepEqual([...listening], []);
});
