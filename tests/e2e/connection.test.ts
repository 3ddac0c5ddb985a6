// The media connection or the whole page of one side is lost.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Participant } from './harness/participant.ts';
import { chromiumPair, connect, everyPair, expectEnd, expectMedia, named, Stage } from './harness/stage.ts';

const stage = Stage.open();

/** Loses every packet of media of one page; its signaling goes on. Chromium only. */
async function blockMedia(participant: Participant, blocked: boolean): Promise<void> {
  const session = await participant.page.createCDPSession();
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
    packetLoss: blocked ? 100 : 0,
  });
}

test('a path that is blocked for a while is found again', async (t) => {
  const [alice, bob] = await stage.pair(t, chromiumPair);
  await connect(alice, bob);
  await expectMedia(alice, bob);
  await blockMedia(bob, true);
  await alice.waitFor('USER_CONNECTION_STATE_CHANGED', { userID: bob.userID, state: 'disconnected' }, 20_000);
  await blockMedia(bob, false);
  await alice.waitFor('USER_CONNECTION_STATE_CHANGED', { userID: bob.userID, state: 'connected' }, 20_000);
  await expectMedia(alice, bob);
  await alice.hangup();
  await expectEnd(alice, bob);
});

for (const pair of everyPair) {
  describe(named(pair), () => {
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
