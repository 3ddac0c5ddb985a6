// Runs in the browser: the real adapters of two participants, and in the place of the two cores just enough to wire them.
import type { Candidate, Input } from '../../../web/sdk/src/core/protocol.js';
import { createMedia, type MediaOptions } from '../../../web/sdk/src/media/index.js';
import type { MediaEffect, MediaPort, ViewPort } from '../../../web/sdk/src/ports.js';
import { createView } from '../../../web/sdk/src/view/index.js';

export { createView };

// The test runner compiles the functions that it sends here with calls to this helper of its own.
Object.assign(globalThis, { __name: <T>(value: T): T => value });

/** Every connection of this page, to look at what the adapters keep to themselves. */
export const connections: RTCPeerConnection[] = [];

globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};

export const profile = { width: 320, height: 240, frame_rate: 15, bitrate: 300 };

type InputOf<Type extends Input['type']> = Extract<Input, { type: Type }>;

/** One participant. `at` says when an input was reported, in milliseconds of the machine's clock. */
export class Side {
  readonly seen: { at: number; input: Input }[] = [];
  readonly media: MediaPort;
  readonly view: ViewPort = createView();
  /** Who has told that the camera is closed. */
  readonly closedCameras = new Set<string>();
  onInput: (input: Input) => void = () => undefined;
  private captures = 0;
  private watched: HTMLElement | undefined;
  private forwarded = 0;

  constructor(
    readonly user: string,
    private readonly other: string,
    options: MediaOptions = {},
  ) {
    this.media = createMedia((input) => {
      this.seen.push({ at: Date.now(), input });
      this.onInput(input);
    }, options);
    this.media.onStreams = () => this.refresh();
  }

  refresh(): void {
    const remote = (userID: string): MediaStream | undefined => this.media.remoteStream(userID);
    const users = remote(this.other) === undefined ? [] : [this.other];
    const hasPicture = (userID: string): boolean => !this.closedCameras.has(userID);
    this.view.update({ local: this.media.localStream, remote, users, hasPicture });
  }

  /** Shows the other one in `container(id)`. */
  watch(id: string): HTMLElement {
    this.watched = container(id);
    this.view.startRemote({ userID: this.other, videoViewDomID: id });
    return this.watched;
  }

  /** Where the other one is shown. */
  place(): HTMLElement {
    if (this.watched === undefined) throw new Error(`${this.user} does not watch`);
    return this.watched;
  }

  /** The batches of candidates that were not taken yet. */
  takeCandidates(): Candidate[][] {
    const all = this.seen.flatMap(({ input }) => (input.type === 'CandidatesFound' ? [input.candidates] : []));
    const fresh = all.slice(this.forwarded);
    this.forwarded = all.length;
    return fresh;
  }

  execute(...effects: MediaEffect[]): void {
    for (const effect of effects) this.media.execute(effect);
  }

  async open(camera = true, microphone = true): Promise<Input> {
    const capture = ++this.captures;
    this.execute({ type: 'OpenMedia', capture, microphone, camera, profile });
    return until(() => this.find('MediaOpened', (input) => input.capture === capture) ?? this.find('MediaFailed'));
  }

  /** Shares what the fake picker picks. */
  async share(): Promise<Input> {
    const capture = ++this.captures;
    this.execute({ type: 'OpenScreen', capture });
    return until(() => this.find('MediaOpened', (input) => input.capture === capture) ?? this.find('MediaFailed'));
  }

  find<Type extends Input['type']>(type: Type, matches: (input: InputOf<Type>) => boolean = () => true): InputOf<Type> | undefined {
    return this.seen.map(({ input }) => input).find((input): input is InputOf<Type> => input.type === type && matches(input as InputOf<Type>));
  }

  states(peer: number): string[] {
    return this.seen.flatMap(({ input }) => (input.type === 'ConnectionChanged' && input.peer === peer ? [input.state] : []));
  }

  types(): string[] {
    return this.seen.map(({ input }) => input.type);
  }

  flows(peer: number): boolean[] {
    return this.seen.flatMap(({ input }) => (input.type === 'MediaFlowChanged' && input.peer === peer ? [input.flowing] : []));
  }

  dispose(): void {
    this.media.dispose();
    this.view.dispose();
  }
}

/** Carries descriptions and candidates of connection `peer` from one side to the other and back. */
export function wire(one: Side, two: Side): void {
  const connect = (from: Side, to: Side): void => {
    from.onInput = (input) => {
      const message = toMessage(input);
      if (message !== undefined) queueMicrotask(() => deliver(to, message));
    };
  };
  connect(one, two);
  connect(two, one);
}

export type Message =
  | { kind: 'offer' | 'answer'; peer: number; negotiation: number; sdp: string }
  | { kind: 'candidates'; peer: number; candidates: Candidate[] };

export function toMessage(input: Input): Message | undefined {
  if (input.type === 'OfferCreated') return { kind: 'offer', peer: input.peer, negotiation: input.negotiation, sdp: input.sdp };
  if (input.type === 'AnswerCreated') return { kind: 'answer', peer: input.peer, negotiation: input.negotiation, sdp: input.sdp };
  if (input.type === 'CandidatesFound') return { kind: 'candidates', peer: input.peer, candidates: input.candidates };
  return undefined;
}

