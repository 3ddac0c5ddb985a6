// The media connection or the whole page of one side is lost.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Detour } from './harness/detour.ts';
import { chromiumPair, connect, everyPair, expectEnd, expectMedia, named, Stage } from './harness/stage.ts';

const stage = Stage.open();

for (const pair of everyPair) {
  describe(named(pair), () => {
    test('a path that is blocked for a while is found again', async (t) => {
      const [alice, bob] = await stage.pair(t, pair);
      const detour = await Detour.between(alice, bob);
      t.after(() => detour.close());
      await connect(alice, bob);
      await expectMedia(alice, bob);
      assert.ok(detour.count > 100, 'the media goes through the detour');
      detour.blocked = true;
      await Promise.all([
        alice.waitFor('USER_CONNECTION_STATE_CHANGED', { userID: bob.userID, state: 'disconnected' }),
        bob.waitFor('USER_CONNECTION_STATE_CHANGED', { userID: alice.userID, state: 'disconnected' }),
      ]);
      detour.blocked = false;
      await Promise.all([
        alice.waitFor('USER_CONNECTION_STATE_CHANGED', { userID: bob.userID, state: 'connected' }, 30_000),
        bob.waitFor('USER_CONNECTION_STATE_CHANGED', { userID: alice.userID, state: 'connected' }, 30_000),
      ]);
      await expectMedia(alice, bob);
      await alice.hangup();
      await expectEnd(alice, bob);
    });

    test('a peer connection that broke down is built again', async (t) => {
      const [alice, bob] = await stage.pair(t, pair);
      await connect(alice, bob);
      await expectMedia(alice, bob);
      // Closed behind the SDK's back: the browser tells no event of it on this side.
      await bob.evaluate('watched.connections().forEach((connection) => connection.close())');
      await alice.waitFor('USER_CONNECTION_STATE_CHANGED', { userID: bob.userID, state: 'connected' }, 30_000);
      await expectMedia(alice, bob);
      await alice.hangup();
      await expectEnd(alice, bob);
    });

    test('a tab that is closed ends the call for the other side within two seconds', async (t) => {
      const [alice, bob] = await stage.pair(t, pair);
      await connect(alice, bob);
      await expectMedia(alice, bob);
      const before = await alice.now();
      await bob.close();
      const [, end] = await alice.expectEvents([['USER_LEAVE', { userID: bob.userID }], 'CALLING_END']);
      assert.ok(end!.at - before < 2000, `noticed after ${Math.round(end!.at - before)} ms`);
      await alice.expectNothingLeft();
    });
  });
}

test('a tab that crashes ends the call for the other side within two seconds', async (t) => {
  const [alice, bob] = await stage.pair(t, chromiumPair);
  await connect(alice, bob);
  await expectMedia(alice, bob);
  const before = await alice.now();
  await bob.crash();
  const [, end] = await alice.expectEvents([['USER_LEAVE', { userID: bob.userID }], 'CALLING_END']);
  assert.ok(end!.at - before < 2000, `noticed after ${Math.round(end!.at - before)} ms`);
  await alice.expectNothingLeft();
});

test('a caller whose tab crashes while it rings stops the ringing', async (t) => {
  const [alice, bob] = await stage.pair(t, chromiumPair);
  await alice.call(bob);
  await bob.expectEvents(['INVITED']);
  await alice.crash();
  await bob.expectEvents(['CALLING_CANCEL']);
  await bob.expectNothingLeft();
});
