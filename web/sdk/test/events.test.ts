import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CancelReason, EventEffect, RosterStatus } from '../src/core/protocol.js';
import { catalogue } from '../src/errors.generated.js';
import { callInfo, loggedIn, nobody } from './support/calling.js';
import type { Seen } from './support/calling.js';

const about = {
  sponsor: 'bob',
  inviteID: 'call-1',
  callID: 'call-1',
  isFromGroup: false,
  groupID: '',
  roomID: 77,
  strRoomID: '',
  callRole: 'invitee',
  callMediaType: 2,
  userData: 'hello',
};
const call = callInfo({ user_data: 'hello', inviter_profile: { nick: 'Bob', avatar: 'https://p.example/b' } });
const invited = {
  ...about,
  nickName: 'Bob',
  avatar: 'https://p.example/b',
  userID: 'bob',
  userIDList: ['alice'],
  inviteData: { version: 4, callType: 2, callEnd: 0, roomID: 77 },
  isGroupCall: false,
  callerId: 'bob',
  calleeIdList: ['alice'],
};
const ofUser = { userID: 'bob', userIDList: ['bob'], sponsor: '', inviteID: 'call-1', callID: 'call-1' };

const cases: [title: string, effect: EventEffect, events: Seen[]][] = [
  ['SDK_READY', { type: 'Ready' }, [['sdkReady', { name: 'ts_im_ready' }]]],
  ['KICKED_OUT', { type: 'KickedOut' }, [['onKickedOut', {}]]],
  [
    'INVITED and then ON_CALL_RECEIVED',
    { type: 'Invited', call },
    [
      ['onInvited', invited],
      ['onCallReceived', invited],
    ],
  ],
  ['USER_ACCEPT', { type: 'UserAccepted', call: 'call-1', user: 'bob' }, [['onUserAccept', ofUser]]],
  [
    'USER_ENTER with how the user wants to be shown',
    { type: 'UserEntered', call: 'call-1', user: 'bob', profile: { nick: 'Bob', avatar: 'https://p.example/b' } },
    [['onUserEnter', { ...ofUser, nickName: 'Bob', avatar: 'https://p.example/b' }]],
  ],
  ['USER_LEAVE', { type: 'UserLeft', call: 'call-1', user: 'bob' }, [['onUserLeave', ofUser]]],
  [
    'USER_VIDEO_AVAILABLE',
    { type: 'VideoAvailable', user: 'bob', available: true },
    [['onUserVideoAvailable', { userID: 'bob', isVideoAvailable: true }]],
  ],
  [
    'USER_AUDIO_AVAILABLE',
    { type: 'AudioAvailable', user: 'bob', available: false },
    [['onUserAudioAvailable', { userID: 'bob', isAudioAvailable: false }]],
  ],
  [
    'USER_SCREEN_AVAILABLE',
    { type: 'ScreenAvailable', user: 'bob', available: true },
    [['onUserScreenAvailable', { userID: 'bob', isScreenAvailable: true }]],
  ],
  ['SCREEN_SHARE_STOPPED', { type: 'ScreenStopped' }, [['onScreenShareStopped', {}]]],
  [
    'CALL_TYPE_CHANGED with the facts of the call',
    { type: 'MediaTypeChanged', call, from: 'audio' },
    [['onCallTypeChanged', { ...about, userID: 'bob', userIDList: ['alice'], oldCallType: 1, newCallType: 2 }]],
  ],
  [
    'REJECT',
    { type: 'InviteRejected', call, user: 'carol' },
    [['onReject', { ...about, userID: 'carol', userIDList: ['carol'] }]],
  ],
  [
    'LINE_BUSY with its sponsor',
    { type: 'LineBusy', call, user: 'carol' },
    [['onLineBusy', { ...about, userID: 'carol', userIDList: ['carol'] }]],
  ],
  [
    'NO_RESP with one user and with the list',
    { type: 'NoResponse', call, users: ['carol', 'dave'] },
    [['onNoResp', { ...about, userID: 'carol', userIDList: ['carol', 'dave'] }]],
  ],
  [
    'CALLING_TIMEOUT with the list',
    { type: 'CallTimedOut', call, users: ['alice'] },
    [['onCallingTimeout', { ...about, userID: 'alice', userIDList: ['alice'] }]],
  ],
  [
    'CALLING_CANCEL and then ON_CALL_CANCELED where the user is told',
    { type: 'CallCancelled', call, user: 'bob', reason: 'cancelled', told: true },
    [
      ['onCallingCancel', { ...about, userID: 'bob', userIDList: ['alice'], reason: 'normal' }],
      ['onCallCanceled', { ...about, userID: 'bob', userIDList: ['alice'], reason: 'normal' }],
    ],
  ],
  [
    'ON_CALL_CANCELED alone where the user has asked for it',
    { type: 'CallCancelled', call, user: 'alice', reason: 'rejected', told: false },
    [['onCallCanceled', { ...about, userID: 'alice', userIDList: ['alice'], reason: 'reject' }]],
  ],
  ['ON_CALL_BEGIN', { type: 'CallBegan', call }, [['onCallBegin', { ...about, userID: 'bob', userIDList: ['alice'] }]]],
  [
    'CALLING_END with the talk time',
    { type: 'CallEnded', call, user: 'bob', seconds: 42 },
    [['onCallEnd', { ...about, userID: 'bob', userIDList: ['alice'], callEnd: 42, totalTime: 42 }]],
  ],
  [
    'CONNECTION_STATE_CHANGED when the connection is lost',
    { type: 'SignalingChanged', connected: false },
    [['onConnectionStateChanged', { state: 'reconnecting' }]],
  ],
  [
    'CONNECTION_STATE_CHANGED when it is back',
    { type: 'SignalingChanged', connected: true },
    [['onConnectionStateChanged', { state: 'connected' }]],
  ],
  [
    'USER_CONNECTION_STATE_CHANGED',
    { type: 'UserConnectionChanged', user: 'bob', state: 'disconnected' },
    [['onUserConnectionStateChanged', { userID: 'bob', state: 'disconnected' }]],
  ],
  [
    'ERROR in words',
    { type: 'Errored', error: { code: 60004, detail: 'NotReadableError' } },
    [
      [
        'onError',
        {
          code: 60004,
          msg: `${catalogue[60004].message}: NotReadableError`,
          name: 'NO_CAMERA',
          remedy: catalogue[60004].remedy,
        },
      ],
    ],
  ],
  [
    'ERROR with a code that this version does not know',
    { type: 'Errored', error: { code: 69999, detail: 'new' } },
    [
      [
        'onError',
        { code: 69999, msg: 'unknown error: new', name: 'CORE_FAILED', remedy: 'Report the code and the detail.' },
      ],
    ],
  ],
];

