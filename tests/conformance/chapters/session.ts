// Sections 3.0, 3.3 and 3.4: what errors look like, login() and logout().
import { chapter, equal, holds, matches, refused, saw } from '../support/suite.js';
import { forget, pair, ringing, talking } from '../support/calls.js';
import type { User, World } from '../support/world.js';

const proves = chapter('session', '3.0, 3.3, 3.4 Errors, login, logout');

const methods = ['call', 'groupCall', 'inviteUser', 'joinInGroupCall', 'startLocalView', 'startRemoteView', 'stopLocalView', 'stopRemoteView', 'switchDevice', 'setSelfInfo', 'setVideoRenderParams', 'switchCallMediaType', 'getDeviceList', 'joinGroup', 'quitGroup', 'switchCamera'] as const;
for (const method of methods) {
  proves(`3.0 ${method}(undefined)`, 'FIX', 'rejects with an error of ours, and throws nothing', async (world) => {
    const { alice } = await pair(world);
    const act = alice.sdk[method] as (given: unknown) => Promise<unknown>;
    const error = await refused(world.until(act.call(alice.sdk, undefined)));
    equal(error.code, 61001);
    matches(error.message, new RegExp(`^TRTCCalling\\.${method} - params error: `));
  });
}

proves('3.0 error texts', 'KEEP', 'name the method, show the arguments, and spell "calling" as ever', async (world) => {
  const { alice } = await pair(world);
  matches((await refused(alice.sdk.call({ userID: '', type: 1 }))).message, /^TRTCCalling\.call - params error: {"userID":"","type":1}/);
  const stranger = world.user('carol');
  matches((await refused(stranger.sdk.call({ userID: 'bob', type: 1 }))).message, /^TRTCCalling\.calling - not login/);
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  const again = await refused(world.until(alice.sdk.call({ userID: 'bob', type: 1 })));
  matches(again.message, /^TRTCCalling\.call - CALL_STATUS: connected$/);
});

proves('3.0 error objects', 'SUPERSET', 'are Errors with a code, a detail and a remedy', async (world) => {
  const error = await refused(world.user('alice').sdk.call({ userID: 'bob', type: 1 }));
  const { getCode, remedy } = error as unknown as { getCode(): number; remedy: string };
  equal([error instanceof Error, error.code, getCode.call(error), remedy.length > 0], [true, 2024, 2024, true]);
});

const logsIn = (user: User, userID: unknown, userSig: unknown) =>
  user.sdk.login({ userID: userID as string, userSig: userSig as string });
for (const [row, code, userID, userSig] of [
  ['an empty userID', 2002, '', 'sig'],
  ['no userID', 2002, undefined, 'sig'],
  ['an empty userSig', 2003, 'alice', ''],
  ['no userSig', 2003, 'alice', undefined],
] as const) {
  proves(`3.3 login with ${row}`, 'KEEP', `rejects with ${code}, and nobody is logged in`, async (world) => {
    const alice = world.user('alice');
    equal((await refused(world.until(logsIn(alice, userID, userSig)))).code, code);
    equal([alice.sdk.getUserID(), alice.count('sdkReady')], ['', 0]);
  });
}

proves('3.3 login resolves', 'SUPERSET', 'in the shape of the IM SDK, when calls are possible, and SDK_READY comes', async (world) => {
  const [alice, bob] = [world.user('alice'), await world.online('bob')];
  const login = alice.sdk.login({ userID: 'alice', userSig: 'sig' });
  equal(await world.until(login), { code: 0, data: { actionStatus: 'OK', errorCode: 0, errorInfo: '' } });
  saw(alice, ['sdkReady', { name: 'ts_im_ready' }]);
  holds(await world.until(alice.sdk.call({ userID: 'bob', type: 1 })), { code: 0 });
  equal(bob.count('onInvited'), 1);
});

proves('3.3 login again', 'FIX', 'resolves with repeatLogin, and a call goes on', async (world) => {
  const { alice, bob } = await talking(world);
  const again = (await world.login(alice)) as { data: { repeatLogin?: true } };
  equal(again.data.repeatLogin, true);
  await world.pass(5000);
  equal([alice.sdk.getCallStatus(), bob.sdk.getCallStatus()], ['connected', 'connected']);
  saw(bob);
});

