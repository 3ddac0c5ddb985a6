// The two tables that applications compare with: event names and call types (behaviour document, 1.3 and 11.2).

/** Names of the events. The strings may be used directly: `on('onInvited', …)`. */
export const EVENT = Object.freeze({
  /**
   * Something went wrong: with devices, also where a promise rejects with the same code; with media or the session,
   * where no promise can tell.
   */
  ERROR: 'onError',
  /** Logged in and reachable. */
  SDK_READY: 'sdkReady',
  /** At an invitee: somebody calls. The microphone is asked for when the invitation is accepted. */
  INVITED: 'onInvited',
  /** At the inviter, with a `groupID` also at the other invitees: an invitee has accepted. USER_ENTER follows. */
  USER_ACCEPT: 'onUserAccept',
  /** At everybody in the call: another user is in it, too; once for each. Views are started here. */
  USER_ENTER: 'onUserEnter',
  /** At everybody in the call: another user has left it. In a call of two CALL_END follows. */
  USER_LEAVE: 'onUserLeave',
  /** At the inviter, with a `groupID` also at the others in the call: an invitee has declined. */
  REJECT: 'onReject',
  /** At the inviter, at the deadline: those of `userIDList` did not answer, online or not. */
  NO_RESP: 'onNoResp',
  /** An invitee is in another call. At the inviter, with a `groupID` also at the others in the call. */
  LINE_BUSY: 'onLineBusy',
  /** At an invitee: the inviter took the invitation back. */
  CALLING_CANCEL: 'onCallingCancel',
  /** This user has logged in elsewhere: this session is over, and so is its call. */
  KICKED_OUT: 'onKickedOut',
  /** At an invitee: the invitation has expired. Also at the inviter of somebody whose device did ring. */
  CALLING_TIMEOUT: 'onCallingTimeout',
  /**
   * The call is over, once on each side: after it was connected, after a deadline, or when nobody of a group is left. A
   * call of two that was declined, busy or cancelled ends with ON_CALL_CANCELED only.
   */
  CALL_END: 'onCallEnd',
  /** The same event as CALL_END. */
  CALLING_END: 'onCallEnd',
  /** Another user's picture came or went; the first time right after USER_ENTER. */
  USER_VIDEO_AVAILABLE: 'onUserVideoAvailable',
  /** Another user's sound came or went; the first time right after USER_VIDEO_AVAILABLE. */
  USER_AUDIO_AVAILABLE: 'onUserAudioAvailable',
  /** How loud everybody in the call is, about once a second. */
  USER_VOICE_VOLUME: 'onUserVoiceVolume',
  /** Who is in the group call or may still come, and what became of invitations. */
  GROUP_CALL_INVITEE_LIST_UPDATE: 'onGroupCallInviteeListUpdate',
  /** The audio call became a video call or the reverse. */
  CALL_TYPE_CHANGED: 'onCallTypeChanged',
  /** Devices came or went, or another one is in use. An unplugged one is replaced by the next. */
  DEVICED_UPDATED: 'onDeviceUpdated',
  /** How good the connection to everybody is, every two seconds. */
  ON_USER_NETWORK_QUALITY_CHANGED: 'onUserNetworkQualityChanged',
  /** The call is connected, on both sides. */
  ON_CALL_BEGIN: 'onCallBegin',
  /** The same moment and payload as INVITED. */
  ON_CALL_RECEIVED: 'onCallReceived',
  /** The call ended before it was connected, on both sides. */
  ON_CALL_CANCELED: 'onCallCanceled',
  /** Another user's picture became that of a screen, or is no longer. */
  USER_SCREEN_AVAILABLE: 'onUserScreenAvailable',
  /**
   * Your own screen is shared no longer, though stopScreenShare() was not called: the user has ended it in the browser's bar,
   * or the call became an audio call. The end of the call says so by itself.
   */
  SCREEN_SHARE_STOPPED: 'onScreenShareStopped',
  /** Connected to a user, and yet sound or picture does not arrive. */
  NO_MEDIA: 'onNoMedia',
  /** The connection to the server went away or came back. */
  CONNECTION_STATE_CHANGED: 'onConnectionStateChanged',
  /** The media connection to a user went away or came back. */
  USER_CONNECTION_STATE_CHANGED: 'onUserConnectionStateChanged',
  /** A user's sound waits for a user gesture; see resumeAudio(). */
  AUTOPLAY_BLOCKED: 'onAutoplayBlocked',
} as const);

/** Kinds of calls, in both directions: `CALL_TYPE.VIDEO_CALL === 2`, `CALL_TYPE[2] === 'VIDEO_CALL'`. */
export const CALL_TYPE = Object.freeze({
  UNKNOWN: 0,
  AUDIO_CALL: 1,
  VIDEO_CALL: 2,
  0: 'UNKNOWN',
  1: 'AUDIO_CALL',
  2: 'VIDEO_CALL',
} as const);
