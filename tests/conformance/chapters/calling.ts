// Sections 3.5 and 3.6: call() and groupCall(), what they resolve with, and every way in which they fail.
import { chapter, equal, holds, refused, saw } from '../support/suite.js';
import { dialing, forget, pair, ringing, talking } from '../support/calls.js';
import type { MediaError } from '../../../web/sdk/src/core/protocol.js';

const proves = chapter('calling', '3.5, 3.6 call() and groupCall()');

for (const wrong of [{}, { userID: 'bob' }, { type: 1 }, { userID: '', type: 2 }, { userID: 'bob', type: 0 }, { userID: 'bob', type: 3 }]) {
  const verdict = 'type' in wrong && wrong.type === 3 ? 'FIX' : 'KEEP';
  proves(`3.5 call(${JSON.stringify(wrong)})`, verdict, 'is a params error, and opens nothing', async (world) => {
    const { alice, bob } = await pair(world);
    const error = await refused(world.until(alice.sdk.call(wrong as never)));
    equal([error.code, alice.sdk.getCallStatus(), alice.media.executed.length], [61001, 'idle', 0]);
    saw(bob);
  });
}

proves('3.5 status', 'KEEP', 'is calling while devices open, and connected while it rings', async (world) => {
  const { alice } = await dialing(world);
  equal(alice.sdk.getCallStatus(), 'calling');
  alice.media.release();
  await world.pass();
  equal(alice.sdk.getCallStatus(), 'connected');
});

proves('3.5 call resolves', 'KEEP', 'with one flat object', async (world) => {
  const { alice, bob } = await pair(world);
  const placed = await world.until(alice.sdk.call({ userID: 'bob', type: 2 }));
  const { inviteID, roomID, data, ...rest } = placed;
  holds(rest, { audio: true, video: true, userId: 'alice', code: 0, userID: 'bob' });
  equal([typeof roomID, inviteID === bob.last('onInvited')?.['inviteID']], ['number', true]);
  equal(Object.keys(data), ['message']);
});

proves('3.5 call resolves when the invitation is out', 'KEEP', 'and before anything that the callee answers', async (world) => {
  const { alice, bob } = await pair(world);
  const order: string[] = [];
  alice.sdk.on('onUserAccept', () => order.push('accepted'));
  bob.sdk.on('onInvited', () => void bob.sdk.accept());
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }).then(() => order.push('resolved')));
  await world.pass(1000);
  equal(order, ['resolved', 'accepted']);
});

/** Failure of the microphone, code, and whether ERROR tells of it, too. */
const deviceFailures: [row: string, error: MediaError | 'missing', code: number][] = [
  ['no microphone', 'missing', 60003],
  ['permission denied', 'permission_denied', 60005],
  ['microphone in use', 'in_use', 61008],
  ['insecure page', 'insecure', 61007],
  ['any other failure', 'unknown', 61009],
];
for (const [row, error, code] of deviceFailures) {
  proves(`3.5 ${row}`, 'FIX', `rejects with ${code} and ERROR, nobody rings, and the next call works`, async (world) => {
    const { alice, bob } = await pair(world);
    if (error === 'missing') alice.media.devices.microphone = false;
    else alice.media.refuses = error;
    equal((await refused(world.until(alice.sdk.call({ userID: 'bob', type: 2 })))).code, code);
    saw(alice, ['onError', { code }]);
    saw(bob);
    equal([alice.sdk.getCallStatus(), alice.media.localStream], ['idle', undefined]);
    alice.media.refuses = undefined;
    alice.media.devices.microphone = true;
    holds(await world.until(alice.sdk.call({ userID: 'bob', type: 2 })), { code: 0 });
  });
}

proves('3.5 camera in use', 'FIX', 'the call goes on with sound, and ERROR 60004 says so', async (world) => {
  const { alice, bob } = await pair(world);
  alice.media.devices.cameraInUse = true;
  holds(await world.until(alice.sdk.call({ userID: 'bob', type: 2 })), { audio: true, video: false, callType: 2 });
  saw(alice, ['onError', { code: 60004 }]);
  await world.until(bob.sdk.accept());
  equal(bob.last('onUserVideoAvailable')?.['isVideoAvailable'], false);
});

proves('3.5 no camera', 'KEEP', 'the call goes on with sound, and nothing is an error', async (world) => {
  const { alice, bob } = await pair(world);
  alice.media.devices.camera = false;
  holds(await world.until(alice.sdk.call({ userID: 'bob', type: 2 })), { audio: true, video: false, callType: 2 });
  saw(alice);
  equal(bob.count('onInvited'), 1);
});

proves('3.5 the server is away', 'FIX', 'the call ends at its deadline, and the next one works', async (world) => {
  const { alice, bob } = await pair(world);
  world.broker.unreachable.add('alice');
  world.broker.cut('alice');
  await world.pass(100);
  forget(alice);
  const call = alice.sdk.call({ userID: 'bob', type: 1, timeout: 10 });
  call.catch(() => undefined);
  await world.pass(15_000);
  equal([alice.sdk.getCallStatus(), alice.count('onNoResp'), alice.count('onCallEnd')], ['idle', 1, 1]);
  world.broker.unreachable.clear();
  await world.pass(20_000);
  equal([alice.sdk.getCallStatus(), bob.count('onInvited')], ['idle', 0]);
  holds(await world.until(alice.sdk.call({ userID: 'bob', type: 1 })), { code: 0 });
  equal(bob.count('onInvited'), 1);
});

