// Section 1: the module, the constructor, the static members, and what can be read from an object.
import TRTCCalling from '../../../web/sdk/src/trtc-calling.js';
import { chapter, equal, holds, refused } from '../support/suite.js';
import { pair, ringing, talking } from '../support/calls.js';
import type { User } from '../support/world.js';

const proves = chapter('module', '1 Module, constructor, static members, getters');

/** Before any test could open a page. */
const importedWithout = ['window', 'document', 'navigator.mediaDevices'].filter((name) => {
  const found = name.split('.').reduce<unknown>((object, key) => (object as Record<string, unknown> | undefined)?.[key], globalThis);
  return found === undefined;
});

proves('1.1 import', 'FIX', 'works where there is no browser', async () => {
  equal(importedWithout, ['window', 'document', 'navigator.mediaDevices']);
  equal(new TRTCCalling({ SDKAppID: 1 }).getCallStatus(), 'idle');
});

proves('1.2 constructor', 'FIX', 'never throws; what is missing is said by login()', async (world) => {
  for (const options of [undefined, null, {}, 'x', { SDKAppID: 'nonsense' }]) new TRTCCalling(options as never);
  const user = world.user('alice', { SDKAppID: undefined as never });
  const error = await refused(world.login(user));
  equal([error.code, /SDKAppID/.test(error.message)], [2000, true]);
});

for (const SDKAppID of [1400000000, '1400000000', 0] as number[]) {
  proves(`1.2 SDKAppID ${JSON.stringify(SDKAppID)}`, 'SUPERSET', 'is taken as applications pass it', async (world) => {
    const alice = world.user('alice', { SDKAppID });
    holds(await world.login(alice), { code: 0 });
  });
}

proves('1.2 side effects', 'FIX', 'nothing is stored, and nobody is told', async (world) => {
  const touched: string[] = [];
  const names = ['sessionStorage', 'localStorage', 'XMLHttpRequest', 'fetch'];
  const before = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
  for (const name of names) {
    Object.defineProperty(globalThis, name, { get: () => void touched.push(name), configurable: true });
  }
  const { alice } = await talking(world);
  await world.pass(60_000);
  await world.until(alice.sdk.logout());
  names.forEach((name, index) => {
    const was = before[index];
    if (was === undefined) Reflect.deleteProperty(globalThis, name);
    else Object.defineProperty(globalThis, name, was);
  });
  equal(touched, []);
});

proves('1.2 initial state', 'KEEP', 'idle, no call type, 480p', async (world) => {
  const { sdk } = world.user('alice');
  equal([sdk.getCallStatus(), sdk.getCallType(), sdk.getVideoQuality()], ['idle', 0, '480p']);
});

proves('1.3 own static members', 'KEEP', 'EVENT and CALL_TYPE, and no others', async () => {
  const ofEveryClass = ['length', 'name', 'prototype'];
  equal(Object.getOwnPropertyNames(TRTCCalling).filter((name) => !ofEveryClass.includes(name)).sort(), ['CALL_TYPE', 'EVENT']);
});

proves('1.3 CALL_TYPE', 'KEEP', 'reads in both directions', async () => {
  const type = TRTCCalling.CALL_TYPE;
  equal({ ...type }, { UNKNOWN: 0, AUDIO_CALL: 1, VIDEO_CALL: 2, 0: 'UNKNOWN', 1: 'AUDIO_CALL', 2: 'VIDEO_CALL' });
});

proves('1.3 EVENT', 'KEEP', 'has every key of 1.0.6 with its string', async () => {
  holds(TRTCCalling.EVENT, {
    ERROR: 'onError',
    SDK_READY: 'sdkReady',
    INVITED: 'onInvited',
    USER_ACCEPT: 'onUserAccept',
    USER_ENTER: 'onUserEnter',
    USER_LEAVE: 'onUserLeave',
    REJECT: 'onReject',
    NO_RESP: 'onNoResp',
    LINE_BUSY: 'onLineBusy',
    CALLING_CANCEL: 'onCallingCancel',
    KICKED_OUT: 'onKickedOut',
    CALLING_TIMEOUT: 'onCallingTimeout',
    CALL_END: 'onCallEnd',
    CALLING_END: 'onCallEnd',
    USER_VIDEO_AVAILABLE: 'onUserVideoAvailable',
    USER_AUDIO_AVAILABLE: 'onUserAudioAvailable',
    USER_VOICE_VOLUME: 'onUserVoiceVolume',
    GROUP_CALL_INVITEE_LIST_UPDATE: 'onGroupCallInviteeListUpdate',
  });
});

