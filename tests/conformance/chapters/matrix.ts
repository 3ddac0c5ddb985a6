// Section 3.1: what every method does in every state, and that nothing changes where it is refused.
import type TRTCCalling from '../../../web/sdk/src/trtc-calling.js';
import { dialing, pair, ringing, talking } from '../support/calls.js';
import { chapter, equal, holds, matches, refused, type Verdict } from '../support/suite.js';
import type { User, World } from '../support/world.js';

const proves = chapter('matrix', '3.1 What every method does in every state');

/** The user under test, brought into a state. */
const states: Record<string, (world: World) => Promise<User>> = {
  'not logged in': (world) => Promise.resolve(world.user('alice')),
  idle: async (world) => (await pair(world)).alice,
  dialling: async (world) => (await dialing(world)).alice,
  'ringing-out': async (world) => (await ringing(world)).alice,
  'ringing-in': async (world) => (await ringing(world)).bob,
  'in call': async (world) => (await talking(world)).alice,
};

type Method = (sdk: TRTCCalling) => Promise<unknown>;

function cell(method: string, state: string, verdict: Verdict, what: string, act: Method, check: (world: World, user: User, answer: Promise<unknown>) => Promise<void>): void {
  proves(`3.1 ${method} / ${state}`, verdict, what, async (world) => {
    const user = await (states[state] as (world: World) => Promise<User>)(world);
    await check(world, user, act(user.sdk));
  });
}

const rejects = (pattern: RegExp) => async (world: World, user: User, answer: Promise<unknown>) => {
  const before = user.sdk.getCallStatus();
  matches((await refused(world.until(answer))).message, pattern);
  equal(user.sdk.getCallStatus(), before);
};
const resolves = (value: unknown) => async (world: World, _user: User, answer: Promise<unknown>) =>
  equal(await world.until(answer), value);

const invites: Record<string, Method> = {
  call: (sdk) => sdk.call({ userID: 'carol', type: 1 }),
  groupCall: (sdk) => sdk.groupCall({ userIDList: ['carol', 'dave'], type: 1 }),
};
for (const [method, act] of Object.entries(invites)) {
  cell(method, 'not logged in', 'KEEP', 'rejected as not logged in', act, rejects(/not login/));
  cell(method, 'idle', 'KEEP', 'runs', act, async (world, user, answer) => {
    holds(await world.until(answer), { code: 0, userId: 'alice' });
    equal(user.sdk.getCallStatus(), 'connected');
  });
  cell(method, 'dialling', method === 'call' ? 'KEEP' : 'FIX', 'rejected, call status in the text', act, rejects(/CALL_STATUS: calling/));
  cell(method, 'ringing-in', method === 'call' ? 'KEEP' : 'FIX', 'rejected, call status in the text', act, rejects(/CALL_STATUS: calling/));
}
for (const state of ['ringing-out', 'in call']) {
  cell('call', state, 'KEEP', 'rejected, call status in the text', invites['call'] as Method, rejects(/CALL_STATUS: connected/));
  cell('groupCall', state, 'KEEP', 'adds people to the call', invites['groupCall'] as Method, async (world, user, answer) => {
    holds(await world.until(answer), { code: 0 });
    equal(user.sdk.isGroupCall(), true);
  });
}

for (const method of ['accept', 'reject'] as const) {
  for (const state of ['not logged in', 'idle', 'dialling', 'ringing-out', 'in call']) {
    cell(method, state, 'KEEP', 'warns and resolves with undefined', (sdk) => sdk[method](), resolves(undefined));
  }
  cell(method, 'ringing-in', 'KEEP', 'answers', (sdk) => sdk[method](), async (world, user, answer) => {
    holds(await world.until(answer), { code: 0, inviteID: user.last('onInvited')?.['inviteID'] });
    equal(user.sdk.getCallStatus(), method === 'accept' ? 'connected' : 'idle');
  });
}

for (const state of Object.keys(states)) {
  const verdict = ['not logged in', 'dialling', 'ringing-in'].includes(state) ? 'FIX' : 'KEEP';
  cell('hangup', state, verdict, 'never rejects, and nothing is left', (sdk) => sdk.hangup(), async (world, user, answer) => {
    const result = await world.until(answer);
    if (state === 'ringing-out') equal(Array.isArray(result), true);
    else holds(result, { code: 0 });
    equal(user.sdk.getCallStatus(), 'idle');
  });
}

const loggedInOnly: Record<string, Method> = {
  closeCamera: (sdk) => sdk.closeCamera(),
  openCamera: (sdk) => sdk.openCamera(),
  setMicMute: (sdk) => sdk.setMicMute(true),
  startLocalView: (sdk) => sdk.startLocalView({ userID: 'alice', videoViewDomID: 'local' }),
  stopLocalView: (sdk) => sdk.stopLocalView({ userID: 'alice' }),
  startRemoteView: (sdk) => sdk.startRemoteView({ userID: 'bob', videoViewDomID: 'remote' }),
  stopRemoteView: (sdk) => sdk.stopRemoteView({ userID: 'bob' }),
  getCameras: (sdk) => sdk.getCameras(),
  getMicrophones: (sdk) => sdk.getMicrophones(),
  switchDevice: (sdk) => sdk.switchDevice({ deviceType: 'video', deviceId: 'camera 2' }),
};
for (const [method, act] of Object.entries(loggedInOnly)) {
  cell(method, 'not logged in', 'KEEP', 'rejected as not logged in', act, rejects(/not login/));
  if (/View/.test(method) || method === 'switchDevice') {
    for (const state of Object.keys(states).slice(1)) {
      const verdict = method === 'stopLocalView' ? 'FIX' : 'KEEP';
      cell(method, state, verdict, 'resolves with undefined', act, resolves(undefined));
    }
  }
}
for (const method of ['getCameras', 'getMicrophones'] as const) {
  for (const state of Object.keys(states).slice(1)) {
    cell(method, state, 'KEEP', 'lists', (sdk) => sdk[method](), async (world, _user, answer) =>
      equal(((await world.until(answer)) as unknown[]).length, 2));
  }
}
for (const method of ['closeCamera', 'openCamera', 'setMicMute'] as const) {
  for (const state of ['ringing-out', 'in call']) {
    cell(method, state, method === 'openCamera' ? 'FIX' : 'KEEP', 'acts', loggedInOnly[method] as Method, resolves(true));
  }
}
for (const method of ['switchToAudioCall', 'switchToVideoCall'] as const) {
  for (const state of Object.keys(states)) {
    cell(method, state, 'KEEP', 'resolves with undefined', (sdk) => sdk[method](), resolves(undefined));
  }
}
for (const state of Object.keys(states)) {
  cell('setVideoQuality', state, 'KEEP', 'allowed', (sdk) => sdk.setVideoQuality('720p'), resolves('720p'));
  const verdict = state === 'not logged in' ? 'FIX' : 'KEEP';
  cell('logout', state, verdict, 'always works', (sdk) => sdk.logout(), async (world, user, answer) => {
    holds(await world.until(answer), { code: 0 });
    equal([user.sdk.getUserID(), user.sdk.getCallStatus()], ['', 'idle']);
  });
}
