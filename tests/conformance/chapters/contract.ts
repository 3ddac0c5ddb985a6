// What real applications rely on, row by row of the contract that was read from them.
import TRTCCalling from '../../../web/sdk/src/trtc-calling.js';
import { chapter, equal, holds, refused } from '../support/suite.js';
import { forget, pair, ringing, talking } from '../support/calls.js';
import type { User, World } from '../support/world.js';

const proves = chapter('contract', 'The application contract');

proves('contract: at module load', 'KEEP', 'the object and its listeners are made before login and before the core is ready', async (world) => {
  const alice = world.user('alice');
  const heard: string[] = [];
  alice.sdk.on(TRTCCalling.EVENT.SDK_READY, () => heard.push('ready'));
  equal(heard, []);
  await world.login(alice);
  equal(heard, ['ready']);
});

proves('contract: listeners after login()', 'KEEP', 'that are attached in the same turn hear everything', async (world) => {
  const alice = world.user('alice');
  const login = alice.sdk.login({ userID: 'alice', userSig: 'sig' });
  let ready = 0;
  alice.sdk.on('sdkReady', () => (ready += 1));
  await world.until(login);
  equal(ready, 1);
});

proves('contract: listeners after call()', 'KEEP', 'likewise', async (world) => {
  const { alice, bob } = await pair(world);
  bob.sdk.on('onInvited', () => void bob.sdk.reject());
  const call = alice.sdk.call({ userID: 'bob', type: 1 });
  let rejected = 0;
  alice.sdk.on('onReject', () => (rejected += 1));
  await world.until(call);
  await world.pass(1000);
  equal(rejected, 1);
});

proves('contract: handlers that reject', 'KEEP', 'are an affair of the console, not of the call', async (world) => {
  const { alice, bob } = await pair(world);
  bob.sdk.on('onInvited', () => Promise.reject(new Error('of the application')));
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  equal(bob.sdk.getCallStatus(), 'calling');
});

proves('contract: login with sdkAppID', 'KEEP', 'an extra member is ignored', async (world) => {
  const alice = world.user('alice');
  const given = { userID: 'alice', userSig: 'sig', sdkAppID: 5 };
  holds(await world.until(alice.sdk.login(given)), { code: 0 });
});

proves('contract: an object after logout()', 'KEEP', 'is silent while another one of the same user is called', async (world) => {
  const old = await world.online('alice');
  await world.until(old.sdk.logout());
  const [fresh, bob] = [await world.online('alice'), await world.online('bob')];
  await world.pass(3000);
  forget(old);
  await world.until(bob.sdk.call({ userID: 'alice', type: 1 }));
  await world.until(fresh.sdk.accept());
  await world.until(bob.sdk.hangup());
  equal([old.news().length, fresh.count('onCallEnd')], [0, 1]);
});

for (const [given, rings] of [[undefined, 30_000], [30, 30_000], [7, 7000], [0.5, 500]] as const) {
  proves(`contract: timeout ${String(given)}`, 'D7', `rings ${rings / 1000} s`, async (world) => {
    const { alice, bob } = await ringing(world, 1, given);
    await world.pass(rings - 200);
    equal(bob.sdk.getCallStatus(), 'calling');
    await world.pass(2500);
    equal([alice.sdk.getCallStatus(), bob.sdk.getCallStatus(), alice.count('onNoResp')], ['idle', 'idle', 1]);
  });
}

for (const wrong of [-1, Number.NaN, Infinity, '30', []]) {
  proves(`contract: timeout ${typeof wrong} ${String(wrong)}`, 'D7', 'is a params error', async (world) => {
    const { alice } = await pair(world);
    equal((await refused(world.until(alice.sdk.call({ userID: 'bob', type: 1, timeout: wrong as number })))).code, 61001);
  });
}

const hangups: [state: string, prepare: (world: World) => Promise<User>][] = [
  ['before login()', (world) => Promise.resolve(world.user('alice'))],
  ['while idle', async (world) => (await pair(world)).alice],
  ['while it rings there', async (world) => (await ringing(world)).alice],
  ['while it rings here', async (world) => (await ringing(world)).bob],
  ['in a call', async (world) => (await talking(world)).alice],
];
for (const [state, prepare] of hangups) {
  proves(`contract: hangup() ${state}`, 'KEEP', 'is a promise that is kept, also the second and third time', async (world) => {
    const user = await prepare(world);
    for (let round = 0; round < 3; round++) holds(await world.until(user.sdk.hangup()), { code: 0 });
    equal(user.count('onCallEnd') <= 1, true);
  });
}

proves('contract: payloads', 'KEEP', 'are objects, never undefined, and all survive JSON', async (world) => {
  const { alice, bob } = await ringing(world, 2, 5);
  const carol = await world.online('carol');
  await world.until(carol.sdk.call({ userID: 'bob', type: 1 }));
  await world.until(alice.sdk.hangup());
  await world.until(alice.sdk.call({ userID: 'bob', type: 2, timeout: 5 }));
  await world.pass(8000);
  await world.until(alice.sdk.call({ userID: 'bob', type: 2 }));
  await world.until(bob.sdk.accept());
  await world.until(alice.sdk.closeCamera());
  await world.pass(3000);
  await world.until(bob.sdk.hangup());
  const all = [alice, bob, carol].flatMap((user) => user.all);
  equal(all.filter(([, payload]) => typeof payload !== 'object' || payload === null), []);
  for (const [name, payload] of all) equal(JSON.parse(JSON.stringify(payload)), payload, name);
});

