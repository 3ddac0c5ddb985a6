// What events carry (behaviour document, 4, with the decisions of 12). Part of the public surface, see types.ts.
import type { NoMedia, UserQuality, UserVolume } from './meter/types.js';
import type { CallRole, CallType, RosterInfo, UserInfo } from './types.js';

/** ERROR (6.1). */
export interface ErrorInfo {
  /** A stable number of the error catalogue. */
  code: number;
  /** What happened, in words. */
  msg: string;
  /** The catalogue's name of the code, such as 'PERMISSION_DENIED'. */
  name: string;
  /** What to do about it. */
  remedy: string;
}

/** SDK_READY. */
export interface ReadyInfo {
  /** As the original has it. */
  name: 'ts_im_ready';
}

/** What all events about a user in a call carry. */
export interface UserCallInfo extends UserInfo {
  /** The users that the event is about; never undefined. */
  userIDList: string[];
  /** The inviter of the call; '' where it is not known. */
  sponsor: string;
  /** Identifies the call, also in `accept` and `reject`. */
  inviteID: string;
  /** The same as `inviteID`. */
  callID: string;
}

/** What all events about a call as such carry. */
export interface CallInfo extends UserCallInfo {
  /** Whether it is a group call, with or without a `groupID`. */
  isFromGroup: boolean;
  /** The group that was invited; '' = none. */
  groupID: string;
  /** Number of the call's room. */
  roomID: number;
  /** Always '': rooms have numbers. */
  strRoomID: string;
  /** What this user is in the call. */
  callRole: CallRole;
  /** 1 = audio, 2 = video. */
  callMediaType: CallType;
  /** What the inviter gave as `userData`. */
  userData: string;
}

/** How a user wants to be shown, as given to `setSelfInfo`; '' where nothing was. */
export interface ProfileInfo {
  /** The name to show. Another user chose it: show it as text, never as HTML. */
  nickName: string;
  /** Address of a picture. Another user chose it: treat it as you treat any foreign link. */
  avatar: string;
}

/** USER_ENTER. */
export interface UserEnterInfo extends UserCallInfo, ProfileInfo {}

/**
 * INVITED and ON_CALL_RECEIVED. `sponsor` and `userID` are the inviter, `nickName` and `avatar` the inviter's,
 * `userIDList` the invitees.
 */
export interface InvitedInfo extends CallInfo, ProfileInfo {
  inviteData: {
    /** As the original has it. */
    version: 4;
    /** 1 = audio, 2 = video. */
    callType: CallType;
    /** Always 0: there is no invitation that ends a call. */
    callEnd: 0;
    /** Number of the call's room. */
    roomID: number;
  };
  /** The same as `isFromGroup`. */
  isGroupCall: boolean;
  /** The same as `sponsor`. */
  callerId: string;
  /** The same as `userIDList`. */
  calleeIdList: string[];
}

/** Why a call ended before it was connected. */
export type CancelReason =
  /** The inviter gave up. */
  | 'normal'
  /** The callee declined. */
  | 'reject'
  /** The callee is in another call. */
  | 'busyline'
  /** The deadline passed. */
  | 'timeout'
  /** Another session of the callee took it. */
  | 'answered_elsewhere'
  /** Another session of the callee declined it. */
  | 'rejected_elsewhere'
  /** This session was replaced by a newer login. */
  | 'kicked_out'
  /** This session logged out. */
  | 'logged_out'
  /** The other side vanished. */
  | 'unreachable'
  /** Devices or negotiation failed. */
  | 'failed';

/** ON_CALL_CANCELED and CALLING_CANCEL. `userID` is who ended it. */
export interface CanceledInfo extends CallInfo {
  /** Why. */
  reason: CancelReason;
}

/** CALL_END (= CALLING_END). `userID` is who ended it. */
export interface CallEndInfo extends CallInfo {
  /** Talk time in whole seconds; 0 if never connected. */
  callEnd: number;
  /** The same as `callEnd`. */
  totalTime: number;
}

/** USER_VIDEO_AVAILABLE (8.5). */
export interface UserVideoInfo extends UserInfo {
  /** Whether the user sends a picture. */
  isVideoAvailable: boolean;
}

/** USER_AUDIO_AVAILABLE (8.5). */
export interface UserAudioInfo extends UserInfo {
  /** Whether the user's microphone is open, and not silenced. */
  isAudioAvailable: boolean;
}

