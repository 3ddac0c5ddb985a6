// Section 4: when each event comes, to whom, and what it carries.
import { chapter, equal, holds } from '../support/suite.js';
import { forget, pair, ringing, talking } from '../support/calls.js';
import type { User } from '../support/world.js';

const proves = chapter('events', '4 Events');

/** All that payloads about a call carry (app-contract, 3.3: supersets for every generation). */
function isAboutCall(payload: Record<string, unknown> | undefined, given: Record<string, unknown>): void {
  holds(payload, given);
  const types = { userID: 'string', sponsor: 'string', inviteID: 'string', callID: 'string', userIDList: 'object' };
  equal(Object.fromEntries(Object.keys(types).map((key) => [key, typeof payload?.[key]])), types);
  equal(Array.isArray(payload?.['userIDList']), true);
  equal(JSON.parse(JSON.stringify(payload)), payload, 'survives JSON');
}

proves('4 ERROR', 'FIX', 'code, and msg as a text for people', async (world) => {
  const { alice } = await pair(world);
  alice.media.refuses = 'permission_denied';
  await alice.sdk.call({ userID: 'bob', type: 1 }).catch(() => undefined);
  await world.pass();
  const error = alice.last('onError');
  holds(error, { code: 60005, name: 'PERMISSION_DENIED' });
  equal([typeof error?.['msg'], /microphone/.test(String(error?.['msg']))], ['string', true]);
});

proves('4 SDK_READY', 'KEEP', 'once after each login', async (world) => {
  const alice = world.user('alice');
  await world.login(alice);
  equal([alice.count('sdkReady'), alice.last('sdkReady')], [1, { name: 'ts_im_ready' }]);
  await world.login(alice);
  equal(alice.count('sdkReady'), 1);
});

proves('4 SDK_READY after a reconnection', 'FIX', 'does not come; CONNECTION_STATE_CHANGED does', async (world) => {
  const { alice } = await pair(world);
  world.broker.cut('alice');
  await world.pass(5000);
  equal(alice.all.filter(([name]) => name === 'onConnectionStateChanged').map(([, { state }]) => state), ['reconnecting', 'connected']);
  equal(alice.count('sdkReady'), 1);
});

proves('4 INVITED', 'KEEP', 'at the callee, with both shapes of inviteData', async (world) => {
  const { alice, bob } = await pair(world);
  const placed = await world.until(alice.sdk.call({ userID: 'bob', type: 2 }));
  const invited = bob.last('onInvited');
  isAboutCall(invited, { sponsor: 'alice', userIDList: ['bob'], isFromGroup: false, inviteID: placed.inviteID });
  equal(invited?.['inviteData'], { version: 4, callType: 2, callEnd: 0, roomID: placed.roomID });
  equal(alice.count('onInvited'), 0);
});

proves('4 USER_ACCEPT', 'D9', 'at the inviter, names who accepted', async (world) => {
  const { alice, bob } = await ringing(world);
  await world.until(bob.sdk.accept());
  isAboutCall(alice.last('onUserAccept'), { userID: 'bob', sponsor: 'alice', userIDList: ['bob'] });
  equal(bob.count('onUserAccept'), 0);
});

proves('4 USER_ENTER', 'KEEP', 'at both, names the other, once, never oneself', async (world) => {
  const { alice, bob } = await ringing(world);
  await world.until(bob.sdk.accept());
  await world.pass(10_000);
  isAboutCall(alice.last('onUserEnter'), { userID: 'bob' });
  isAboutCall(bob.last('onUserEnter'), { userID: 'alice' });
  equal([alice.count('onUserEnter'), bob.count('onUserEnter')], [1, 1]);
});

proves('4 USER_LEAVE', 'KEEP', 'at both, and before CALLING_END', async (world) => {
  const { alice, bob } = await talking(world);
  await world.until(bob.sdk.hangup());
  isAboutCall(alice.last('onUserLeave'), { userID: 'bob' });
  isAboutCall(bob.last('onUserLeave'), { userID: 'alice' });
  for (const one of [alice, bob]) equal(one.news().map(([name]) => name), ['onUserLeave', 'onCallEnd']);
});

