// Section 3.12 and the successor's extras that every party sees (12, D13).
import { chapter, equal, holds, refused, saw } from '../support/suite.js';
import { forget, pair, ringing, talking } from '../support/calls.js';

const proves = chapter('switching', '3.12 Audio ↔ video');

proves('3.12 switchToAudioCall / in call', 'SUPERSET', 'both become an audio call and say so', async (world) => {
  const { alice, bob } = await talking(world);
  await world.until(alice.sdk.switchToAudioCall());
  const changed: [string, object] = ['onCallTypeChanged', { oldCallType: 2, newCallType: 1 }];
  saw(alice, changed, ['onUserVideoAvailable', { userID: 'bob', isVideoAvailable: false }]);
  saw(bob, changed, ['onUserVideoAvailable', { userID: 'alice', isVideoAvailable: false }]);
  equal([alice.sdk.getCallType(), bob.sdk.getCallType()], [1, 1]);
});

proves('3.12 switchToVideoCall / in call', 'SUPERSET', 'both become a video call', async (world) => {
  const { alice, bob } = await talking(world, 1);
  await world.until(Promise.resolve(bob.sdk.switchToVideoCall()));
  await world.pass(1000);
  for (const one of [alice, bob]) equal(one.count('onCallTypeChanged'), 1);
  equal([alice.count('onUserVideoAvailable'), alice.last('onUserVideoAvailable')?.['isVideoAvailable']], [2, true]);
});

proves('3.12 guards', 'KEEP', 'nothing to switch: nothing happens, and switchCallMediaType says why', async (world) => {
  const { alice, bob } = await talking(world);
  equal(await world.until(Promise.resolve(alice.sdk.switchToVideoCall())), undefined);
  equal((await refused(world.until(alice.sdk.switchCallMediaType(2)))).code, 61002);
  await world.until(alice.sdk.hangup());
  forget(alice, bob);
  equal(await world.until(alice.sdk.switchToAudioCall()), undefined);
  equal((await refused(world.until(alice.sdk.switchCallMediaType(1)))).code, 61002);
  saw(alice);
});

proves('3.12 ringing, by the caller', 'SUPERSET', 'the callee answers to the new type', async (world) => {
  const { alice, bob } = await ringing(world);
  await world.until(alice.sdk.switchToAudioCall());
  equal(bob.last('onCallTypeChanged')?.['newCallType'], 1);
  equal((await world.until(bob.sdk.accept()))?.callType, 1);
});

proves('3.12 ringing, by the callee', 'FIX', 'the type is the one that it was invited to', async (world) => {
  const { alice, bob } = await ringing(world, 1);
  await world.until(Promise.resolve(bob.sdk.switchToVideoCall()));
  await world.pass(1000);
  equal([alice.sdk.getCallType(), bob.sdk.getCallType()], [2, 2]);
});

proves('3.12 media failure', 'KEEP', 'ERROR 60002, and nobody else hears of it', async (world) => {
  const { alice, bob } = await talking(world, 1);
  alice.media.refuses = 'in_use';
  await world.until(Promise.resolve(alice.sdk.switchToVideoCall()));
  await world.pass(1000);
  saw(alice, ['onError', { code: 60002 }]);
  saw(bob);
  equal(alice.sdk.getCallStatus(), 'connected');
});

proves('12 D13 screen', 'D13', 'the peer sees a screen come and go', async (world) => {
  const { alice, bob } = await talking(world, 1);
  equal(await world.until(alice.sdk.startScreenShare()), true);
  saw(
    bob,
    ['onUserVideoAvailable', { userID: 'alice', isVideoAvailable: true }],
    ['onUserScreenAvailable', { userID: 'alice', isScreenAvailable: true }],
  );
  equal(await world.until(alice.sdk.stopScreenShare()), true);
  equal(bob.last('onUserScreenAvailable')?.['isScreenAvailable'], false);
});

