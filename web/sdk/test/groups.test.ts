import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Effect, Media } from '../src/core/protocol.js';
import type { CallMessage, GroupCallOptions, GroupCallResult } from '../src/types.js';
import { done, loggedIn, rejection } from './support/calling.js';
import { fails, signal } from './support/calls.js';
import type { OpOf } from './support/calls.js';

const sending = { audio: true, video: true, screen: false };

/** The core places what it is asked for. */
const placed =
  (added = false) =>
  ({ op, users, group_id = '', media = 'video' }: OpOf & { users: string[]; group_id?: string; media?: Media }): Effect[] => [
    done(op, { type: 'GroupCallPlaced', call: 'call-1', users, room: 77, media, sending, group_id, added }),
  ];

async function inGroups() {
  const it = await loggedIn();
  it.platform.engine.on('GroupCall', placed()).on('InviteUsers', placed(true));
  return it;
}

const messagesOf = ({ data }: GroupCallResult): CallMessage[] =>
  Array.isArray(data) ? data.map((invite) => invite.data.message) : [data.message];

const withoutData = ({ data: _, ...rest }: GroupCallResult) => rest;

describe('groupCall()', () => {
  test('tells the core everything, with its defaults', async () => {
    const { sdk, told } = await inGroups();
    await sdk.groupCall({ userIDList: ['bob', 'carol'], type: 1 });
    const options = { groupID: 'g1', timeout: 0, userData: 'd', roomID: 5, offlinePushInfo: {} };
    await sdk.groupCall({ userIDList: ['bob'], type: 2, ...options });
    const common = { type: 'GroupCall' };
    assert.deepEqual(told('GroupCall'), [
      { ...common, op: 2, users: ['bob', 'carol'], media: 'audio', timeout: 30000, user_data: '', room: 0, group_id: '' },
      { ...common, op: 3, users: ['bob'], media: 'video', timeout: 0, user_data: 'd', room: 5, group_id: 'g1' },
    ]);
  });

  test('without a group resolves with one invitation for each user', async () => {
    const { sdk } = await inGroups();
    const result = await sdk.groupCall({ userIDList: ['bob', 'carol'], type: 2 });
    assert.deepEqual(withoutData(result), {
      code: 0,
      inviteID: 'call-1',
      callID: 'call-1',
      roomID: 77,
      groupID: '',
      userIDList: ['bob', 'carol'],
      userId: 'alice',
      callType: 2,
      audio: true,
      video: true,
    });
    assert.ok(Array.isArray(result.data));
    assert.deepEqual(
      result.data.map(({ data: _, ...invite }) => invite),
      ['bob', 'carol'].map((userID) => ({ code: 0, inviteID: 'call-1', roomID: 77, userID })),
    );
    const messages = messagesOf(result);
    assert.deepEqual(
      messages.map(({ conversationID, conversationType, to }) => [conversationID, conversationType, to]),
      [
        ['C2Cbob', 'C2C', 'bob'],
        ['C2Ccarol', 'C2C', 'carol'],
      ],
    );
    assert.equal(new Set(messages.map(({ ID }) => ID)).size, 2);
    const { inviteeList, timeout, groupID, data } = signal(messages[1] as CallMessage);
    assert.deepEqual({ inviteeList, timeout, groupID }, { inviteeList: ['carol'], timeout: 30, groupID: '' });
    assert.deepEqual((data as { data: { userIDs: string[] } }).data.userIDs, ['bob', 'carol']);
  });

  test('without a group has the message of a call of two, too, where nobody enumerates it', async () => {
    const { sdk } = await inGroups();
    const { data } = await sdk.groupCall({ userIDList: ['bob', 'carol'], type: 2 });
    assert.equal(data.message.to, 'bob');
    assert.deepEqual(Object.keys(data), ['0', '1']);
  });

  test('with a group resolves with the one message to it', async () => {
    const { sdk } = await inGroups();
    const result = await sdk.groupCall({ userIDList: ['bob', 'carol'], type: 2, groupID: 'g1', timeout: 12 });
    assert.equal(result.groupID, 'g1');
    assert.deepEqual(Object.keys(result.data), ['message']);
    const { message } = result.data;
    assert.deepEqual(
      [message.ID, message.conversationID, message.conversationType, message.to],
      ['call-1-invite', 'GROUPg1', 'GROUP', 'g1'],
    );
    const { inviteeList, timeout, groupID, data } = signal(message);
    assert.deepEqual({ inviteeList, timeout, groupID }, { inviteeList: ['bob', 'carol'], timeout: 12, groupID: 'g1' });
    assert.equal('userIDs' in (data as { data: object }).data, false);
  });

  test('in a call resolves without what is known already', async () => {
    const { sdk, platform } = await inGroups();
    await sdk.groupCall({ userIDList: ['bob'], type: 2 });
    platform.engine.on('GroupCall', placed(true));
    const result = await sdk.groupCall({ userIDList: ['carol'], type: 2 });
    assert.deepEqual(withoutData(result), {
      code: 0,
      inviteID: 'call-1',
      callID: 'call-1',
      roomID: 77,
      groupID: '',
      userIDList: ['carol'],
      callType: 2,
    });
  });

  test('survives a core that had nobody left to invite', async () => {
    const { sdk, platform } = await inGroups();
    platform.engine.on('GroupCall', (input) => placed(true)({ ...input, users: [] }));
    const { data, userIDList } = await sdk.groupCall({ userIDList: ['bob'], type: 2 });
    assert.deepEqual([userIDList, (data as unknown[]).length], [[], 0]);
  });

  test('names everybody once, and leaves the list of the application alone', async () => {
    const { sdk, told } = await inGroups();
    const userIDList = Object.freeze(['bob', 'carol', 'bob', 7 as unknown as string, '7']) as string[];
    const result = await sdk.groupCall({ userIDList, type: 2 });
    assert.deepEqual(told('GroupCall')[0]?.users, ['bob', 'carol', '7']);
    result.userIDList.push('mallory');
    assert.deepEqual(userIDList, ['bob', 'carol', 'bob', 7, '7']);
  });

  test('refuses oneself', async () => {
    const { sdk, told } = await inGroups();
    assert.equal((await rejection(sdk.groupCall({ userIDList: ['bob', 'alice'], type: 2 }))).code, 61003);
    assert.deepEqual(told('GroupCall'), []);
  });

  test('takes seven others and refuses eight, with the reason', async () => {
    const { sdk, told } = await inGroups();
    const users = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    await sdk.groupCall({ userIDList: [...users, 'a'], type: 2 });
    const error = await rejection(sdk.groupCall({ userIDList: [...users, 'h'], type: 2 }));
    assert.equal(error.code, 61015);
    assert.match(error.message, /userIDList may name 7: a call has 8 participants/);
    assert.equal(told('GroupCall').length, 1);
  });

  for (const wrong of [
    undefined,
    null,
    {},
    { type: 2 },
    { userIDList: [], type: 2 },
    { userIDList: 'bob', type: 2 },
    { userIDList: [''], type: 2 },
    { userIDList: [{}], type: 2 },
    { userIDList: ['bob'] },
    { userIDList: ['bob'], type: 3 },
    { userIDList: ['bob'], type: 2, groupID: {} },
    { userIDList: ['bob'], type: 2, timeout: -1 },
    { userIDList: ['bob'], type: 2, roomID: -1 },
    { userIDList: ['bob'], type: 2, userData: 1 },
  ]) {
    test(`rejects ${JSON.stringify(wrong)} in words that show it`, async () => {
      const { sdk, told } = await inGroups();
      const error = await rejection(sdk.groupCall(wrong as unknown as GroupCallOptions));
      assert.equal(error.code, 61001);
      assert.equal(error.message, `TRTCCalling.groupCall - params error: ${JSON.stringify(wrong) ?? 'undefined'}`);
      assert.deepEqual(told('GroupCall'), []);
    });
  }

  test('can be called again after a failure', async () => {
    const { sdk, platform } = await inGroups();
    platform.engine.on('GroupCall', fails(61021));
    assert.equal((await rejection(sdk.groupCall({ userIDList: ['bob'], type: 2, groupID: 'g1' }))).code, 61021);
    platform.engine.on('GroupCall', placed());
    assert.equal((await sdk.groupCall({ userIDList: ['bob'], type: 2 })).code, 0);
  });
});