proves('contract: events about a call', 'SUPERSET', 'all name userID, userIDList, sponsor and inviteID', async (world) => {
  const { alice, bob } = await ringing(world, 2);
  await world.until(bob.sdk.accept());
  await world.until(alice.sdk.hangup());
  await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  await world.until(bob.sdk.reject());
  const names = ['onInvited', 'onUserAccept', 'onUserEnter', 'onUserLeave', 'onReject', 'onCallEnd', 'onCallBegin', 'onCallCanceled', 'onCallReceived'];
  for (const name of names) {
    const payload = alice.last(name) ?? bob.last(name);
    equal(['userID', 'sponsor', 'inviteID'].map((key) => typeof payload?.[key]), ['string', 'string', 'string'], name);
    equal(Array.isArray(payload?.['userIDList']), true, name);
  }
});

proves('contract: USER_ACCEPT', 'KEEP', 'comes before USER_ENTER', async (world) => {
  const { alice, bob } = await ringing(world);
  forget(alice);
  await world.until(bob.sdk.accept());
  equal(alice.news().map(([name]) => name).filter((name) => /Accept|Enter/.test(name)), ['onUserAccept', 'onUserEnter']);
});

proves('contract: the audio track', 'KEEP', 'is there as soon as accept() has resolved', async (world) => {
  const { bob } = await ringing(world, 1);
  const track = await world.until(bob.sdk.accept().then(() => bob.sdk.getLocalAudioTrack()));
  equal([track?.kind, track?.enabled], ['audio', true]);
});

proves('contract: unhandled rejections', 'KEEP', 'none, when an application catches nothing that it was not given', async (world) => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  const { alice, bob } = await ringing(world);
  void bob.sdk.accept();
  void bob.sdk.accept();
  void alice.sdk.switchToAudioCall();
  void alice.sdk.switchToVideoCall();
  await world.pass(1000);
  void alice.sdk.hangup();
  void bob.sdk.hangup();
  void alice.sdk.logout();
  void bob.sdk.logout();
  await world.pass(60_000);
  process.off('unhandledRejection', note);
  equal(unhandled, []);
});

for (const mark of ['__v_skip', '_isVue'] as const) {
  proves(`contract: ${mark}`, 'KEEP', 'is set where nobody enumerates it', async (world) => {
    const { sdk } = world.user('alice');
    equal([(sdk as unknown as Record<string, unknown>)[mark], Object.keys(sdk)], [true, []]);
  });
}

/** What Vue 2 does with an object in data(): every own enumerable property becomes a pair of accessors, deeply. */
function observe(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    let held = (value as Record<string, unknown>)[key];
    observe(held);
    Object.defineProperty(value, key, { get: () => held, set: (next) => (held = next), enumerable: true, configurable: true });
  }
}

/** What Vue 3 makes of an object in reactive(): a proxy, and a proxy of every object that is read from it. */
function reactive<T extends object>(target: T): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      const value = Reflect.get(object, key, receiver) as unknown;
      return typeof value === 'object' && value !== null && !Object.isFrozen(value) ? reactive(value) : value;
    },
  });
}

for (const [name, wrap] of [
  ['Vue 2 data()', (sdk: TRTCCalling) => (observe({ sdk }), sdk)],
  ['a Vue 3 proxy', (sdk: TRTCCalling) => reactive(sdk)],
] as const) {
  proves(`contract: ${name}`, 'KEEP', 'a whole call runs through it', async (world) => {
    const { alice, bob } = await pair(world);
    const sdk = wrap(alice.sdk);
    const heard: string[] = [];
    const note = ({ userID }: { userID: string }) => heard.push(userID);
    sdk.on('onUserEnter', note);
    holds(await world.until(sdk.call({ userID: 'bob', type: 2 })), { code: 0 });
    await world.until(bob.sdk.accept());
    await world.until(sdk.startLocalView({ userID: 'alice', videoViewDomID: 'l' }));
    equal([await world.until(sdk.setMicMute(true)), await world.until(sdk.closeCamera())], [true, true]);
    equal([sdk.roomID, sdk.getCallStatus(), sdk.getUserID(), heard], [bob.sdk.roomID, 'connected', 'alice', ['bob']]);
    sdk.off('onUserEnter', note);
    holds(await world.until(sdk.hangup()), { code: 0 });
    holds(await world.until(sdk.logout()), { code: 0 });
  });

  proves(`contract: ${name}, every member`, 'KEEP', 'can be read', async (world) => {
    const { alice } = await talking(world);
    const sdk = wrap(alice.sdk) as unknown as Record<string, unknown>;
    for (let prototype: object = alice.sdk; prototype !== Object.prototype; prototype = Object.getPrototypeOf(prototype) as object) {
      for (const key of Object.getOwnPropertyNames(prototype)) equal([key, typeof sdk[key]], [key, typeof (alice.sdk as unknown as Record<string, unknown>)[key]]);
    }
    for (const getter of ['getUserID', 'getCallType', 'getInviteeList', 'getRoster', 'getLocalStream', 'isGroupCall']) {
      equal(typeof sdk[getter] === 'function' && (sdk[getter] as () => unknown)() !== undefined, true, getter);
    }
  });
}
