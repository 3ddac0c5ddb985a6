// The user's document (Korean, of the older generation): every method, event and field in it, as its samples use them.
import TRTCCalling from '../../../web/sdk/src/trtc-calling.js';
import { chapter, equal, holds, refused, saw } from '../support/suite.js';
import { forget, pair, ringing, talking } from '../support/calls.js';

const proves = chapter('korean', "9 The user's document (Korean)");

const methods =
  'on off login logout call groupCall accept reject hangup startRemoteView stopRemoteView startLocalView stopLocalView ' +
  'openCamera closeCamera setMicMute setVideoQuality';
proves('9 methods', 'KEEP', 'every one of the document is there', async (world) => {
  const sdk = world.user('alice').sdk as unknown as Record<string, unknown>;
  for (const name of methods.split(' ')) equal([name, typeof sdk[name]], [name, 'function']);
});

proves('9 #18 methods absent from it', 'SUPERSET', 'are there, too', async (world) => {
  const sdk = world.user('alice').sdk as unknown as Record<string, unknown>;
  for (const name of 'setLogLevel switchToAudioCall switchToVideoCall getCameras getMicrophones switchDevice'.split(' ')) {
    equal([name, typeof sdk[name]], [name, 'function']);
  }
});

const events =
  'REJECT NO_RESP LINE_BUSY INVITED CALLING_CANCEL CALLING_TIMEOUT USER_ENTER USER_LEAVE CALL_END KICKED_OUT ' +
  'USER_VIDEO_AVAILABLE USER_AUDIO_AVAILABLE ERROR';
proves('9 events', 'KEEP', 'every one of the document is there', async () => {
  for (const key of events.split(' ')) equal([key, typeof (TRTCCalling.EVENT as Record<string, string>)[key]], [key, 'string']);
});

proves('9 #24 constructor', 'KEEP', 'new TRTCCalling({SDKAppID: 0})', async (world) => {
  const alice = world.user('alice', { SDKAppID: 0 });
  holds(await world.login(alice), { code: 0 });
});

proves('9 on and off', 'KEEP', "with 'onInvited', a handler and a context", async (world) => {
  const { alice, bob } = await pair(world);
  const seen: string[] = [];
  const handleInvite = function (this: unknown, { inviteID, sponsor, inviteData }: { inviteID: string; sponsor: string; inviteData: object }) {
    seen.push(`${typeof inviteID} ${sponsor} ${JSON.stringify(inviteData)} ${this === context}`);
  };
  const context = {};
  bob.sdk.on('onInvited', handleInvite, context);
  const { roomID } = await world.until(alice.sdk.call({ userID: 'bob', type: 1, timeout: 0 }));
  equal(seen, [`string alice {"version":4,"callType":1,"callEnd":0,"roomID":${roomID}} true`]);
  await world.until(alice.sdk.hangup());
  bob.sdk.off('onInvited', handleInvite, context);
  await world.until(alice.sdk.call({ userID: 'bob', type: 1, timeout: 0 }));
  equal(seen.length, 1);
});

proves('9 login and logout', 'KEEP', 'after logout() no call can be placed', async (world) => {
  const { alice } = await pair(world);
  await world.until(alice.sdk.logout());
  equal((await refused(world.until(alice.sdk.call({ userID: 'bob', type: 1 })))).code, 2024);
});

proves('9 #1 call with timeout 0', 'D7', 'never expires', async (world) => {
  const { alice, bob } = await pair(world);
  await world.until(alice.sdk.call({ userID: 'bob', type: 2, timeout: 0 }));
  await world.pass(3_600_000);
  equal([alice.sdk.getCallStatus(), bob.sdk.getCallStatus()], ['connected', 'calling']);
});

proves('9 #2 groupCall with timeout', 'SUPERSET', 'it is honoured', async (world) => {
  const { alice, bob } = await pair(world);
  await world.until(alice.sdk.groupCall({ userIDList: ['bob', 'carol'], type: 1, timeout: 5 }));
  await world.pass(4000);
  equal(bob.sdk.getCallStatus(), 'calling');
  await world.pass(3000);
  equal([alice.sdk.getCallStatus(), bob.sdk.getCallStatus()], ['idle', 'idle']);
});

