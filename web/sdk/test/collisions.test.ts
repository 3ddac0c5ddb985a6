// Calls that take each other's place (behaviour document, 12 D15): what payloads and results say of which one.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CallInfo, CallStatus, Effect } from '../src/core/protocol.js';
import { callInfo, done, loggedIn, nobody, settled } from './support/calling.js';
import type { Seen } from './support/calling.js';
import { calledBob, calledByBob, signal } from './support/calls.js';

const status = (call: CallStatus): Effect => ({ type: 'StatusChanged', session: 'online', call });

/** What an event says of its call. */
const said = (events: Seen[]) =>
  events.map(([name, payload]) => {
    const { inviteID, callID, sponsor, callRole } = payload as Record<string, unknown>;
    assert.equal(inviteID, callID, name);
    return [name, inviteID, sponsor, callRole];
  });

describe('A recall: the other one invites anew, and the call before is over in the same batch', () => {
  const again = callInfo({ call: 'call-2', media: 'audio', user_data: 'again' });
  const over = (before: CallInfo, seconds: number): Effect[] => [
    status('ringing'),
    { type: 'UserLeft', call: before.call, user: 'bob' },
    { type: 'CallEnded', call: before, user: 'bob', seconds },
    { type: 'Invited', call: again },
  ];

  test('of a call that he has placed', async () => {
    const { core, events, platform } = await calledByBob();
    await core(status('in_call'), { type: 'UserEntered', call: 'call-1', user: 'bob', profile: nobody });
    events.length = 0;
    await core(...over(callInfo(), 5));
    assert.deepEqual(said(events), [
      ['onUserLeave', 'call-1', 'bob', undefined],
      ['onCallEnd', 'call-1', 'bob', 'invitee'],
      ['onInvited', 'call-2', 'bob', 'invitee'],
      ['onCallReceived', 'call-2', 'bob', 'invitee'],
    ]);
    assert.deepEqual(platform.view?.streams?.users, []);
  });

  test('of a call that we have placed', async () => {
    const { core, events } = await calledBob();
    await core(status('in_call'), { type: 'UserEntered', call: 'call-1', user: 'bob', profile: nobody });
    events.length = 0;
    await core(...over(callInfo({ role: 'inviter', inviter: 'alice', invitees: ['bob'] }), 5));
    assert.deepEqual(said(events).slice(0, 3), [
      ['onUserLeave', 'call-1', 'alice', undefined],
      ['onCallEnd', 'call-1', 'alice', 'inviter'],
      ['onInvited', 'call-2', 'bob', 'invitee'],
    ]);
  });

  test('that still rings: accept() is of the new one, and so are reject() and its message', async () => {
    const { sdk, core, events, platform } = await calledByBob();
    events.length = 0;
    await core({ type: 'CallCancelled', call: callInfo(), user: 'bob', reason: 'cancelled', told: true }, { type: 'Invited', call: again });
    assert.deepEqual(
      said(events).map(([name, call]) => [name, call]),
      [
        ['onCallingCancel', 'call-1'],
        ['onCallCanceled', 'call-1'],
        ['onInvited', 'call-2'],
        ['onCallReceived', 'call-2'],
      ],
    );
    platform.engine.on('Reject', ({ op }) => [done(op, { type: 'CallRejected', call: 'call-2', inviter: 'bob' })]);
    const rejected = await sdk.reject();
    assert.equal(rejected?.inviteID, 'call-2');
    assert.equal((signal(rejected.data.message)['data'] as { call_type: number }).call_type, 1);
  });

  test('by somebody else does not mix up what is known of either', async () => {
    const { core, events } = await calledByBob();
    await core({ type: 'Invited', call: callInfo({ call: 'call-3', inviter: 'carol' }) });
    events.length = 0;
    await core({ type: 'UserLeft', call: 'call-1', user: 'bob' }, { type: 'UserEntered', call: 'call-3', user: 'carol', profile: nobody });
    assert.deepEqual(said(events), [
      ['onUserLeave', 'call-1', 'bob', undefined],
      ['onUserEnter', 'call-3', 'carol', undefined],
    ]);
  });
});

describe('Glare: the call that was dialled becomes an answer to the call of the callee', () => {
  const theirs = callInfo({ call: 'call-0', room: 5, media: 'audio' });
  const joined: Effect[] = [
    status('in_call'),
    { type: 'UserAccepted', call: 'call-0', user: 'bob' },
    { type: 'UserEntered', call: 'call-0', user: 'bob', profile: nobody },
    { type: 'AudioAvailable', user: 'bob', available: true },
    { type: 'CallBegan', call: theirs },
  ];
  const placedTheirs = (op: number): Effect =>
    done(op, { type: 'CallPlaced', call: 'call-0', user: 'bob', room: 5, media: 'audio', sending: { audio: true, video: false, screen: false } });
  const expected = [
    ['onUserAccept', 'call-0', 'bob', undefined],
    ['onUserEnter', 'call-0', 'bob', undefined],
    ['onCallBegin', 'call-0', 'bob', 'invitee'],
  ];
  const aboutCalls = (events: Seen[]) => said(events.filter(([name]) => name !== 'onUserAudioAvailable'));

  test('before the invitation went out: call() resolves with that call', async () => {
    const { sdk, core, events, platform, told } = await loggedIn();
    platform.engine.on('Call', () => [status('dialing')]);
    const promise = sdk.call({ userID: 'bob', type: 2, timeout: 20 });
    await settled();
    await core(...joined, placedTheirs(told('Call')[0]?.op ?? 0));
    const { data, ...result } = await promise;
    assert.deepEqual(result, {
      code: 0,
      inviteID: 'call-0',
      callID: 'call-0',
      roomID: 5,
      userID: 'bob',
      userId: 'alice',
      callType: 1,
      audio: true,
      video: false,
    });
    const { inviteID, inviter, inviteeList, actionType, timeout } = signal(data.message);
    assert.deepEqual(
      { inviteID, inviter, inviteeList, actionType, timeout },
      { inviteID: 'call-0', inviter: 'bob', inviteeList: ['alice'], actionType: 3, timeout: 0 },
      'to bob, alice has accepted',
    );
    assert.deepEqual([data.message.from, data.message.to], ['alice', 'bob']);
    assert.deepEqual(aboutCalls(events), expected);
  });

  test('after the invitation went out: call() has resolved with ours, and events are of theirs', async () => {
    const { core, events, result } = await calledBob();
    assert.equal(result.inviteID, 'call-1');
    await core(status('accepting'));
    await core(...joined);
    await core(status('idle'), { type: 'UserLeft', call: 'call-0', user: 'bob' }, { type: 'CallEnded', call: theirs, user: 'bob', seconds: 9 });
    assert.deepEqual(aboutCalls(events), [
      ...expected,
      ['onUserLeave', 'call-0', 'bob', undefined],
      ['onCallEnd', 'call-0', 'bob', 'invitee'],
    ]);
  });

  test('won by our call: nothing differs from any other', async () => {
    const { core, events } = await calledBob();
    const ours = callInfo({ role: 'inviter', inviter: 'alice', invitees: ['bob'] });
    await core(status('in_call'), { type: 'UserAccepted', call: 'call-1', user: 'bob' }, { type: 'CallBegan', call: ours });
    assert.deepEqual(said(events), [
      ['onUserAccept', 'call-1', 'alice', undefined],
      ['onCallBegin', 'call-1', 'alice', 'inviter'],
    ]);
  });
});
