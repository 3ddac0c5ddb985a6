// Section 10: what the official demos and public applications do, and must work.
import { chapter, equal, holds, saw } from '../support/suite.js';
import { forget, pair, ringing, talking } from '../support/calls.js';
import type { User } from '../support/world.js';

const proves = chapter('patterns', '10 Patterns of applications');

const statuses = (...users: User[]) => users.map(({ sdk }) => sdk.getCallStatus());

proves('10 hangup() in CALLING_END', 'KEEP', 'resolves, ends nothing twice, and the next call works', async (world) => {
  const { alice, bob } = await talking(world);
  const answers: unknown[] = [];
  for (const { sdk } of [alice, bob]) sdk.on('onCallEnd', () => void sdk.hangup().then((answer) => answers.push(answer)));
  await world.until(alice.sdk.hangup());
  await world.pass(1000);
  equal(answers, [{ code: 0, msg: 'ok' }, { code: 0, msg: 'ok' }]);
  equal([alice.count('onCallEnd'), bob.count('onCallEnd')], [1, 1]);
  await world.until(bob.sdk.call({ userID: 'alice', type: 1 }));
  holds(await world.until(alice.sdk.accept()), { code: 0 });
});

proves('10 reject({inviteID, isBusy: true})', 'SUPERSET', 'from INVITED, without callType', async (world) => {
  const { alice, bob } = await pair(world);
  bob.sdk.on('onInvited', ({ inviteID }) => void bob.sdk.reject({ inviteID, isBusy: true }));
  await world.until(alice.sdk.call({ userID: 'bob', type: 2 }));
  await world.pass(1000);
  equal([alice.count('onLineBusy'), alice.count('onReject')], [1, 0]);
  equal(statuses(alice, bob), ['idle', 'idle']);
});

proves('10 accept() in INVITED', 'KEEP', 'works in the same turn', async (world) => {
  const { alice, bob } = await pair(world);
  bob.sdk.on('onInvited', ({ inviteID, inviteData: { roomID, callType } }) => void bob.sdk.accept({ inviteID, roomID, callType }));
  await world.until(alice.sdk.call({ userID: 'bob', type: 2 }));
  await world.pass(1000);
  equal(statuses(alice, bob), ['connected', 'connected']);
});

proves('10 call().then(…)', 'KEEP', 'shows "calling" before any answer, also a busy or offline one', async (world) => {
  const { alice, bob } = await pair(world);
  const order: string[] = [];
  for (const name of ['onReject', 'onLineBusy', 'onUserEnter'] as const) alice.sdk.on(name, () => order.push(name));
  bob.sdk.on('onInvited', () => void bob.sdk.reject());
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }).then(() => order.push('calling')));
  await world.pass(1000);
  equal(order, ['calling', 'onReject']);
});

proves('10 USER_ENTER is "connected"', 'KEEP', 'on both sides, once, with views in the next tick', async (world) => {
  const page = world.openPage('<div id="a-me"></div><div id="a-peer"></div><div id="b-me"></div><div id="b-peer"></div>');
  const { alice, bob } = await ringing(world);
  for (const [user, side] of [[alice, 'a'], [bob, 'b']] as const) {
    user.sdk.on('onUserEnter', ({ userID }) => {
      setImmediate(() => {
        void user.sdk.startLocalView({ userID: user.id, videoViewDomID: `${side}-me` });
        void user.sdk.startRemoteView({ userID, videoViewDomID: `${side}-peer` });
      });
    });
  }
  await world.until(bob.sdk.accept());
  await world.pass(1000);
  equal(['a-me', 'a-peer', 'b-me', 'b-peer'].map((id) => page.shape(id)), Array(4).fill('player(audio video)'));
});

proves('10 handleUserLeave', 'KEEP', 'a list that is kept by USER_ENTER and USER_LEAVE is right at every moment', async (world) => {
  const { alice, bob } = await talking(world);
  const carol = await world.online('carol');
  let list = ['alice', 'bob'];
  alice.sdk.on('onUserEnter', ({ userID }) => (list = [...list, userID]));
  alice.sdk.on('onUserLeave', ({ userID }) => (list = list.filter((one) => one !== userID)));
  await world.until(alice.sdk.inviteUser({ userIDList: ['carol'] }));
  await world.until(carol.sdk.accept());
  await world.pass(1000);
  equal(list, ['alice', 'bob', 'carol']);
  await world.until(bob.sdk.hangup());
  equal(list, ['alice', 'carol']);
  await world.until(carol.sdk.hangup());
  equal(list, ['alice']);
});

