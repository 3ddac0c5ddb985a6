// Calls of several, in real browsers: everybody sees and hears everybody, people come and go.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Participant } from './harness/participant.ts';
import { Stage } from './harness/stage.ts';

const stage = Stage.open();

/** Everybody has shown everybody; new pictures and new sound come from each. */
async function expectMesh(...members: Participant[]): Promise<void> {
  const pairs = members.flatMap((one) => members.filter((other) => other !== one).map((other) => [one, other] as const));
  await Promise.all(pairs.map(([one, other]) => one.framesOf(other)));
  await Promise.all(members.map((one) => one.grows({ framesDecoded: 5, audioReceived: 20 * (members.length - 1) })));
}

async function meet(newcomer: Participant, members: Participant[]): Promise<void> {
  await Promise.all(
    members.map(async (member) => {
      await Promise.all([
        member.waitFor('USER_ENTER', { userID: newcomer.userID }),
        newcomer.waitFor('USER_ENTER', { userID: member.userID }),
      ]);
      await Promise.all([member.showRemote(newcomer), newcomer.showRemote(member)]);
    }),
  );
}

const times = (events: readonly { key: string; payload: Record<string, unknown> }[], key: string, userID: string) =>
  events.filter((event) => event.key === key && event.payload['userID'] === userID).length;

test('four in a call: one comes late, one leaves, the inviter leaves, the last two end', async (t) => {
  const alice = await stage.join(t, 'alice');
  const bob = await stage.join(t, 'bob');
  const carol = await stage.join(t, 'carol', { browser: 'firefox' });
  const dave = await stage.join(t, 'dave');

  const placed = await alice.invoke<{ inviteID?: string; callID: string; userIDList: string[] }>('groupCall', {
    userIDList: [bob.userID, carol.userID],
    type: 2,
  });
  assert.deepEqual(placed.userIDList, [bob.userID, carol.userID]);
  for (const one of [bob, carol]) {
    await one.expectEvents([['INVITED', { sponsor: alice.userID, isFromGroup: true, inviteID: placed.callID }]]);
  }
  await bob.accept();
  await meet(bob, [alice]);
  await carol.accept();
  await meet(carol, [alice, bob]);
  await expectMesh(alice, bob, carol);

  await alice.invoke('inviteUser', { userIDList: [dave.userID] });
  await dave.expectEvents([['INVITED', { sponsor: alice.userID, isFromGroup: true }]]);
  await dave.accept();
  await meet(dave, [alice, bob, carol]);
  await expectMesh(alice, bob, carol, dave);
  // The picture costs less for each, the more there are: half of the 300 kbit/s of these pages for three.
  const [encoding] = await alice.videoEncodings();
  assert.equal(encoding?.maxBitrate, 150_000);
  for (const one of [alice, bob, carol, dave]) {
    const events = await one.allEvents();
    for (const other of [alice, bob, carol, dave]) {
      assert.equal(times(events, 'USER_ENTER', other.userID), one === other ? 0 : 1, `${one.userID} sees ${other.userID}`);
    }
  }

  await bob.hangup();
  await bob.waitFor('CALLING_END');
  await bob.expectNothingLeft();
  for (const one of [alice, carol, dave]) await one.waitFor('USER_LEAVE', { userID: bob.userID });
  await expectMesh(alice, carol, dave);

  await alice.hangup();
  await alice.waitFor('CALLING_END');
  await alice.expectNothingLeft();
  for (const one of [carol, dave]) await one.waitFor('USER_LEAVE', { userID: alice.userID });
  await expectMesh(carol, dave);

  await carol.hangup();
  await carol.waitFor('CALLING_END');
  await dave.waitFor('CALLING_END', { userID: alice.userID });
  for (const one of [carol, dave]) {
    await one.expectNothingLeft();
    assert.equal((await one.allEvents()).filter(({ key }) => key === 'CALLING_END' || key === 'CALL_END').length, 1);
  }
});

test('a call of a group is entered without an invitation', async (t) => {
  const alice = await stage.join(t, 'alice');
  const bob = await stage.join(t, 'bob');
  const carol = await stage.join(t, 'carol');
  const groupID = `team-${alice.userID}`;
  for (const one of [alice, bob, carol]) await one.invoke('joinGroup', groupID);
  const placed = await alice.invoke<{ roomID: number }>('groupCall', { userIDList: [bob.userID], type: 2, groupID });
  await bob.expectEvents([['INVITED', { sponsor: alice.userID, groupID, isFromGroup: true }]]);
  await bob.accept();
  await meet(bob, [alice]);
  await carol.invoke('joinInGroupCall', { type: 2, groupID, roomID: placed.roomID });
  await meet(carol, [alice, bob]);
  await expectMesh(alice, bob, carol);
  for (const one of [carol, bob, alice]) await one.hangup();
  for (const one of [carol, bob, alice]) await one.expectNothingLeft();
});