describe('inviteUser()', () => {
  test('tells the core whom and how long, and resolves like groupCall()', async () => {
    const { sdk, told } = await inGroups();
    const result = await sdk.inviteUser({ userIDList: ['dave', 'dave'], timeout: 5 });
    assert.deepEqual(told('InviteUsers'), [{ type: 'InviteUsers', op: 2, users: ['dave'], timeout: 5000 }]);
    assert.deepEqual(result.userIDList, ['dave']);
    assert.equal(messagesOf(result)[0]?.to, 'dave');
    assert.equal('audio' in result, false);
  });

  for (const wrong of [undefined, {}, { userIDList: [] }, { userIDList: ['bob'], timeout: 'x' }]) {
    test(`rejects ${JSON.stringify(wrong)}`, async () => {
      const { sdk } = await inGroups();
      assert.equal((await rejection(sdk.inviteUser(wrong as never))).code, 61001);
    });
  }

  test('says that there is no call', async () => {
    const { sdk, platform } = await inGroups();
    platform.engine.on('InviteUsers', fails(61002));
    const error = await rejection(sdk.inviteUser({ userIDList: ['bob'] }));
    assert.equal(error.message, 'TRTCCalling.inviteUser - CALL_STATUS: idle');
  });
});

describe('joinInGroupCall()', () => {
  const joining = { type: 2, groupID: 'g1', roomID: 77 } as const;
  const answers: [title: string, answer: (op: number) => Effect][] = [
    [
      'an acceptance',
      (op) => done(op, { type: 'CallAccepted', call: 'call-1', inviter: 'bob', room: 77, media: 'video', sending }),
    ],
    [
      'a group call',
      (op) =>
        done(op, {
          type: 'GroupCallPlaced',
          call: 'call-1',
          users: ['bob'],
          room: 77,
          media: 'video',
          sending,
          group_id: 'g1',
          added: false,
        }),
    ],
  ];
  for (const [title, answer] of answers) {
    test(`resolves with the call, told as ${title}`, async () => {
      const { sdk, platform, told } = await loggedIn();
      platform.engine.on('JoinGroupCall', ({ op }) => [answer(op)]);
      assert.deepEqual(await sdk.joinInGroupCall(joining), {
        code: 0,
        inviteID: 'call-1',
        callID: 'call-1',
        roomID: 77,
        groupID: 'g1',
        userId: 'alice',
        callType: 2,
        audio: true,
        video: true,
      });
      assert.deepEqual(told('JoinGroupCall'), [
        { type: 'JoinGroupCall', op: 2, media: 'video', group_id: 'g1', room: 77 },
      ]);
    });
  }

  for (const change of [{ type: 0 }, { groupID: '' }, { groupID: undefined }, { roomID: 0 }, { roomID: undefined }]) {
    test(`rejects ${JSON.stringify({ ...joining, ...change })}`, async () => {
      const { sdk, told } = await loggedIn();
      assert.equal((await rejection(sdk.joinInGroupCall({ ...joining, ...change } as never))).code, 61001);
      assert.deepEqual(told('JoinGroupCall'), []);
    });
  }

  test('says that there is no such call', async () => {
    const { sdk, platform } = await loggedIn();
    platform.engine.on('JoinGroupCall', fails(61022));
    assert.equal((await rejection(sdk.joinInGroupCall(joining))).code, 61022);
  });

  test('is an error, not a hanging promise, when the core answers something else', async () => {
    const { sdk, platform } = await loggedIn();
    platform.engine.on('JoinGroupCall', ({ op }) => [done(op, { type: 'Nothing' })]);
    assert.equal((await rejection(sdk.joinInGroupCall(joining))).code, 61020);
  });
});

