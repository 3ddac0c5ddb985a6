// Calls that never connect, in every pair of browsers.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connect, everyPair, expectEnd, expectMedia, named, Stage } from './harness/stage.ts';

const stage = Stage.open();

for (const pair of everyPair) {
  describe(named(pair), () => {
    test('a rejected caller is told who rejected, and nobody sees an end of a call', async (t) => {
      const [alice, bob] = await stage.pair(t, pair);
      await alice.call(bob);
      await bob.expectEvents([['INVITED', { sponsor: alice.userID }]]);
      await bob.reject();
      await alice.expectEvents([['REJECT', { userID: bob.userID }]]);
      await Promise.all([alice.expectNothingLeft(), bob.expectNothingLeft()]);
      await Promise.all([alice.expectNoMoreEvents(), bob.expectNoMoreEvents()]);
    });

    test('a third user hears that the line is busy, and the running call is unharmed', async (t) => {
      const [alice, bob] = await stage.pair(t, pair);
      const carol = await stage.join(t, 'carol', { browser: pair.caller });
      await connect(alice, bob);
      await carol.call(bob);
      await carol.expectEvents([['LINE_BUSY', { userID: bob.userID, sponsor: carol.userID }]]);
      await carol.expectNothingLeft();
      await expectMedia(alice, bob);
      await bob.expectNoMoreEvents();
      await alice.hangup();
      await expectEnd(alice, bob);
      await carol.expectNoMoreEvents();
    });

    test('a caller who gives up ends the ringing', async (t) => {
      const [alice, bob] = await stage.pair(t, pair);
      await alice.call(bob);
      await bob.expectEvents(['INVITED']);
      const cancelled = (await alice.hangup()) as unknown[];
      assert.equal(cancelled.length, 1);
      await bob.expectEvents(['CALLING_CANCEL']);
      await Promise.all([alice.expectNothingLeft(), bob.expectNothingLeft()]);
      await Promise.all([alice.expectNoMoreEvents(), bob.expectNoMoreEvents()]);
    });

    test('an unanswered call ends on both sides when its time is over', async (t) => {
      const [alice, bob] = await stage.pair(t, pair);
      await alice.call(bob, { timeout: 2 });
      const [invited] = await bob.expectEvents(['INVITED']);
      const about = { sponsor: alice.userID, userIDList: [bob.userID] };
      const [timedOut] = await bob.expectEvents([
        ['CALLING_TIMEOUT', about],
        ['CALLING_END', { userID: alice.userID, callEnd: 0 }],
      ]);
      const rang = timedOut!.at - invited!.at;
      assert.ok(rang > 1000 && rang < 3500, `rang ${rang} ms`);
      await alice.expectEvents([
        ['NO_RESP', { ...about, userID: bob.userID }],
        ['CALLING_TIMEOUT', about],
        ['CALLING_END', { callEnd: 0 }],
      ]);
      await Promise.all([alice.expectNothingLeft(), bob.expectNothingLeft()]);
      await Promise.all([alice.expectNoMoreEvents(), bob.expectNoMoreEvents()]);
    });

    test('two users who call each other at once end up in one call', async (t) => {
      const [alice, bob] = await stage.pair(t, pair);
      // Either promise may settle as a call placed or as a call joined; neither may fail.
      await Promise.all([alice.call(bob), bob.call(alice)]);
      await Promise.all([alice.waitFor('USER_ENTER', { userID: bob.userID }), bob.waitFor('USER_ENTER', { userID: alice.userID })]);
      await Promise.all([alice.show(bob), bob.show(alice)]);
      await expectMedia(alice, bob);
      for (const one of [alice, bob]) {
        const keys = (await one.allEvents()).map(({ key }) => key);
        assert.equal(keys.filter((key) => key === 'USER_ENTER').length, 1);
        assert.ok(!keys.includes('LINE_BUSY') && !keys.includes('REJECT') && !keys.includes('CALLING_END'), keys.join(' '));
        await one.waitFor('USER_AUDIO_AVAILABLE', { isAudioAvailable: true });
      }
      await alice.hangup();
      await expectEnd(alice, bob);
    });
  });
}
