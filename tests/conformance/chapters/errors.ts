// Section 6: the codes of ERROR and of rejections.
import { readFileSync } from 'node:fs';
import { chapter, equal, holds, refused, saw, type Verdict } from '../support/suite.js';
import { forget, pair, ringing, talking } from '../support/calls.js';
import type { User, World } from '../support/world.js';

const proves = chapter('errors', '6 Error codes');

/** What an ERROR has to look like, whatever it is about. */
function told(user: User, code: number): void {
  const error = user.all.filter(([name]) => name === 'onError').at(-1)?.[1];
  holds(error, { code });
  equal(['msg', 'name', 'remedy'].map((key) => typeof error?.[key]), ['string', 'string', 'string']);
  equal([/^\{/.test(String(error?.['msg'])), String(error?.['msg']).length > 10], [false, true]);
}

const causes: [code: number, verdict: Verdict, cause: string, act: (world: World) => Promise<User>][] = [
  [60002, 'KEEP', 'the camera of a switch to video fails', async (world) => {
    const { alice } = await talking(world, 1);
    alice.media.devices.camera = false;
    await world.until(alice.sdk.switchToVideoCall());
    return alice;
  }],
  [60003, 'KEEP', 'no microphone at call()', async (world) => {
    const { alice } = await pair(world);
    alice.media.devices.microphone = false;
    await refused(world.until(alice.sdk.call({ userID: 'bob', type: 1 })));
    return alice;
  }],
  [60003, 'KEEP', 'no microphone at groupCall()', async (world) => {
    const { alice } = await pair(world);
    alice.media.devices.microphone = false;
    await refused(world.until(alice.sdk.groupCall({ userIDList: ['bob', 'carol'], type: 1 })));
    return alice;
  }],
  [60003, 'KEEP', 'no microphone at accept()', async (world) => {
    const { bob } = await ringing(world, 1);
    bob.media.devices.microphone = false;
    await refused(world.until(bob.sdk.accept()));
    return bob;
  }],
  [60004, 'KEEP', 'openCamera() without a camera', async (world) => {
    const { alice } = await talking(world);
    await world.until(alice.sdk.closeCamera());
    alice.media.devices.camera = false;
    await world.until(alice.sdk.openCamera());
    return alice;
  }],
  [60005, 'SUPERSET', 'permission denied at call()', async (world) => {
    const { alice } = await pair(world);
    alice.media.refuses = 'permission_denied';
    await refused(world.until(alice.sdk.call({ userID: 'bob', type: 1 })));
    return alice;
  }],
  [60005, 'SUPERSET', 'permission denied at openCamera()', async (world) => {
    const { alice } = await talking(world);
    await world.until(alice.sdk.closeCamera());
    alice.media.refuses = 'permission_denied';
    await refused(world.until(alice.sdk.openCamera()));
    return alice;
  }],
  [61013, 'SUPERSET', 'no media path', async (world) => {
    const { alice, bob } = await talking(world);
    for (const { media } of [alice, bob]) media.break();
    await world.pass(120_000);
    return alice.count('onError') > 0 ? alice : bob;
  }],
];
for (const [code, verdict, cause, act] of causes) {
  proves(`6.1 ${code}`, verdict, `${cause}, in words`, async (world) => told(await act(world), code));
}

for (const [code, lack, cause] of [[60006, 'UNSUPPORTED', 'a browser without WebRTC'], [61007, 'INSECURE_PAGE', 'a page that may not use devices']] as const) {
  proves(`6.1 ${code} after login()`, 'SUPERSET', `${cause} is told in words, once`, async (world) => {
    const alice = world.user('alice');
    const login = world.login(alice);
    alice.media.lack = lack;
    holds(await login, { code: 0 });
    saw(alice, ['sdkReady'], ['onError', { code }]);
    told(alice, code);
  });
}

proves('6.1 60005 on an incoming call', 'D8', 'does not come before accept()', async (world) => {
  const { alice, bob } = await pair(world);
  bob.media.refuses = 'permission_denied';
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  equal([bob.count('onInvited'), bob.count('onError')], [1, 0]);
});

proves('6.2 parameter and state errors', 'SUPERSET', 'have codes', async (world) => {
  const { alice } = await talking(world);
  equal((await refused(world.until(alice.sdk.call({ userID: '', type: 1 })))).code, 61001);
  equal((await refused(world.until(alice.sdk.call({ userID: 'carol', type: 1 })))).code, 61002);
  equal((await refused(world.user('carol').sdk.call({ userID: 'bob', type: 1 }))).code, 2024);
});

for (const method of ['accept', 'reject'] as const) {
  proves(`6.2 8010 at ${method}()`, 'KEEP', 'another invitation is named', async (world) => {
    const { bob } = await ringing(world);
    equal((await refused(world.until(bob.sdk[method]({ inviteID: 'unknown' })))).code, 8010);
    equal(bob.sdk.getCallStatus(), 'calling');
  });
}

proves('6.2 8010 at accept() of a processed invitation', 'KEEP', 'it is over', async (world) => {
  const { alice, bob } = await ringing(world);
  const inviteID = String(bob.last('onInvited')?.['inviteID']);
  await world.until(alice.sdk.hangup());
  equal((await refused(world.until(bob.sdk.accept({ inviteID })))).code, 8010);
});

proves('6.2 reject() of a processed invitation', 'FIX', 'has nothing to do, and is no error', async (world) => {
  const { alice, bob } = await ringing(world);
  const inviteID = String(bob.last('onInvited')?.['inviteID']);
  await world.until(alice.sdk.hangup());
  equal(await world.until(bob.sdk.reject({ inviteID })), undefined);
});

proves('6.2 8010 after a failed send', 'FIX', 'later answers work all the same', async (world) => {
  const { alice, bob } = await ringing(world, 1);
  const inviteID = String(bob.last('onInvited')?.['inviteID']);
  equal((await refused(world.until(bob.sdk.accept({ inviteID: 'other' })))).code, 8010);
  world.broker.passes = (topic) => !topic.includes('/in/');
  const accept = bob.sdk.accept({ inviteID });
  accept.catch(() => undefined);
  await world.pass(3000);
  world.broker.passes = () => true;
  holds(await world.until(accept), { code: 0, inviteID });
  forget(alice, bob);
  await world.until(alice.sdk.hangup());
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  holds(await world.until(bob.sdk.accept()), { code: 0 });
});

proves('6 catalogue', 'SUPERSET', 'every code is in the API reference, with what to do', async () => {
  const reference = readFileSync(new URL('../../../web/sdk/API.md', import.meta.url), 'utf8');
  for (const code of [2000, 2002, 2003, 2024, 2025, 8010, 60001, 60002, 60003, 60004, 60005, 60006, 65535]) {
    equal(reference.includes(`<a id="error-${code}"></a>${code} |`), true, String(code));
  }
});
