// Section 5.9: calls of several, with the verdicts of its rows; and what issue after issue added to them.
import { chapter, equal, holds, refused, saw } from '../support/suite.js';
import { forget, talking } from '../support/calls.js';
import type { User, World } from '../support/world.js';

const proves = chapter('group-calls', '5.9 Group calls');

interface Three {
  alice: User;
  bob: User;
  carol: User;
}

async function three(world: World): Promise<Three> {
  return { alice: await world.online('alice'), bob: await world.online('bob'), carol: await world.online('carol') };
}

/** alice has called both, who ring; nothing has been looked at. */
async function ringingThree(world: World, options: { groupID?: string; timeout?: number } = {}): Promise<Three> {
  const users = await three(world);
  if (options.groupID !== undefined) {
    for (const user of Object.values(users) as User[]) await world.until(user.sdk.joinGroup(options.groupID));
  }
  await world.until(users.alice.sdk.groupCall({ userIDList: ['bob', 'carol'], type: 2, ...options }));
  await world.pass(1000);
  return users;
}

async function talkingThree(world: World, options: { groupID?: string } = {}): Promise<Three> {
  const users = await ringingThree(world, options);
  await world.until(users.bob.sdk.accept());
  await world.until(users.carol.sdk.accept());
  await world.pass(1000);
  forget(...(Object.values(users) as User[]));
  return users;
}

const statuses = (...users: User[]) => users.map(({ sdk }) => sdk.getCallStatus());

proves('5.9 invite, without groupID', 'KEEP', 'each invitee rings, and knows that it is not alone', async (world) => {
  const { alice, bob, carol } = await three(world);
  const list = ['bob', 'carol', 'bob'];
  const placed = await world.until(alice.sdk.groupCall({ userIDList: list, type: 2 }));
  holds(placed, { code: 0, groupID: '', audio: true, video: true, userId: 'alice' });
  const each = placed.data as unknown as { userID: string; inviteID: string; code: number }[];
  equal(each.map(({ userID }) => userID), ['bob', 'carol']);
  equal(new Set(each.map(({ inviteID }) => inviteID)).size, 1);
  equal(list, ['bob', 'carol', 'bob'], 'the array of the application stays as it was');
  for (const one of [bob, carol]) {
    const about = { sponsor: 'alice', userIDList: [one.id], isFromGroup: true, groupID: '' };
    saw(one, ['onInvited', about], ['onCallReceived']);
    holds(one.last('onInvited')?.['inviteData'], { version: 4, callType: 2, callEnd: 0, roomID: placed.roomID });
  }
});

proves('5.9 invite, with groupID', 'KEEP', 'one message over the group rings all who are on the list', async (world) => {
  const { alice, bob, carol } = await ringingThree(world, { groupID: 'team' });
  for (const one of [bob, carol]) {
    saw(one, ['onInvited', { sponsor: 'alice', isFromGroup: true, groupID: 'team' }], ['onCallReceived']);
    equal(one.last('onInvited')?.['userIDList'], ['bob', 'carol']);
  }
  equal(alice.sdk.getGroupID(), 'team');
});

proves('5.9 one on the list', 'KEEP', 'a list of one looks like a call between two', async (world) => {
  const { alice, bob } = await three(world);
  await world.until(alice.sdk.groupCall({ userIDList: ['bob'], type: 1 }));
  saw(bob, ['onInvited', { isFromGroup: false, userIDList: ['bob'] }], ['onCallReceived']);
});

proves('5.9 accept', 'SUPERSET', 'everybody enters once for everybody else, and nobody for itself', async (world) => {
  const { alice, bob, carol } = await ringingThree(world);
  forget(alice, bob, carol);
  await world.until(bob.sdk.accept());
  await world.until(carol.sdk.accept());
  await world.pass(1000);
  for (const one of [alice, bob, carol]) {
    const entered = one.all.filter(([name]) => name === 'onUserEnter').map(([, { userID }]) => String(userID));
    equal(entered.sort(), ['alice', 'bob', 'carol'].filter((id) => id !== one.id));
    equal(one.count('onCallBegin'), 1);
  }
  equal([alice.count('onUserAccept'), bob.count('onUserAccept')], [2, 0]);
  equal(statuses(alice, bob, carol), ['connected', 'connected', 'connected']);
});

