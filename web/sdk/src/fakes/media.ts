// Devices and peer connections that exist only as answers: what a test without a browser, or without a camera, runs on.
import type { Effect, TrackKind } from '../core/protocol.js';
import { fail } from '../errors.js';
import type { DeviceKind, DevicesPort, Measurement, MediaEffect, MediaPort, Report } from '../ports.js';

type Ask<Type extends Effect['type']> = Extract<Effect, { type: Type }>;

/** A stream as far as anybody without a browser can look at it. */
export class FakeStream {
  constructor(
    readonly id: string,
    readonly kinds: readonly ('audio' | 'video')[],
  ) {}

  getTracks(): { kind: string }[] {
    return this.kinds.map((kind) => ({ kind }));
  }
}

/** A machine with two of each device: `camera 1`, `camera 2`, `microphone 1` … `speaker 2`. */
export class FakeDevices implements DevicesPort {
  onChanged: (() => void) | undefined;
  /** What can be opened; change it to test what happens without. */
  microphone = true;
  camera = true;
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
        this.local = undefined;
        return this.onStreams?.();
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
        this.remotes.delete(this.peers.get(effect.peer) ?? '');
        return this.onStreams?.();
      case 'CloseCamera':
      case 'CloseScreen':
      case 'LimitVideo':
      case 'MuteMicrophone':
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
    const opened = { microphone: microphone && this.devices.microphone, camera: camera && this.devices.camera };
    if (!opened.microphone && !opened.camera) {
      return this.report({ type: 'MediaFailed', capture, error: 'not_found', message: 'no fake device' });
    }
    this.local = new FakeStream('local', opened.camera ? ['audio', 'video'] : ['audio']);
    this.onStreams?.();
    this.report({ type: 'MediaOpened', capture, ...opened, camera_failed: false });
  }

  private openScreen({ capture }: Ask<'OpenScreen'>): void {
    if (this.screen === 'refused') {
      return this.report({ type: 'MediaFailed', capture, error: 'permission_denied', message: 'no fake screen' });
    }
    this.report({ type: 'MediaOpened', capture, microphone: false, camera: false, camera_failed: false });
  }

  private connect(peer: number): void {
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
