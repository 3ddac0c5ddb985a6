// The whole vocabulary between the C++ core and this package: src/input.hpp and src/effect.hpp, struct by struct, in
// their order. `type` is the struct's name, members keep their C++ names, ids and durations (milliseconds) are numbers,
// enums are the names of their enumerators. tests/contract holds golden lines of both, read by C++ and by our tests.

export type Media = 'audio' | 'video';
export type TrackKind = 'audio' | 'video' | 'screen';
export type MediaError = 'permission_denied' | 'not_found' | 'in_use' | 'insecure' | 'unknown';
export type ConnectionState = 'connecting' | 'connected' | 'disconnected' | 'failed';
export type SessionStatus = 'logged_out' | 'connecting' | 'online' | 'reconnecting' | 'kicked_out';
export type CallStatus = 'idle' | 'dialing' | 'inviting' | 'ringing' | 'accepting' | 'in_call';
export type CallRole = 'inviter' | 'invitee';
export type CancelReason =
  | 'cancelled'
  | 'rejected'
  | 'busy'
  | 'no_answer'
  | 'answered_elsewhere'
  | 'rejected_elsewhere'
  | 'kicked_out'
  | 'logged_out'
  | 'unreachable'
  | 'failed';
/** What became of somebody's invitation, as the one who invited tells it. */
export type RosterStatus =
  /** The invitation is on its way. */
  | 'inviting'
  /** It has reached a device. */
  | 'ringing'
  | 'joined'
  | 'left'
  | 'rejected'
  | 'busy'
  | 'no_answer'
  | 'cancelled';

/** What a participant sends at the moment. */
export interface Sending {
  audio: boolean;
  /** A picture: of the camera, or of the screen in its place. */
  video: boolean;
  /** The picture is the screen's. */
  screen: boolean;
}

/** How users want to be shown. */
export interface Profile {
  /** At most 128 bytes. */
  nick: string;
  /** An address of a picture, at most 1024 bytes. */
  avatar: string;
}

/** Somebody who was invited to the call or takes part in it. */
export interface RosterEntry {
  user: string;
  status: RosterStatus;
}

/** Capture and encoding targets: pixels, frames per second, kbit/s. */
export interface VideoProfile {
  width: number;
  height: number;
  frame_rate: number;
  bitrate: number;
}

/** RTCIceCandidateInit. */
export interface Candidate {
  candidate: string;
  mid: string;
  line: number;
  /** User name fragment. */
  fragment: string;
}

/** The facts of a call that most events repeat. */
export interface CallInfo {
  call: string;
  room: number;
  media: Media;
  role: CallRole;
  inviter: string;
  invitees: string[];
  group: boolean;
  group_id: string;
  user_data: string;
  inviter_profile: Profile;
}

/** `code` is a number of the error catalogue (errors.generated.ts). */
export interface CoreError {
  code: number;
  detail: string;
}

/** The user's verbs that are answered by exactly one Done or Failed with their `op`. */
export type Verb =
  | { type: 'Login'; op: number; user: string; user_sig: string }
  | { type: 'Logout'; op: number }
  | { type: 'Call'; op: number; user: string; media: Media; timeout: number; user_data: string; room: number }
  /** In a call it adds people to it. */
  | {
      type: 'GroupCall';
      op: number;
      users: string[];
      media: Media;
      timeout: number;
      user_data: string;
      room: number;
      group_id: string;
    }
  | { type: 'InviteUsers'; op: number; users: string[]; timeout: number }
  | { type: 'JoinGroupCall'; op: number; media: Media; group_id: string; room: number }
  | { type: 'JoinGroup'; op: number; group_id: string }
  | { type: 'QuitGroup'; op: number; group_id: string }
  | { type: 'Accept'; op: number; call: string }
  | { type: 'Reject'; op: number; call: string; busy: boolean }
  | { type: 'HangUp'; op: number }
  | { type: 'SetCamera'; op: number; on: boolean }
  | { type: 'SetMicrophone'; op: number; on: boolean }
  | { type: 'SetScreen'; op: number; on: boolean }
  | { type: 'SwitchMedia'; op: number; media: Media };

/** Everything that can happen to the core. */
export type Input =
  | Verb
  | { type: 'SetVideoProfile'; profile: VideoProfile }
  | { type: 'SetSelfInfo'; profile: Profile }
  | { type: 'PageClosed' }
  | { type: 'TimePassed' }
  | { type: 'NetworkChanged'; online: boolean }
  | { type: 'SocketOpened'; socket: number }
  | SocketReceived
  | { type: 'SocketClosed'; socket: number; code: number; reason: string }
  /** `camera_failed`: there is a camera, but it could not be opened. */
  | { type: 'MediaOpened'; capture: number; microphone: boolean; camera: boolean; camera_failed: boolean }
  | { type: 'MediaFailed'; capture: number; error: MediaError; message: string }
  | { type: 'TrackEnded'; kind: TrackKind }
  /** Devices came or went: whether there is at least one. */
  | { type: 'DevicesChanged'; microphone: boolean; camera: boolean }
  | { type: 'OfferCreated'; peer: number; negotiation: number; sdp: string }
  | { type: 'AnswerCreated'; peer: number; negotiation: number; sdp: string }
  | { type: 'NegotiationFailed'; peer: number; negotiation: number; message: string }
  | { type: 'CandidatesFound'; peer: number; candidates: Candidate[] }
  | { type: 'ConnectionChanged'; peer: number; state: ConnectionState }
  | { type: 'RelayMissing'; peer: number; why: string }
  | { type: 'MediaFlowChanged'; peer: number; flowing: boolean };

