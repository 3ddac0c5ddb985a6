// A call changes between sound only and pictures, while it rings and while it goes on.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Participant } from './harness/participant.ts';
import { chromiumPair, connect, everyPair, expectMedia, named, Stage } from './harness/stage.ts';

const stage = Stage.open();

/** Both sides are told of the change, once, and hold what belongs to the new type. */
async function expectType(type: 1 | 2, ...members: Participant[]): Promise<void> {
  const change = { oldCallType: 3 - type, newCallType: type, callMediaType: type };
  await Promise.all(members.map((one) => one.waitFor('CALL_TYPE_CHANGED', change)));
  for (const one of members) assert.equal(await one.evaluate('trtc.getCallType()'), type);
}

const captured = (one: Participant) => one.evaluate<string[]>('watched.tracks().map(({ kind }) => kind).sort()');

const changes = async (one: Participant) =>
  (await one.allEvents()).filter(({ key }) => key === 'CALL_TYPE_CHANGED').length;

for (const pair of everyPair) {
  describe(named(pair), () => {
    test('a video call becomes an audio call, whose cameras are dark, and a video call again', async (t) => {
      const [alice, bob] = await stage.pair(t, pair);
      await connect(alice, bob);
      await expectMedia(alice, bob);

      await alice.invoke('switchToAudioCall');
      await expectType(1, alice, bob);
      await Promise.all([alice.still('remote'), bob.still('remote')]);
      await Promise.all([alice.grows({ audioReceived: 20 }), bob.grows({ audioReceived: 20 })]);
      assert.deepEqual([await captured(alice), await captured(bob)], [['audio'], ['audio']]);

      await bob.invoke('switchToVideoCall');
      await expectType(2, alice, bob);
      await expectMedia(alice, bob);
      assert.deepEqual([await changes(alice), await changes(bob)], [2, 2]);
    });

    test('an audio call gets pictures', async (t) => {
      const [alice, bob] = await stage.pair(t, pair);
      await connect(alice, bob, 1);
      assert.deepEqual([await captured(alice), await captured(bob)], [['audio'], ['audio']]);
      await alice.invoke('switchCallMediaType', 2);
      await expectType(2, alice, bob);
      await expectMedia(alice, bob);
    });
  });
}

test('a caller who wants sound only after all is answered so', async (t) => {
  const [alice, bob] = await stage.pair(t, chromiumPair);
  await alice.call(bob);
  await bob.expectEvents(['INVITED']);
  await alice.invoke('switchToAudioCall');
  await expectType(1, alice, bob);
  await bob.accept();
  await Promise.all([alice.hears(bob), bob.hears(alice)]);
  assert.deepEqual([await captured(alice), await captured(bob)], [['audio'], ['audio']]);
});

test('two who switch at the same moment are told once', async (t) => {
  const [alice, bob] = await stage.pair(t, chromiumPair);
  await connect(alice, bob);
  await expectMedia(alice, bob);
  await Promise.all([alice.invoke('switchToAudioCall'), bob.invoke('switchToAudioCall')]);
  await expectType(1, alice, bob);
  await Promise.all([alice.invoke('switchToVideoCall'), bob.invoke('switchToVideoCall')]);
  await expectType(2, alice, bob);
  await expectMedia(alice, bob);
  assert.deepEqual([await changes(alice), await changes(bob)], [2, 2]);
});
