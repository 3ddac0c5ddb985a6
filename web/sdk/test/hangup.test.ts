import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Effect } from '../src/core/protocol.js';
import type { CallMessage } from '../src/types.js';
import { callInfo, done, loggedIn } from './support/calling.js';
import { calledBob, fails, signal } from './support/calls.js';
import type { OpOf } from './support/calls.js';

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
  for (const acted of [true, false]) {
    test(`resolve with ${acted} as the core says`, async () => {
      const { sdk, platform, told } = await loggedIn();
      const toggled = ({ op }: OpOf): Effect[] => [done(op, { type: 'Toggled', done: acted })];
      platform.engine.on('SetCamera', toggled).on('SetMicrophone', toggled);
      assert.equal(await sdk.openCamera(), acted);
      assert.equal(await sdk.closeCamera(), acted);
      assert.equal(await sdk.setMicMute(true), acted);
      assert.equal(await sdk.setMicMute(false), acted);
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
