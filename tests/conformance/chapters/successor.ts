// Section 11: the useful part of the successor (12, D13).
import { chapter, equal, holds, refused, saw } from '../support/suite.js';
import { forget, pair, ringing, talking } from '../support/calls.js';

const proves = chapter('successor', '11 The successor');

proves('11.1 call with userData and roomID', 'D13', 'both travel to the callee', async (world) => {
  const { alice, bob } = await pair(world);
  const placed = await world.until(alice.sdk.call({ userID: 'bob', type: 2, roomID: 4711, userData: '{"ticket":7}' }));
  equal(placed.roomID, 4711);
  holds(bob.last('onInvited'), { userData: '{"ticket":7}', roomID: 4711, callMediaType: 2 });
  holds(await world.until(bob.sdk.accept()), { roomID: 4711 });
});

for (const [row, wrong, code] of [
  ['roomID 0.5', { roomID: 0.5 }, 61001],
  ['roomID -1', { roomID: -1 }, 61001],
  ['roomID 2^32', { roomID: 2 ** 32 }, 61001],
  ['userData that is no text', { userData: {} }, 61001],
  ['userData of 4097 bytes', { userData: 'x'.repeat(4097) }, 61015],
] as const) {
  proves(`11.1 ${row}`, 'D13', 'is refused before anything opens', async (world) => {
    const { alice, bob } = await pair(world);
    equal((await refused(world.until(alice.sdk.call({ userID: 'bob', type: 1, ...(wrong as object) })))).code, code);
    equal([alice.sdk.getCallStatus(), alice.media.executed.length, bob.count('onInvited')], ['idle', 0, 0]);
  });
}

proves('11.1 inviteUser without a call', 'D13', 'is refused', async (world) => {
  const { alice } = await pair(world);
  equal((await refused(world.until(alice.sdk.inviteUser({ userIDList: ['bob'] })))).code, 61002);
});

proves('11.1 openMicrophone, closeMicrophone', 'D13', 'are setMicMute in other words', async (world) => {
  const { alice, bob } = await talking(world);
  equal(await world.until(alice.sdk.closeMicrophone()), true);
  equal(await world.until(alice.sdk.openMicrophone()), true);
  saw(bob, ['onUserAudioAvailable', { isAudioAvailable: false }], ['onUserAudioAvailable', { isAudioAvailable: true }]);
});

proves('11.1 openCamera(videoViewDomID, isFrontCamera)', 'D13', 'shows the picture and chooses the camera', async (world) => {
  const page = world.openPage('<div id="me"></div>');
  const { alice } = await talking(world);
  await world.until(alice.sdk.closeCamera());
  equal(await world.until(alice.sdk.openCamera('me', false)), true);
  equal([page.shape('me'), alice.media.devices.facing], ['player(audio video)', 'environment']);
});

proves('11.1 switchCallMediaType', 'D13', 'switches, and rejects what cannot be', async (world) => {
  const { alice, bob } = await talking(world, 1);
  await world.until(alice.sdk.switchCallMediaType(2));
  equal([alice.sdk.getCallType(), bob.sdk.getCallType()], [2, 2]);
  equal((await refused(world.until(alice.sdk.switchCallMediaType(2)))).code, 61002);
  const twice = [alice.sdk.switchCallMediaType(1), refused(alice.sdk.switchCallMediaType(1))] as const;
  await world.until(twice[0]);
  equal((await twice[1]).code, 61002);
});

proves('11.1 setSelfInfo', 'D13', 'is kept from before login() until after logout()', async (world) => {
  const [alice, bob] = [world.user('alice'), await world.online('bob')];
  await alice.sdk.setSelfInfo({ nickName: 'A', avatar: 'https://a.example/1.png' });
  await world.login(alice);
  await world.until(alice.sdk.setSelfInfo({ nickName: 'Älice' }));
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  holds(bob.last('onInvited'), { nickName: 'Älice', avatar: 'https://a.example/1.png' });
  await world.until(alice.sdk.logout());
  await world.login(alice);
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  holds(bob.last('onInvited'), { nickName: 'Älice', avatar: 'https://a.example/1.png' });
});

for (const [row, given, code] of [
  ['a name of 128 bytes', { nickName: 'é'.repeat(64) }, 0],
  ['a name of 129 bytes', { nickName: `${'é'.repeat(64)}x` }, 61015],
  ['an avatar of 1024 bytes', { avatar: 'a'.repeat(1024) }, 0],
  ['an avatar of 1025 bytes', { avatar: 'a'.repeat(1025) }, 61015],
  ['a name that is no text', { nickName: 7 }, 61001],
] as const) {
  proves(`11.1 setSelfInfo with ${row}`, 'D13', code === 0 ? 'travels whole' : `rejects with ${code}, and changes nothing`, async (world) => {
    const { alice, bob } = await pair(world);
    await world.until(alice.sdk.setSelfInfo({ nickName: 'before', avatar: 'before' }));
    const answer = alice.sdk.setSelfInfo(given as object);
    if (code === 0) await world.until(answer);
    else equal((await refused(answer)).code, code);
    await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
    const expected = { nickName: 'before', avatar: 'before', ...(code === 0 ? given : {}) };
    holds(bob.last('onInvited'), expected);
  });
}

proves('11.1 getCallStats', 'SUPERSET', 'one entry for each user with a connection', async (world) => {
  const { alice } = await talking(world);
  const flow = { packets: 100, bytes: 10_000, packetsLost: 0 };
  alice.media.measurements = [{ userID: 'bob', roundTrip: 40, sent: { audio: flow }, received: { audio: flow } }];
  const stats = await world.until(alice.sdk.getCallStats());
  equal(JSON.stringify(stats).includes('"userID":"bob"') || JSON.stringify(stats).includes('"userId":"bob"'), true);
});