proves('5.9 list update', 'FIX', 'the list is clean, without duplicates, and everybody in the call sees it', async (world) => {
  const { alice, bob, carol } = await ringingThree(world);
  await world.until(bob.sdk.accept());
  await world.until(carol.sdk.reject());
  for (const one of [alice, bob]) {
    const list = one.last('onGroupCallInviteeListUpdate')?.['userIDList'] as string[];
    equal(list.length, new Set(list).size);
    equal(list.includes(one.id), false);
    equal(list.includes('carol'), false);
  }
  equal(alice.sdk.getRoster().map(({ userID, status }) => [userID, status]), [['bob', 'joined'], ['carol', 'rejected']]);
});

proves('5.9 one refuses', 'KEEP', 'the inviter hears of it, and the call goes on', async (world) => {
  const { alice, bob, carol } = await ringingThree(world);
  await world.until(bob.sdk.accept());
  forget(alice, bob, carol);
  await world.until(carol.sdk.reject());
  saw(alice, ['onReject', { userID: 'carol', sponsor: 'alice' }]);
  saw(bob);
  saw(carol, ['onCallCanceled', { reason: 'reject' }]);
  equal(statuses(alice, bob, carol), ['connected', 'connected', 'idle']);
});

proves('5.9 one refuses, with groupID', 'KEEP', 'the other members of the call hear of it too', async (world) => {
  const { alice, bob, carol } = await ringingThree(world, { groupID: 'team' });
  await world.until(bob.sdk.accept());
  forget(alice, bob);
  equal(carol.count('onUserAccept'), 1);
  await world.until(carol.sdk.reject());
  saw(alice, ['onReject', { userID: 'carol' }]);
  saw(bob, ['onReject', { userID: 'carol' }]);
});

proves('5.9 all refuse', 'FIX', 'each is told, and there is one end that names the last', async (world) => {
  const { alice, bob, carol } = await ringingThree(world);
  forget(alice);
  await world.until(bob.sdk.reject());
  await world.until(carol.sdk.reject());
  saw(
    alice,
    ['onReject', { userID: 'bob' }],
    ['onReject', { userID: 'carol' }],
    ['onCallCanceled', { reason: 'reject' }],
    ['onCallEnd', { userID: 'carol', callEnd: 0 }],
  );
  equal(statuses(alice, bob, carol), ['idle', 'idle', 'idle']);
});

proves('5.9 one is busy', 'FIX', 'LINE_BUSY, and its own call is unharmed', async (world) => {
  const { alice: erin, bob } = await talking(world);
  const dave = await world.online('dave');
  const carol = await world.online('carol');
  await world.until(dave.sdk.groupCall({ userIDList: ['bob', 'carol'], type: 1 }));
  saw(dave, ['onLineBusy', { userID: 'bob', sponsor: 'dave' }]);
  saw(bob);
  await world.until(carol.sdk.reject());
  equal(statuses(erin, bob, dave), ['connected', 'connected', 'idle']);
});

proves('5.9 the inviter cancels', 'FIX', 'before anybody answers: all stop ringing', async (world) => {
  const { alice, bob, carol } = await ringingThree(world);
  forget(alice, bob, carol);
  const taken = await world.until(alice.sdk.hangup());
  equal((taken as unknown as unknown[]).length, 2);
  saw(alice, ['onCallCanceled', { reason: 'normal' }]);
  for (const one of [bob, carol]) saw(one, ['onCallingCancel'], ['onCallCanceled', { reason: 'normal' }]);
});

proves('5.9 the inviter leaves', 'FIX', 'who still rings is cancelled, also with groupID', async (world) => {
  const { alice, bob, carol } = await ringingThree(world, { groupID: 'team' });
  await world.until(bob.sdk.accept());
  forget(alice, bob, carol);
  await world.until(alice.sdk.hangup());
  equal(carol.count('onCallingCancel'), 1);
  saw(bob, ['onUserLeave', { userID: 'alice' }], ['onCallEnd', { userID: 'alice' }]);
  equal(statuses(alice, bob, carol), ['idle', 'idle', 'idle']);
});

proves('5.9 one of three leaves', 'D4', 'the leaver gets its own end, the others go on', async (world) => {
  const { alice, bob, carol } = await talkingThree(world);
  await world.until(alice.sdk.hangup());
  saw(alice, ['onUserLeave', { userID: 'bob' }], ['onUserLeave', { userID: 'carol' }], ['onCallEnd']);
  for (const one of [bob, carol]) saw(one, ['onUserLeave', { userID: 'alice' }]);
  equal(statuses(alice, bob, carol), ['idle', 'connected', 'connected']);
});