proves('3.3 another login in flight', 'KEEP', 'is refused with 2025', async (world) => {
  const alice = world.user('alice');
  const first = alice.sdk.login({ userID: 'alice', userSig: 'sig' });
  equal((await refused(world.until(alice.sdk.login({ userID: 'other', userSig: 'sig' })))).code, 2025);
  holds(await world.until(first), { code: 0 });
});

proves('3.3 login fails', 'FIX', 'nobody is logged in, the code says why, and the next one works', async (world) => {
  const alice = world.user('alice');
  world.broker.unreachable.add('alice');
  const error = await refused(world.login(alice));
  equal(error.code, 61005);
  equal((await refused(world.until(alice.sdk.call({ userID: 'bob', type: 1 })))).code, 2024);
  world.broker.unreachable.clear();
  holds(await world.login(alice), { code: 0 });
});

proves('3.3 login is refused', 'FIX', 'the code of a bad UserSig is not lost, and nothing is retried', async (world) => {
  const alice = world.user('alice');
  world.broker.refuses.add('alice');
  equal((await refused(world.login(alice))).code, 61004);
  const tries = world.broker.connections;
  await world.pass(60_000);
  equal(world.broker.connections, tries);
});

proves('3.3 methods right after login()', 'SUPERSET', 'wait for it', async (world) => {
  const [alice, bob] = [world.user('alice'), await world.online('bob')];
  void alice.sdk.login({ userID: 'alice', userSig: 'sig' });
  holds(await world.until(alice.sdk.call({ userID: 'bob', type: 1 })), { code: 0 });
  equal(bob.count('onInvited'), 1);
});

proves('3.4 logout resolves', 'KEEP', 'in the shape of the IM SDK, and no event follows', async (world) => {
  const { alice } = await pair(world);
  equal(await world.until(alice.sdk.logout()), { code: 0, data: {} });
  await world.pass(5000);
  saw(alice);
  equal(alice.sdk.getUserID(), '');
});

proves('3.4 second logout', 'FIX', 'resolves, too', async (world) => {
  const { alice } = await pair(world);
  await world.until(alice.sdk.logout());
  equal(await world.until(alice.sdk.logout()), { code: 0, data: {} });
});

proves('3.4 logout while it rings there', 'FIX', 'the callee stops ringing', async (world) => {
  const { alice, bob } = await ringing(world);
  forget(alice, bob);
  await world.until(alice.sdk.logout());
  saw(bob, ['onCallingCancel', { sponsor: 'alice' }], ['onCallCanceled']);
  saw(alice, ['onCallCanceled', { reason: 'logged_out' }]);
});

proves('3.4 logout while it rings here', 'FIX', 'the caller is told', async (world) => {
  const { alice, bob } = await ringing(world);
  forget(alice, bob);
  await world.until(bob.sdk.logout());
  equal([alice.count('onReject'), alice.sdk.getCallStatus()], [1, 'idle']);
});

proves('3.4 logout in a call', 'KEEP', 'USER_LEAVE here, and the other side ends normally', async (world) => {
  const { alice, bob } = await talking(world);
  await world.pass(4000);
  await world.until(alice.sdk.logout());
  saw(alice, ['onUserLeave', { userID: 'bob' }], ['onCallEnd', { callEnd: 4 }]);
  saw(bob, ['onUserLeave', { userID: 'alice' }], ['onCallEnd', { callEnd: 4 }]);
  equal(alice.media.localStream, undefined);
});

proves('3.4 logout while devices open', 'FIX', 'call() rejects, nobody rings, and what opens late is closed', async (world) => {
  const { alice, bob } = await dialingPair(world);
  const call = refused(alice.sdk.call({ userID: 'bob', type: 2 }));
  await world.pass();
  await world.until(alice.sdk.logout());
  equal((await call).code, 61016);
  alice.media.release();
  await world.pass(1000);
  saw(bob);
});

async function dialingPair(world: World): Promise<{ alice: User; bob: User }> {
  const both = await pair(world);
  both.alice.media.held = true;
  return both;
}

proves('3.4 logout, then login', 'FIX', 'the same object calls and is called again', async (world) => {
  const { alice, bob } = await talking(world);
  await world.until(alice.sdk.logout());
  await world.login(alice);
  forget(alice, bob);
  await world.until(bob.sdk.call({ userID: 'alice', type: 1 }));
  holds(await world.until(alice.sdk.accept()), { code: 0 });
  equal(bob.sdk.getCallStatus(), 'connected');
});
