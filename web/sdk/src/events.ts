// Effects of the core become events of the application: names of section 1.3 and 11.2, payloads that hold what every
// generation of the package has promised (behaviour document, 4 and 12).
import { CALL_TYPE, EVENT } from './constants.js';
import type {
  CallInfo as CoreCall,
  CancelReason as CoreReason,
  CoreError,
  EventEffect,
  Media,
  Profile,
  RosterEntry,
} from './core/protocol.js';
import { describe, sentence } from './errors.js';
import type { Facts } from './facts.js';
import type {
  CallInfo,
  CancelReason,
  ErrorInfo,
  EventMap,
  InvitedInfo,
  ProfileInfo,
  UserCallInfo,
} from './payloads.js';
import type { CallType, RosterInfo, RosterStatus } from './types.js';

/** An event that is due: its name and its payload. */
export type Due = { [K in keyof EventMap]: readonly [name: K, payload: EventMap[K]] }[keyof EventMap];

export const callTypeOf = (media: Media): CallType => (media === 'video' ? CALL_TYPE.VIDEO_CALL : CALL_TYPE.AUDIO_CALL);

/** Those whom GROUP_CALL_INVITEE_LIST_UPDATE lists: they are in the call or may still come. */
const PRESENT: readonly RosterStatus[] = ['inviting', 'ringing', 'joined'];

export const rosterOf = (roster: readonly RosterEntry[]): RosterInfo[] =>
  roster.map(({ user, status }) => ({ userID: user, status }));

/** The successor's word where it has one; the others are our own. */
const reasons = { cancelled: 'normal', rejected: 'reject', busy: 'busyline', no_answer: 'timeout' } as const;

const reasonOf = (reason: CoreReason): CancelReason =>
  reasons[reason as keyof typeof reasons] ?? (reason as Exclude<CoreReason, keyof typeof reasons>);

export const errorInfo = ({ code, detail }: CoreError): ErrorInfo => {
  const { name, remedy } = describe(code);
  return { code, msg: sentence(code, detail), name, remedy };
};

/** Every event gets objects of its own: a listener that changes its payload changes nobody else's. */
const aboutCall = (call: CoreCall, userID = call.inviter, users = call.invitees): CallInfo => ({
  userID,
  userIDList: [...users],
  sponsor: call.inviter,
  inviteID: call.call,
  callID: call.call,
  isFromGroup: call.group,
  groupID: call.group_id,
  roomID: call.room,
  strRoomID: '',
  callRole: call.role,
  callMediaType: callTypeOf(call.media),
  userData: call.user_data,
});

const aboutUser = (call: string, userID: string, facts: Facts): UserCallInfo => ({
  userID,
  userIDList: [userID],
  sponsor: facts.of(call).inviter,
  inviteID: call,
  callID: call,
});

const profileInfo = ({ nick, avatar }: Profile): ProfileInfo => ({ nickName: nick, avatar });

const aboutInvite = (call: CoreCall): InvitedInfo => ({
  ...aboutCall(call),
  ...profileInfo(call.inviter_profile),
  inviteData: { version: 4, callType: callTypeOf(call.media), callEnd: 0, roomID: call.room },
  isGroupCall: call.group,
  callerId: call.inviter,
  calleeIdList: [...call.invitees],
});

/** The events of one effect, in the order of their emission. */
export function eventsOf(effect: EventEffect, facts: Facts): Due[] {
  switch (effect.type) {
    case 'Ready':
      return [[EVENT.SDK_READY, { name: 'ts_im_ready' }]];
    case 'KickedOut':
      return [[EVENT.KICKED_OUT, {}]];
    case 'Invited':
      return [
        [EVENT.INVITED, aboutInvite(effect.call)],
        [EVENT.ON_CALL_RECEIVED, aboutInvite(effect.call)],
      ];
    case 'UserAccepted':
      return [[EVENT.USER_ACCEPT, aboutUser(effect.call, effect.user, facts)]];
    case 'UserEntered':
      return [[EVENT.USER_ENTER, { ...aboutUser(effect.call, effect.user, facts), ...profileInfo(effect.profile) }]];
    case 'UserLeft':
      return [[EVENT.USER_LEAVE, aboutUser(effect.call, effect.user, facts)]];
    case 'VideoAvailable':
      return [[EVENT.USER_VIDEO_AVAILABLE, { userID: effect.user, isVideoAvailable: effect.available }]];
    case 'AudioAvailable':
      return [[EVENT.USER_AUDIO_AVAILABLE, { userID: effect.user, isAudioAvailable: effect.available }]];
    case 'ScreenAvailable':
      return [[EVENT.USER_SCREEN_AVAILABLE, { userID: effect.user, isScreenAvailable: effect.available }]];
    case 'ScreenStopped':
      return [[EVENT.SCREEN_SHARE_STOPPED, {}]];
    case 'RosterChanged': {
      const { call, roster } = effect;
      const present = roster.filter(({ status }) => PRESENT.includes(status)).map(({ user }) => user);
      const payload = {
        ...aboutCall(call, call.inviter, [...new Set(present)]),
        roster: rosterOf(roster),
      };
      return [[EVENT.GROUP_CALL_INVITEE_LIST_UPDATE, payload]];
    }
    case 'MediaTypeChanged': {
      const { call, from } = effect;
      const payload = {
        ...aboutCall(call),
        oldCallType: callTypeOf(from),
        newCallType: callTypeOf(call.media),
      };
      return [[EVENT.CALL_TYPE_CHANGED, payload]];
    }
    case 'InviteRejected':
      return [[EVENT.REJECT, aboutCall(effect.call, effect.user, [effect.user])]];
    case 'LineBusy':
      return [[EVENT.LINE_BUSY, aboutCall(effect.call, effect.user, [effect.user])]];
    case 'NoResponse':
      return [[EVENT.NO_RESP, aboutCall(effect.call, effect.users[0] ?? '', effect.users)]];
    case 'CallTimedOut':
      return [[EVENT.CALLING_TIMEOUT, aboutCall(effect.call, effect.users[0] ?? '', effect.users)]];
    case 'CallCancelled': {
      const payload = () => ({
        ...aboutCall(effect.call, effect.user),
        reason: reasonOf(effect.reason),
      });
      const cancelled: Due = [EVENT.ON_CALL_CANCELED, payload()];
      return effect.told ? [[EVENT.CALLING_CANCEL, payload()], cancelled] : [cancelled];
    }
    case 'CallBegan':
      return [[EVENT.ON_CALL_BEGIN, aboutCall(effect.call)]];
    case 'CallEnded': {
      const about = aboutCall(effect.call, effect.user);
      return [[EVENT.CALLING_END, { ...about, callEnd: effect.seconds, totalTime: effect.seconds }]];
    }
    case 'SignalingChanged':
      return [[EVENT.CONNECTION_STATE_CHANGED, { state: effect.connected ? 'connected' : 'reconnecting' }]];
    case 'UserConnectionChanged':
      return [[EVENT.USER_CONNECTION_STATE_CHANGED, { userID: effect.user, state: effect.state }]];
    case 'Errored':
      return [[EVENT.ERROR, errorInfo(effect.error)]];
    default: {
      const missing: never = effect;
      return missing;
    }
  }
}