proves('10 NO_RESP with userID', 'SUPERSET', 'one is there, beside the list', async (world) => {
  const alice = await world.online('alice');
  const heard: unknown[] = [];
  alice.sdk.on('onNoResp', ({ userID, userIDList, sponsor }) => heard.push([userID, [...userIDList], sponsor]));
  await world.until(alice.sdk.call({ userID: 'bob', type: 1, timeout: 5 }));
  await world.pass(6000);
  equal(heard, [['bob', ['bob'], 'alice']]);
});

proves('10 logout() in KICKED_OUT', 'KEEP', 'resolves, and the newer session is not harmed', async (world) => {
  const alice = await world.online('alice');
  const answers: unknown[] = [];
  alice.sdk.on('onKickedOut', () => void alice.sdk.logout().then((answer) => answers.push(answer)));
  await world.pass(3000);
  const again = await world.online('alice');
  await world.pass(5000);
  equal(answers, [{ code: 0, data: {} }]);
  const bob = await world.online('bob');
  await world.until(bob.sdk.call({ userID: 'alice', type: 1 }));
  equal([again.count('onInvited'), again.count('onKickedOut'), alice.count('onInvited')], [1, 0, 0]);
});

proves('10 off() on destroy', 'KEEP', 'the same handler is not called again', async (world) => {
  const { alice, bob } = await pair(world);
  let heard = 0;
  const handler = () => (heard += 1);
  bob.sdk.on('onInvited', handler);
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  await world.until(alice.sdk.hangup());
  bob.sdk.off('onInvited', handler);
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  equal(heard, 1);
});

proves('10 CALL_TYPE.VIDEO_CALL', 'KEEP', 'is what inviteData.callType is compared with', async (world) => {
  const { alice, bob } = await pair(world);
  const { CALL_TYPE } = alice.sdk;
  await world.until(alice.sdk.call({ userID: 'bob', type: CALL_TYPE.VIDEO_CALL }));
  equal((bob.last('onInvited')?.['inviteData'] as { callType: number }).callType === CALL_TYPE.VIDEO_CALL, true);
});

proves('10 event names as strings', 'KEEP', "'onInvited' is used directly", async (world) => {
  const { alice, bob } = await pair(world);
  let heard = 0;
  bob.sdk.on('onInvited', () => (heard += 1));
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  equal(heard, 1);
});

proves('10 containers with name tags', 'KEEP', 'keep them, in front of one player, through start, stop and end', async (world) => {
  const page = world.openPage('<div id="tile"><i class="tag">bob</i><i class="muted"></i></div>');
  const { alice, bob } = await talking(world);
  const options = { userID: 'bob', videoViewDomID: 'tile' };
  const children = () => [...page.element('tile').children].map(({ localName }) => localName).join(' ');
  for (let round = 0; round < 2; round++) {
    await world.until(alice.sdk.startRemoteView(options));
    await world.until(alice.sdk.startRemoteView(options));
    equal(children(), 'i i div');
    await world.until(alice.sdk.stopRemoteView(options));
    equal(children(), 'i i');
  }
  await world.until(alice.sdk.startRemoteView(options));
  await world.until(bob.sdk.hangup());
  equal(children(), 'i i');
});

proves('10 ten calls in a row', 'KEEP', 'leave no connection, stream or status behind', async (world) => {
  const { alice, bob } = await pair(world);
  for (let round = 0; round < 10; round++) {
    const [caller, callee] = round % 2 === 0 ? [alice, bob] : [bob, alice];
    await world.until(caller.sdk.call({ userID: callee.id, type: 2 }));
    await world.until(callee.sdk.accept());
    await world.until((round % 3 === 0 ? callee : caller).sdk.hangup());
  }
  equal(statuses(alice, bob), ['idle', 'idle']);
  equal([alice, bob].map(({ media }) => [media.connections, media.localStream]), [[0, undefined], [0, undefined]]);
  equal([alice.count('onCallEnd'), bob.count('onCallEnd'), alice.count('onUserEnter')], [10, 10, 10]);
});

proves('10 call() right after a refusal', 'KEEP', 'works without reloading', async (world) => {
  const { alice, bob } = await ringing(world, 1);
  await world.until(bob.sdk.reject());
  forget(alice, bob);
  holds(await world.until(alice.sdk.call({ userID: 'bob', type: 1 })), { code: 0 });
  saw(bob, ['onInvited'], ['onCallReceived']);
});
