import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Effect } from '../src/core/protocol.js';
import { catalogue } from '../src/errors.generated.js';
import { done, loggedIn, rejection } from './support/calling.js';
import { calledByBob, fails, signal } from './support/calls.js';
import type { OpOf } from './support/calls.js';

describe('accept()', () => {
  const accepted = ({ op }: OpOf): Effect[] => [
    done(op, {
      type: 'CallAccepted',
      call: 'call-1',
      inviter: 'bob',
      room: 77,
      media: 'video',
      sending: { audio: true, video: true, screen: false },
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
