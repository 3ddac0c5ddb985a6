// What promises resolve with: one object that holds what every generation of the package has promised
// (behaviour document, 3.3 to 3.9).
import type { Result } from './core/protocol.js';
import { callTypeOf } from './events.js';
import type { CallFacts, Facts } from './facts.js';
import { messageOf } from './message.js';
import type { Action } from './message.js';
import type {
  AcceptResult,
  CallResult,
  CancelledInvites,
  HangupResult,
  InviteResult,
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

const inviteResult = (action: Action, facts: CallFacts, self: string, timeout?: number): InviteResult => ({
  code: 0,
  inviteID: facts.call,
  data: { message: messageOf(action, facts, self, timeout) },
});

/**
 * `timeout` in seconds, as the invitation has it. Where both have called each other, the call that was placed may be the
 * other one's: what this side has said to that is "accept".
 */
export function callResult(placed: Of<'CallPlaced'>, facts: Facts, timeout: number): CallResult {
  const { call, user, room, media, sending } = placed;
  const { self } = facts;
  const inviter = facts.of(call)?.inviter ?? self;
  const known = { call, room, media, inviter, peer: user };
  return {
    ...(inviter === self ? inviteResult('invite', known, self, timeout) : inviteResult('accept', known, self)),
    callID: call,
    roomID: room,
    userID: user,
    userId: self,
    callType: callTypeOf(media),
    audio: sending.audio,
    video: sending.video,
  };
}

export function acceptResult(accepted: Of<'CallAccepted'>, facts: Facts): AcceptResult {
  const { call, inviter, room, media, sending } = accepted;
  const { self } = facts;
  return {
    ...inviteResult('accept', { call, room, media, inviter, peer: inviter }, self),
    callID: call,
    roomID: room,
    userID: inviter,
    userId: self,
    callType: callTypeOf(media),
    audio: sending.audio,
    video: sending.video,
  };
}

export function rejectResult({ call, inviter }: Of<'CallRejected'>, busy: boolean, facts: Facts): RejectResult {
  const known = facts.of(call) ?? { call, room: 0, media: 'audio', inviter, peer: inviter };
  return inviteResult(busy ? 'busy' : 'reject', known, facts.self);
}

export const nothingToHangUp = (): HangupResult => ({ code: 0, msg: 'ok' });

export function hangupResult({ cancelled }: Of<'HungUp'>, facts: Facts): HangupResult {
  const [first, ...others] = cancelled.map((call) => {
    const known = facts.of(call) ?? { call, room: 0, media: 'audio', inviter: facts.self, peer: '' };
    return inviteResult('cancel', known, facts.self);
  });
  if (first === undefined) return nothingToHangUp();
  const list: InviteResult[] = [first, ...others];
  // Applications of the generation without an array read `.data.message`. Not enumerable: the array looks like one.
  for (const key of ['code', 'inviteID', 'data'] as const) {
    Object.defineProperty(list, key, { value: first[key], writable: true, configurable: true });
  }
  return list as CancelledInvites;
}