proves('4 REJECT', 'KEEP', 'at the inviter, names who declined', async (world) => {
  const { alice, bob } = await ringing(world);
  await world.until(bob.sdk.reject());
  isAboutCall(alice.last('onReject'), { userID: 'bob', sponsor: 'alice' });
  equal(bob.count('onReject'), 0);
});

proves('4 LINE_BUSY', 'D6', 'at the inviter only, with sponsor and userID', async (world) => {
  const { alice, bob } = await talking(world);
  const carol = await world.online('carol');
  await world.until(carol.sdk.call({ userID: 'bob', type: 1 }));
  isAboutCall(carol.last('onLineBusy'), { sponsor: 'carol', userID: 'bob' });
  equal([alice.count('onLineBusy'), bob.count('onLineBusy')], [0, 0]);
});

for (const state of ['ringing-in', 'ringing-out', 'dialling'] as const) {
  proves(`4 LINE_BUSY, ${state}`, 'D6', 'also then, and the ring is not disturbed', async (world) => {
    const { alice, bob } = state === 'dialling' ? await pair(world) : await ringing(world, 1);
    const busy = state === 'ringing-in' ? bob : alice;
    if (state === 'dialling') {
      alice.media.held = true;
      alice.sdk.call({ userID: 'bob', type: 1 }).catch(() => undefined);
      await world.pass();
    }
    const carol = await world.online('carol');
    await world.until(carol.sdk.call({ userID: busy.id, type: 1 }));
    equal([carol.count('onLineBusy'), carol.sdk.getCallStatus(), busy.count('onLineBusy')], [1, 'idle', 0]);
    alice.media.release();
    await world.pass(1000);
    await world.until(bob.sdk.accept());
    equal([alice.sdk.getCallStatus(), bob.sdk.getCallStatus()], ['connected', 'connected']);
  });
}

proves('4 NO_RESP', 'D5', 'at the inviter, with sponsor, userID and userIDList', async (world) => {
  const { alice, bob } = await ringing(world, 1, 5);
  await world.pass(6000);
  isAboutCall(alice.last('onNoResp'), { sponsor: 'alice', userID: 'bob', userIDList: ['bob'] });
  equal([alice.count('onNoResp'), bob.count('onNoResp')], [1, 0]);
});

proves('4 CALLING_TIMEOUT', 'D5', 'at the callee, and at the inviter of one who was online', async (world) => {
  const { alice, bob } = await ringing(world, 1, 5);
  await world.pass(6000);
  for (const one of [alice, bob]) isAboutCall(one.last('onCallingTimeout'), { sponsor: 'alice', userIDList: ['bob'] });
});

proves('4 CALLING_CANCEL', 'KEEP', 'at the callee, and never undefined', async (world) => {
  const { alice, bob } = await ringing(world);
  await world.until(alice.sdk.hangup());
  isAboutCall(bob.last('onCallingCancel'), { sponsor: 'alice' });
  equal(alice.count('onCallingCancel'), 0);
});

proves('4 CALLING_CANCEL of another invitation', 'FIX', 'does not come', async (world) => {
  const { alice, bob } = await ringing(world);
  const carol = await world.online('carol');
  carol.sdk.call({ userID: 'bob', type: 1 }).catch(() => undefined);
  await world.until(carol.sdk.hangup());
  await world.pass(1000);
  equal([bob.count('onCallingCancel'), bob.sdk.getCallStatus(), alice.sdk.getCallStatus()], [0, 'calling', 'connected']);
});

proves('4 CALL_END', 'KEEP', 'userID and whole seconds of talk time, under both names', async (world) => {
  const { alice, bob } = await talking(world);
  const heard: unknown[] = [];
  for (const name of [alice.sdk.EVENT.CALL_END, alice.sdk.EVENT.CALLING_END]) alice.sdk.on(name, ({ callEnd }) => heard.push(callEnd));
  await world.pass(65_400);
  await world.until(alice.sdk.hangup());
  equal(heard, [65, 65]);
  for (const one of [alice, bob]) isAboutCall(one.last('onCallEnd'), { callEnd: 65, totalTime: 65 });
});

