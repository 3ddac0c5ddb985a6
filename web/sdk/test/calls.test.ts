import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Effect, Input } from '../src/core/protocol.js';
import { catalogue } from '../src/errors.generated.js';
import type { CallMessage, CallOptions } from '../src/types.js';
import { callInfo, done, loggedIn, rejection } from './support/calling.js';

type OpOf = { op: number };

const placed = ({ op }: OpOf): Effect[] => [
  done(op, {
    type: 'CallPlaced',
    call: 'call-1',
    user: 'bob',
    room: 77,
    media: 'video',
    sending: { audio: true, video: false },
  }),
];

const fails = (code: number, detail = '') => (input: Input): Effect[] => [
  { type: 'Failed', op: (input as OpOf).op, error: { code, detail } },
];

/** The signal that a message describes, with its inner payload. */
function signal({ payload }: CallMessage): Record<string, unknown> {
  const outer = JSON.parse(payload.data) as Record<string, unknown>;
  return { ...outer, data: JSON.parse(outer['data'] as string) as unknown };
}

/** In a call that alice has placed to bob. */
async function calledBob() {
  const it = await loggedIn();
  it.platform.engine.on('Call', placed);
  const result = await it.sdk.call({ userID: 'bob', type: 2 });
  return { ...it, result };
}

/** Called by bob. */
async function calledByBob() {
  const it = await loggedIn();
  await it.core({ type: 'Invited', call: callInfo() });
  return it;
}

describe('call()', () => {
  test('tells the core seconds as milliseconds, and what is missing by default', async () => {
    const { sdk, platform, told } = await loggedIn();
    platform.engine.on('Call', placed);
    await sdk.call({ userID: 'bob', type: 1 });
    await sdk.call({ userID: 'bob', type: 2, timeout: 0, userData: 'd', roomID: 5, offlinePushInfo: {} });
    await sdk.call({ userID: 'bob', type: 2, timeout: 1.5 });
    const common = { type: 'Call', user: 'bob' };
    assert.deepEqual(told('Call'), [
      { ...common, op: 2, media: 'audio', timeout: 30000, user_data: '', room: 0 },
      { ...common, op: 3, media: 'video', timeout: 0, user_data: 'd', room: 5 },
      { ...common, op: 4, media: 'video', timeout: 1500, user_data: '', room: 0 },
    ]);
  });

  test('resolves with what every generation resolved with', async () => {
    const { result } = await calledBob();
    const { data, ...rest } = result;
    assert.deepEqual(rest, {
      code: 0,
      inviteID: 'call-1',
      callID: 'call-1',
      roomID: 77,
      userID: 'bob',
      userId: 'alice',
      callType: 2,
      audio: true,
      video: false,
    });
    assert.deepEqual(Object.keys(data), ['message']);
  });

  test('resolves with a message that chat lists can show and change', async () => {
    const { result } = await calledBob();
    const { message } = result.data;
    const { payload, time, ...rest } = message;
    assert.deepEqual(rest, {
      ID: 'call-1-invite',
      type: 'TIMCustomElem',
      conversationID: 'C2Cbob',
      conversationType: 'C2C',
      from: 'alice',
      to: 'bob',
      flow: 'out',
      nick: '',
      avatar: '',
    });
    assert.ok(Math.abs(time - Date.now() / 1000) < 5);
    assert.deepEqual(Object.keys(payload), ['data', 'description', 'extension']);
    assert.deepEqual(signal(message), {
      businessID: 1,
      inviteID: 'call-1',
      inviter: 'alice',
      actionType: 1,
      inviteeList: ['bob'],
      timeout: 30,
      groupID: '',
      data: {
        version: 4,
        businessID: 'av_call',
        platform: 'Web',
        extraInfo: '',
        call_type: 2,
        room_id: 77,
        data: { cmd: 'videoCall', message: '', room_id: 77, userIDs: ['bob'] },
      },
    });
    message.nick = 'Alice';
    assert.ok(Object.isExtensible(message));
  });

  test('continues before an event that the same promise was waited for with', async () => {
    const { sdk, platform } = await loggedIn();
    const seen: string[] = [];
    sdk.on('onUserAccept', () => seen.push('accept'));
    platform.engine.on('Call', (input) => {
      // The answer of the callee is in the queue already.
      platform.page?.report({ type: 'NetworkChanged', online: true });
      return placed(input);
    });
    platform.engine.on('NetworkChanged', () => [{ type: 'UserAccepted', call: 'call-1', user: 'bob' }]);
    await sdk.call({ userID: 'bob', type: 1 }).then(() => seen.push('then'));
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(seen, ['then', 'accept']);
  });

  for (const wrong of [
    undefined,
    null,
    'bob',
    {},
    { userID: 'bob' },
    { type: 1 },
    { userID: '', type: 1 },
    { userID: 'bob', type: 0 },
    { userID: 'bob', type: 3 },
    { userID: 'bob', type: 1, timeout: -1 },
    { userID: 'bob', type: 1, timeout: NaN },
    { userID: 'bob', type: 1, timeout: 4294968 },
    { userID: 'bob', type: 1, timeout: '30' },
    { userID: 'bob', type: 1, roomID: -1 },
    { userID: 'bob', type: 1, roomID: 1.5 },
    { userID: 'bob', type: 1, roomID: 2 ** 32 },
    { userID: 'bob', type: 1, userData: {} },
  ]) {
    test(`rejects ${JSON.stringify(wrong)} in words that show it`, async () => {
      const { sdk, told } = await loggedIn();
      const error = await rejection(sdk.call(wrong as unknown as CallOptions));
      assert.equal(error.code, 61001);
      assert.equal(error.message, `TRTCCalling.call - params error: ${JSON.stringify(wrong) ?? 'undefined'}`);
      assert.deepEqual(told('Call'), []);
    });
  }

  test('rejects arguments that cannot be shown, too', async () => {
    const { sdk } = await loggedIn();
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    assert.match((await rejection(sdk.call(circular as never))).message, /params error: \(cannot be shown\)/);
  });

  for (const [status, word] of [
    ['idle', 'idle'],
    ['dialing', 'calling'],
    ['inviting', 'connected'],
    ['ringing', 'calling'],
    ['accepting', 'calling'],
    ['in_call', 'connected'],
  ] as const) {
    test(`says CALL_STATUS: ${word} when the core refuses it while ${status}`, async () => {
      const { sdk, platform, core } = await loggedIn();
      await core({ type: 'StatusChanged', session: 'online', call: status });
      platform.engine.on('Call', fails(61002, 'another call is going on'));
      const error = await rejection(sdk.call({ userID: 'bob', type: 1 }));
      assert.equal(error.message, `TRTCCalling.call - CALL_STATUS: ${word}`);
      assert.equal(error.code, 61002);
    });
  }

  test('rejects with what the core says about devices', async () => {
    const { sdk, platform } = await loggedIn();
    platform.engine.on('Call', fails(60005, 'Permission denied by user'));
    const error = await rejection(sdk.call({ userID: 'bob', type: 1 }));
    assert.equal(error.code, 60005);
    assert.equal(
      error.message,
      `TRTCCalling.call - ${catalogue[60005].message}: Permission denied by user`,
    );
  });

  test('is an error, not a hanging promise, when the core answers something else', async () => {
    const { sdk, platform } = await loggedIn();
    platform.engine.on('Call', ({ op }) => [done(op, { type: 'Nothing' })]);
    assert.equal((await rejection(sdk.call({ userID: 'bob', type: 1 }))).code, 61020);
  });
});

