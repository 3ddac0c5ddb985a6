// Section 5.1 – 5.8: calls of two, event by event, at both parties.
import { chapter, equal, holds, saw } from '../support/suite.js';
import { pair, ringing, talking, forget } from '../support/calls.js';

const proves = chapter('one-to-one', '5.1 – 5.8 Calls of two');

for (const type of [1, 2] as const) {
  const words = type === 1 ? 'audio' : 'video';
  proves(`5.1 accepted ${words} call`, 'SUPERSET', 'both see each other enter, and who hangs up ends both', async (world) => {
    const { alice, bob } = await pair(world);
    const call = await world.until(alice.sdk.call({ userID: 'bob', type }));
    holds(call, { code: 0, userID: 'bob', userId: 'alice', audio: true, video: type === 2 });
    const { inviteID, roomID } = call;
    saw(alice);
    const invited = { sponsor: 'alice', userIDList: ['bob'], isFromGroup: false, inviteID };
    const inviteData = { version: 4, callType: type, callEnd: 0, roomID };
    saw(bob, ['onInvited', { ...invited, inviteData }], ['onCallReceived', { inviteID }]);
    const accepted = await world.until(bob.sdk.accept());
    holds(accepted, { code: 0, inviteID, roomID, callType: type, userId: 'bob' });
    const entered = (userID: string) => [
      ['onUserEnter', { userID }] as [string, object],
      ['onUserVideoAvailable', { userID, isVideoAvailable: type === 2 }] as [string, object],
      ['onUserAudioAvailable', { userID, isAudioAvailable: true }] as [string, object],
    ];
    saw(bob, ...entered('alice'), ['onCallBegin', { callRole: 'invitee', roomID }]);
    saw(alice, ['onUserAccept', { userID: 'bob' }], ...entered('bob'), ['onCallBegin', { callRole: 'inviter', roomID }]);
    await world.pass(10_000);
    equal(await world.until(alice.sdk.hangup()), { code: 0, msg: 'ok' });
    const end = { callEnd: 10, callRole: 'inviter', inviteID };
    saw(alice, ['onUserLeave', { userID: 'bob' }], ['onCallEnd', end]);
    saw(bob, ['onUserLeave', { userID: 'alice' }], ['onCallEnd', { ...end, callRole: 'invitee' }]);
    equal([alice.sdk.getCallStatus(), bob.sdk.getCallStatus()], ['idle', 'idle']);
  });
}

proves('5.1 callee hangs up', 'SUPERSET', 'the mirror image', async (world) => {
  const { alice, bob } = await talking(world);
  await world.pass(3000);
  await world.until(bob.sdk.hangup());
  saw(bob, ['onUserLeave', { userID: 'alice' }], ['onCallEnd', { callEnd: 3 }]);
  saw(alice, ['onUserLeave', { userID: 'bob' }], ['onCallEnd', { callEnd: 3 }]);
});

proves('5.1 both hang up at once', 'D2', 'each side gets one CALLING_END', async (world) => {
  const { alice, bob } = await talking(world);
  await Promise.all([world.until(alice.sdk.hangup()), bob.sdk.hangup()]);
  saw(alice, ['onUserLeave', { userID: 'bob' }], ['onCallEnd']);
  saw(bob, ['onUserLeave', { userID: 'alice' }], ['onCallEnd']);
});

proves('5.2 reject', 'D3', 'the inviter sees REJECT, and nobody CALLING_END', async (world) => {
  const { alice, bob } = await ringing(world);
  forget(alice, bob);
  const answer = await world.until(bob.sdk.reject());
  holds(answer, { code: 0 });
  saw(alice, ['onReject', { userID: 'bob', sponsor: 'alice' }], ['onCallCanceled', { reason: 'reject' }]);
  saw(bob, ['onCallCanceled', { reason: 'reject' }]);
  equal([alice.sdk.getCallStatus(), bob.sdk.getCallStatus()], ['idle', 'idle']);
});

proves('5.3 busy', 'D6', 'only the inviter sees LINE_BUSY, and the other call goes on', async (world) => {
  const { alice, bob } = await talking(world);
  const carol = await world.online('carol');
  await world.until(carol.sdk.call({ userID: 'bob', type: 1 }));
  saw(carol, ['onLineBusy', { sponsor: 'carol', userID: 'bob' }], ['onCallCanceled', { reason: 'busyline' }]);
  saw(alice);
  saw(bob);
  equal([carol.sdk.getCallStatus(), bob.sdk.getCallStatus()], ['idle', 'connected']);
});

