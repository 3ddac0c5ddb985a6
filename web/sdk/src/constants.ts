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
  /** How loud everybody is; not emitted by this version. */
  USER_VOICE_VOLUME: 'onUserVoiceVolume',
  /** Who was invited to the group call; not emitted by this version. */
  GROUP_CALL_INVITEE_LIST_UPDATE: 'onGroupCallInviteeListUpdate',
  /** Audio became video or the reverse; not emitted by this version. */
  CALL_TYPE_CHANGED: 'onCallTypeChanged',
  /** Devices came or went; not emitted by this version. */
  DEVICED_UPDATED: 'onDeviceUpdated',
  /** How good everybody's network is; not emitted by this version. */
  ON_USER_NETWORK_QUALITY_CHANGED: 'onUserNetworkQualityChanged',
  /** The call is connected, on both sides. */
  ON_CALL_BEGIN: 'onCallBegin',
  /** The same moment and payload as INVITED. */
  ON_CALL_RECEIVED: 'onCallReceived',
  /** The call ended before it was connected, on both sides. */
  ON_CALL_CANCELED: 'onCallCanceled',
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