describe('accept()', () => {
  const accepted = ({ op }: OpOf): Effect[] => [
    done(op, {
      type: 'CallAccepted',
      call: 'call-1',
      inviter: 'bob',
      room: 77,
      media: 'video',
      sending: { audio: true, video: true },
    }),
  ];

  test('takes the arguments of both generations', async () => {
    const { sdk, platform, told } = await calledByBob();
    platform.engine.on('Accept', accepted);
    await sdk.accept();
    await sdk.accept({ inviteID: 'call-1', roomID: 77, callType: 2 });
    assert.deepEqual(
      told('Accept').map(({ call }) => call),
      ['', 'call-1'],
    );
  });

  test('resolves with what every generation resolved with', async () => {
    const { sdk, platform } = await calledByBob();
    platform.engine.on('Accept', accepted);
    const result = await sdk.accept();
    assert.ok(result);
    const { data, ...rest } = result;
    assert.deepEqual(rest, {
      code: 0,
      inviteID: 'call-1',
      callID: 'call-1',
      roomID: 77,
      userID: 'bob',
      userId: 'alice',
      callType: 2,
      audio: true,
      video: true,
    });
    assert.equal(data.message.to, 'bob');
    const { actionType, inviter, inviteeList } = signal(data.message);
    assert.deepEqual({ actionType, inviter, inviteeList }, { actionType: 3, inviter: 'bob', inviteeList: ['alice'] });
  });

  test('resolves with undefined when there is nothing to answer', async () => {
    const { sdk, platform } = await loggedIn();
    platform.engine.on('Accept', ({ op }) => [done(op, { type: 'Nothing' })]);
    assert.equal(await sdk.accept(), undefined);
  });

  test('rejects when another invitation is named', async () => {
    const { sdk, platform } = await calledByBob();
    platform.engine.on('Accept', fails(8010, 'inviteID x'));
    const error = await rejection(sdk.accept({ inviteID: 'x' }));
    assert.equal(error.code, 8010);
    assert.equal(error.message, `TRTCCalling.accept - ${catalogue[8010].message}: inviteID x`);
  });

  test('rejects when the invitation has ended meanwhile', async () => {
    const { sdk, platform } = await calledByBob();
    platform.engine.on('Accept', fails(61011));
    assert.equal((await rejection(sdk.accept())).code, 61011);
  });
});

