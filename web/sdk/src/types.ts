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
   * Address of the MQTT broker, or of up to 16 nodes of its cluster: `wss://host/path`; http(s) and relative addresses are
   * understood. Of several, any is taken, by chance, so that users spread over the nodes; when it is lost or does not
   * answer, the others are tried in turn, with a pause that grows from 0.25 to 8 s once all have failed. A call goes on
   * meanwhile. Default: `/mqtt` on the page's own origin.
   */
  server?: string | URL | readonly (string | URL)[];
  /**
   * STUN and TURN servers, as RTCPeerConnection takes them. Default: what the server offers at `v1/ice` beside its
   * WebSocket, with credentials that are renewed; none where it offers none, which serves inside one network. `[]`: none,
   * without asking.
   */
  iceServers?: RTCIceServer[];
  /**
   * 'relay' sends media through the TURN servers only; where none can be reached, ERROR 61025 says so. Default: 'all'.
   */
  iceTransportPolicy?: 'all' | 'relay';
  /**
   * Connect the media path while the callee still rings, for a faster start. Off by default, because it tells the
   * caller the network address of a callee who has not accepted.
   */
  fastConnect?: boolean;
  /**
   * The flight recorder, see `exportTrace`. Default: true. false: off. 'full': texts, signatures and addresses are
   * recorded as they are; for a laboratory, not for users.
   */
  trace?: boolean | 'full';
  /** Language of `extractCallingInfoFromMessage`: 'ko', 'en', 'zh', 'ja'. Default: the browser's, else English. */
  language?: string;
  /**
   * Where core.wasm is, if not beside the script: an address, relative to the page. The file must be of the package's own
   * version. Nothing else is tried then. Default: the bundle knows.
   */
  wasmUrl?: string | URL;
  /** The bytes of core.wasm, for whoever has them already; `wasmUrl` is then not asked for. Default: the bundle gets them. */
  wasmBinary?: ArrayBuffer | Uint8Array;
  /** Not used; kept as {@link TRTCCalling.tim} for applications that read it back (12, D17). */
  tim?: unknown;
  /** Replaces what the browser provides, for tests: see the package's fakes. */
  platform?: object;
}

/** Names a user. */
export interface UserInfo {
  /** Who: `[A-Za-z0-9_-]{1,32}`. */
  userID: string;
}

/** Options of `login` (3.3). */
export interface LoginOptions extends UserInfo {
  /** The signature that your server made for this userID. */
  userSig: string;
}

/** What every invitation may be given (12, D7 and D13). */
export interface InviteOptions {
  /** How long it rings, in seconds. Default: 30; 0 = until somebody answers or hangs up; at most 4294967. */
  timeout?: number;
  /** Accepted and ignored: there is no push service. */
  offlinePushInfo?: unknown;
}

/** What every new call may be given (12, D13). */
export interface NewCallOptions extends InviteOptions {
  /** 1 = audio, 2 = video. */
  type: CallType;
  /** Travels to the callees with the invitation; at most 4096 bytes. */
  userData?: string;
  /** Number of the room, 1 … 4294967295. Default: chosen at random. */
  roomID?: number;
}

/** Options of `call` (3.5). */
export interface CallOptions extends NewCallOptions, UserInfo {}

/** Options of `groupCall` (3.6). */
export interface GroupCallOptions extends NewCallOptions {
  /** Whom, 1 … 7 others: a call has at most 8 participants. Who is named twice is invited once. */
  userIDList: string[];
  /** Invite with one message to the members of this group; '' or nothing: with one message for each user. */
  groupID?: string;
}

/** Options of `inviteUser` (11.1). */
export interface InviteUserOptions extends InviteOptions {
  /** Whom, 1 … 7 others; with those who are in the call, at most 8 participants. */
  userIDList: string[];
}

