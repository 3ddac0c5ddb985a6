// The public class, part 2: calls.
import type {
  AcceptOptions,
  AcceptResult,
  CallOptions,
  CallResult,
  CallType,
  GroupCallOptions,
  GroupCallResult,
  HangupResult,
  InviteUserOptions,
  JoinInGroupCallOptions,
  JoinInGroupCallResult,
  RejectOptions,
  RejectResult,
} from '../types.js';
import { clientOf } from './inside.js';
import { SessionMethods } from './session.js';

/** Part of {@link TRTCCalling}. */
export abstract class CallMethods extends SessionMethods {
  /**
   * Calls a user (3.5). Microphone and camera are opened first; without a camera a video call goes on with sound only.
   * If the callee calls this user at the same moment, the two become one call, for one side the other's: its id, room and
   * type are in the result or, if that was given already, in the events, which name this side the invitee (12, D15).
   *
   * @param options - whom, audio or video, how long it rings
   * @returns when the invitation has gone out; USER_ACCEPT, REJECT, LINE_BUSY or NO_RESP tell what became of it
   * @throws 2024 not logged in, 61001 a parameter is missing or out of range, 61002 in a call already, 61003 a call to
   * oneself, 60003 no microphone, 60005 not allowed, 61007 – 61009 devices, 61010 hung up meanwhile, 61015 userData is
   * too long
   */
  call(options: CallOptions): Promise<CallResult> {
    return clientOf(this).call(options);
  }

  /**
   * Invites several users to a call (3.6), everybody connected to everybody. With `groupID` one message goes to the
   * group, and those of its members ring who are in the list; without, one message goes to each user. In a call it adds
   * people to it. Microphone and camera are opened first, as in `call()`; the more participants, the smaller the
   * pictures that are sent.
   *
   * @param options - whom, audio or video, how long it rings; the list stays as it is
   * @returns when the invitations have gone out; GROUP_CALL_INVITEE_LIST_UPDATE tells what became of them, and so do
   * USER_ACCEPT, REJECT, LINE_BUSY and NO_RESP for each user
   * @throws 2024 not logged in, 61001 a parameter is missing or out of range, 61002 not possible now, 61003 the list
   * names oneself, 61015 more than 7 others, or userData is too long, 60003 no microphone, 60005 not
   * allowed, 61007 – 61009 devices, 61010 hung up meanwhile
   */
  groupCall(options: GroupCallOptions): Promise<GroupCallResult> {
    return clientOf(this).groupCall(options);
  }

  /**
   * Adds people to the call that is going on (11.1); a call of two becomes a group call.
   *
   * @param options - whom, and how long it rings
   * @returns when the invitations have gone out
   * @throws 2024 not logged in, 61001 a parameter is missing or out of range, 61002 not in a call, 61003 the list names
   * oneself, 61015 with those who are there they would be more than 8 participants
   */
  inviteUser(options: InviteUserOptions): Promise<GroupCallResult> {
    return clientOf(this).inviteUser(options);
  }

  /**
   * Enters the group call that is going on in a room, without an invitation (11.1).
   *
   * @param options - with which media, and which call
   * @returns when this user is in the call
   * @throws 2024 not logged in, 61001 a parameter is missing or out of range, 61002 in a call already, 61015 it is
   * full, 61022 there is no such call, or this user is no member of the group, 60003 no microphone, 60005 not
   * allowed, 61007 – 61009 devices
   */
  joinInGroupCall(options: JoinInGroupCallOptions): Promise<JoinInGroupCallResult> {
    return clientOf(this).joinInGroupCall(options);
  }

  /**
   * Answers the invitation (3.7). The arguments of the older generation are accepted.
   *
   * @param options - an `inviteID`, where given, must name the pending invitation (12, D14)
   * @returns when this user is in the call; undefined if no inviteID was given and there is nothing to answer. Called
   * twice, it answers both with the first outcome
   * @throws 8010 another invitation was named, 61011 it has ended meanwhile, 60003 no microphone, 60005 not allowed,
   * 61007 – 61009 devices; after a device error the caller has been told
   */
  accept(options?: AcceptOptions): Promise<AcceptResult | undefined> {
    return clientOf(this).accept(options);
  }

  /**
   * Declines the invitation (3.8). The arguments of the older generation are accepted.
   *
   * @param options - `isBusy: true` answers "line busy"; an `inviteID`, where given, must name an invitation
   * @returns when it is declined; ON_CALL_CANCELED follows. undefined if there is nothing to decline, or not any more
   * @throws 8010 another invitation was named
   */
  reject(options?: RejectOptions): Promise<RejectResult | undefined> {
    return clientOf(this).reject(options);
  }

  /**
   * Leaves the call, cancels it while it rings, aborts it while devices open, or declines an invitation (3.9).
   *
   * @returns in every state, and never rejects: the invitations that were taken back, or `{code: 0, msg: 'ok'}`
   */
  hangup(): Promise<HangupResult> {
    return clientOf(this).hangup();
  }

  /**
   * Makes a video call of two an audio call, while it rings or later (3.12). CALL_TYPE_CHANGED follows on both sides.
   *
   * @returns when that is done, and also when it cannot be (no call, a group call, an audio call already, a switch
   * under way): then the console says why. ERROR 60001 tells of a failure
   */
  switchToAudioCall(): Promise<void> {
    return clientOf(this).switchQuietly('switchToAudioCall', 1);
  }

  /**
   * Makes an audio call of two a video call, while it rings or later (3.12). CALL_TYPE_CHANGED follows on both sides.
   *
   * @returns when that is done, and also when it cannot be (no call, a group call, a video call already, a switch under
   * way): then the console says why. ERROR 60002 tells of a failure
   */
  switchToVideoCall(): Promise<void> {
    return clientOf(this).switchQuietly('switchToVideoCall', 2);
  }

  /**
   * The same in the successor's form (11.1), which says by rejecting what cannot be done.
   *
   * @param type - 1 = audio, 2 = video
   * @returns when that is done
   * @throws 2024 not logged in, 61001 no such type, 61002 no call, a group call, of this type already or a switch under
   * way, 60001 and 60002 it failed
   */
  switchCallMediaType(type: CallType): Promise<void> {
    return clientOf(this).switchMedia('switchCallMediaType', type);
  }

  /**
   * What a chat list can show for `data.message` of a result, or for a message of the original package (3.14).
   *
   * @param message - any object
   * @param language - 'ko', 'en', 'zh' or 'ja'; default: the `language` option, else the browser's, else English
   * @returns one line; '' for what is no message of a call
   */
  extractCallingInfoFromMessage(message: unknown, language?: string): string {
    return clientOf(this).textOf(message, language);
  }
}
