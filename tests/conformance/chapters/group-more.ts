// Section 5.9, continued: deadlines, cancellations and people who come late, with and without a groupID.
import { chapter, equal, holds, saw } from '../support/suite.js';
import { forget, ringing, talking } from '../support/calls.js';
import type { User, World } from '../support/world.js';

const proves = chapter('group-more', '5.9 Group calls, continued');

async function invited(world: World, ids: string[], options: { groupID?: string; timeout?: number } = {}): Promise<User[]> {
  const users: User[] = [];
  for (const id of ['alice', ...ids]) users.push(await world.online(id));
  const [alice] = users as [User];
  if (options.groupID !== undefined) for (const user of users) await world.until(user.sdk.joinGroup(options.groupID));
  await world.until(alice.sdk.groupCall({ userIDList: ids, type: 2, ...options }));
  await world.pass(1000);
  return users;
}

const statuses = (...users: User[]) => users.map(({ sdk }) => sdk.getCallStatus());

proves('5.9 the inviter leaves, without groupID', 'KEEP', 'who still rings is cancelled', async (world) => {
  const [alice, bob, carol] = (await invited(world, ['bob', 'carol'])) as [User, User, User];
  await world.until(bob.sdk.accept());
  forget(alice, bob, carol);
  await world.until(alice.sdk.hangup());
  saw(carol, ['onCallingCancel', { sponsor: 'alice' }], ['onCallCanceled', { reason: 'normal' }]);
  saw(bob, ['onUserLeave', { userID: 'alice' }], ['onCallEnd', { userID: 'alice' }]);
  equal(statuses(alice, bob, carol), ['idle', 'idle', 'idle']);
});

for (const groupID of [undefined, 'team']) {
  const words = groupID === undefined ? '' : ', with groupID';
  const options = { timeout: 5, ...(groupID === undefined ? {} : { groupID }) };

  proves(`5.9 one never answers${words}`, 'D5', 'it is told, and so is the inviter; the call goes on', async (world) => {
    const [alice, bob, carol] = (await invited(world, ['bob', 'carol'], options)) as [User, User, User];
    await world.until(bob.sdk.accept());
    await world.pass(500);
    forget(alice, bob, carol);
    await world.pass(6000);
    saw(carol, ['onCallingTimeout', { sponsor: 'alice', userIDList: ['carol'] }], ['onCallCanceled', { reason: 'timeout' }], ['onCallEnd', { userID: 'alice', callEnd: 0 }]);
    const about = { sponsor: 'alice', userIDList: ['carol'] };
    saw(alice, ['onNoResp', { ...about, userID: 'carol' }], ['onCallingTimeout', about]);
    if (groupID === undefined) saw(bob);
    else saw(bob, ['onCallingTimeout', about]);
    equal(statuses(alice, bob, carol), ['connected', 'connected', 'idle']);
  });

  proves(`5.9 nobody answers${words}`, 'FIX', 'each rings until its deadline, and there is exactly one end each', async (world) => {
    const [alice, bob, carol] = (await invited(world, ['bob', 'carol'], options)) as [User, User, User];
    await world.pass(10_000);
    equal([alice, bob, carol].map((one) => one.count('onCallEnd')), [1, 1, 1]);
    for (const one of [alice, bob, carol]) holds(one.last('onCallEnd'), { userID: 'alice', callEnd: 0 });
    equal([alice.count('onNoResp'), bob.count('onCallingTimeout'), carol.count('onCallingTimeout')], [1, 1, 1]);
    equal(statuses(alice, bob, carol), ['idle', 'idle', 'idle']);
  });

  proves(`5.9 all refuse${words}`, 'FIX', 'each refusal is told once, and one end names the last', async (world) => {
    const [alice, bob, carol] = (await invited(world, ['bob', 'carol'], options)) as [User, User, User];
    await world.until(bob.sdk.reject());
    forget(bob);
    await world.until(carol.sdk.reject());
    equal([alice.count('onReject'), alice.count('onCallEnd'), alice.last('onCallEnd')?.['userID']], [2, 1, 'carol']);
    saw(bob);
  });
}

