// Section 12: each decision once, by its number; the chapters before prove their details.
import { chapter, equal, holds, refused, saw } from '../support/suite.js';
import { forget, pair, ringing, talking } from '../support/calls.js';

const proves = chapter('decisions', '12 Decisions');

proves('12 D1', 'D1', 'the caller captures at call(), and the invitation leaves after that', async (world) => {
  const { alice, bob } = await pair(world);
  alice.media.held = true;
  const call = alice.sdk.call({ userID: 'bob', type: 2 });
  await world.pass(5000);
  equal(bob.count('onInvited'), 0);
  alice.media.release();
  await world.until(call);
  equal([bob.count('onInvited'), alice.sdk.getLocalStream()?.getTracks().length], [1, 2]);
});

proves('12 D2', 'D2', 'who hangs up gets its one CALLING_END before hangup() resolves', async (world) => {
  const { alice, bob } = await talking(world);
  world.broker.passes = () => false; // Nobody has to be heard for it.
  let endsAtAnswer = -1;
  await world.until(alice.sdk.hangup().then(() => (endsAtAnswer = alice.count('onCallEnd'))));
  world.broker.passes = () => true;
  await world.pass(60_000);
  equal([endsAtAnswer, alice.count('onCallEnd'), bob.count('onCallEnd')], [1, 1, 1]);
});

proves('12 D3', 'D3', 'no CALLING_END after reject, busy and cancel; ON_CALL_CANCELED says why', async (world) => {
  const { alice, bob } = await ringing(world);
  await world.until(bob.sdk.reject());
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  await world.until(bob.sdk.reject({ isBusy: true }));
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  await world.until(alice.sdk.hangup());
  for (const one of [alice, bob]) {
    equal(one.count('onCallEnd'), 0);
    equal(one.all.filter(([name]) => name === 'onCallCanceled').map(([, { reason }]) => reason), ['reject', 'busyline', 'normal']);
  }
});

proves('12 D4', 'D4', 'who leaves a group call that goes on gets its own CALLING_END', async (world) => {
  const { alice, bob } = await talking(world);
  const carol = await world.online('carol');
  await world.until(alice.sdk.inviteUser({ userIDList: ['carol'] }));
  await world.until(carol.sdk.accept());
  await world.pass(1000);
  await world.until(carol.sdk.hangup());
  equal([alice, bob, carol].map((one) => [one.count('onCallEnd'), one.sdk.getCallStatus()]), [[0, 'connected'], [0, 'connected'], [1, 'idle']]);
});

proves('12 D5', 'D5', 'NO_RESP at the deadline whoever was there, CALLING_TIMEOUT where the callee was online, one end', async (world) => {
  const { alice, bob } = await ringing(world, 1, 5);
  forget(alice, bob);
  await world.pass(6000);
  saw(alice, ['onNoResp'], ['onCallingTimeout'], ['onCallCanceled'], ['onCallEnd']);
  await world.until(alice.sdk.call({ userID: 'nobody', type: 1, timeout: 5 }));
  await world.pass(6000);
  saw(alice, ['onNoResp'], ['onCallCanceled'], ['onCallEnd']);
});

proves('12 D6', 'D6', 'LINE_BUSY comes at the inviter only', async (world) => {
  const { alice, bob } = await talking(world);
  const carol = await world.online('carol');
  await world.until(carol.sdk.call({ userID: 'alice', type: 1 }));
  equal([carol.count('onLineBusy'), alice.count('onLineBusy'), bob.count('onLineBusy')], [1, 0, 0]);
});

proves('12 D7', 'D7', '30 s without timeout', async (world) => {
  const { alice } = await ringing(world, 1);
  await world.pass(29_500);
  equal(alice.count('onNoResp'), 0);
  await world.pass(1000);
  equal(alice.count('onNoResp'), 1);
});