describe('The application gets', () => {
  for (const [title, effect, expected] of cases) {
    test(title, async () => {
      const { core, events } = await loggedIn();
      await core(effect);
      assert.deepEqual(events, expected);
    });
  }

  test('a reason in the words of the successor, and ours where it has none', async () => {
    const { core, events } = await loggedIn();
    const words: Record<CancelReason, string> = {
      cancelled: 'normal',
      rejected: 'reject',
      busy: 'busyline',
      no_answer: 'timeout',
      answered_elsewhere: 'answered_elsewhere',
      rejected_elsewhere: 'rejected_elsewhere',
      kicked_out: 'kicked_out',
      logged_out: 'logged_out',
      unreachable: 'unreachable',
      failed: 'failed',
    };
    const reasons = Object.keys(words) as CancelReason[];
    await core(...reasons.map((reason) => ({ type: 'CallCancelled', call, user: 'x', reason, told: false }) as const));
    assert.deepEqual(
      events.map(([, payload]) => (payload as { reason: string }).reason),
      Object.values(words),
    );
  });

  test('the inviter in events about users, once the call is known', async () => {
    const { core, events } = await loggedIn();
    await core({ type: 'Invited', call }, { type: 'UserEntered', call: 'call-1', user: 'bob', profile: nobody });
    assert.equal((events[2]?.[1] as { sponsor: string }).sponsor, 'bob');
  });

  describe('GROUP_CALL_INVITEE_LIST_UPDATE', () => {
    const group = callInfo({ group: true, group_id: 'g1', role: 'inviter', inviter: 'alice', invitees: ['bob', 'carol'] });
    const roster = (...entries: [user: string, status: RosterStatus][]): EventEffect => ({
      type: 'RosterChanged',
      call: group,
      roster: entries.map(([user, status]) => ({ user, status })),
    });
    const lists = (events: Seen[]) => events.map(([, payload]) => (payload as { userIDList: string[] }).userIDList);

    test('names everybody who is in the call or may still come, and what became of the others', async () => {
      const { core, events } = await loggedIn();
      await core(
        roster(
          ['bob', 'joined'],
          ['carol', 'ringing'],
          ['dave', 'inviting'],
          ['erin', 'left'],
          ['frank', 'rejected'],
          ['grace', 'busy'],
          ['heidi', 'no_answer'],
          ['ivan', 'cancelled'],
        ),
      );
      assert.deepEqual(events, [
        [
          'onGroupCallInviteeListUpdate',
          {
            ...about,
            userData: '',
            callRole: 'inviter',
            sponsor: 'alice',
            userID: 'alice',
            isFromGroup: true,
            groupID: 'g1',
            userIDList: ['bob', 'carol', 'dave'],
            roster: [
              { userID: 'bob', status: 'joined' },
              { userID: 'carol', status: 'ringing' },
              { userID: 'dave', status: 'inviting' },
              { userID: 'erin', status: 'left' },
              { userID: 'frank', status: 'rejected' },
              { userID: 'grace', status: 'busy' },
              { userID: 'heidi', status: 'no_answer' },
              { userID: 'ivan', status: 'cancelled' },
            ],
          },
        ],
      ]);
    });

    test('names nobody twice', async () => {
      const { core, events } = await loggedIn();
      await core(roster(['bob', 'ringing'], ['bob', 'joined']));
      assert.deepEqual(lists(events), [['bob']]);
    });

    test('comes only when somebody or a status is another one', async () => {
      const { core, events } = await loggedIn();
      await core(roster(['bob', 'inviting']), roster(['bob', 'inviting']));
      assert.equal(events.length, 1);
      await core(roster(['bob', 'ringing']));
      assert.equal(events.length, 2);
      await core(roster(['bob', 'ringing']), roster(['bob', 'ringing'], ['carol', 'inviting']));
      assert.deepEqual(lists(events), [['bob'], ['bob'], ['bob', 'carol']]);
    });

    test('does not come in a call of two', async () => {
      const { core, events } = await loggedIn();
      await core({ type: 'RosterChanged', call, roster: [{ user: 'bob', status: 'joined' }] });
      assert.deepEqual(events, []);
    });
  });

  test('payloads of its own, that it may change', async () => {
    const { sdk, core, events } = await loggedIn();
    sdk.on('onInvited', (payload) => payload.userIDList.push('mallory'));
    await core({ type: 'Invited', call }, { type: 'CallBegan', call });
    assert.deepEqual((events[1]?.[1] as { userIDList: string[] }).userIDList, ['alice']);
    assert.deepEqual((events[2]?.[1] as { userIDList: string[] }).userIDList, ['alice']);
  });

  test('payloads that survive JSON', async () => {
    const { core, events } = await loggedIn();
    await core({ type: 'Invited', call });
    assert.deepEqual(JSON.parse(JSON.stringify(events[0]?.[1])), invited);
  });

  test('the events of a batch in order, and nothing about what was ignored', async () => {
    const { core, events } = await loggedIn();
    await core(
      { type: 'UserAccepted', call: 'call-1', user: 'bob' },
      { type: 'Ignored', why: 'stale', what: 'accept' },
      { type: 'UserEntered', call: 'call-1', user: 'bob', profile: nobody },
      { type: 'VideoAvailable', user: 'bob', available: true },
      { type: 'AudioAvailable', user: 'bob', available: true },
    );
    assert.deepEqual(
      events.map(([name]) => name),
      ['onUserAccept', 'onUserEnter', 'onUserVideoAvailable', 'onUserAudioAvailable'],
    );
  });
});