proves('11.2 NO_MEDIA', 'SUPERSET', 'is told once when sound does not arrive although connected', async (world) => {
  const { alice } = await talking(world, 1);
  const still = { packets: 10, bytes: 1000 };
  alice.media.measurements = [{ userID: 'bob', sent: { audio: { packets: 10, bytes: 1000 } }, received: { audio: still } }];
  await world.pass(20_000);
  const told = alice.all.filter(([name]) => name === 'onNoMedia').map(([, payload]) => payload);
  equal(told.filter(({ direction }) => direction === 'receive').length, 1);
  holds(told.find(({ direction }) => direction === 'receive'), { userID: 'bob', kind: 'audio' });
});

proves('11.2 ON_CALL_RECEIVED', 'D13', 'at the callee, with the same payload as INVITED', async (world) => {
  const { alice, bob } = await ringing(world);
  const [invited, received] = [bob.last('onInvited'), bob.last('onCallReceived')];
  equal(received, invited);
  holds(received, { callerId: 'alice', calleeIdList: ['bob'], callRole: 'invitee', strRoomID: '', groupID: '', userData: '' });
  equal(alice.count('onCallReceived'), 0);
});

proves('11.2 ON_CALL_BEGIN', 'D13', 'on both sides, once, when the call is connected', async (world) => {
  const { alice, bob } = await ringing(world);
  equal([alice.count('onCallBegin'), bob.count('onCallBegin')], [0, 0]);
  const accepted = await world.until(bob.sdk.accept());
  const about = { callID: accepted?.inviteID, roomID: accepted?.roomID, strRoomID: '', callMediaType: 2 };
  holds(alice.last('onCallBegin'), { ...about, callRole: 'inviter' });
  holds(bob.last('onCallBegin'), { ...about, callRole: 'invitee' });
  equal([alice.count('onCallBegin'), bob.count('onCallBegin')], [1, 1]);
});

const reasons = {
  normal: { at: 'cancelled', reason: 'normal' },
  reject: { at: 'declined', reason: 'reject' },
  busyline: { at: 'answered busy', reason: 'busyline' },
  timeout: { at: 'not answered', reason: 'timeout' },
} as const;
for (const [key, { at, reason }] of Object.entries(reasons)) {
  proves(`11.2 ON_CALL_CANCELED ${key}`, 'D13', `on both sides, of a call that was ${at}`, async (world) => {
    const { alice, bob } = await ringing(world, 1, 5);
    forget(alice, bob);
    if (key === 'normal') await world.until(alice.sdk.hangup());
    else if (key === 'reject') await world.until(bob.sdk.reject());
    else if (key === 'busyline') await world.until(bob.sdk.reject({ isBusy: true }));
    else await world.pass(6000);
    const { inviteID } = alice.last('onCallCanceled') as { inviteID: string };
    for (const one of [alice, bob]) {
      equal(one.count('onCallCanceled'), 1);
      holds(one.last('onCallCanceled'), { reason, callID: inviteID, callMediaType: 1, callRole: one === alice ? 'inviter' : 'invitee' });
    }
  });
}

proves('11.2 ON_CALL_CANCELED', 'D13', 'does not come of a call that was connected', async (world) => {
  const { alice, bob } = await talking(world);
  await world.until(alice.sdk.hangup());
  equal([alice.count('onCallCanceled'), bob.count('onCallCanceled')], [0, 0]);
});

proves('11.2 CALLING_END', 'D13', "carries the successor's members, too", async (world) => {
  const { alice, bob } = await talking(world);
  const { roomID } = alice.sdk;
  await world.pass(2000);
  await world.until(alice.sdk.hangup());
  const about = { roomID, strRoomID: '', callMediaType: 2, totalTime: 2, callEnd: 2 };
  holds(alice.last('onCallEnd'), { ...about, callRole: 'inviter' });
  holds(bob.last('onCallEnd'), { ...about, callRole: 'invitee', callID: alice.last('onCallEnd')?.['callID'] });
});

proves('11.2 USER_CONNECTION_STATE_CHANGED', 'SUPERSET', 'tells of a path that is disturbed, and of its repair', async (world) => {
  const { alice, bob } = await talking(world);
  for (const { media } of [alice, bob]) media.disturb();
  await world.pass(20_000);
  const states = alice.all.filter(([name]) => name === 'onUserConnectionStateChanged').map(([, { state }]) => state);
  equal([states.includes('failed') || states.includes('disconnected'), states.at(-1)], [true, 'connected']);
});

proves('11.1 screen sharing', 'SUPERSET', 'takes the place of the camera, which comes back, and the user may refuse', async (world) => {
  const { alice, bob } = await talking(world);
  equal(await world.until(alice.sdk.startScreenShare()), true);
  saw(bob, ['onUserScreenAvailable', { userID: 'alice', isScreenAvailable: true }]);
  equal(await world.until(alice.sdk.stopScreenShare()), true);
  saw(bob, ['onUserScreenAvailable', { isScreenAvailable: false }]);
  alice.media.screen = 'refused';
  equal((await refused(world.until(alice.sdk.startScreenShare()))).code, 61023);
  saw(bob);
  saw(alice);
});

proves('11.1 screen ended in the browser', 'SUPERSET', 'both sides hear of it', async (world) => {
  const { alice, bob } = await talking(world);
  await world.until(alice.sdk.startScreenShare());
  forget(bob);
  alice.media.endTrack('screen');
  await world.pass(1000);
  saw(bob, ['onUserScreenAvailable', { userID: 'alice', isScreenAvailable: false }]);
  saw(alice, ['onScreenShareStopped', {}]);
  equal(await world.until(alice.sdk.stopScreenShare()), false);
});
