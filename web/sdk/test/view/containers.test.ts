// Where pictures are shown: what applications pass as a container, and what they do to it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createView } from '../../src/view/index.js';
import { show, stream, TestPage } from './page.js';

const both = () => stream('audio', 'video');
const inLayer = '_trtc_calling_audio_call-bob';
const player = 'player(audio video)';

function open(body = '<div id="a"></div><div id="b"></div>') {
  return { page: new TestPage(body), view: createView() };
}

const start = (videoViewDomID: string | HTMLElement, userID = 'bob') => ({ userID, videoViewDomID });

test('an element that appears later is found when the application starts the view again', () => {
  const { page, view } = open();
  show(view, both(), { bob: both() });
  view.startRemote(start('later'));
  assert.equal(page.shape(inLayer), 'player(audio)');
  page.add('later');
  view.startRemote(start('later'));
  assert.equal(page.shape('later'), player);
});

test('an element that appears later is found with any change of the call, for oneself too', () => {
  const { page, view } = open();
  const local = both();
  show(view, local);
  view.startLocal(start('later', 'me'));
  page.add('later');
  show(view, local);
  assert.equal(page.shape('later'), player);
});

test('a user who is started in two places has one player, in the later one', () => {
  const { page, view } = open();
  for (const id of ['a', 'b', 'a']) {
    view.startRemote(start(id));
    view.startLocal(start(id, 'me'));
  }
  show(view, both(), { bob: both() });
  assert.deepEqual([page.shape('a'), page.shape('b')], [`${player} ${player}`, '']);
  view.startLocal(start('b', 'me'));
  assert.deepEqual([page.shape('a'), page.shape('b')], [player, player]);
  assert.equal(page.audible().length, 1);
});

test('ids that are no selectors are ids', () => {
  for (const id of ['video-12 3', '1', '#x', 'a.b', 'a"]', '张三', ':not(']) {
    const { page, view } = open('');
    page.add(id);
    show(view, both(), { [id]: both() });
    view.startRemote(start(id, id));
    assert.equal(page.element(id).childElementCount, 1, id);
  }
});

test('a container that is exchanged for another one with its id has the player at once', () => {
  const { page, view } = open();
  view.startRemote(start('a'));
  show(view, both(), { bob: both() });
  const [shown] = page.element('a').children;
  page.exchange('a');
  assert.equal(page.element('a').firstElementChild, shown);
  assert.equal(page.shape('a'), player);
});

test('an element in the proxy of a framework is the element', () => {
  const { page, view } = open();
  show(view, both(), { bob: both() });
  const element = page.element('a');
  const likeVue = new Proxy(element, { get: (target, key) => (key === '__v_raw' ? target : refuse()) });
  const byId = new Proxy(element, { get: (target, key) => (key === 'id' ? target.id : undefined) });
  for (const proxy of [likeVue, byId, likeVue]) {
    view.startRemote(start(proxy));
    assert.equal(page.shape('a'), player);
    assert.equal(element.childElementCount, 1);
  }
});

test('what is no element shows nothing and keeps the sound', () => {
  const { page, view } = open();
  show(view, both(), { bob: both() });
  const opaque = new Proxy(page.element('a'), { get: refuse });
  const detached = page.document.createElement('div');
  const text = page.document.createTextNode('a');
  for (const odd of [opaque, detached, page.document, text, { id: 7 }, [], () => undefined]) {
    view.startRemote(start(odd as HTMLElement));
    view.startLocal(start(odd as HTMLElement, 'me'));
    assert.equal(page.document.querySelectorAll('video').length, 0);
    assert.equal(page.audible().length, 1);
  }
});

test('the players of several SDK objects share a container and go alone', () => {
  const { page, view } = open('<div id="a"><i>name</i></div>');
  const other = createView();
  for (const each of [view, other]) {
    each.startRemote(start('a'));
    show(each, both(), { bob: both() });
  }
  assert.equal(page.shape('a'), `${player} ${player}`);
  const [, , second] = page.element('a').children;
  view.setRender('bob', { muted: true, objectFit: 'fill' });
  assert.equal(page.audible().length, 1);
  view.stopRemote('bob');
  view.dispose();
  assert.deepEqual([...page.element('a').children].slice(1), [second]);
  assert.equal(second?.querySelector('video')?.style.getPropertyValue('object-fit'), 'cover');
  assert.equal(page.audible().length, 1);
});

function refuse(): never {
  throw new TypeError('Illegal invocation');
}
