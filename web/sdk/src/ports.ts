// The four doors through which effects leave the core and facts come back. An adapter behind a door translates, it
// does not decide: it keeps no call state, and every answer carries the number that its effect carried.
import type { Effect, Input } from './core/protocol.js';

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
      | 'CreatePeer'
      | 'CreateOffer'
      | 'CreateAnswer'
      | 'ApplyAnswer'
      | 'AddCandidates'
      | 'StartSending'
      | 'ClosePeer';
  }
>;

/** Devices and peer connections; only `media/` names RTCPeerConnection and getUserMedia. */
export interface MediaPort {
  execute(effect: MediaEffect): void;
  /** What is captured at the moment; the same object for the whole capture, tracks come and go. */
  readonly localStream: MediaStream | undefined;
  /** What `userID` sends; the same object for as long as the user's connection lives, also across a rebuild. */
  remoteStream(userID: string): MediaStream | undefined;
  /** Called whenever a stream appears, disappears, or gains or loses a track. */
  onStreams: (() => void) | undefined;
  dispose(): void;
}

export interface ViewOptions {
  userID: string;
  /** Element id, or the element itself. */
  videoViewDomID: string | HTMLElement;
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
}

/** Players in the page, and the hidden audio of remote users; only `view/` names document. */
export interface ViewPort {
  startLocal(options: ViewOptions): void;
  stopLocal(): void;
  startRemote(options: ViewOptions): void;
  stopRemote(userID: string): void;
  /** Brings every player and every hidden audio element in line with what there is; called when any of it has changed. */
  update(streams: ViewStreams): void;
  /** A remote user's sound could not start without a user gesture; it will with the next one. */
  onAutoplayBlocked: ((userID: string) => void) | undefined;
  /** Tries blocked sound again; call it from a user gesture. */
  resume(): Promise<void>;
  dispose(): void;
}
