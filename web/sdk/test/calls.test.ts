import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { catalogue } from '../src/errors.generated.js';
import type { CallOptions } from '../src/types.js';
import { done, loggedIn, rejection } from './support/calling.js';
import { calledBob, fails, placed, signal } from './support/calls.js';

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
