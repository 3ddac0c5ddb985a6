// The four doors through which effects leave the core and facts come back. An adapter behind a door translates, it
// does not decide: it keeps no call state, and every answer carries the number that its effect carried.
import type { Effect, Input } from './core/protocol.js';
import type { ErrorName } from './errors.js';

/** Reports a fact to the core. Adapters never call it from inside `execute`; they answer later, in a task or microtask. */
export type Report = (input: Input) => void;

export type SocketEffect = Extract<Effect, { type: 'OpenSocket' | 'CloseSocket' }>;

/** Bytes over WebSockets; only `socket/` names WebSocket. */
export interface SocketPort {
  execute(effect: SocketEffect): void;
  send(socket: number, bytes: Uint8Array): void;
  /** Closes everything; nothing is reported afterwards. */
  dispose(): void;
}

export type MediaEffect = Extract<
  Effect,
  {
    type:
      | 'OpenMedia'
      | 'CloseMedia'
      | 'CloseCamera'
      | 'MuteMicrophone'
      | 'OpenScreen'
      | 'CloseScreen'
      | 'LimitVideo'
      | 'CreatePeer'
      | 'CreateOffer'
      | 'CreateAnswer'
      | 'ApplyAnswer'
      | 'AddCandidates'
      | 'StartSending'
      | 'ClosePeer';
  }
>;

export type DeviceKind = 'audioinput' | 'videoinput' | 'audiooutput';

/** Microphones, cameras and speakers of this machine, and which of them are used. */
export interface DevicesPort {
  /**
   * What there is. Without permission browsers hide labels; they are `camera_0`, `microphone_0`, `speaker_0` … then.
   * Chromium's pseudo device `communications` is left out. Empty where the page may not know (no HTTPS).
   */
  list(kind: DeviceKind): Promise<MediaDeviceInfo[]>;
  /** The one in use, else the one that was chosen, else the first. */
  current(kind: DeviceKind): Promise<MediaDeviceInfo | undefined>;
  /**
   * Uses this one from now on; a running track is replaced without a negotiation. Rejects with a TRTCCallingError, and
   * the device in use goes on. A speaker is only remembered here: `view/` owns the elements that sound.
   */
  select(kind: DeviceKind, deviceId: string): Promise<void>;
  /** The front or the back camera of a phone, likewise. */
  selectFacing(facing: 'user' | 'environment'): Promise<void>;
  /** Devices came or went, or another one is in use. */
  onChanged: (() => void) | undefined;
}

/** Totals since a connection began, of one kind of media in one direction; members that a browser does not tell are absent. */
export interface FlowCounters {
  packets: number;
  bytes: number;
  /** Received: packets that never came. Sent: packets of which the receiver has told so. */
  packetsLost?: number;
  /** Milliseconds. */
  jitter?: number;
  /** Pictures decoded or sent. */
  frames?: number;
  width?: number;
  height?: number;
  /** Seconds of silence that were filled in (received sound). */
  concealed?: number;
  /** 0 … 1, the loudness at the moment (received sound). */
  audioLevel?: number;
  /** `cpu`, `bandwidth` …: what keeps a sent picture from being better. */
  limitedBy?: string;
  codec?: string;
}

/** What is known about the connection to one user. */
export interface Measurement {
  userID: string;
  /** Milliseconds. */
  roundTrip?: number;
  /** kbit/s that the browser believes it can send. */
  availableBitrate?: number;
  /** `host`, `srflx`, `prflx` or `relay`: the local end of the path in use. */
  candidateType?: string;
  /** `udp`, `tcp` or `tls`: how the local end reaches it. */
  protocol?: string;
  sent: { audio?: FlowCounters; video?: FlowCounters };
  received: { audio?: FlowCounters; video?: FlowCounters };
}

/** Devices and peer connections; only `media/` names RTCPeerConnection and getUserMedia. */
export interface MediaPort {
  execute(effect: MediaEffect): void;
  /** Why there can be no calls on this page, whatever devices there are; undefined: nothing is known against it. */
  readonly lack: ErrorName | undefined;
  /** What is captured at the moment; the same object for the whole capture, tracks come and go. */
  readonly localStream: MediaStream | undefined;
  /** What `userID` sends; the same object for as long as the user's connection lives, also across a rebuild. */
  remoteStream(userID: string): MediaStream | undefined;
  readonly devices: DevicesPort;
  /** One entry for each user with a connection. */
  measure(): Promise<Measurement[]>;
  /** 0 … 100, how loud the own microphone is; 0 while muted or closed. */
  localLevel(): number;
  /** Called whenever a stream appears, disappears, or gains or loses a track. */
  onStreams: (() => void) | undefined;
  dispose(): void;
}

/** How a picture is shown; what is absent stays as it is. */
export interface RenderParams {
  /** How a picture fills its place; `cover` from the start. */
  objectFit?: 'cover' | 'contain' | 'fill';
  /** Left and right exchanged; from the start for the own picture of a camera, unless it is the back one. */
  mirror?: boolean;
  /** Silences this user's sound here; never the own. */
  muted?: boolean;
}

export interface ViewOptions {
  userID: string;
  /** Element id, or the element itself. */
  videoViewDomID: string | HTMLElement;
  render?: RenderParams;
}

/** What there is to see and hear. */
export interface ViewStreams {
  local: MediaStream | undefined;
  remote(userID: string): MediaStream | undefined;
  /** Remote users who are in the call. */
  users: string[];
  /**
   * Whether the user's camera is open, as the user says; true where it is left out. Browsers do not tell: the track of a
   * closed camera stays, and the last picture would stay with it.
   */
  hasPicture?(userID: string): boolean;
  /** The own picture is the screen's, which nobody wants mirrored. */
  localScreen?: boolean;
}

/** Players in the page, and the hidden audio of remote users; only `view/` names document. */
export interface ViewPort {
  startLocal(options: ViewOptions): void;
  stopLocal(): void;
  startRemote(options: ViewOptions): void;
  stopRemote(userID: string): void;
  /** Of a remote user, or of oneself (undefined). Kept for as long as the user is in the call, also before a view. */
  setRender(userID: string | undefined, render: RenderParams): void;
  /** Everybody sounds there from now on; '' = the system's choice. Rejects where the browser cannot or may not. */
  useSpeaker(deviceId: string): Promise<void>;
  /** Brings every player and every hidden audio element in line with what there is; called when any of it has changed. */
  update(streams: ViewStreams): void;
  /** A remote user's sound could not start without a user gesture; it will with the next one. */
  onAutoplayBlocked: ((userID: string) => void) | undefined;
  /** Tries blocked sound again; call it from a user gesture. */
  resume(): Promise<void>;
  dispose(): void;
}