proves('5.9 the last two', 'KEEP', 'one leaves, both get one end, named by the original inviter', async (world) => {
  const { alice, bob, carol } = await talkingThree(world);
  await world.until(alice.sdk.hangup());
  forget(alice, bob, carol);
  await world.until(carol.sdk.hangup());
  saw(carol, ['onUserLeave', { userID: 'bob' }], ['onCallEnd']);
  saw(bob, ['onUserLeave', { userID: 'carol' }], ['onCallEnd', { userID: 'alice' }]);
  saw(alice);
});

proves('5.9 accepted, then left', 'FIX', 'the call lives while somebody rings', async (world) => {
  const { alice, bob, carol } = await ringingThree(world);
  await world.until(bob.sdk.accept());
  await world.until(bob.sdk.hangup());
  forget(alice, bob, carol);
  saw(alice);
  equal(statuses(alice, bob, carol), ['connected', 'idle', 'calling']);
  await world.until(carol.sdk.accept());
  equal(statuses(alice, carol), ['connected', 'connected']);
});

proves('5.9 nobody answers', 'FIX', 'one NO_RESP with all, one end', async (world) => {
  const { alice, bob, carol } = await ringingThree(world, { timeout: 5 });
  forget(alice, bob, carol);
  await world.pass(6000);
  const both = { sponsor: 'alice', userIDList: ['bob', 'carol'] };
  saw(alice, ['onNoResp', { ...both, userID: 'bob' }], ['onCallingTimeout', both], ['onCallCanceled', { reason: 'timeout' }], [
    'onCallEnd',
    { userID: 'alice', callEnd: 0 },
  ]);
  for (const one of [bob, carol]) {
    saw(one, ['onCallingTimeout', { sponsor: 'alice', userIDList: [one.id] }], ['onCallCanceled'], ['onCallEnd', { callEnd: 0 }]);
  }
});

proves('5.9 some are offline', 'D5', 'NO_RESP names them, and the call goes on', async (world) => {
  const { alice, bob } = await three(world);
  await world.until(alice.sdk.groupCall({ userIDList: ['bob', 'nobody'], type: 1, timeout: 5 }));
  await world.until(bob.sdk.accept());
  forget(alice, bob);
  await world.pass(6000);
  saw(alice, ['onNoResp', { userIDList: ['nobody'] }]);
  equal(statuses(alice, bob), ['connected', 'connected']);
});

proves('3.6 groupCall / in call', 'KEEP', 'adds people to the call, and all meet', async (world) => {
  const { alice, bob } = await talking(world);
  const carol = await world.online('carol');
  const added = await world.until(alice.sdk.groupCall({ userIDList: ['carol', 'bob'], type: 2 }));
  equal(added.userIDList, ['carol']);
  equal('audio' in added, false);
  await world.until(carol.sdk.accept());
  await world.pass(1000);
  equal([alice, bob, carol].map((one) => one.count('onUserEnter')), [2, 2, 2]);
});

proves('3.6 groupCall / limits', 'FIX', 'a list that cannot be is refused, and the next one is not', async (world) => {
  const { alice } = await three(world);
  const eight = Array.from({ length: 8 }, (_, index) => `user-${index}`);
  equal((await refused(world.until(alice.sdk.groupCall({ userIDList: eight, type: 1 })))).code, 61015);
  equal((await refused(world.until(alice.sdk.groupCall({ userIDList: [], type: 1 })))).code, 61001);
  equal((await refused(world.until(alice.sdk.groupCall({ userIDList: ['alice'], type: 1 })))).code, 61003);
  equal((await refused(world.until(alice.sdk.inviteUser({ userIDList: ['bob'] })))).code, 61002);
  equal((await world.until(alice.sdk.groupCall({ userIDList: ['bob'], type: 1 }))).code, 0);
});

proves('11.1 joinInGroupCall', 'SUPERSET', 'a member of the group enters its call without an invitation', async (world) => {
  const { alice, bob, carol } = await talkingThree(world, { groupID: 'team' });
  const dave = await world.online('dave');
  await world.until(dave.sdk.joinGroup('team'));
  await world.until(dave.sdk.joinInGroupCall({ type: 2, groupID: 'team', roomID: alice.sdk.roomID }));
  await world.pass(1000);
  equal(dave.count('onUserEnter'), 3);
  equal(dave.count('onInvited'), 0);
  for (const one of [alice, bob, carol]) equal(one.last('onUserEnter')?.['userID'], 'dave');
  await world.until(dave.sdk.hangup());
  const error = await refused(world.until(dave.sdk.joinInGroupCall({ type: 2, groupID: 'other', roomID: 1 })));
  equal(error.code, 61022);
});