export function deliver(to: Side, message: Message): void {
  const { peer } = message;
  if (message.kind === 'candidates') return to.execute({ type: 'AddCandidates', peer, candidates: message.candidates });
  const { negotiation, sdp } = message;
  to.execute({ type: message.kind === 'offer' ? 'CreateAnswer' : 'ApplyAnswer', peer, negotiation, sdp });
}

/** Two sides with open devices, wired, connected as number 1, and watching each other. */
export async function pair(): Promise<[alice: Side, bob: Side]> {
  const [alice, bob] = [new Side('alice', 'bob'), new Side('bob', 'alice')];
  wire(alice, bob);
  await Promise.all([alice.open(), bob.open()]);
  call(alice, bob, 1);
  await Promise.all([frames(alice.watch('of-alice')), frames(bob.watch('of-bob'))]);
  return [alice, bob];
}

/** A connection between two sides of this page, sending both ways. */
export function call(one: Side, two: Side, peer: number): void {
  one.execute({ type: 'CreatePeer', peer, user: two.user, offerer: true }, { type: 'StartSending', peer });
  two.execute({ type: 'CreatePeer', peer, user: one.user, offerer: false }, { type: 'StartSending', peer });
  one.execute({ type: 'CreateOffer', peer, negotiation: peer * 100, ice_restart: false });
}

export function restart(side: Side, peer: number, negotiation: number): void {
  side.execute({ type: 'CreateOffer', peer, negotiation, ice_restart: true });
}

/** The same thing in another tab of this origin. */
export function wireToOtherTab(side: Side, channelName: string): void {
  const channel = new BroadcastChannel(channelName);
  side.onInput = (input) => {
    const message = toMessage(input);
    if (message !== undefined) channel.postMessage(message);
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => deliver(side, data);
}

export function container(id: string): HTMLElement {
  const element = document.createElement('div');
  element.id = id;
  element.style.width = '160px';
  element.style.height = '120px';
  document.body.append(element);
  return element;
}

export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no element ${id}`);
  return found;
}

export async function until<T>(condition: () => T | undefined | false, what = String(condition), milliseconds = 15_000): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const result = condition();
    if (result !== undefined && result !== false) return result;
    if (Date.now() > end) throw new Error(`not within ${milliseconds} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Resolves when the video inside `place` has presented `count` more frames. */
export async function frames(place: Element, count = 3): Promise<void> {
  const video = await until(() => place.querySelector('video') ?? undefined, 'a video element');
  let presented = 0;
  const next = (): void => {
    presented += 1;
    if (presented < count) video.requestVideoFrameCallback(next);
  };
  video.requestVideoFrameCallback(next);
  await until(() => presented >= count, `${count} frames in ${place.id}`);
}

/** The width of the picture that comes in, as soon as it is a wanted one. */
export async function untilWidth(place: Element, matches: (width: number) => boolean): Promise<number> {
  const video = await until(() => place.querySelector('video') ?? undefined, 'a video element');
  return until(() => matches(video.videoWidth) && video.videoWidth, `another width than ${video.videoWidth}`);
}

/** The own level, as soon as a measurement finds one. */
export async function untilLoud({ media }: Side): Promise<number> {
  let level = 0;
  const look = (): void => void media.measure().then(() => (level = media.localLevel()));
  const timer = setInterval(look, 50);
  return until(() => level > 0 && level).finally(() => clearInterval(timer));
}

/** Whether the video inside `place` comes to rest: no new frame for as long as several would take. */
export async function standsStill(place: Element): Promise<boolean> {
  const video = await until(() => place.querySelector('video') ?? undefined, 'a video element');
  let last = Date.now();
  const next = (): void => {
    last = Date.now();
    video.requestVideoFrameCallback(next);
  };
  video.requestVideoFrameCallback(next);
  return until(() => Date.now() - last > 700, 'a standstill');
}

/** The elements that can be heard. */
export function sounding(): HTMLAudioElement[] {
  return [...document.querySelectorAll('audio')].filter((audio) => !audio.muted && !audio.paused && audio.srcObject !== null);
}

/** Resolves when an element has played on for a moment. */
export async function advances(element: HTMLMediaElement): Promise<void> {
  const start = element.currentTime;
  await until(() => !element.paused && element.currentTime > start + 0.2, 'an element that plays');
}

/** A stream with a live sound that needs no microphone. */
export function tone(): MediaStream {
  return new AudioContext().createMediaStreamDestination().stream;
}

/** The energy of the sound that a connection decodes in a while: 0 is silence. Firefox has no AudioContext without a sound card. */
export async function energy(connection: RTCPeerConnection | undefined, milliseconds = 500): Promise<number> {
  const total = async (): Promise<number> => {
    let sum = 0;
    (await connection?.getStats())?.forEach((report: RTCStats) => {
      if (report.type === 'inbound-rtp') sum += (report as RTCInboundRtpStreamStats).totalAudioEnergy ?? 0;
    });
    return sum;
  };
  const before = await total();
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return (await total()) - before;
}
