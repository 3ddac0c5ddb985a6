// Sequences of section 5 that no other file here has, event by event: three users stay in their pages throughout.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Participant } from './harness/participant.ts';
import { connect, Stage } from './harness/stage.ts';

const stage = Stage.open();

const entered = ({ userID }: Participant) =>
  [['USER_ENTER', { userID }], ['USER_VIDEO_AVAILABLE', { userID }], ['USER_AUDIO_AVAILABLE', { userID }]] as const;

const accepted = (user: Participant) => [['USER_ACCEPT', { userID: user.userID }], ...entered(user)] as const;

async function expectIdle(...everybody: Participant[]): Promise<void> {
  for (const one of everybody) {
    await one.expectNothingLeft();
    await one.expectNoMoreEvents();
  }
}

/** alice calls both, who ring. */
async function ringBoth(alice: Participant, bob: Participant, carol: Participant, options: object = {}): Promise<void> {
  await alice.invoke('groupCall', { userIDList: [bob.userID, carol.userID], type: 2, ...options });
  for (const one of [bob, carol]) await one.expectEvents([['INVITED', { sponsor: alice.userID, isFromGroup: true }]]);
}

test('sequences of two and three users, event by event', async (t) => {
  const [alice, bob, carol] = await Promise.all(['alice', 'bob', 'carol'].map((name) => stage.join(t, name)));
  assert.ok(alice && bob && carol);

  await t.test('5.1 both hang up at once, and each sees one end', async () => {
    await connect(alice, bob);
    await Promise.all([alice.hangup(), bob.hangup()]);
    await alice.expectEvents([['USER_LEAVE', { userID: bob.userID }], 'CALLING_END']);
    await bob.expectEvents([['USER_LEAVE', { userID: alice.userID }], 'CALLING_END']);
    await expectIdle(alice, bob);
  });

  await t.test('5.1 whoever hangs up in CALLING_END, as the demo does, can call again as soon as hangup() has resolved', async () => {
    await connect(alice, bob);
    for (const one of [alice, bob]) await one.evaluate(`window.again = () => trtc.hangup(), trtc.on('onCallEnd', window.again)`);
    const next = `trtc.call({ userID: '${bob.userID}', type: 1 })`;
    assert.equal(await alice.evaluate<number>(`trtc.hangup().then(() => ${next}).then(({ code }) => code)`), 0);
    for (const one of [alice, bob]) await one.evaluate(`trtc.off('onCallEnd', window.again)`);
    await alice.expectEvents(['USER_LEAVE', 'CALLING_END']);
    await bob.expectEvents(['USER_LEAVE', 'CALLING_END', ['INVITED', { sponsor: alice.userID }]]);
    await bob.reject();
    await alice.expectEvents([['REJECT', { userID: bob.userID }]]);
    await expectIdle(alice, bob);
  });

  await t.test('5.5 the callee is offline: NO_RESP without CALLING_TIMEOUT, at the deadline', async () => {
    await alice.invoke('call', { userID: 'nobody', type: 2, timeout: 1 });
    const about = { sponsor: alice.userID, userID: 'nobody', userIDList: ['nobody'] };
    await alice.expectEvents([['NO_RESP', about], ['CALLING_END', { userID: alice.userID, callEnd: 0 }]]);
    await expectIdle(alice);
  });

  await t.test('5.9 all refuse: each is told, and one end names the last', async () => {
    await ringBoth(alice, bob, carol);
    await bob.reject();
    await alice.expectEvents([['REJECT', { userID: bob.userID }]]);
    await carol.reject();
    await alice.expectEvents([['REJECT', { userID: carol.userID }], ['CALLING_END', { userID: carol.userID, callEnd: 0 }]]);
    await expectIdle(alice, bob, carol);
  });

  await t.test('5.9 the inviter cancels before anybody answers, and all stop ringing', async () => {
    await ringBoth(alice, bob, carol);
    assert.equal(((await alice.hangup()) as unknown[]).length, 2);
    for (const one of [bob, carol]) await one.expectEvents([['CALLING_CANCEL', { sponsor: alice.userID }]]);
    await expectIdle(alice, bob, carol);
  });

  await t.test('5.9 nobody answers: one NO_RESP with both, one end each', async () => {
    await ringBoth(alice, bob, carol, { timeout: 1 });
    const both = { sponsor: alice.userID, userIDList: [bob.userID, carol.userID] };
    await alice.expectEvents([['NO_RESP', both], ['CALLING_TIMEOUT', both], ['CALLING_END', { userID: alice.userID, callEnd: 0 }]]);
    for (const one of [bob, carol]) {
      const about = { sponsor: alice.userID, userIDList: [one.userID] };
      await one.expectEvents([['CALLING_TIMEOUT', about], ['CALLING_END', { userID: alice.userID, callEnd: 0 }]]);
    }
    await expectIdle(alice, bob, carol);
  });

  await t.test('5.9 one accepts, one refuses, one is offline, and the call goes on until one of the two leaves', async () => {
    const userIDList = [bob.userID, carol.userID, 'nobody'];
    await alice.invoke('groupCall', { userIDList, type: 2, timeout: 2 });
    for (const one of [bob, carol]) await one.expectEvents(['INVITED']);
    await bob.accept();
    await alice.expectEvents(accepted(bob));
    await bob.expectEvents(entered(alice));
    await carol.reject();
    await alice.expectEvents([['REJECT', { userID: carol.userID }], ['NO_RESP', { userIDList: ['nobody'] }]]);
    await Promise.all([alice.show(bob), bob.show(alice)]);
    await Promise.all([alice.frames('remote'), bob.frames('remote')]);
    await bob.hangup();
    await bob.expectEvents([['USER_LEAVE', { userID: alice.userID }], 'CALLING_END']);
    await alice.expectEvents([['USER_LEAVE', { userID: bob.userID }], ['CALLING_END', { userID: alice.userID }]]);
    await expectIdle(alice, bob, carol);
  });

  await t.test('5.9 who accepted first leaves, the call waits for who still rings, and goes on with them', async () => {
    await ringBoth(alice, bob, carol);
    await bob.accept();
    await alice.expectEvents(accepted(bob));
    await bob.expectEvents(entered(alice));
    await bob.hangup();
    await bob.expectEvents(['USER_LEAVE', 'CALLING_END']);
    await alice.expectEvents([['USER_LEAVE', { userID: bob.userID }]]);
    await carol.accept();
    await alice.expectEvents(accepted(carol));
    await carol.expectEvents(entered(alice));
    await Promise.all([alice.show(carol), carol.show(alice)]);
    await Promise.all([alice.frames('remote'), carol.frames('remote')]);
    await alice.hangup();
    await alice.expectEvents(['USER_LEAVE', 'CALLING_END']);
    await carol.expectEvents([['USER_LEAVE', { userID: alice.userID }], ['CALLING_END', { userID: alice.userID }]]);
    await expectIdle(alice, bob, carol);
  });

  await t.test('5.9 a busy member of the list is told of, and its own call is unharmed', async () => {
    await connect(bob, carol);
    await alice.invoke('groupCall', { userIDList: [bob.userID, carol.userID], type: 2 });
    await alice.waitFor('CALLING_END', { callEnd: 0 });
    assert.equal((await alice.allEvents()).filter(({ key }) => key === 'LINE_BUSY').length, 2);
    await Promise.all([bob.frames('remote'), carol.frames('remote')]);
    await bob.hangup();
    await bob.expectEvents(['USER_LEAVE', 'CALLING_END']);
    await carol.expectEvents(['USER_LEAVE', 'CALLING_END']);
    await expectIdle(alice, bob, carol);
  });
});
