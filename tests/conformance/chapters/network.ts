// Section 5.7, and what 5.1 and 5.9 call stale signals and cross-talk: everything concerns its own call only.
import { chapter, equal, holds, saw } from '../support/suite.js';
import { forget, pair, ringing, talking } from '../support/calls.js';
import type { User, World } from '../support/world.js';

const proves = chapter('network', '5.1, 5.7, 5.9 Lost networks, stale signals, cross-talk');

const statuses = (...users: User[]) => users.map(({ sdk }) => sdk.getCallStatus());

/** The network of a user is gone: signaling and media. */
function lose(world: World, user: User, ...others: User[]): void {
  world.broker.unreachable.add(user.id);
  world.broker.cut(user.id);
  for (const one of [user, ...others]) one.media.break();
}

proves('5.7 network drop, seen by the peer', 'KEEP', 'USER_LEAVE, then one CALLING_END', async (world) => {
  const { alice, bob } = await talking(world);
  lose(world, bob, alice);
  await world.pass(5000);
  saw(alice, ['onUserLeave', { userID: 'bob' }], ['onCallEnd', { userID: 'alice' }]);
  equal(statuses(alice), ['idle']);
});

proves('5.7 network drop, seen by whom it hits', 'FIX', 'the call ends here, too, with one CALLING_END', async (world) => {
  const { alice, bob } = await talking(world);
  lose(world, bob, alice);
  await world.pass(120_000);
  equal([bob.count('onUserLeave'), bob.count('onCallEnd'), bob.sdk.getCallStatus()], [1, 1, 'idle']);
  equal(bob.media.localStream, undefined);
});

proves('5.7 only the media are lost', 'FIX', 'both end once, with ERROR 61013', async (world) => {
  const { alice, bob } = await talking(world);
  alice.media.break();
  bob.media.break();
  await world.pass(120_000);
  equal(statuses(alice, bob), ['idle', 'idle']);
  equal([alice.count('onCallEnd'), bob.count('onCallEnd')], [1, 1]);
  equal([...alice.all, ...bob.all].some(([name, { code }]) => name === 'onError' && code === 61013), true);
});

proves('5.7 only the signaling is lost', 'FIX', 'the call goes on, and hangs up when it is back', async (world) => {
  const { alice, bob } = await talking(world);
  world.broker.unreachable.add('bob');
  world.broker.cut('bob');
  await world.pass(120_000);
  equal(statuses(alice, bob), ['connected', 'connected']);
  world.broker.unreachable.clear();
  await world.pass(10_000);
  forget(alice, bob);
  await world.until(bob.sdk.hangup());
  saw(alice, ['onUserLeave'], ['onCallEnd']);
});

proves('5.7 a disturbed path', 'FIX', 'is repaired, and nobody is told of an end', async (world) => {
  const { alice, bob } = await talking(world);
  for (const { media } of [alice, bob]) media.disturb();
  await world.pass(30_000);
  saw(alice);
  saw(bob);
  equal(statuses(alice, bob), ['connected', 'connected']);
});

proves('5.7 the server restarts while it rings', 'FIX', 'the ring goes on, and is answered', async (world) => {
  const { alice, bob } = await ringing(world, 1);
  forget(alice, bob);
  for (const one of [alice, bob]) world.broker.cut(one.id);
  await world.pass(5000);
  holds(await world.until(bob.sdk.accept()), { code: 0 });
  await world.pass(1000);
  equal(statuses(alice, bob), ['connected', 'connected']);
  equal(bob.count('onInvited'), 1);
});

proves('5.7 the caller vanishes while it rings', 'FIX', 'the callee stops ringing', async (world) => {
  const { bob } = await ringing(world, 1, 0);
  world.broker.unreachable.add('alice');
  world.broker.cut('alice');
  await world.pass(30_000);
  equal([bob.sdk.getCallStatus(), bob.count('onCallCanceled')], ['idle', 1]);
});