/** The one input that does not travel as JSON: `Engine.receive(now, socket, bytes)`. */
export interface SocketReceived {
  type: 'SocketReceived';
  socket: number;
  bytes: Uint8Array;
}

/** Everything that `Engine.handle` takes. */
export type JsonInput = Exclude<Input, SocketReceived>;

/** What a verb was answered with. */
export type Result =
  | { type: 'Nothing' }
  | { type: 'LoggedIn'; repeated: boolean }
  | { type: 'CallPlaced'; call: string; user: string; room: number; media: Media; sending: Sending }
  /** `added`: to the call that was going on. */
  | {
      type: 'GroupCallPlaced';
      call: string;
      users: string[];
      room: number;
      media: Media;
      sending: Sending;
      group_id: string;
      added: boolean;
    }
  | { type: 'CallAccepted'; call: string; inviter: string; room: number; media: Media; sending: Sending }
  | { type: 'CallRejected'; call: string; inviter: string }
  | { type: 'HungUp'; cancelled: string[] }
  | { type: 'Toggled'; done: boolean };

/** Everything the core can ask of its host; a batch is executed in order and completely before the next input. */
export type Effect =
  | { type: 'OpenSocket'; socket: number; url: string }
  /** `bytes` is an index for `Engine.output()`. */
  | { type: 'SendBytes'; socket: number; bytes: number }
  | { type: 'CloseSocket'; socket: number }
  | { type: 'OpenMedia'; capture: number; microphone: boolean; camera: boolean; profile: VideoProfile }
  | { type: 'CloseMedia' }
  | { type: 'CloseCamera' }
  | { type: 'MuteMicrophone'; muted: boolean }
  /** Answered by MediaOpened (all of it false) or MediaFailed; its picture takes the camera's place. */
  | { type: 'OpenScreen'; capture: number }
  | { type: 'CloseScreen' }
  /**
   * What the picture may cost for each receiver: kbit/s, and by how much its sides are to shrink, in percent of what is
   * captured (100 = as it is, 200 = half as wide and high).
   */
  | { type: 'LimitVideo'; bitrate: number; scale: number }
  | { type: 'CreatePeer'; peer: number; user: string; offerer: boolean }
  | { type: 'CreateOffer'; peer: number; negotiation: number; ice_restart: boolean }
  | { type: 'CreateAnswer'; peer: number; negotiation: number; sdp: string }
  | { type: 'ApplyAnswer'; peer: number; negotiation: number; sdp: string }
  | { type: 'AddCandidates'; peer: number; candidates: Candidate[] }
  | { type: 'StartSending'; peer: number }
  | { type: 'ClosePeer'; peer: number }
  | { type: 'Done'; op: number; result: Result }
  | { type: 'Failed'; op: number; error: CoreError }
  | { type: 'StatusChanged'; session: SessionStatus; call: CallStatus }
  | EventEffect
  | { type: 'Ignored'; why: string; what: string };

/** The effects that become events of the application. */
export type EventEffect =
  | { type: 'Ready' }
  | { type: 'KickedOut' }
  | { type: 'Invited'; call: CallInfo }
  | { type: 'UserAccepted'; call: string; user: string }
  | { type: 'UserEntered'; call: string; user: string; profile: Profile }
  | { type: 'UserLeft'; call: string; user: string }
  | { type: 'VideoAvailable'; user: string; available: boolean }
  | { type: 'AudioAvailable'; user: string; available: boolean }
  | { type: 'ScreenAvailable'; user: string; available: boolean }
  /** Our own, though stopScreenShare() was not called. */
  | { type: 'ScreenStopped' }
  /** Everybody who was invited or takes part, without oneself. */
  | { type: 'RosterChanged'; call: CallInfo; roster: RosterEntry[] }
  /** `from`: what the call was before. */
  | { type: 'MediaTypeChanged'; call: CallInfo; from: Media }
  | { type: 'InviteRejected'; call: CallInfo; user: string }
  | { type: 'LineBusy'; call: CallInfo; user: string }
  | { type: 'NoResponse'; call: CallInfo; users: string[] }
  | { type: 'CallTimedOut'; call: CallInfo; users: string[] }
  | { type: 'CallCancelled'; call: CallInfo; user: string; reason: CancelReason; told: boolean }
  | { type: 'CallBegan'; call: CallInfo }
  | { type: 'CallEnded'; call: CallInfo; user: string; seconds: number }
  | { type: 'SignalingChanged'; connected: boolean }
  | { type: 'UserConnectionChanged'; user: string; state: ConnectionState }
  | { type: 'Errored'; error: CoreError };
