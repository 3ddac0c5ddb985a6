// The public class, part 5: what can be asked at any time, without a promise (1.5). Nothing here changes anything.
import { callTypeOf, rosterOf } from '../events.js';
import { statusWords } from '../refusal.js';
import { trackOf } from '../tracks.js';
import type { CallStats } from '../meter/types.js';
import type { CallType, RosterInfo } from '../types.js';
import { clientOf } from './inside.js';
import { ViewMethods } from './views.js';

const factsOf = (object: object) => clientOf(object).runtime.facts;

/** Part of {@link TRTCCalling}. */
export abstract class StateMethods extends ViewMethods {
  /** Number of the room of the current call; 0 = none. */
  get roomID(): number {
    return factsOf(this).current?.room ?? 0;
  }

  /** What is captured at the moment; undefined = nothing. Its tracks come and go, and belong to this object. */
  getLocalStream(): MediaStream | undefined {
    return clientOf(this).runtime.media?.localStream;
  }

  /**
   * What a user in the call sends; undefined = nothing. Its tracks come and go.
   *
   * @param userID - whose
   */
  getRemoteStream(userID: string): MediaStream | undefined {
    return clientOf(this).runtime.media?.remoteStream(userID);
  }

  /** The own microphone's track, also while it is silenced; undefined = none. */
  getLocalAudioTrack(): MediaStreamTrack | undefined {
    return trackOf(this.getLocalStream(), 'audio');
  }

  /**
   * A user's sound, such as for a speech recognizer; undefined = none.
   *
   * @param userID - whose
   */
  getRemoteAudioTrack(userID: string): MediaStreamTrack | undefined {
    return trackOf(this.getRemoteStream(userID), 'audio');
  }

  /** Everybody who was invited to the current call or takes part in it, without oneself; empty without a call. */
  getRoster(): RosterInfo[] {
    return rosterOf(factsOf(this).roster);
  }

  /**
   * What is known about the connection to everybody in the call: rates, losses, delays, the path.
   *
   * @returns one entry for each user; none without a call
   * @throws 2024 not logged in
   */
  getCallStats(): Promise<CallStats> {
    return clientOf(this).controls.stats();
  }

  /**
   * What this object has been told and by whom, for a bug report: `scripts/replay FILE...` of the project runs it again
   * and draws it. At most 256 kB of JSON lines, from the first `login()` on; of a busy day the last 15 calls or so. User ids, call ids
   * and times are in it; texts of users, signatures, network addresses and the keys of connections are not.
   *
   * @returns the trace; '' before the first `login()`, or with `trace: false`
   */
  exportTrace(): string {
    return clientOf(this).runtime.recorder?.text() ?? '';
  }

  /** Who is logged in; '' = nobody. */
  getUserID(): string {
    return clientOf(this).runtime.userID;
  }

  /** 'idle'; 'calling' while devices open or an invitation to this user rings; else 'connected' (2). */
  getCallStatus(): 'idle' | 'calling' | 'connected' {
    return statusWords[factsOf(this).status];
  }

  /** 1 = audio, 2 = video: of the current call, else of the last one; 0 = there was none. */
  getCallType(): CallType | 0 {
    const { latest } = factsOf(this);
    return latest ? callTypeOf(latest.media) : 0;
  }

  /** Who placed the current call, else the last one; '' = there was none. */
  getInviterID(): string {
    return factsOf(this).latest?.inviter ?? '';
  }

  /** Whether this user placed the current call. */
  isInviter(): boolean {
    const { current, self } = factsOf(this);
    return current?.inviter === self;
  }

  /** Ids of the current call's invitations if this user has placed it: one, as all have the call's id. */
  getInviterInviteID(): string[] {
    const { current } = factsOf(this);
    return current && this.isInviter() ? [current.call] : [];
  }

  /** Who was invited to the current call. */
  getInviteeList(): string[] {
    return [...(factsOf(this).current?.invitees ?? [])];
  }

  /** Who of them has not answered yet. */
  getUnHandledInviteeList(): string[] {
    const { roster } = factsOf(this);
    return roster.filter(({ status }) => status === 'inviting' || status === 'ringing').map(({ user }) => user);
  }

  /** Whether the current call is a group call. */
  isGroupCall(): boolean {
    return factsOf(this).current?.group === true;
  }

  /** The group that was invited to the current call; '' = none. */
  getGroupID(): string {
    return factsOf(this).current?.group_id ?? '';
  }

  /** Whether somebody else is in the call. */
  hasRemoteConnectedUsers(): boolean {
    return this.getRemoteStreamCount() > 0;
  }

  /** How many others are in the call. */
  getRemoteStreamCount(): number {
    return factsOf(this).users.length;
  }

  /** Whether a switch between audio and video is under way. */
  getSwitchCallModeStatus(): boolean {
    return clientOf(this).switching > 0;
  }
}