proves('1.3 EVENT of 1.0.8', 'SUPERSET', 'has the two keys that came later', async () => {
  holds(TRTCCalling.EVENT, { CALL_TYPE_CHANGED: 'onCallTypeChanged', DEVICED_UPDATED: 'onDeviceUpdated' });
});

proves('1.3 EVENT on objects', 'SUPERSET', 'is there, too, and so is CALL_TYPE', async (world) => {
  const { sdk } = world.user('alice');
  equal([sdk.EVENT === TRTCCalling.EVENT, sdk.CALL_TYPE === TRTCCalling.CALL_TYPE], [true, true]);
});

const said: Record<number, string[]> = {
  [-1]: ['error', 'info', 'warn'],
  0: ['error', 'info', 'warn'],
  1: ['error', 'info', 'warn'],
  2: ['error', 'warn'],
  3: ['error'],
  4: [],
};
for (const [level, expected] of Object.entries(said)) {
  proves(`1.4 setLogLevel(${level})`, 'KEEP', `returns undefined and lets ${expected.join(', ') || 'nothing'} through`, async (world) => {
    const alice = world.user('alice');
    const heard = new Set<string>();
    const { info, warn, error } = console;
    for (const name of ['info', 'warn', 'error'] as const) console[name] = () => void heard.add(name);
    equal(alice.sdk.setLogLevel(Number(level) as 0), undefined);
    alice.sdk.on('sdkReady', () => {
      throw new Error('of the application');
    });
    await alice.sdk.hangup();
    await alice.sdk.accept();
    await world.login(alice);
    Object.assign(console, { info, warn, error });
    equal([...heard].sort(), expected);
  });
}

/** What every getter says of alice's video call to bob, at both. */
const getters: Record<string, (user: User) => Record<string, unknown>> = {
  getUserID: ({ id }) => ({ idle: id, ringing: id, talking: id }),
  getCallStatus: ({ id }) => ({ idle: 'idle', ringing: id === 'alice' ? 'connected' : 'calling', talking: 'connected' }),
  getCallType: () => ({ idle: 0, ringing: 2, talking: 2 }),
  getInviterID: () => ({ idle: '', ringing: 'alice', talking: 'alice' }),
  isInviter: ({ id }) => ({ idle: false, ringing: id === 'alice', talking: id === 'alice' }),
  getInviteeList: () => ({ idle: [], ringing: ['bob'], talking: ['bob'] }),
  getUnHandledInviteeList: ({ id }) => ({ idle: [], ringing: id === 'alice' ? ['bob'] : [], talking: [] }),
  isGroupCall: () => ({ idle: false, ringing: false, talking: false }),
  getGroupID: () => ({ idle: '', ringing: '', talking: '' }),
  hasRemoteConnectedUsers: () => ({ idle: false, ringing: false, talking: true }),
  getRemoteStreamCount: () => ({ idle: 0, ringing: 0, talking: 1 }),
  getSwitchCallModeStatus: () => ({ idle: false, ringing: false, talking: false }),
  getVideoQuality: () => ({ idle: '480p', ringing: '480p', talking: '480p' }),
};
for (const [name, expected] of Object.entries(getters)) {
  proves(`1.5 ${name}()`, 'SUPERSET', 'is right on both sides while idle, while it rings and in the call', async (world) => {
    const read = ({ sdk }: User) => (sdk as unknown as Record<string, () => unknown>)[name]?.();
    const users = Object.values(await pair(world)) as [User, User];
    const look = (situation: string) =>
      equal(users.map(read), users.map((user) => expected(user)[situation]), situation);
    look('idle');
    const [alice, bob] = users;
    await world.until(alice.sdk.call({ userID: 'bob', type: 2 }));
    look('ringing');
    await world.until(bob.sdk.accept());
    look('talking');
  });
}

proves('1.5 roomID and invitation', 'SUPERSET', 'are those of the call, and of none afterwards', async (world) => {
  const { alice, bob } = await pair(world);
  const placed = await world.until(alice.sdk.call({ userID: 'bob', type: 1 }));
  equal([alice.sdk.roomID, bob.sdk.roomID], [placed.roomID, placed.roomID]);
  equal([alice.sdk.getInviterInviteID(), bob.sdk.getInviterInviteID()], [[placed.inviteID], []]);
  await world.until(alice.sdk.hangup());
  equal([alice.sdk.roomID, bob.sdk.roomID, alice.sdk.getInviterInviteID()], [0, 0, []]);
  equal([bob.sdk.getCallType(), bob.sdk.getInviterID()], [1, 'alice'], 'a new call resets all but these (2)');
});

