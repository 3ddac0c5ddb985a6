// Sections 3.7 to 3.9: accept(), reject(), hangup().
import { chapter, equal, holds, refused, saw } from '../support/suite.js';
import { forget, pair, ringing, talking } from '../support/calls.js';

const proves = chapter('answering', '3.7 – 3.9 accept(), reject(), hangup()');

proves('3.7 accept resolves', 'SUPERSET', 'with what every generation has promised', async (world) => {
  const { alice, bob } = await ringing(world);
  const { inviteID, inviteData } = bob.last('onInvited') as { inviteID: string; inviteData: { roomID: number } };
  const accepted = await world.until(bob.sdk.accept());
  const promised = { code: 0, audio: true, video: true, userId: 'bob', callType: 2 };
  holds(accepted, { ...promised, inviteID, roomID: inviteData.roomID });
  holds(accepted?.data.message, { from: 'bob', to: 'alice', flow: 'out' });
  equal(alice.sdk.getCallStatus(), 'connected');
});

proves('3.7 accept of the older generation', 'SUPERSET', 'takes the arguments of INVITED', async (world) => {
  const { bob } = await ringing(world);
  const { inviteID, inviteData } = bob.last('onInvited') as { inviteID: string; inviteData: { roomID: number; callType: number } };
  holds(await world.until(bob.sdk.accept({ inviteID, roomID: inviteData.roomID, callType: inviteData.callType })), { code: 0, inviteID });
});

proves('3.7 devices denied', 'FIX', 'rejects with 60005 and ERROR, the caller is told, and both can go on', async (world) => {
  const { alice, bob } = await ringing(world);
  forget(alice, bob);
  bob.media.refuses = 'permission_denied';
  equal((await refused(world.until(bob.sdk.accept()))).code, 60005);
  saw(bob, ['onError', { code: 60005 }], ['onCallCanceled', { reason: 'failed' }]);
  saw(alice, ['onReject', { userID: 'bob' }], ['onCallCanceled']);
  equal([alice.sdk.getCallStatus(), bob.sdk.getCallStatus()], ['idle', 'idle']);
  bob.media.refuses = undefined;
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  holds(await world.until(bob.sdk.accept()), { code: 0 });
});

proves('3.7 no microphone', 'FIX', 'rejects with 60003, and the caller is told', async (world) => {
  const { alice, bob } = await ringing(world);
  bob.media.devices.microphone = false;
  equal((await refused(world.until(bob.sdk.accept()))).code, 60003);
  equal([alice.count('onReject'), alice.sdk.getCallStatus(), bob.sdk.getCallStatus()], [1, 'idle', 'idle']);
});

proves('3.7 cancelled meanwhile', 'FIX', 'rejects cleanly, and the camera is closed again', async (world) => {
  const { alice, bob } = await ringing(world);
  bob.media.held = true;
  const accept = refused(bob.sdk.accept());
  await world.pass();
  await world.until(alice.sdk.hangup());
  equal((await accept).code, 61011);
  bob.media.release();
  await world.pass(1000);
  equal([bob.sdk.getCallStatus(), bob.count('onCallingCancel'), bob.media.connections], ['idle', 1, 0]);
});

proves('3.7 timed out meanwhile', 'FIX', 'rejects cleanly', async (world) => {
  const { alice, bob } = await ringing(world, 1, 5);
  bob.media.held = true;
  const accept = refused(bob.sdk.accept());
  await world.pass(20_000);
  equal((await accept).code, 61011);
  equal([alice.sdk.getCallStatus(), bob.sdk.getCallStatus()], ['idle', 'idle']);
});

proves('3.7 accept twice', 'FIX', 'both calls get the first outcome, and one call is entered', async (world) => {
  const { alice, bob } = await ringing(world);
  const [first, second] = await Promise.all([world.until(bob.sdk.accept()), bob.sdk.accept()]);
  equal([first?.inviteID, first?.code], [second?.inviteID, second?.code]);
  equal([alice.count('onUserEnter'), bob.count('onUserEnter'), bob.count('onCallBegin')], [1, 1, 1]);
});

proves('3.7 the network fails at accept()', 'FIX', 'it is settled with an error of ours, and nobody is left in the call', async (world) => {
  const { alice, bob } = await ringing(world, 1);
  world.broker.unreachable.add('bob');
  const accept = refused(bob.sdk.accept());
  await world.pass(90_000);
  await accept;
  equal([alice.sdk.getCallStatus(), bob.sdk.getCallStatus()], ['idle', 'idle']);
  equal([alice.count('onUserEnter'), alice.count('onCallEnd')], [0, 1]);
});

proves('3.8 reject resolves', 'KEEP', 'with the invitation and a message; no event of the original follows', async (world) => {
  const { bob } = await ringing(world);
  const inviteID = bob.last('onInvited')?.['inviteID'];
  forget(bob);
  const answer = await world.until(bob.sdk.reject());
  holds(answer, { code: 0, inviteID });
  holds(answer?.data.message, { from: 'bob', to: 'alice', type: 'TIMCustomElem' });
  saw(bob, ['onCallCanceled', { reason: 'reject' }]);
});

proves('3.8 reject without callType', 'SUPERSET', 'isBusy: true is heard as LINE_BUSY', async (world) => {
  const { alice, bob } = await ringing(world);
  forget(alice);
  const inviteID = String(bob.last('onInvited')?.['inviteID']);
  holds(await world.until(bob.sdk.reject({ inviteID, isBusy: true })), { code: 0 });
  saw(alice, ['onLineBusy', { sponsor: 'alice', userID: 'bob' }], ['onCallCanceled', { reason: 'busyline' }]);
});