/** Options of `joinInGroupCall` (11.1). */
export interface JoinInGroupCallOptions {
  /** 1 = audio, 2 = video. */
  type: CallType;
  /** The group of the call; this user must be a member of it. */
  groupID: string;
  /** The room of the call, 1 … 4294967295. */
  roomID: number;
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

/** Options of `startRemoteView` (3.10, 11.1). */
export interface RemoteViewOptions extends ViewOptions {
  /** How the picture is shown. */
  options?: RenderOptions;
}

/** How a user is shown; what is left out stays as it is (11.1). */
export interface RenderOptions {
  /** How a picture fills its place, as in CSS. Default: 'cover'. */
  objectFit?: 'cover' | 'contain' | 'fill';
  /** Left and right exchanged. Default: true for the own front camera, else false. */
  mirror?: boolean;
  /** Silence this user's sound here; without effect on oneself. Default: false. */
  muted?: boolean;
}

/** Options of `setVideoRenderParams` (11.1). */
export interface VideoRenderOptions extends RenderOptions {
  /** Default: oneself. */
  userID?: string;
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

/** What `getDeviceList` and `getCurrentDevice` take (11.1). */
export type DeviceType = 'camera' | 'cameras' | 'microphone' | 'microphones' | 'speaker' | 'speakers';

/** Options of `switchDevice` (3.13, 11.1). */
export interface SwitchDeviceOptions {
  /** 'camera' and 'microphone' mean the same as 'video' and 'audio'. */
  deviceType: 'video' | 'audio' | 'speaker' | 'camera' | 'microphone';
  /** As in the lists of devices. */
  deviceId: string;
}

/** Options of `setSelfInfo` (11.1); what is left out stays as it is. */
export interface SelfInfo {
  /** At most 128 bytes. */
  nickName?: string;
  /** Address of a picture, at most 1024 bytes. */
  avatar?: string;
}

// ---- What methods resolve with. ----

/**
 * What an application may show in a chat list (3.5, 7; 12, D11): a plain, extensible object. It describes a signal of
 * the call in the original's form; nothing is sent when it is changed.
 */
export interface CallMessage {
  /** Different for every message. */
  ID: string;
  /** As the original has it. */
  type: 'TIMCustomElem';
  payload: {
    /** The signal, as JSON. */
    data: string;
    /** Always ''. */
    description: string;
    /** Always ''. */
    extension: string;
  };
  /** `conversationType` and `to`, as in a chat list. */
  conversationID: string;
  /** 'GROUP' where the signal went to a group. */
  conversationType: 'C2C' | 'GROUP';
  /** This user. */
  from: string;
  /** The user or the group that it went to. */
  to: string;
  /** Always sent by this user. */
  flow: 'out';
  /** Seconds since 1970. */
  time: number;
  /** This user's name, as given to `setSelfInfo`. */
  nick: string;
  /** This user's picture, as given to `setSelfInfo`. */
  avatar: string;
}

/** What `login` resolves with (3.3). */
export interface LoginResult {
  /** Always 0: failures reject. */
  code: 0;
  data: {
    /** As the original has it. */
    actionStatus: 'OK';
    /** As the original has it. */
    errorCode: 0;
    /** As the original has it. */
    errorInfo: '';
    /** Present when this user was logged in already. */
    repeatLogin?: true;
  };
}

/** What `logout` resolves with (3.4). */
export interface LogoutResult {
  /** Always 0: failures reject. */
  code: 0;
  /** Empty. */
  data: Record<string, never>;
}

/** What every answer about one invitation holds. */
export interface InviteResult {
  /** Always 0: failures reject. */
  code: 0;
  /** Identifies the call, also in events. */
  inviteID: string;
  data: {
    /** For a chat list. */
    message: CallMessage;
  };
}

/** What of a call and of this user's part in it results hold. */
export interface JoinedResult {
  /** The same as `inviteID`. */
  callID: string;
  /** Number of the call's room. */
  roomID: number;
  /** This user. */
  userId: string;
  /** 1 = audio, 2 = video. */
  callType: CallType;
  /** Whether the microphone is open. */
  audio: boolean;
  /** Whether the camera is open; false in a video call without a camera. */
  video: boolean;
}

/** What `call` resolves with, of all generations of the package (3.5). */
export interface CallResult extends InviteResult, JoinedResult {
  /** The callee. */
  userID: string;
}

/** One invitation of a group call (3.6). */
export interface GroupInvite extends InviteResult {
  /** Who was invited. */
  userID: string;
  /** Number of the call's room. */
  roomID: number;
}

/**
 * What `groupCall` and `inviteUser` resolve with (3.6). All invitations of a call have its id. `audio`, `video` and
 * `userId` are missing where people were added to the call that was going on.
 */
export interface GroupCallResult
  extends Pick<JoinedResult, 'callID' | 'roomID' | 'callType'>,
    Partial<Pick<JoinedResult, 'audio' | 'video' | 'userId'>> {
  /** Always 0: failures reject. */
  code: 0;
  /** Identifies the call, also in events. */
  inviteID: string;
  /** '' without a group. */
  groupID: string;
  /** Who was invited, each of them once. */
  userIDList: string[];
  /** With a group the one message to it; without, an array of one invitation for each user that has a message, too. */
  data: { message: CallMessage } | (GroupInvite[] & { message: CallMessage });
}

/** What `joinInGroupCall` resolves with (11.1). */
export interface JoinInGroupCallResult extends JoinedResult {
  /** Always 0: failures reject. */
  code: 0;
  /** Identifies the call, also in events. */
  inviteID: string;
  /** The group of the call. */
  groupID: string;
}

/** What `accept` resolves with (3.7). */
export interface AcceptResult extends InviteResult, JoinedResult {
  /** The inviter. */
  userID: string;
}

/** What `reject` resolves with (3.8). */
export type RejectResult = InviteResult;

/** Invitations that `hangup` took back: an array that also has the first one's members (3.9; ≤1.0.5 had no array). */
export type CancelledInvites = InviteResult[] & InviteResult;

/** What `hangup` resolves with (3.9). */
export type HangupResult = { code: 0; msg: 'ok' } | CancelledInvites;

/** What became of somebody's invitation. */
export type RosterStatus =
  /** The invitation is on its way. */
  | 'inviting'
  /** It has reached a device. */
  | 'ringing'
  /** In the call. */
  | 'joined'
  /** Was in the call. */
  | 'left'
  /** Declined. */
  | 'rejected'
  /** Is in another call. */
  | 'busy'
  /** Did not answer in time. */
  | 'no_answer'
  /** It was taken back. */
  | 'cancelled';

/** Somebody who was invited to the call or takes part in it. */
export interface RosterInfo {
  /** Who. */
  userID: string;
  /** What became of this user's invitation. */
  status: RosterStatus;
}

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