proves('12 D13 self info', 'D13', 'nick name and avatar travel with the invitation and the greeting', async (world) => {
  const alice = await world.online('alice');
  const bob = await world.online('bob');
  await world.until(alice.sdk.setSelfInfo({ nickName: 'Älice', avatar: 'https://a.example/p.png' }));
  await world.until(alice.sdk.call({ userID: 'bob', type: 1, userData: '{"ticket":7}' }));
  const invited = bob.last('onInvited');
  equal([invited?.['nickName'], invited?.['avatar'], invited?.['userData']], ['Älice', 'https://a.example/p.png', '{"ticket":7}']);
  await world.until(bob.sdk.accept());
  equal(bob.last('onUserEnter')?.['nickName'], 'Älice');
});

proves('3.12 guards: group call', 'KEEP', 'a group call is not switched', async (world) => {
  const { alice, bob } = await talking(world);
  await world.online('carol');
  await world.until(alice.sdk.inviteUser({ userIDList: ['carol'] }));
  forget(alice, bob);
  equal(await world.until(alice.sdk.switchToAudioCall()), undefined);
  equal([alice.sdk.getCallType(), alice.count('onCallTypeChanged')], [2, 0]);
});

proves('3.12 guards: a switch in flight', 'KEEP', 'the second one changes nothing', async (world) => {
  const { alice, bob } = await talking(world);
  await Promise.all([world.until(alice.sdk.switchToAudioCall()), alice.sdk.switchToAudioCall()]);
  equal([alice.count('onCallTypeChanged'), bob.count('onCallTypeChanged')], [1, 1]);
});

proves("3.12 the peer's signaling is silent", 'FIX', 'the call is not torn down, and the switch is heard when it is back', async (world) => {
  const { alice, bob } = await talking(world);
  world.broker.unreachable.add('bob');
  world.broker.cut('bob');
  alice.sdk.switchToAudioCall().catch(() => undefined);
  await world.pass(60_000);
  equal([alice.sdk.getCallStatus(), bob.sdk.getCallStatus()], ['connected', 'connected']);
  equal([alice.count('onNoResp'), alice.count('onCallEnd')], [0, 0]);
  world.broker.unreachable.clear();
  await world.pass(20_000);
  equal([alice.sdk.getCallType(), bob.sdk.getCallType()], [1, 1]);
});

proves('3.12 two switches that cross', 'FIX', 'both sides agree, and the call goes on', async (world) => {
  const { alice, bob } = await talking(world);
  await Promise.all([world.until(alice.sdk.switchToAudioCall()), bob.sdk.switchToAudioCall()]);
  await world.pass(2000);
  equal([alice.sdk.getCallType(), bob.sdk.getCallType()], [1, 1]);
  equal([alice.count('onCallTypeChanged'), bob.count('onCallTypeChanged')], [1, 1]);
});

proves('3.12 connected, to audio', 'KEEP', 'the camera is closed on both sides', async (world) => {
  const { alice, bob } = await talking(world);
  await world.until(alice.sdk.switchToAudioCall());
  for (const one of [alice, bob]) equal(one.sdk.getLocalStream()?.getTracks().map(({ kind }) => kind), ['audio']);
});

proves('3.12 connected, to video', 'FIX', 'the camera has the profile of setVideoQuality()', async (world) => {
  const { alice, bob } = await pair(world);
  await world.until(alice.sdk.setVideoQuality('720p'));
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  await world.until(bob.sdk.accept());
  await world.until(alice.sdk.switchToVideoCall());
  await world.pass(1000);
  const opened = alice.media.executed.flatMap((effect) => (effect.type === 'OpenMedia' ? [effect] : [])).at(-1);
  equal([opened?.camera, opened?.profile.width, opened?.profile.height], [true, 1280, 720]);
});

proves('3.12 the next call', 'KEEP', 'has the type that it is placed with', async (world) => {
  const { alice, bob } = await talking(world);
  await world.until(alice.sdk.switchToAudioCall());
  await world.until(alice.sdk.hangup());
  await world.until(alice.sdk.call({ userID: 'bob', type: 2 }));
  holds(await world.until(bob.sdk.accept()), { callType: 2, video: true });
});
