// What promises resolve with: one object that holds what every generation of the package has promised
// (behaviour document, 3.3 to 3.9).
import { hide } from './api/inside.js';
import type { Result, Sending } from './core/protocol.js';
import { callTypeOf } from './events.js';
import type { Facts } from './facts.js';
import { messageOf } from './message.js';
import type {
  AcceptResult,
  CallResult,
  GroupCallResult,
  HangupResult,
  InviteResult,
  JoinedResult,
  JoinInGroupCallResult,
  LoginResult,
  LogoutResult,
  RejectResult,
} from './types.js';

type Of<Type extends Result['type']> = Extract<Result, { type: Type }>;

export const loginResult = ({ repeated }: Of<'LoggedIn'>): LoginResult => ({
  code: 0,
  data: { actionStatus: 'OK', errorCode: 0, errorInfo: '', ...(repeated ? { repeatLogin: true } : {}) },
});

export const logoutResult = (): LogoutResult => ({ code: 0, data: {} });

const inviteResult = (...about: Parameters<typeof messageOf>): InviteResult => ({
  code: 0,
  inviteID: about[1].call,
  data: { message: messageOf(...about) },
});

type Joined = Extract<Result, { sending: Sending }>;

const joinedResult = ({ call, room, media, sending }: Joined, { self }: Facts): JoinedResult => ({
  callID: call,
  roomID: room,
  userId: self,
  callType: callTypeOf(media),
  audio: sending.audio,
  video: sending.video,
});

/** An array that also has an object's members. Not enumerable: it looks like any array. */
function arrayWith<T, Members extends object>(list: T[], members: Members): T[] & Members {
  for (const [key, value] of Object.entries(members)) hide(list, key, value);
  return list as T[] & Members;
}

/**
 * `timeout` in seconds, as the invitation has it. Where both have called each other, the call that was placed may be the
 * other one's: what this side has said to that is "accept".
 */
export function callResult(placed: Of<'CallPlaced'>, facts: Facts, timeout: number): CallResult {
  const call = facts.of(placed.call);
  const invite =
    call.inviter === facts.self ? inviteResult('invite', call, facts, timeout) : inviteResult('accept', call, facts);
  return { ...invite, ...joinedResult(placed, facts), userID: placed.user };
}

/** `timeout` in seconds. */
export function groupCallResult(placed: Of<'GroupCallPlaced'>, facts: Facts, timeout: number): GroupCallResult {
  const { users, room, group_id, added } = placed;
  const call = { ...facts.of(placed.call), inviter: facts.self, invitees: users, group_id };
  const { audio, video, userId, ...joined } = joinedResult(placed, facts);
  const first = inviteResult('invite', call, facts, timeout, group_id === '' ? users[0] : '');
  const invites = users.map((userID) => ({
    ...inviteResult('invite', call, facts, timeout, userID),
    userID,
    roomID: room,
  }));
  const one = first.data;
  return {
    ...first,
    ...(added ? {} : { audio, video, userId }),
    ...joined,
    groupID: group_id,
    userIDList: [...users],
    // Applications that know calls of two only read `.data.message`.
    data: group_id === '' ? arrayWith(invites, invites[0]?.data ?? one) : one,
  };
}

export const joinInGroupCallResult = (joined: Joined, facts: Facts, groupID: string): JoinInGroupCallResult => ({
  code: 0,
  inviteID: joined.call,
  ...joinedResult(joined, facts),
  groupID,
});

export const acceptResult = (accepted: Of<'CallAccepted'>, facts: Facts): AcceptResult => ({
  ...inviteResult('accept', facts.of(accepted.call), facts),
  ...joinedResult(accepted, facts),
  userID: accepted.inviter,
});

export const rejectResult = ({ call, inviter }: Of<'CallRejected'>, busy: boolean, facts: Facts): RejectResult =>
  inviteResult(busy ? 'busy' : 'reject', { ...facts.of(call), inviter }, facts);

export const nothingToHangUp = (): HangupResult => ({ code: 0, msg: 'ok' });

/** Applications of the generation without an array read `.data.message` of a single invitation (3.9). */
export function hangupResult({ cancelled }: Of<'HungUp'>, facts: Facts): HangupResult {
  const [first, ...others] = cancelled.map((call) =>
    inviteResult('cancel', { ...facts.of(call), inviter: facts.self }, facts),
  );
  return first === undefined ? nothingToHangUp() : arrayWith([first, ...others], first);
}