describe('reject()', () => {
  const rejected = ({ op }: OpOf): Effect[] => [done(op, { type: 'CallRejected', call: 'call-1', inviter: 'bob' })];

  for (const [options, call, busy, message] of [
    [undefined, '', false, ''],
    [{ inviteID: 'call-1', isBusy: false, callType: 1 }, 'call-1', false, ''],
    [{ inviteID: 'call-1', isBusy: true }, 'call-1', true, 'lineBusy'],
    [{ isBusy: true }, '', true, 'lineBusy'],
  ] as const) {
    test(`with ${JSON.stringify(options)} resolves with the invitation and a message`, async () => {
      const { sdk, platform, told } = await calledByBob();
      platform.engine.on('Reject', rejected);
      const result = await sdk.reject(options);
      assert.ok(result);
      assert.deepEqual({ code: result.code, inviteID: result.inviteID }, { code: 0, inviteID: 'call-1' });
      assert.deepEqual(told('Reject'), [{ type: 'Reject', op: 2, call, busy }]);
      const inner = signal(result.data.message)['data'] as { call_type: number; data: unknown };
      assert.deepEqual(inner.data, { cmd: 'videoCall', message });
      assert.equal(inner.call_type, 2);
    });
  }

  test('resolves with undefined when there is nothing to answer', async () => {
    const { sdk, platform } = await loggedIn();
    platform.engine.on('Reject', ({ op }) => [done(op, { type: 'Nothing' })]);
    assert.equal(await sdk.reject(), undefined);
  });
});

describe('hangup()', () => {
  test('resolves with ok when nothing had to be taken back', async () => {
    const { sdk, platform } = await loggedIn();
    platform.engine.on('HangUp', ({ op }) => [done(op, { type: 'HungUp', cancelled: [] })]);
    assert.deepEqual(await sdk.hangup(), { code: 0, msg: 'ok' });
  });

  test('resolves with the invitations that it took back', async () => {
    const { sdk, platform } = await calledBob();
    platform.engine.on('HangUp', ({ op }) => [done(op, { type: 'HungUp', cancelled: ['call-1'] })]);
    const result = await sdk.hangup();
    assert.ok(Array.isArray(result));
    assert.equal(result.length, 1);
    assert.deepEqual({ ...result[0], data: 0 }, { code: 0, inviteID: 'call-1', data: 0 });
    assert.equal(result[0]?.data.message.to, 'bob');
    assert.equal(signal(result[0]?.data.message as CallMessage)['actionType'], 2);
    // The generation without an array.
    assert.equal(result.data.message, result[0]?.data.message);
    assert.deepEqual(Object.keys(result), ['0']);
  });

  test('resolves even if the core refuses it', async () => {
    const { sdk, platform } = await loggedIn();
    platform.engine.on('HangUp', fails(2024));
    assert.deepEqual(await sdk.hangup(), { code: 0, msg: 'ok' });
  });

  test('called in the handler of CALLING_END runs after the batch', async () => {
    const { sdk, platform, core, events } = await calledBob();
    platform.engine.on('HangUp', ({ op }) => [done(op, { type: 'HungUp', cancelled: [] })]);
    const results: unknown[] = [];
    sdk.on('onCallEnd', () => void sdk.hangup().then((result) => results.push(result)));
    await core(
      { type: 'CallEnded', call: callInfo(), user: 'bob', seconds: 3 },
      { type: 'StatusChanged', session: 'online', call: 'idle' },
    );
    assert.deepEqual(results, [{ code: 0, msg: 'ok' }]);
    assert.equal(events.filter(([name]) => name === 'onCallEnd').length, 1);
  });
});

describe('Media controls', () => {
  for (const done_ of [true, false]) {
    test(`resolve with ${done_} as the core says`, async () => {
      const { sdk, platform, told } = await loggedIn();
      const toggled = ({ op }: OpOf): Effect[] => [done(op, { type: 'Toggled', done: done_ })];
      platform.engine.on('SetCamera', toggled).on('SetMicrophone', toggled);
      assert.equal(await sdk.openCamera(), done_);
      assert.equal(await sdk.closeCamera(), done_);
      assert.equal(await sdk.setMicMute(true), done_);
      assert.equal(await sdk.setMicMute(false), done_);
      assert.deepEqual(
        told('SetCamera').map(({ on }) => on),
        [true, false],
      );
      assert.deepEqual(
        told('SetMicrophone').map(({ on }) => on),
        [false, true],
      );
    });
  }
});