proves('3.8 reject of another invitation in a call', 'SUPERSET', 'leaves the current call alone', async (world) => {
  const { alice, bob } = await talking(world);
  equal((await refused(world.until(bob.sdk.reject({ inviteID: 'other', isBusy: true })))).code, 8010);
  saw(alice);
  equal(bob.sdk.getCallStatus(), 'connected');
});

proves('3.8 the network fails at reject()', 'FIX', 'it resolves, and this side is idle', async (world) => {
  const { alice, bob } = await ringing(world, 1);
  world.broker.unreachable.add('bob');
  world.broker.cut('bob');
  await world.pass(100);
  holds(await world.until(bob.sdk.reject()), { code: 0 });
  equal(bob.sdk.getCallStatus(), 'idle');
  world.broker.unreachable.clear();
  await world.pass(10_000);
  equal([alice.count('onReject'), alice.sdk.getCallStatus()], [1, 'idle']);
});

proves('3.8 reject twice', 'FIX', 'the second one has nothing to do', async (world) => {
  const { alice, bob } = await ringing(world);
  await world.until(bob.sdk.reject());
  equal(await world.until(bob.sdk.reject()), undefined);
  equal(alice.count('onReject'), 1);
});

proves('3.9 hangup / ringing-out', 'KEEP', 'resolves with an array that also has the members of its invitation', async (world) => {
  const { alice, bob } = await ringing(world);
  const inviteID = bob.last('onInvited')?.['inviteID'];
  const taken = (await world.until(alice.sdk.hangup())) as unknown as { inviteID: string; code: number; data: { message: object } }[];
  equal(taken.map((one) => [one.inviteID, one.code]), [[inviteID, 0]]);
  holds(taken, { inviteID, code: 0 });
  holds((taken as unknown as { data: { message: object } }).data.message, { from: 'alice', to: 'bob' });
});

proves('3.9 hangup / ringing-in', 'FIX', 'acts as reject()', async (world) => {
  const { alice, bob } = await ringing(world);
  forget(alice);
  equal(await world.until(bob.sdk.hangup()), { code: 0, msg: 'ok' });
  saw(alice, ['onReject', { userID: 'bob' }], ['onCallCanceled']);
});

proves('3.9 hangup / dialling', 'FIX', 'call() rejects, and no invitation leaves afterwards', async (world) => {
  const { alice, bob } = await pair(world);
  alice.media.held = true;
  const call = refused(alice.sdk.call({ userID: 'bob', type: 2 }));
  await world.pass();
  equal(await world.until(alice.sdk.hangup()), { code: 0, msg: 'ok' });
  equal((await call).code, 61010);
  alice.media.release();
  await world.pass(5000);
  saw(bob);
  equal([alice.sdk.getCallStatus(), alice.media.localStream], ['idle', undefined]);
});

proves('3.9 hangup in the moment of the invitation', 'FIX', 'nobody is left ringing', async (world) => {
  const { alice, bob } = await pair(world);
  const call = alice.sdk.call({ userID: 'bob', type: 1 }).then(() => undefined, () => undefined);
  await world.until(alice.sdk.hangup());
  await call;
  await world.pass(5000);
  equal([alice.sdk.getCallStatus(), bob.sdk.getCallStatus()], ['idle', 'idle']);
  equal(bob.count('onInvited'), bob.count('onCallingCancel'));
});

proves('3.9 hangup while accept() opens devices', 'FIX', 'accept() rejects, and the caller is told', async (world) => {
  const { alice, bob } = await ringing(world);
  bob.media.held = true;
  const accept = refused(bob.sdk.accept());
  await world.pass();
  await world.until(bob.sdk.hangup());
  equal((await accept).code, 61010);
  equal([alice.count('onReject'), alice.sdk.getCallStatus()], [1, 'idle']);
});

proves('3.9 two hangups at once', 'FIX', 'both resolve, and the peer ends once', async (world) => {
  const { alice, bob } = await talking(world);
  const [first, second] = await Promise.all([world.until(alice.sdk.hangup()), alice.sdk.hangup()]);
  equal([first, second], [{ code: 0, msg: 'ok' }, { code: 0, msg: 'ok' }]);
  equal([alice.count('onCallEnd'), bob.count('onCallEnd')], [1, 1]);
});

proves('3.9 hangup in a call with others still invited', 'KEEP', 'resolves with the array of those', async (world) => {
  const { alice, bob } = await talking(world);
  const carol = await world.online('carol');
  await world.until(alice.sdk.inviteUser({ userIDList: ['carol'] }));
  forget(bob, carol);
  const taken = (await world.until(alice.sdk.hangup())) as unknown as unknown[];
  equal([Array.isArray(taken), taken.length], [true, 1]);
  saw(carol, ['onCallingCancel'], ['onCallCanceled']);
  equal(bob.count('onCallEnd'), 1);
});

proves('3.9 hangup after KICKED_OUT', 'FIX', 'has nothing to do', async (world) => {
  const { alice } = await talking(world);
  await world.pass(3000);
  await world.online('alice');
  await world.pass(5000);
  equal(alice.count('onKickedOut'), 1);
  equal(await world.until(alice.sdk.hangup()), { code: 0, msg: 'ok' });
});

proves('3.9 hangup, then call at once', 'FIX', 'the next call is a new one', async (world) => {
  const { alice, bob } = await talking(world);
  const hungUp = alice.sdk.hangup();
  const next = alice.sdk.call({ userID: 'bob', type: 1 });
  await world.until(hungUp);
  holds(await world.until(next), { code: 0 });
  await world.pass(1000);
  equal([bob.count('onInvited'), bob.sdk.getCallStatus()], [2, 'calling']);
  holds(await world.until(bob.sdk.accept()), { code: 0, callType: 1 });
});