proves('1.5 getters in a group call', 'SUPERSET', 'name the group and who has not answered', async (world) => {
  const { alice } = await pair(world);
  await world.until(alice.sdk.joinGroup('team'));
  await world.until(alice.sdk.groupCall({ userIDList: ['bob', 'carol'], type: 1, groupID: 'team' }));
  equal([alice.sdk.isGroupCall(), alice.sdk.getGroupID()], [true, 'team']);
  equal(alice.sdk.getUnHandledInviteeList(), ['bob', 'carol']);
  equal(alice.sdk.getInviteeList(), ['bob', 'carol']);
});

const setters =
  'setCallType setInviteeList setUnHandledInviteeList setIsGroupCall setGroupID setInviterInviteID delInviterInviteID ' +
  'setInviterID setSwitchCallModeStatus changeCallStatus';
proves('1.5 setters', 'SUPERSET', 'exist and change nothing', async (world) => {
  const { alice } = await talking(world);
  const sdk = alice.sdk as unknown as Record<string, (value: unknown) => unknown>;
  for (const name of setters.split(' ')) equal(sdk[name]?.('idle'), undefined, name);
  equal([alice.sdk.getCallStatus(), alice.sdk.getCallType(), alice.sdk.isGroupCall()], ['connected', 2, false]);
});

interface Inside {
  _trtcClient: {
    _localStream: { getAudioTrack(): unknown; getVideoTrack(): unknown };
    _remoteStreams: { getAudioTrack(): unknown; getUserId(): string }[];
    _roomID: number;
    _client: Record<'setProxyServer' | 'setTurnServer' | 'join' | 'leave', (given?: unknown) => unknown>;
  };
  _roomID: number;
  _timClient: { _tim: unknown };
  _tsignalingClient: { _tsignaling: { _tim: unknown } };
}
const insideOf = ({ sdk }: User): Inside => sdk as unknown as Inside;

proves('1.5 _trtcClient', 'SUPERSET', 'has the tracks of both sides and the room, right after accept()', async (world) => {
  const { alice, bob } = await ringing(world);
  await world.until(bob.sdk.accept());
  const { _localStream, _remoteStreams, _roomID } = insideOf(bob)._trtcClient;
  equal(_localStream.getAudioTrack(), bob.sdk.getLocalAudioTrack());
  equal([_localStream.getAudioTrack() === null, _localStream.getVideoTrack() === null], [false, false]);
  equal(_remoteStreams.map((stream) => stream.getUserId()), ['alice']);
  equal(_remoteStreams[0]?.getAudioTrack(), bob.sdk.getRemoteAudioTrack('alice'));
  equal([_roomID, insideOf(bob)._roomID], [alice.sdk.roomID, alice.sdk.roomID]);
});

proves('1.5 _trtcClient without a call', 'SUPERSET', 'has no tracks, and breaks nobody', async (world) => {
  const inside = insideOf(world.user('alice'));
  const { _localStream, _remoteStreams, _roomID } = inside._trtcClient;
  equal([_localStream.getAudioTrack(), _localStream.getVideoTrack(), _remoteStreams, _roomID], [null, null, [], 0]);
  inside._roomID = 5;
  equal(inside._roomID, 0);
});

proves('1.5 _trtcClient._client', 'SUPERSET', 'takes TURN servers, and answers what it cannot do', async (world) => {
  const alice = await world.online('alice');
  const { _client } = insideOf(alice)._trtcClient;
  const secrets = { username: 'u', credential: 'c', credentialType: 'password' };
  _client.setTurnServer([{ url: '10.0.0.1:3478', ...secrets }]);
  equal(alice.mediaOptions?.iceServers, [{ urls: 'turn:10.0.0.1:3478', ...secrets }]);
  _client.setTurnServer({ urls: 'turns:turn.example', ...secrets });
  equal(alice.mediaOptions?.iceServers, [{ urls: 'turns:turn.example', ...secrets }]);
  for (const name of ['setProxyServer', 'join', 'leave'] as const) equal(await _client[name]('ws://proxy'), undefined, name);
});

proves('1.5 tim', 'SUPERSET', 'is what was passed, under its old names, too', async (world) => {
  const tim = { registerPlugin: () => undefined };
  const alice = world.user('alice', { tim });
  const { _timClient, _tsignalingClient } = insideOf(alice);
  equal([alice.sdk.tim === tim, _timClient._tim === tim, _tsignalingClient._tsignaling._tim === tim], [true, true, true]);
});