const endedBy: [cause: string, act: (alice: User, bob: User) => Promise<unknown>, userIDs: [alice: string, bob: string]][] = [
  ['the caller hangs up', ({ sdk }) => sdk.hangup(), ['bob', 'alice']],
  ['the callee hangs up', (_alice, { sdk }) => sdk.hangup(), ['alice', 'alice']],
];
for (const [cause, act, userIDs] of endedBy) {
  proves(`4 CALL_END.userID, ${cause}`, 'KEEP', 'as 5.1 has it', async (world) => {
    const { alice, bob } = await talking(world);
    await world.until(act(alice, bob));
    equal([alice.last('onCallEnd')?.['userID'], bob.last('onCallEnd')?.['userID']], userIDs);
  });
}

proves('4 CALL_END.userID, timeouts', 'KEEP', 'is the inviter', async (world) => {
  const { alice, bob } = await ringing(world, 1, 5);
  await world.pass(6000);
  for (const one of [alice, bob]) holds(one.last('onCallEnd'), { userID: 'alice', callEnd: 0 });
});

proves('4 KICKED_OUT', 'FIX', 'an object, and the call is left', async (world) => {
  const { alice, bob } = await talking(world);
  await world.pass(3000);
  await world.online('alice');
  await world.pass(5000);
  equal([alice.last('onKickedOut'), alice.sdk.getCallStatus(), alice.media.localStream], [{}, 'idle', undefined]);
  equal([bob.count('onUserLeave'), bob.sdk.getCallStatus()], [1, 'idle']);
});

const volumes = (user: User) => user.all.filter(([name]) => name === 'onUserVoiceVolume').map(([, { volumeMap }]) => volumeMap as { userId: string; audioVolume: number }[]);

proves('4 USER_VOICE_VOLUME', 'KEEP', 'about once a second while somebody is there, oneself first', async (world) => {
  const { alice } = await talking(world);
  alice.media.level = 40;
  await world.pass(10_000);
  const told = volumes(alice);
  equal([told.length >= 9 && told.length <= 11, told.at(-1)?.[0]], [true, { userId: 'alice', audioVolume: 40 }]);
  const { stream } = told.at(-1)?.[0] as unknown as { stream: { getAudioTrack(): unknown; getUserId(): string } };
  equal([stream.getUserId(), stream.getAudioTrack() === alice.sdk.getLocalAudioTrack()], ['alice', true]);
});

proves('4 USER_VOICE_VOLUME after an own hangup', 'FIX', 'comes in the next call, too, and not between them', async (world) => {
  const { alice, bob } = await talking(world);
  await world.until(alice.sdk.hangup());
  const before = volumes(alice).length;
  await world.pass(5000);
  equal(volumes(alice).length, before);
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  await world.until(bob.sdk.accept());
  await world.pass(5000);
  equal(volumes(alice).length - before >= 4, true);
});

proves('4 ON_USER_NETWORK_QUALITY_CHANGED', 'D13', 'every two seconds in a call, and never outside', async (world) => {
  const { alice } = await talking(world);
  await world.pass(10_000);
  const told = alice.count('onUserNetworkQualityChanged');
  equal(told >= 4 && told <= 6, true);
  const list = alice.last('onUserNetworkQualityChanged')?.['networkQualityList'] as { userId: string }[];
  equal(list[0]?.userId, 'alice');
  await world.until(alice.sdk.hangup());
  const after = alice.count('onUserNetworkQualityChanged');
  await world.pass(10_000);
  equal(alice.count('onUserNetworkQualityChanged'), after);
});

proves('4 no event from inside a method', 'SUPERSET', 'login(), call() and the others emit nothing before they return', async (world) => {
  const { alice, bob } = await pair(world);
  const told: string[] = [];
  const acts: [name: string, act: () => Promise<unknown>][] = [
    ['call', () => alice.sdk.call({ userID: 'bob', type: 2 })],
    ['accept', () => bob.sdk.accept()],
    ['hangup', () => alice.sdk.hangup()],
    ['logout', () => alice.sdk.logout()],
    ['login', () => alice.sdk.login({ userID: 'alice', userSig: 'sig' })],
  ];
  for (const [name, act] of acts) {
    const before = alice.all.length + bob.all.length;
    const answer = act();
    if (alice.all.length + bob.all.length !== before) told.push(name);
    await world.until(answer);
  }
  equal(told, []);
  forget(alice, bob);
});
