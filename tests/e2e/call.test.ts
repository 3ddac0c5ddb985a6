// The ordinary call, in every pair of browsers.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connect, everyPair, expectEnd, expectMedia, named, Stage } from './harness/stage.ts';

const stage = Stage.open();

for (const pair of everyPair) {
  describe(named(pair), () => {
    test('a video call shows moving pictures and carries sound both ways until the caller hangs up', async (t) => {
      const [alice, bob] = await stage.pair(t, pair);
      await connect(alice, bob);
      await expectMedia(alice, bob);
      await Promise.all([alice.frames('local'), alice.hears('remote'), bob.hears('remote')]);
      await alice.hangup();
      await expectEnd(alice, bob);
    });

    test('the callee hangs up a video call', async (t) => {
      const [alice, bob] = await stage.pair(t, pair);
      await connect(alice, bob);
      await bob.hangup();
      await expectEnd(bob, alice);
    });

    test('an audio call sounds on both sides without any view and shows no picture', async (t) => {
      const [alice, bob] = await stage.pair(t, pair);
      await alice.call(bob, { type: 1 });
      await bob.expectEvents([['INVITED', { inviteData: { callType: 1 } }]]);
      await bob.accept();
      await Promise.all([alice.hears(bob), bob.hears(alice)]);
      await Promise.all([alice.grows({ audioReceived: 20 }), bob.grows({ audioReceived: 20 })]);
      for (const [one, peer] of [[alice, bob], [bob, alice]] as const) {
        assert.equal(await one.evaluate('document.querySelectorAll("video").length'), 0);
        const available = { userID: peer.userID, isVideoAvailable: false };
        await one.waitFor('USER_VIDEO_AVAILABLE', available);
        await one.waitFor('USER_AUDIO_AVAILABLE', { userID: peer.userID, isAudioAvailable: true });
      }
      await alice.hangup();
      await expectEnd(alice, bob);
    });

    test('the peer sees the camera and the microphone go off and on', async (t) => {
      const [alice, bob] = await stage.pair(t, pair);
      await connect(alice, bob);
      await expectMedia(alice, bob);

      await alice.invoke('closeCamera');
      await bob.expectEvents([['USER_VIDEO_AVAILABLE', { userID: alice.userID, isVideoAvailable: false }]]);
      await bob.still('remote');
      await alice.invoke('openCamera');
      await bob.expectEvents([['USER_VIDEO_AVAILABLE', { userID: alice.userID, isVideoAvailable: true }]]);
      await bob.frames('remote');

      await bob.invoke('setMicMute', true);
      await alice.expectEvents([['USER_AUDIO_AVAILABLE', { userID: bob.userID, isAudioAvailable: false }]]);
      await bob.invoke('setMicMute', false);
      await alice.expectEvents([['USER_AUDIO_AVAILABLE', { userID: bob.userID, isAudioAvailable: true }]]);
      await alice.hears('remote');

      await alice.hangup();
      await expectEnd(alice, bob);
    });
  });
}