proves('5.3 glare', 'D15', 'two calls that cross become one', async (world) => {
  const { alice, bob } = await pair(world);
  await Promise.all([
    world.until(alice.sdk.call({ userID: 'bob', type: 1 })),
    bob.sdk.call({ userID: 'alice', type: 1 }),
  ]);
  equal([alice.sdk.getCallStatus(), bob.sdk.getCallStatus()], ['connected', 'connected']);
  equal([alice.count('onLineBusy'), bob.count('onLineBusy')], [0, 0]);
  equal([alice.count('onUserEnter'), bob.count('onUserEnter')], [1, 1]);
  equal(alice.last('onCallBegin')?.callID, bob.last('onCallBegin')?.callID);
});

proves('5.4 cancel', 'D3', 'the callee sees CALLING_CANCEL, and nobody CALLING_END', async (world) => {
  const { alice, bob } = await ringing(world);
  forget(alice, bob);
  const answer = await world.until(alice.sdk.hangup());
  equal(Array.isArray(answer), true);
  saw(alice, ['onCallCanceled', { reason: 'normal' }]);
  saw(bob, ['onCallingCancel', { sponsor: 'alice', reason: 'normal' }], ['onCallCanceled', { reason: 'normal' }]);
});

proves('5.5 no answer, online', 'D5', 'both hear of it at the deadline, with one CALLING_END each', async (world) => {
  const { alice, bob } = await ringing(world, 1);
  forget(alice, bob);
  await world.pass(29_000);
  saw(alice);
  saw(bob);
  await world.pass(1500);
  const about = { sponsor: 'alice', userIDList: ['bob'] };
  saw(
    alice,
    ['onNoResp', { ...about, userID: 'bob' }],
    ['onCallingTimeout', about],
    ['onCallCanceled', { reason: 'timeout' }],
    ['onCallEnd', { callEnd: 0 }],
  );
  saw(bob, ['onCallingTimeout', about], ['onCallCanceled', { reason: 'timeout' }], ['onCallEnd', { callEnd: 0 }]);
});

proves('5.5 no answer, offline', 'D5', 'the inviter gets NO_RESP at the deadline', async (world) => {
  const alice = await world.online('alice');
  await world.until(alice.sdk.call({ userID: 'bob', type: 1, timeout: 5 }));
  await world.pass(5500);
  const about = { sponsor: 'alice', userID: 'bob', userIDList: ['bob'] };
  saw(alice, ['onNoResp', about], ['onCallCanceled', { reason: 'timeout' }], ['onCallEnd', { callEnd: 0 }]);
});

proves('5.5 timeout 0', 'D7', 'it rings until somebody answers', async (world) => {
  const { alice, bob } = await ringing(world, 1, 0);
  forget(alice, bob);
  await world.pass(600_000);
  saw(alice);
  saw(bob);
  equal(bob.sdk.getCallStatus(), 'calling');
});

proves('5.6 callee logs in later', 'D18', 'the invitation that is still valid rings', async (world) => {
  const alice = await world.online('alice');
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  await world.pass(10_000);
  const bob = await world.online('bob');
  await world.pass(3000);
  equal(bob.count('onInvited'), 1);
  equal((await world.until(bob.sdk.accept()))?.code, 0);
  equal(alice.sdk.getCallStatus(), 'connected');
});

proves('5.6 callee logs in too late', 'D18', 'what has expired never rings', async (world) => {
  const alice = await world.online('alice');
  await world.until(alice.sdk.call({ userID: 'bob', type: 1, timeout: 5 }));
  await world.pass(6000);
  const bob = await world.online('bob');
  await world.pass(10_000);
  equal(bob.count('onInvited'), 0);
});

proves('5.8 duplicate login', 'FIX', 'the older session is told, leaves the call, and the peer sees the end', async (world) => {
  const { alice, bob } = await talking(world);
  // Two logins at the same moment are a race that either may win.
  await world.pass(3000);
  await world.online('alice');
  await world.pass(5000);
  equal(alice.count('onKickedOut'), 1);
  equal(alice.sdk.getCallStatus(), 'idle');
  equal([bob.count('onUserLeave'), bob.count('onCallEnd')], [1, 1]);
});