proves('5.9 accept, with groupID', 'KEEP', 'who still rings hears of it', async (world) => {
  const [, bob, carol] = (await invited(world, ['bob', 'carol'], { groupID: 'team' })) as [User, User, User];
  forget(carol);
  await world.until(bob.sdk.accept());
  saw(carol, ['onUserAccept', { userID: 'bob' }]);
});

proves('5.9 everyone leaves', 'D4', 'each leaver gets its own end at once, with the talk time', async (world) => {
  const users = (await invited(world, ['bob', 'carol', 'dave'])) as [User, User, User, User];
  const [alice, bob, carol, dave] = users;
  for (const one of [bob, carol, dave]) await world.until(one.sdk.accept());
  await world.pass(2000);
  for (const one of [dave, alice, carol, bob]) await world.until(one.sdk.hangup());
  equal(users.map((one) => one.count('onCallEnd')), [1, 1, 1, 1]);
  equal(users.every((one) => Number(one.last('onCallEnd')?.['callEnd']) >= 2), true);
  equal(statuses(...users), ['idle', 'idle', 'idle', 'idle']);
});

proves('5.9 a late joiner', 'KEEP', 'meets everybody, and everybody meets it', async (world) => {
  const [alice, bob, carol] = (await invited(world, ['bob', 'carol'])) as [User, User, User];
  await world.until(bob.sdk.accept());
  await world.until(carol.sdk.accept());
  await world.pass(60_000);
  const dave = await world.online('dave');
  await world.until(bob.sdk.inviteUser({ userIDList: ['dave'] }));
  await world.until(dave.sdk.accept());
  await world.pass(1000);
  equal(dave.all.filter(([name]) => name === 'onUserEnter').map(([, { userID }]) => String(userID)).sort(), ['alice', 'bob', 'carol']);
  for (const one of [alice, bob, carol]) equal(one.last('onUserEnter')?.['userID'], 'dave');
  equal(dave.last('onInvited')?.['sponsor'], 'bob');
});

proves('5.9 others are told of added people', 'FIX', 'all participants turn to a group call', async (world) => {
  const { alice, bob } = await talking(world);
  await world.online('carol');
  await world.until(alice.sdk.inviteUser({ userIDList: ['carol'] }));
  await world.pass(1000);
  equal([alice.sdk.isGroupCall(), bob.sdk.isGroupCall()], [true, true]);
  equal((bob.last('onGroupCallInviteeListUpdate')?.['userIDList'] as string[]).sort(), ['alice', 'carol']);
});

proves('5.9 isFromGroup', 'KEEP', 'is true for several, and for a group of one', async (world) => {
  const { bob: alone } = await ringing(world);
  equal(alone.last('onInvited')?.['isFromGroup'], false);
  const [dave, erin] = [await world.online('dave'), await world.online('erin')];
  await world.until(dave.sdk.groupCall({ userIDList: ['erin'], type: 1, groupID: 'team' }));
  await world.pass(1000);
  holds(erin.last('onInvited'), { isFromGroup: true, groupID: 'team' });
});

proves('5.9 eight in a mesh', 'SUPERSET', 'everybody meets everybody, and each picture costs less', async (world) => {
  const users = await invited(world, ['b', 'c', 'd', 'e', 'f', 'g', 'h']);
  for (const one of users.slice(1)) await world.until(one.sdk.accept());
  await world.pass(5000);
  equal(users.map((one) => one.sdk.getRemoteStreamCount()), Array(8).fill(7));
  for (const { media } of users) {
    const limits = media.executed.flatMap((effect) => (effect.type === 'LimitVideo' ? [effect.bitrate] : []));
    equal(limits.at(-1), 216, '24 % of 900 kbit/s');
  }
});

proves('5.9 quitGroup', 'SUPERSET', 'after it the group is not heard, and a call that goes on goes on', async (world) => {
  const [alice, bob] = (await invited(world, ['bob'], { groupID: 'team' })) as [User, User];
  await world.until(bob.sdk.accept());
  await world.until(bob.sdk.quitGroup('team'));
  equal(statuses(alice, bob), ['connected', 'connected']);
});