for (const [method, verb] of [
  ['joinGroup', 'JoinGroup'],
  ['quitGroup', 'QuitGroup'],
] as const) {
  describe(`${method}()`, () => {
    test('takes the id alone or in options', async () => {
      const { sdk, platform, told } = await loggedIn();
      platform.engine.on(verb, ({ op }) => [done(op, { type: 'Nothing' })]);
      assert.equal(await sdk[method]('g1'), undefined);
      assert.equal(await sdk[method]({ groupID: 'g2' }), undefined);
      assert.deepEqual(
        told(verb).map(({ group_id }) => group_id),
        ['g1', 'g2'],
      );
    });

    for (const wrong of [undefined, '', null, {}, { groupID: '' }, true]) {
      test(`rejects ${JSON.stringify(wrong)}`, async () => {
        const { sdk, told } = await loggedIn();
        assert.equal((await rejection(sdk[method](wrong as never))).code, 61001);
        assert.deepEqual(told(verb), []);
      });
    }

    test('says that the server refuses', async () => {
      const { sdk, platform } = await loggedIn();
      platform.engine.on(verb, fails(61021, 'g1'));
      const error = await rejection(sdk[method]('g1'));
      assert.equal(error.code, 61021);
      assert.match(error.message, new RegExp(`^TRTCCalling.${method} - .*: g1$`));
    });
  });
}