proves('5.7 a member of a group vanishes', 'FIX', 'the others are told once, and go on', async (world) => {
  const { alice, bob } = await talking(world);
  const carol = await world.online('carol');
  await world.until(alice.sdk.inviteUser({ userIDList: ['carol'] }));
  await world.until(carol.sdk.accept());
  await world.pass(1000);
  forget(alice, bob);
  carol.media.break();
  lose(world, carol);
  for (const one of [alice, bob]) one.media.disturb('carol');
  await world.pass(5000);
  for (const one of [alice, bob]) saw(one, ['onUserLeave', { userID: 'carol' }]);
  equal(statuses(alice, bob), ['connected', 'connected']);
});

proves('5.1 talk time of the next call', 'FIX', 'counts that call only', async (world) => {
  const { alice, bob } = await talking(world);
  await world.pass(60_000);
  await world.until(alice.sdk.hangup());
  await world.pass(60_000);
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  await world.until(bob.sdk.accept());
  await world.pass(5000);
  await world.until(alice.sdk.hangup());
  equal([alice.last('onCallEnd')?.['callEnd'], bob.last('onCallEnd')?.['callEnd']], [5, 5]);
});

proves('5.1 a late end of the call before', 'FIX', 'does not touch the new one, also with the handler of the demo', async (world) => {
  const { alice, bob } = await talking(world);
  const carol = await world.online('carol');
  for (const one of [alice, bob]) one.sdk.on('onCallEnd', () => void one.sdk.hangup());
  // What bob says of the end arrives only after alice talks with carol.
  world.broker.passes = (_topic, receiver) => receiver !== 'alice' || carol.sdk.getCallStatus() === 'connected';
  const hungUp = bob.sdk.hangup();
  await world.until(alice.sdk.hangup());
  await world.until(hungUp);
  world.broker.passes = () => true;
  await world.until(alice.sdk.call({ userID: 'carol', type: 1 }));
  await world.until(carol.sdk.accept());
  await world.pass(30_000);
  equal(statuses(alice, bob, carol), ['connected', 'idle', 'connected']);
  equal([alice.count('onCallEnd'), bob.count('onCallEnd')], [1, 1]);
});

proves('5.9 cross-talk: a third user calls and cancels at once', 'FIX', 'the active call goes on', async (world) => {
  const { alice, bob } = await talking(world);
  const carol = await world.online('carol');
  const call = carol.sdk.call({ userID: 'bob', type: 1 }).then(() => undefined, () => undefined);
  await world.pass(2);
  await world.until(carol.sdk.hangup());
  await call;
  await world.pass(5000);
  saw(alice);
  saw(bob);
  equal(statuses(alice, bob, carol), ['connected', 'connected', 'idle']);
});

proves('5.9 cross-talk: a busy member of a group', 'FIX', 'keeps its own call when another invitee refuses', async (world) => {
  const { alice, bob } = await talking(world);
  const [carol, dave] = [await world.online('carol'), await world.online('dave')];
  for (const one of [bob, carol, dave]) await world.until(one.sdk.joinGroup('team'));
  await world.until(carol.sdk.groupCall({ userIDList: ['bob', 'dave'], type: 1, groupID: 'team' }));
  await world.pass(1000);
  equal([carol.count('onLineBusy'), dave.sdk.getCallStatus()], [1, 'calling']);
  await world.until(dave.sdk.reject());
  await world.pass(5000);
  saw(alice);
  saw(bob);
  equal(statuses(alice, bob, carol, dave), ['connected', 'connected', 'idle', 'idle']);
});

proves('5.9 cross-talk: a deadline that is over', 'FIX', 'does not reset a newer call', async (world) => {
  const { alice, bob } = await ringing(world, 1, 10);
  await world.until(bob.sdk.reject());
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  await world.until(bob.sdk.accept());
  forget(alice, bob);
  await world.pass(60_000);
  saw(alice);
  saw(bob);
  equal(statuses(alice, bob), ['connected', 'connected']);
});

proves('5.9 signals of strangers', 'FIX', 'a message that nobody can read breaks nothing', async (world) => {
  const { alice, bob } = await pair(world);
  for (const text of ['', '{', '{"v":1}', '[]', 'null', '{"t":"cancel","call":"x"}', '\u0000']) {
    for (const one of [alice, bob]) world.broker.inject(one.id, 'mallory', text);
  }
  await world.pass(1000);
  saw(alice);
  saw(bob);
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  holds(await world.until(bob.sdk.accept()), { code: 0 });
});