proves('3.5 the server is away for a moment', 'FIX', 'the invitation arrives when it is back', async (world) => {
  const { alice, bob } = await pair(world);
  world.broker.unreachable.add('alice');
  world.broker.cut('alice');
  await world.pass(100);
  alice.sdk.call({ userID: 'bob', type: 1 }).catch(() => undefined);
  await world.pass(3000);
  world.broker.unreachable.clear();
  await world.pass(10_000);
  equal([bob.count('onInvited'), bob.sdk.getCallStatus()], [1, 'calling']);
});

proves('3.5 callee = self', 'FIX', 'rejects with 61003', async (world) => {
  const { alice } = await pair(world);
  equal((await refused(world.until(alice.sdk.call({ userID: 'alice', type: 1 })))).code, 61003);
  saw(alice);
});

proves('3.5 offlinePushInfo', 'KEEP', 'may be passed', async (world) => {
  const { alice } = await pair(world);
  const given = { userID: 'bob', type: 1, offlinePushInfo: { title: 'x', extension: '{}' } } as never;
  holds(await world.until(alice.sdk.call(given)), { code: 0 });
});

proves('3.6 groupCall without a list', 'FIX', 'is refused, and the next one is not', async (world) => {
  const { alice } = await pair(world);
  for (const wrong of [{ type: 1 }, { type: 1, userIDList: 'bob' }, { userIDList: ['bob', 'carol'] }]) {
    equal((await refused(world.until(alice.sdk.groupCall(wrong as never)))).code, 61001);
  }
  holds(await world.until(alice.sdk.groupCall({ userIDList: ['bob', 'carol'], type: 1 })), { code: 0 });
});

proves('3.6 groupCall in flight', 'KEEP', 'a second one is refused, and the first one is not disturbed', async (world) => {
  const { alice, bob } = await pair(world);
  alice.media.held = true;
  const first = alice.sdk.groupCall({ userIDList: ['bob', 'carol'], type: 1 });
  await world.pass();
  equal((await refused(world.until(alice.sdk.groupCall({ userIDList: ['dave', 'erin'], type: 1 })))).code, 61002);
  alice.media.release();
  holds(await world.until(first), { code: 0, userIDList: ['bob', 'carol'] });
  equal(bob.count('onInvited'), 1);
});

proves('3.6 groupCall fails', 'FIX', 'rejects, resets, and the next one works', async (world) => {
  const { alice, bob } = await pair(world);
  alice.media.refuses = 'permission_denied';
  equal((await refused(world.until(alice.sdk.groupCall({ userIDList: ['bob'], type: 1 })))).code, 60005);
  alice.media.refuses = undefined;
  holds(await world.until(alice.sdk.groupCall({ userIDList: ['bob'], type: 1 })), { code: 0 });
  equal(bob.count('onInvited'), 1);
});

proves('3.6 groupCall with groupID resolves', 'KEEP', 'with the one message to the group, and the list stays as it is', async (world) => {
  const { alice, bob } = await pair(world);
  for (const user of [alice, bob]) await world.until(user.sdk.joinGroup('team'));
  const list = ['bob', 'carol'];
  const placed = await world.until(alice.sdk.groupCall({ userIDList: list, type: 2, groupID: 'team' }));
  holds(placed, { code: 0, groupID: 'team', audio: true, video: true, userId: 'alice', inviteID: bob.last('onInvited')?.['inviteID'] });
  holds(placed.data.message, { conversationType: 'GROUP', conversationID: 'GROUPteam', to: 'team', from: 'alice' });
  await world.until(bob.sdk.reject());
  equal(list, ['bob', 'carol']);
});

proves('3.6 groupCall without joinGroup()', 'SUPERSET', 'rings all the same, as applications of the original expect', async (world) => {
  const { alice, bob } = await pair(world);
  world.broker.forbids.add('team');
  equal((await refused(world.until(bob.sdk.joinGroup('team')))).code, 61021);
  await world.until(alice.sdk.groupCall({ userIDList: ['bob', 'carol'], type: 1, groupID: 'team' }));
  await world.pass(1000);
  equal(bob.last('onInvited')?.['groupID'], 'team');
  holds(await world.until(bob.sdk.accept()), { code: 0 });
});

proves('3.6 inviteUser', 'SUPERSET', 'adds people, as groupCall() in a call', async (world) => {
  const { alice, bob } = await talking(world);
  const carol = await world.online('carol');
  const added = await world.until(alice.sdk.inviteUser({ userIDList: ['carol'] }));
  holds(added, { code: 0, userIDList: ['carol'], roomID: bob.sdk.roomID, groupID: '' });
  await world.until(carol.sdk.accept());
  await world.pass(1000);
  equal([alice.sdk.isGroupCall(), bob.sdk.isGroupCall(), bob.last('onUserEnter')?.['userID']], [true, true, 'carol']);
});

proves('3.6 adding people while it rings', 'KEEP', 'both ring in the same room', async (world) => {
  const { alice, bob } = await ringing(world, 1);
  const carol = await world.online('carol');
  await world.until(alice.sdk.groupCall({ userIDList: ['carol'], type: 1 }));
  equal(carol.last('onInvited')?.['inviteID'], bob.last('onInvited')?.['inviteID']);
  await world.until(bob.sdk.accept());
  await world.until(carol.sdk.accept());
  await world.pass(1000);
  equal([alice, bob, carol].map((one) => one.count('onUserEnter')), [2, 2, 2]);
});
