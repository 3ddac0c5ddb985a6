// The two tables that applications compare with: event names and call types (behaviour document, 1.3 and 11.2).

/** Names of the events. The strings may be used directly: `on('onInvited', …)`. */
export const EVENT = Object.freeze({
  /** Something went wrong; see {@link ErrorInfo}. */
  ERROR: 'onError',
  /** Logged in and reachable. */
  SDK_READY: 'sdkReady',
  /** Somebody calls. */
  INVITED: 'onInvited',
  /** An invitee has accepted. */
  USER_ACCEPT: 'onUserAccept',
  /** A remote user is in the call. */
  USER_ENTER: 'onUserEnter',
  /** A remote user has left the call. */
  USER_LEAVE: 'onUserLeave',
  /** An invitee has declined. */
  REJECT: 'onReject',
  /** An invitee did not answer in time. */
  NO_RESP: 'onNoResp',
  /** An invitee is in another call. */
  LINE_BUSY: 'onLineBusy',
  /** The inviter took the invitation back. */
  CALLING_CANCEL: 'onCallingCancel',
  /** This user has logged in elsewhere. */
  KICKED_OUT: 'onKickedOut',
  /** The invitation has expired. */
  CALLING_TIMEOUT: 'onCallingTimeout',
  /** The call is over. */
  CALL_END: 'onCallEnd',
  /** The same event as CALL_END. */
  CALLING_END: 'onCallEnd',
  /** A remote user's camera went on or off. */
  USER_VIDEO_AVAILABLE: 'onUserVideoAvailable',
  /** A remote user's microphone went on or off. */
  USER_AUDIO_AVAILABLE: 'onUserAudioAvailable',
  /** How loud everybody in the call is, about once a second. */
  USER_VOICE_VOLUME: 'onUserVoiceVolume',
  /** Who is in the group call or may still come, and what became of invitations. */
  GROUP_CALL_INVITEE_LIST_UPDATE: 'onGroupCallInviteeListUpdate',
  /** The audio call became a video call or the reverse. */
  CALL_TYPE_CHANGED: 'onCallTypeChanged',
  /** Devices came or went, or another one is in use. */
  DEVICED_UPDATED: 'onDeviceUpdated',
  /** How good the connection to everybody is. */
  ON_USER_NETWORK_QUALITY_CHANGED: 'onUserNetworkQualityChanged',
  /** The call is connected, on both sides. */
  ON_CALL_BEGIN: 'onCallBegin',
  /** The same moment and payload as INVITED. */
  ON_CALL_RECEIVED: 'onCallReceived',
  /** The call ended before it was connected, on both sides. */
  ON_CALL_CANCELED: 'onCallCanceled',
  /** A remote user's picture became that of a screen, or is no longer. */
  USER_SCREEN_AVAILABLE: 'onUserScreenAvailable',
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
