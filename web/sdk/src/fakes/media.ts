// Devices and peer connections that exist only as answers: what a test without a browser, or without a camera, runs on.
import type { Effect, TrackKind } from '../core/protocol.js';
import { fail, type ErrorName } from '../errors.js';
import type { DeviceKind, DevicesPort, Measurement, MediaEffect, MediaPort, Report } from '../ports.js';

type Ask<Type extends Effect['type']> = Extract<Effect, { type: Type }>;

/** A track as far as anybody without a browser can look at it. */
export class FakeTrack {
  enabled = true;
  readyState: 'live' | 'ended' = 'live';

  constructor(
    readonly kind: 'audio' | 'video',
    readonly id: string,
  ) {}

  getSettings(): MediaTrackSettings {
    return {};
  }

  stop(): void {
    this.readyState = 'ended';
  }
}

/** A stream, likewise. */
export class FakeStream {
  private tracks: FakeTrack[] = [];

  constructor(
    readonly id: string,
    kinds: readonly ('audio' | 'video')[],
  ) {
    for (const kind of kinds) this.add(kind);
  }

  getTracks(): FakeTrack[] {
    return [...this.tracks];
  }

  getAudioTracks(): FakeTrack[] {
    return this.tracks.filter(({ kind }) => kind === 'audio');
  }

  getVideoTracks(): FakeTrack[] {
    return this.tracks.filter(({ kind }) => kind === 'video');
  }

  /** Opens a track, unless there is one of its kind. */
  add(kind: 'audio' | 'video'): void {
    if (!this.tracks.some((track) => track.kind === kind)) this.tracks.push(new FakeTrack(kind, `${this.id} ${kind}`));
  }

  /** Ends the tracks of these kinds. */
  end(...kinds: ('audio' | 'video')[]): void {
    for (const track of this.tracks) if (kinds.includes(track.kind)) track.stop();
    this.tracks = this.tracks.filter(({ readyState }) => readyState === 'live');
  }
}

/** A machine with two of each device: `camera 1`, `camera 2`, `microphone 1` … `speaker 2`. */
export class FakeDevices implements DevicesPort {
  onChanged: (() => void) | undefined;
  /** What can be opened; change it to test what happens without. */
  microphone = true;
  camera = true;
  /** There is a camera, and another program has it. */
  cameraInUse = false;
  /** What can be listed. */
  all: MediaDeviceInfo[] = [1, 2].flatMap((number) => [
    device('videoinput', `camera ${number}`),
    device('audioinput', `microphone ${number}`),
    device('audiooutput', `speaker ${number}`),
  ]);
  /** The side that a phone's camera was asked to look from. */
  facing: 'user' | 'environment' | undefined;
  private readonly selected = new Map<DeviceKind, string>();

  list(kind: DeviceKind): Promise<MediaDeviceInfo[]> {
    return Promise.resolve(this.all.filter((device) => device.kind === kind));
  }

  async current(kind: DeviceKind): Promise<MediaDeviceInfo | undefined> {
    const found = await this.list(kind);
    return found.find(({ deviceId }) => deviceId === this.selected.get(kind)) ?? found[0];
  }

  async select(kind: DeviceKind, deviceId: string): Promise<void> {
    const found = await this.list(kind);
    if (!found.some((device) => device.deviceId === deviceId)) throw fail('DEVICE_NOT_FOUND', deviceId);
    this.selected.set(kind, deviceId);
    this.onChanged?.();
  }

  selectFacing(facing: 'user' | 'environment'): Promise<void> {
    this.facing = facing;
    this.onChanged?.();
    return Promise.resolve();
  }
}

export class FakeMedia implements MediaPort {
  onStreams: (() => void) | undefined;
  readonly devices = new FakeDevices();
  lack: ErrorName | undefined;
  /** What the user says to the question for a screen. */
  screen: 'shared' | 'refused' = 'shared';
  /** What `measure` answers. */
  measurements: Measurement[] = [];
  /** What `localLevel` answers. */
  level = 0;
  /** What was executed, in order. */
  readonly executed: MediaEffect[] = [];
  disposed = false;
  private local: FakeStream | undefined;
  private readonly peers = new Map<number, string>();
  private readonly remotes = new Map<string, FakeStream>();

  constructor(private readonly report: Report) {}

  get localStream(): MediaStream | undefined {
    return this.local as unknown as MediaStream | undefined;
  }

