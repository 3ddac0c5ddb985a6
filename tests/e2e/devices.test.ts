// Microphones, cameras and loudspeakers that are refused, missing or locked.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BrowserName } from './harness/browsers.ts';
import { Refused } from './harness/participant.ts';
import { chromiumPair, connect, expectEnd, Stage } from './harness/stage.ts';

const stage = Stage.open();
const browsers: readonly BrowserName[] = ['chromium', 'firefox'];

for (const browser of browsers) {
  describe(browser, () => {
    test('a caller who denies the microphone is told so, and the callee never rings', async (t) => {
      const alice = await stage.join(t, 'alice', { browser, browserOptions: { denied: true } });
      const carol = await stage.join(t, 'carol');
      const bob = await stage.join(t, 'bob');
      await assert.rejects(alice.call(bob), (error) => error instanceof Refused && error.code === 60005);
      const [event] = await alice.expectEvents([['ERROR', { code: 60005 }]]);
      assert.match(String(event!.payload['msg']), /\w+ \w+/, 'a message that can be read');
      await alice.expectNothingLeft();
      // What the broker took before this invitation would have rung before it.
      await carol.call(bob);
      await bob.expectEvents([['INVITED', { sponsor: carol.userID }]]);
    });

    test('a callee who denies the microphone rejects the call', async (t) => {
      const alice = await stage.join(t, 'alice');
      const bob = await stage.join(t, 'bob', { browser, browserOptions: { denied: true } });
      await alice.call(bob);
      await bob.expectEvents(['INVITED']);
      await assert.rejects(bob.accept(), (error) => error instanceof Refused && error.code === 60005);
      await bob.expectEvents([['ERROR', { code: 60005 }]]);
      await alice.expectEvents([['REJECT', { userID: bob.userID }]]);
      await Promise.all([alice.expectNothingLeft(), bob.expectNothingLeft()]);
      await Promise.all([alice.expectNoMoreEvents(), bob.expectNoMoreEvents()]);
    });
  });
}

test('a video call without a camera is a call with sound only', async (t) => {
  const alice = await stage.join(t, 'alice', { browserOptions: { noCamera: true } });
  const bob = await stage.join(t, 'bob');
  const placed = await alice.call(bob);
  assert.equal(placed['video'], false);
  assert.equal(placed['audio'], true);
  await bob.expectEvents(['INVITED']);
  await bob.accept();
  await bob.expectEvents([
    ['USER_ENTER', { userID: alice.userID }],
    ['USER_VIDEO_AVAILABLE', { userID: alice.userID, isVideoAvailable: false }],
    ['USER_AUDIO_AVAILABLE', { userID: alice.userID, isAudioAvailable: true }],
  ]);
  await Promise.all([alice.show(bob), bob.show(alice)]);
  await Promise.all([alice.frames('remote'), bob.hears('remote')]);
});

test('sound that the browser blocks is announced and starts with the next click', async (t) => {
  const alice = await stage.join(t, 'alice');
  const bob = await stage.join(t, 'bob', { browserOptions: { strictAutoplay: true } });
  // A page that captures may play (Chromium's policy), so the page is refused by hand what the policy refuses.
  await bob.evaluate(`(() => {
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
      if (this.muted || navigator.userActivation.hasBeenActive) return play.call(this);
      this.pause();
      return Promise.reject(new DOMException('a user gesture is needed', 'NotAllowedError'));
    };
  })()`);
  await alice.call(bob, { type: 1 });
  await bob.expectEvents(['INVITED']);
  await bob.accept();
  await bob.waitFor('AUTOPLAY_BLOCKED', { userID: alice.userID });
  await bob.page.click('#gesture');
  await bob.hears(alice);
});

test('an object that was used before leaves nothing for the next call', async (t) => {
  const [alice, bob] = await stage.pair(t, chromiumPair);
  for (const type of [2, 1, 2] as const) {
    await connect(alice, bob, type);
    await alice.hangup();
    await expectEnd(alice, bob);
  }
  assert.equal(await alice.evaluate('watched.connectionCount()'), 3);
});