/** CONNECTION_STATE_CHANGED: the connection to the server. A call goes on without it, unless the page was left. */
export interface ConnectionInfo {
  /** 'reconnecting' until it stands again. */
  state: 'connected' | 'reconnecting';
}

/** USER_CONNECTION_STATE_CHANGED: the media connection to one user. */
export interface UserConnectionInfo extends UserInfo {
  /** 'disconnected' and 'failed' are repaired without the application's help. */
  state: 'connecting' | 'connected' | 'disconnected' | 'failed';
}

/** USER_SCREEN_AVAILABLE: whether the user's picture is that of a screen. */
export interface UserScreenInfo extends UserInfo {
  /** Whether the user shows a screen in the camera's place. */
  isScreenAvailable: boolean;
}

/** A stream of the original's RTC SDK, as far as applications look at it. */
export interface StreamLike {
  /** null where there is none. */
  getAudioTrack(): MediaStreamTrack | null;
  /** null where there is none. */
  getVideoTrack(): MediaStreamTrack | null;
  /** Whose it is. */
  getUserId(): string;
}

/** How loud somebody is, and what is heard. */
export interface StreamVolume extends UserVolume {
  /** As in 1.0.6; not enumerable, so that the payload survives JSON. */
  readonly stream: StreamLike;
}

/** USER_VOICE_VOLUME, about once a second in a call. */
export interface VolumeInfo {
  /** Oneself first. */
  volumeMap: StreamVolume[];
}

/**
 * GROUP_CALL_INVITEE_LIST_UPDATE: who is in a group call or may still come to it has changed, or what became of
 * somebody's invitation. `userIDList` holds everybody who is being invited or has joined, once and without oneself;
 * `userID` is the inviter.
 */
export interface InviteeListInfo extends CallInfo {
  /** Everybody who was ever invited or has joined. */
  roster: RosterInfo[];
}

/** CALL_TYPE_CHANGED; `callMediaType` is the new one, `userID` the inviter of the call. */
export interface CallTypeInfo extends CallInfo {
  /** What it was: 1 = audio, 2 = video. */
  oldCallType: CallType;
  /** What it is now. */
  newCallType: CallType;
}

/** DEVICED_UPDATED: what there is, and what is used. Lists are empty, and members missing, where there is nothing. */
export interface DeviceInfo {
  /** As of `getMicrophones()`. */
  microphoneList: MediaDeviceInfo[];
  /** As of `getCameras()`. */
  cameraList: MediaDeviceInfo[];
  /** As of `getDeviceList('speaker')`. */
  speakerList: MediaDeviceInfo[];
  /** '' where there is none. */
  currentMicrophoneID: string;
  /** '' where there is none. */
  currentCameraID: string;
  /** The microphone in use, else the one that will be. */
  currentMicrophone?: MediaDeviceInfo;
  /** The camera in use, else the one that will be. */
  currentCamera?: MediaDeviceInfo;
  /** The speaker in use, else the one that will be. */
  currentSpeaker?: MediaDeviceInfo;
}

/** ON_USER_NETWORK_QUALITY_CHANGED, every two seconds in a call. */
export interface NetworkQualityInfo {
  /** Oneself first. */
  networkQualityList: UserQuality[];
}

/** Event names and what their listeners receive. */
export interface EventMap {
  onError: ErrorInfo;
  sdkReady: ReadyInfo;
  onInvited: InvitedInfo;
  onCallReceived: InvitedInfo;
  onUserAccept: UserCallInfo;
  onUserEnter: UserEnterInfo;
  onUserLeave: UserCallInfo;
  onReject: CallInfo;
  onNoResp: CallInfo;
  onLineBusy: CallInfo;
  onCallingCancel: CanceledInfo;
  onCallCanceled: CanceledInfo;
  onKickedOut: object;
  onCallingTimeout: CallInfo;
  onCallBegin: CallInfo;
  onCallEnd: CallEndInfo;
  onUserVideoAvailable: UserVideoInfo;
  onUserAudioAvailable: UserAudioInfo;
  onUserScreenAvailable: UserScreenInfo;
  onScreenShareStopped: object;
  onUserVoiceVolume: VolumeInfo;
  onGroupCallInviteeListUpdate: InviteeListInfo;
  onCallTypeChanged: CallTypeInfo;
  onDeviceUpdated: DeviceInfo;
  onUserNetworkQualityChanged: NetworkQualityInfo;
  onNoMedia: NoMedia;
  onConnectionStateChanged: ConnectionInfo;
  onUserConnectionStateChanged: UserConnectionInfo;
  onAutoplayBlocked: UserInfo;
}