  remoteStream(userID: string): MediaStream | undefined {
    return this.remotes.get(userID) as unknown as MediaStream | undefined;
  }

  measure(): Promise<Measurement[]> {
    return Promise.resolve(this.measurements);
  }

  localLevel(): number {
    return this.level;
  }

  /** Devices come or go, as `devices` says. */
  changeDevices(): void {
    const { microphone, camera } = this.devices;
    this.report({ type: 'DevicesChanged', microphone, camera });
    this.devices.onChanged?.();
  }

  /** A device is unplugged, or the user ends the sharing of the screen in the browser's own bar. */
  endTrack(kind: TrackKind): void {
    this.report({ type: 'TrackEnded', kind });
  }

  execute(effect: MediaEffect): void {
    this.executed.push(effect);
    // Facts come back later, as from a browser.
    void Promise.resolve().then(() => this.answer(effect));
  }

  dispose(): void {
    this.disposed = true;
  }

  private answer(effect: MediaEffect): void {
    if (this.disposed) return;
    switch (effect.type) {
      case 'OpenMedia':
        return this.open(effect);
      case 'CloseMedia':
        this.local?.end('audio', 'video');
        this.local = undefined;
        return this.onStreams?.();
      case 'CloseCamera':
        this.local?.end('video');
        return this.onStreams?.();
      case 'MuteMicrophone':
        for (const track of this.local?.getAudioTracks() ?? []) track.enabled = !effect.muted;
        return;
      case 'OpenScreen':
        return this.openScreen(effect);
      case 'CreatePeer':
        this.peers.set(effect.peer, effect.user);
        return;
      case 'CreateOffer':
        return this.report({ ...numbers(effect), type: 'OfferCreated', sdp: `offer ${effect.negotiation}` });
      case 'CreateAnswer':
        this.report({ ...numbers(effect), type: 'AnswerCreated', sdp: `answer to ${effect.sdp}` });
        return this.connect(effect.peer);
      case 'ApplyAnswer':
        return this.connect(effect.peer);
      case 'ClosePeer':
        return this.close(effect.peer);
      case 'CloseScreen':
      case 'LimitVideo':
      case 'AddCandidates':
      case 'StartSending':
        return;
      default: {
        const missing: never = effect;
        return missing;
      }
    }
  }

  private open({ capture, microphone, camera }: Ask<'OpenMedia'>): void {
    const { devices } = this;
    const camera_failed = camera && devices.camera && devices.cameraInUse;
    const opened = { microphone: microphone && devices.microphone, camera: camera && devices.camera && !camera_failed };
    if (!opened.microphone && !opened.camera) {
      const error = camera_failed ? 'in_use' : 'not_found';
      return this.report({ type: 'MediaFailed', capture, error, message: 'no fake device' });
    }
    this.local ??= new FakeStream('local', []);
    if (opened.microphone) this.local.add('audio');
    if (opened.camera) this.local.add('video');
    this.onStreams?.();
    this.report({ type: 'MediaOpened', capture, ...opened, camera_failed });
  }

  private openScreen({ capture }: Ask<'OpenScreen'>): void {
    if (this.screen === 'refused') {
      return this.report({ type: 'MediaFailed', capture, error: 'permission_denied', message: 'no fake screen' });
    }
    this.report({ type: 'MediaOpened', capture, microphone: false, camera: false, camera_failed: false });
  }

  /** Who is connected anew goes on in the same stream. */
  private close(peer: number): void {
    const user = this.peers.get(peer) ?? '';
    this.peers.delete(peer);
    if (![...this.peers.values()].includes(user)) this.remotes.delete(user);
    this.onStreams?.();
  }

  private connect(peer: number): void {
    if (!this.peers.has(peer)) return;
    this.remotes.set(this.peers.get(peer) ?? '', new FakeStream(`remote ${peer}`, ['audio', 'video']));
    this.onStreams?.();
    this.report({ type: 'ConnectionChanged', peer, state: 'connected' });
    this.report({ type: 'MediaFlowChanged', peer, flowing: true });
  }
}

const numbers = ({ peer, negotiation }: Ask<'CreateOffer' | 'CreateAnswer'>) => ({ peer, negotiation });

function device(kind: DeviceKind, label: string): MediaDeviceInfo {
  const info = { deviceId: label, groupId: '', kind, label };
  return { ...info, toJSON: () => info };
}
