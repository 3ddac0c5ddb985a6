// Where remote users are heard.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRTCCallingError } from '../../src/errors.js';
import { createView } from '../../src/view/index.js';
import { show, stream, TestPage } from './page.js';

const place = (userID: string) => `_trtc_calling_audio_call-${userID}`;

function open(...speakers: string[]) {
  const page = new TestPage('<div id="a"></div>');
  for (const id of speakers) page.policy.speakers?.set(id, Promise.resolve());
  const sinks = () => [...page.document.querySelectorAll('audio')].map(({ sinkId }) => sinkId);
  return { page, view: createView(), sinks };
}

async function codeOf(choice: Promise<void>): Promise<number> {
  const reason: unknown = await choice.then(() => undefined, (thrown: unknown) => thrown);
  assert.ok(reason instanceof TRTCCallingError);
  return reason.code;
}

test('everybody sounds at the speaker that is chosen, now and later', async () => {
  const { page, view, sinks } = open('desk');
  show(view, undefined, { bob: stream('audio') });
  await view.useSpeaker('desk');
  assert.deepEqual(sinks(), ['desk']);
  show(view, undefined, { bob: stream('audio'), eve: stream('audio') });
  await Promise.resolve();
  assert.equal(page.audio(place('eve')).sinkId, 'desk');
  await view.useSpeaker('');
  assert.deepEqual(sinks(), ['', '']);
});

test('a choice before any call holds in it', async () => {
  const { view, sinks } = open('desk');
  await view.useSpeaker('desk');
  show(view, undefined, { bob: stream('audio') });
  await Promise.resolve();
  assert.deepEqual(sinks(), ['desk']);
});

test('a choice that nobody hears yet is refused all the same', async () => {
  const { view, sinks } = open('desk');
  await view.useSpeaker('desk');
  assert.equal(await codeOf(view.useSpeaker('gone')), 61024);
  show(view, undefined, { bob: stream('audio') });
  await Promise.resolve();
  assert.deepEqual(sinks(), ['desk']);
});

test('a refused choice is a typed error and leaves the earlier one', async () => {
  const { page, view, sinks } = open('desk');
  await view.useSpeaker('desk');
  show(view, undefined, { bob: stream('audio') });
  assert.equal(await codeOf(view.useSpeaker('gone')), 61024);
  page.policy.speakerError = 'NotAllowedError';
  assert.equal(await codeOf(view.useSpeaker('secret')), 60005);
  page.policy.speakerError = 'AbortError';
  assert.equal(await codeOf(view.useSpeaker('broken')), 61009);
  show(view, undefined, { bob: stream('audio'), eve: stream('audio') });
  await Promise.resolve();
  assert.deepEqual(sinks(), ['desk', 'desk']);
});

test('when one sound cannot move, none does', async () => {
  const { page, view, sinks } = open('desk', 'head');
  await view.useSpeaker('desk');
  show(view, undefined, { bob: stream('audio'), eve: stream('audio') });
  await Promise.resolve();
  const stuck = page.audio(place('eve'));
  const { setSinkId } = stuck;
  stuck.setSinkId = (id) => {
    if (id === 'head') return Promise.reject(new DOMException('unplugged', 'NotFoundError'));
    return setSinkId.call(stuck, id);
  };
  assert.equal(await codeOf(view.useSpeaker('head')), 61024);
  await Promise.resolve();
  assert.deepEqual(sinks(), ['desk', 'desk']);
});

test('of two choices at once the later one holds, however long the browser takes', async () => {
  const { page, view, sinks } = open('desk', 'head');
  let found: () => void = () => undefined;
  page.policy.speakers?.set('desk', new Promise((resolve) => (found = resolve)));
  show(view, undefined, { bob: stream('audio') });
  const choices = [view.useSpeaker('desk'), view.useSpeaker('head')];
  found();
  await Promise.all(choices);
  assert.deepEqual(sinks(), ['head']);
});

test('a choice after a refused one is heard', async () => {
  const { view, sinks } = open('desk');
  show(view, undefined, { bob: stream('audio') });
  const refused = codeOf(view.useSpeaker('gone'));
  await view.useSpeaker('desk');
  assert.deepEqual([await refused, sinks()], [61024, ['desk']]);
});

test('a speaker that is gone when a user enters does not silence the user', async () => {
  const { page, view } = open('desk');
  await view.useSpeaker('desk');
  page.policy.speakers?.delete('desk');
  show(view, undefined, { bob: stream('audio') });
  await Promise.resolve();
  assert.equal(page.audible().length, 1);
});

test('the own silent sound and who has left are not asked', async () => {
  const { page, view } = open('desk');
  view.startLocal({ userID: 'me', videoViewDomID: 'a' });
  show(view, stream('audio'), { bob: stream('audio') });
  const gone = page.audio(place('bob'));
  show(view, stream('audio'), {});
  await view.useSpeaker('desk');
  assert.deepEqual([page.audio('a').sinkId, gone.sinkId], ['', '']);
});

test('a browser that cannot choose a speaker says so', async () => {
  const { page, view } = open();
  page.policy.speakers = undefined;
  show(view, undefined, { bob: stream('audio') });
  assert.equal(await codeOf(view.useSpeaker('desk')), 60006);
  assert.equal(page.audible().length, 1);
});

test('the speaker of one SDK object is not that of another', async () => {
  const { view, sinks } = open('desk');
  const other = createView();
  show(view, undefined, { bob: stream('audio') });
  show(other, undefined, { bob: stream('audio') });
  await view.useSpeaker('desk');
  assert.deepEqual(sinks(), ['desk', '']);
});