proves('9 #3 accept({inviteID, roomID, callType})', 'D14', 'from INVITED', async (world) => {
  const { alice, bob } = await pair(world);
  bob.sdk.on(TRTCCalling.EVENT.INVITED, ({ inviteID, inviteData: { roomID, callType } }) => void bob.sdk.accept({ inviteID, roomID, callType }));
  await world.until(alice.sdk.call({ userID: 'bob', type: 2, timeout: 30 }));
  await world.pass(1000);
  equal(bob.sdk.getCallStatus(), 'connected');
});

for (const [isBusy, event] of [[true, 'onLineBusy'], [false, 'onReject']] as const) {
  proves(`9 #4 reject({inviteID, isBusy: ${isBusy}, callType})`, 'D14', `is ${event} at the inviter, with userID`, async (world) => {
    const { alice, bob } = await ringing(world);
    forget(alice);
    const inviteID = String(bob.last('onInvited')?.['inviteID']);
    await world.until(bob.sdk.reject({ inviteID, isBusy, callType: 2 }));
    saw(alice, [event, { userID: 'bob' }], ['onCallCanceled']);
  });
}

proves('9 an invitation that is not answered', 'KEEP', 'occupies the line: later ones are busy', async (world) => {
  const { bob } = await ringing(world);
  const carol = await world.online('carol');
  await world.until(carol.sdk.call({ userID: 'bob', type: 1 }));
  equal([carol.count('onLineBusy'), bob.count('onInvited')], [1, 1]);
});

proves('9 #6 groupCall without groupID', 'KEEP', 'invites one by one', async (world) => {
  const { alice, bob } = await pair(world);
  const carol = await world.online('carol');
  await world.until(alice.sdk.groupCall({ userIDList: ['bob', 'carol'], type: 2 }));
  equal([bob.count('onInvited'), carol.count('onInvited')], [1, 1]);
});

proves('9 #7 hangup()', 'SUPERSET', 'ends the call, and cancels one that is not connected', async (world) => {
  const { alice, bob } = await ringing(world);
  await world.until(alice.sdk.hangup());
  equal([bob.count('onCallingCancel'), bob.sdk.getCallStatus()], [1, 'idle']);
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  await world.until(bob.sdk.accept());
  await world.until(alice.sdk.hangup());
  equal([alice.count('onCallEnd'), bob.count('onCallEnd')], [1, 1]);
});

proves('9 #5 views', 'KEEP', 'start and stop with userID and videoViewDomID, through a video element', async (world) => {
  const page = world.openPage('<div id="videoL"></div><div id="videoR"></div>');
  const { alice } = await talking(world);
  const [local, remote] = [{ userID: 'alice', videoViewDomID: 'videoL' }, { userID: 'bob', videoViewDomID: 'videoR' }];
  await world.until(alice.sdk.startLocalView(local));
  await world.until(alice.sdk.startRemoteView(remote));
  const videos = () => ['videoL', 'videoR'].map((id) => page.element(id).querySelectorAll('video').length);
  equal(videos(), [1, 1]);
  await world.until(alice.sdk.stopLocalView(local));
  await world.until(alice.sdk.stopRemoteView(remote));
  equal(videos(), [0, 0]);
});

proves('9 openCamera and closeCamera', 'KEEP', 'USER_VIDEO_AVAILABLE at the other, with both fields', async (world) => {
  const { alice, bob } = await talking(world);
  await world.until(alice.sdk.closeCamera());
  equal(bob.last('onUserVideoAvailable'), { userID: 'alice', isVideoAvailable: false });
  await world.until(alice.sdk.openCamera());
  equal(bob.last('onUserVideoAvailable'), { userID: 'alice', isVideoAvailable: true });
});

