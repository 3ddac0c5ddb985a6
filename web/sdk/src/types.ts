// The types of the public surface that methods take and return; those of events are in payloads.ts. The build joins both
// with the class into one declaration file that TypeScript 4.1 reads. Clauses are those of the behaviour document.

/** -1 debug, 0 verbose (the default), 1 release, 2 warnings and errors, 3 errors, 4 silent (1.4). */
export type LogLevel = -1 | 0 | 1 | 2 | 3 | 4;

/** 1 = audio, 2 = video: the values of {@link TRTCCalling.CALL_TYPE} (1.3). */
export type CallType = 1 | 2;

/** Whether this user placed the call or was invited to it. */
export type CallRole = 'inviter' | 'invitee';

/** A listener. What it throws, or rejects with, is logged and disturbs nobody (3.2). */
export type Callback<T = unknown> = (payload: T) => unknown;

// ---- What methods take. ----

/** Options of `new TRTCCalling(options)` (1.2). Unknown ones are ignored. */
export interface Options {
  /** The application's number on the server: 0 … 4294967295, also as a numeric string. */
  SDKAppID: number | string;
  /**
   * Address of the MQTT broker, or several to try in turn: `wss://host/path`; http(s) and relative addresses are
   * understood. Default: `/mqtt` on the page's own origin.
   */
  server?: string | string[];
  /** STUN and TURN servers, as RTCPeerConnection takes them. Default: none, which serves inside one network. */
  iceServers?: RTCIceServer[];
  /** 'relay' sends media through the TURN servers only. Default: 'all'. */
  iceTransportPolicy?: 'all' | 'relay';
  /**
   * Connect the media path while the callee still rings, for a faster start. Off by default, because it tells the
   * caller the network address of a callee who has not accepted.
   */
  fastConnect?: boolean;
  /** Not used; kept as {@link TRTCCalling.tim} for applications that read it back (12, D17). */
  tim?: unknown;
  /** Replaces what the browser provides, for tests: see the package's fakes. */
  platform?: object;
}

/** Names a user. */
export interface UserInfo {
  /** `[A-Za-z0-9_-]{1,32}`. */
  userID: string;
}

/** Options of `login` (3.3). */
export interface LoginOptions extends UserInfo {
  /** The signature that your server made for this userID. */
  userSig: string;
}

/** Options of `call` (3.5, 12 D7 and D13). */
export interface CallOptions extends UserInfo {
  /** 1 = audio, 2 = video. */
  type: CallType;
  /** How long the callee rings, in seconds. Default: 30; 0 = until somebody answers or hangs up; at most 4294967. */
  timeout?: number;
  /** Travels to the callee with the invitation; at most 4096 bytes. */
  userData?: string;
  /** Number of the room, 1 … 4294967295. Default: chosen at random. */
  roomID?: number;
  /** Accepted and ignored: there is no push service. */
  offlinePushInfo?: unknown;
}

/** Options of `accept`, all optional (3.7, 12 D14). */
export interface AcceptOptions {
  /** Where given, it must name the pending invitation. */
  inviteID?: string;
  /** Ignored. */
  roomID?: number;
  /** Ignored. */
  callType?: number;
}

/** Options of `reject`, all optional (3.8, 12 D14). */
export interface RejectOptions {
  /** Where given, it must name an invitation that can still be answered. */
  inviteID?: string;
  /** Answer "line busy" instead of "rejected". Default: false. */
  isBusy?: boolean;
  /** Ignored. */
  callType?: number;
}

/** Options of `startLocalView` and `startRemoteView` (3.10). */
export interface ViewOptions extends UserInfo {
  /** Id of the element to play in, or the element itself; its other children stay. */
  videoViewDomID: string | HTMLElement;
}

/** Options of `stopLocalView` and `stopRemoteView` (3.10). */
export interface StopViewOptions extends UserInfo {
  /** Ignored. */
  videoViewDomID?: string | HTMLElement;
}

/** What `setVideoQuality` takes besides names (3.11): missing members are 640 × 480, 15 frames/s, 500 kbit/s. */
export interface VideoQualityProfile {
  /** Pixels, 1 … 16384. */
  width?: number;
  /** Pixels, 1 … 16384. */
  height?: number;
  /** Frames per second, 1 … 240. */
  frameRate?: number;
  /** kbit/s, 1 … 100000. */
  bitrate?: number;
}

/** A profile by name (8.1) or by its numbers. */
export type VideoQuality = '240p' | '360p' | '480p' | '720p' | '1080p' | VideoQualityProfile;

// ---- What methods resolve with. ----

/**
 * What an application may show in a chat list (3.5, 12 D11): a plain, extensible object. It describes a signal of the
 * call in the form of section 7; nothing is sent when it is changed.
 */
export interface CallMessage {
  ID: string;
  type: 'TIMCustomElem';
  payload: { /** JSON. */ data: string; description: string; extension: string };
  conversationID: string;
  conversationType: 'C2C';
  from: string;
  to: string;
  flow: 'out';
  /** Seconds since 1970. */
  time: number;
  nick: string;
  avatar: string;
}

/** What `login` resolves with (3.3). */
export interface LoginResult {
  code: 0;
  data: {
    actionStatus: 'OK';
    errorCode: 0;
    errorInfo: '';
    /** Present when this user was logged in already. */
    repeatLogin?: true;
  };
}

/** What `logout` resolves with (3.4). */
export interface LogoutResult {
  code: 0;
  data: Record<string, never>;
}

/** What every answer about one invitation holds. */
export interface InviteResult {
  code: 0;
  inviteID: string;
  data: { message: CallMessage };
}

/** What `call` resolves with, of all generations of the package (3.5). */
export interface CallResult extends InviteResult {
  /** The same as `inviteID`. */
  callID: string;
  roomID: number;
  /** The callee. */
  userID: string;
  /** This user. */
  userId: string;
  callType: CallType;
  /** Whether the microphone is open. */
  audio: boolean;
  /** Whether the camera is open; false in a video call without a camera. */
  video: boolean;
}

/** What `accept` resolves with (3.7). */
export interface AcceptResult extends InviteResult {
  /** The same as `inviteID`. */
  callID: string;
  roomID: number;
  /** The inviter. */
  userID: string;
  /** This user. */
  userId: string;
  callType: CallType;
  /** Whether the microphone is open. */
  audio: boolean;
  /** Whether the camera is open; false in a video call without a camera. */
  video: boolean;
}

/** What `reject` resolves with (3.8). */
export type RejectResult = InviteResult;

/** Invitations that `hangup` took back: an array that also has the first one's members (3.9; ≤1.0.5 had no array). */
export type CancelledInvites = InviteResult[] & InviteResult;

/** What `hangup` resolves with (3.9). */
export type HangupResult = { code: 0; msg: 'ok' } | CancelledInvites;

// ---- Errors. ----

/** What every promise of the package rejects with. */
export interface TRTCCallingError extends Error {
  /** A stable number of the error catalogue; 60001 – 60006 as in 1.0.6 (6.1). */
  readonly code: number;
  /** What is special about this occurrence; may be empty. */
  readonly detail: string;
  /** What to do about it. */
  readonly remedy: string;
  /** The same as `code` (3.11). */
  getCode(): number;
}