proves('12 D8', 'D8', 'INVITED comes before any prompt; accept() asks', async (world) => {
  const { alice, bob } = await pair(world);
  bob.media.held = true;
  await world.until(alice.sdk.call({ userID: 'bob', type: 2 }));
  equal(bob.count('onInvited'), 1);
  const accept = bob.sdk.accept();
  await world.pass(2000);
  equal(bob.sdk.getCallStatus(), 'calling');
  bob.media.release();
  holds(await world.until(accept), { code: 0 });
});

proves('12 D9', 'D9', 'USER_ACCEPT names the accepting user', async (world) => {
  const { alice, bob } = await ringing(world);
  await world.until(bob.sdk.accept());
  equal(alice.last('onUserAccept')?.['userID'], 'bob');
});

proves('12 D10', 'D10', 'a video call sounds without any view', async (world) => {
  const page = world.openPage('<div id="remote"></div>');
  await talking(world);
  equal(page.audible().length, 2);
});

proves('12 D13', 'D13', 'every method and event of it is there', async (world) => {
  const { sdk } = world.user('alice');
  const methods =
    'inviteUser joinInGroupCall openMicrophone closeMicrophone switchCallMediaType getDeviceList setVideoRenderParams switchCamera setSelfInfo';
  for (const name of methods.split(' ')) equal([name, typeof (sdk as unknown as Record<string, unknown>)[name]], [name, 'function']);
  const events = 'ON_CALL_BEGIN ON_CALL_RECEIVED ON_CALL_CANCELED CALL_TYPE_CHANGED DEVICED_UPDATED ON_USER_NETWORK_QUALITY_CHANGED';
  for (const key of events.split(' ')) equal([key, typeof (sdk.EVENT as Record<string, string>)[key]], [key, 'string']);
});

proves('12 D14', 'D14', 'a foreign inviteID is refused, and the ring goes on', async (world) => {
  const { alice, bob } = await ringing(world);
  for (const method of ['accept', 'reject'] as const) {
    equal((await refused(world.until(bob.sdk[method]({ inviteID: 'foreign' })))).code, 8010);
  }
  equal([alice.sdk.getCallStatus(), bob.sdk.getCallStatus()], ['connected', 'calling']);
});

for (const [first, second] of [[1, 1], [2, 2], [1, 2]] as const) {
  proves(`12 D15, types ${first} and ${second}`, 'D15', 'calls that cross become one; both resolve, nobody is busy', async (world) => {
    const { alice, bob } = await pair(world);
    const [one, two] = await Promise.all([
      world.until(alice.sdk.call({ userID: 'bob', type: first })),
      bob.sdk.call({ userID: 'alice', type: second }),
    ]);
    await world.pass(2000);
    equal([one.code, two.code], [0, 0]);
    equal([alice.sdk.roomID === bob.sdk.roomID, alice.sdk.getCallType() === bob.sdk.getCallType()], [true, true]);
    for (const user of [alice, bob]) {
      equal([user.sdk.getCallStatus(), user.count('onUserEnter'), user.count('onLineBusy'), user.count('onCallEnd')], ['connected', 1, 0, 0]);
    }
    await world.until(alice.sdk.hangup());
    equal([alice.count('onCallEnd'), bob.count('onCallEnd')], [1, 1]);
  });
}

proves('12 D17', 'D17', 'tim is kept as it was passed, and undefined otherwise', async (world) => {
  const tim = () => undefined;
  equal([world.user('alice', { tim }).sdk.tim === tim, world.user('bob').sdk.tim], [true, undefined]);
});

proves('12 D18', 'D18', 'an invitation rings at a login before its deadline, and at a reconnection, and never after it', async (world) => {
  const { alice, bob } = await pair(world);
  world.broker.unreachable.add('bob');
  world.broker.cut('bob');
  await world.pass(3000);
  await world.until(alice.sdk.call({ userID: 'bob', type: 1, timeout: 20 }));
  await world.pass(5000);
  world.broker.unreachable.clear();
  await world.pass(10_000);
  equal([bob.count('onInvited'), bob.sdk.getCallStatus()], [1, 'calling']);
  await world.pass(10_000);
  const late = await world.online('bob');
  await world.pass(5000);
  equal(late.count('onInvited'), 0);
});