proves('9 #15 setMicMute(true)', 'KEEP', 'is silence, as the table has it and not the comment', async (world) => {
  const { alice, bob } = await talking(world);
  await world.until(alice.sdk.setMicMute(true));
  equal(bob.last('onUserAudioAvailable'), { userID: 'alice', isAudioAvailable: false });
  await world.until(alice.sdk.setMicMute(false));
  equal(bob.last('onUserAudioAvailable'), { userID: 'alice', isAudioAvailable: true });
});

for (const [profile, width, height] of [['480p', 640, 480], ['720p', 1280, 720], ['1080p', 1920, 1080]] as const) {
  proves(`9 #16 setVideoQuality('${profile}')`, 'KEEP', `before call(): ${width} × ${height}`, async (world) => {
    const { alice } = await pair(world);
    await world.until(alice.sdk.setVideoQuality(profile));
    await world.until(alice.sdk.call({ userID: 'bob', type: 2, timeout: 0 }));
    const opened = alice.media.executed.find(({ type }) => type === 'OpenMedia');
    holds((opened as { profile: object }).profile, { width, height });
  });

  proves(`9 #16 setVideoQuality('${profile}') at the callee`, 'KEEP', 'before accept(), while it rings', async (world) => {
    const { bob } = await ringing(world);
    await world.until(bob.sdk.setVideoQuality(profile));
    await world.until(bob.sdk.accept());
    const opened = bob.media.executed.find(({ type }) => type === 'OpenMedia');
    holds((opened as { profile: object }).profile, { width, height });
  });
}

proves('9 #8 NO_RESP', 'D5', 'userID and userIDList, at the inviter', async (world) => {
  const { alice } = await ringing(world, 1, 5);
  await world.pass(6000);
  holds(alice.last('onNoResp'), { userID: 'bob', userIDList: ['bob'], sponsor: 'alice' });
});

proves('9 #13 INVITED', 'KEEP', 'all five fields, and all four of inviteData', async (world) => {
  const { bob } = await ringing(world);
  const invited = bob.last('onInvited') ?? {};
  for (const key of ['sponsor', 'userIDList', 'isFromGroup', 'inviteData', 'inviteID']) equal([key, key in invited], [key, true]);
  equal(Object.keys(invited['inviteData'] as object).sort(), ['callEnd', 'callType', 'roomID', 'version']);
});

proves('9 #10, #11 CALLING_TIMEOUT and CALL_END', 'SUPERSET', 'handlers without arguments work, and there is a payload', async (world) => {
  const { bob } = await ringing(world, 1, 5);
  let heard = 0;
  for (const name of [TRTCCalling.EVENT.CALLING_TIMEOUT, TRTCCalling.EVENT.CALL_END]) bob.sdk.on(name, () => void (heard += 1));
  await world.pass(6000);
  equal(heard, 2);
  holds(bob.last('onCallingTimeout'), { sponsor: 'alice', userIDList: ['bob'] });
});

proves('9 #20 KICKED_OUT', 'FIX', 'the older session is out of the room', async (world) => {
  const { alice, bob } = await talking(world);
  await world.pass(3000);
  await world.online('alice');
  await world.pass(5000);
  equal([alice.count('onKickedOut'), alice.sdk.roomID, bob.count('onUserLeave')], [1, 0, 1]);
});

proves('9 #21 offline signaling', 'D18', 'an invitation waits for its callee while it lasts', async (world) => {
  const alice = await world.online('alice');
  await world.until(alice.sdk.call({ userID: 'bob', type: 1, timeout: 20 }));
  await world.pass(5000);
  const bob = await world.online('bob');
  await world.pass(3000);
  equal(bob.count('onInvited'), 1);
});

proves('9 #22 userIDs', 'KEEP', 'of letters, digits, - and _ work', async (world) => {
  const [odd, alice] = [await world.online('-Az_09-'), await world.online('alice')];
  await world.until(alice.sdk.call({ userID: '-Az_09-', type: 1 }));
  equal(odd.count('onInvited'), 1);
});
