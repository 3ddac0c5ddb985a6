import type { Input, Media, VideoProfile } from '../core/protocol.js';
import { fail } from '../errors.js';
import { told } from '../given.js';
import type { DeviceKind, DevicesPort } from '../ports.js';
import { turns } from '../turns.js';
import { capture, type Captured, type Wanted } from './capture.js';
import { coalesced } from './coalesced.js';
import { type Choice, exactly } from './constraints.js';
import { type Failure, insecure, toError } from './failure.js';
import type { LocalTracks } from './local.js';

export interface DevicesOptions {
  local: LocalTracks;
  profile: () => VideoProfile;
  report: (input: Input) => void;
}

/** Plugging in one thing is several devices, and a burst of events. */
const settling = 200;

const names: Record<DeviceKind, string> = { audioinput: 'microphone', videoinput: 'camera', audiooutput: 'speaker' };

/** What there is, what was chosen of it, and what is in use. */
export class Devices implements DevicesPort {
  private readonly choices = new Map<DeviceKind, Choice>();
  /** Of each kind the one that was used last. */
  private readonly used = new Map<DeviceKind, string>();
  private readonly announce = coalesced(() => this.listener?.());
  private readonly onChange = (): void => {
    this.timer ??= setTimeout(() => void this.look(), settling);
  };
  private listener: (() => void) | undefined;
  private watched: MediaDevices | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The last one of several choices is the one that counts. */
  private readonly inTurn = turns();

  constructor(private readonly options: DevicesOptions) {}

  get onChanged(): (() => void) | undefined {
    return this.listener;
  }

  set onChanged(listener: (() => void) | undefined) {
    this.listener = listener;
    this.watch();
  }

  /** What the next capture is to open. */
  chosen(): NonNullable<Wanted['chosen']> {
    return told({ audio: this.choices.get('audioinput'), video: this.choices.get('videoinput') });
  }

  async list(kind: DeviceKind): Promise<MediaDeviceInfo[]> {
    return (await enumerate())
      .filter((device) => device.kind === kind && device.deviceId !== 'communications')
      .map((device, index) => (device.label === '' ? named(device, `${names[kind]}_${index}`) : device));
  }

  async current(kind: DeviceKind): Promise<MediaDeviceInfo | undefined> {
    const found = await this.list(kind);
    const wanted = this.idInUse(kind) ?? this.choices.get(kind)?.deviceId?.exact;
    return found.find(({ deviceId }) => deviceId === wanted) ?? found[0];
  }

  select(kind: DeviceKind, deviceId: string): Promise<void> {
    return this.inTurn(async () => {
      if (mediaDevices() === undefined) throw toError(insecure);
      const found = await this.list(kind);
      // An empty id is a browser's that waits for the permission before it tells; the next capture will find out.
      if (!found.some(({ deviceId: id }) => id === deviceId || id === '')) throw fail('DEVICE_NOT_FOUND', deviceId);
      await this.use(kind, exactly(deviceId));
    });
  }

  selectFacing(facing: 'user' | 'environment'): Promise<void> {
    return this.inTurn(() => this.use('videoinput', { facingMode: { exact: facing } }));
  }

  /** The local tracks have changed. */
  update(): void {
    this.watch();
    for (const kind of ['audioinput', 'videoinput'] as const) {
      const id = this.idInUse(kind);
      if (id === undefined || id === this.used.get(kind)) continue;
      this.used.set(kind, id);
      this.announce();
    }
  }

  private async use(kind: DeviceKind, choice: Choice): Promise<void> {
    const media = kind === 'audioinput' ? 'audio' : 'video';
    const isIn = kind === 'audiooutput' || this.idInUse(kind) === choice.deviceId?.exact;
    const track = isIn ? undefined : await this.replacement(media, choice);
    this.choices.set(kind, choice);
    if (track !== undefined) this.options.local.add(media, track);
    this.announce();
  }

  /** The chosen device's track, to be sent instead of the one that is open; undefined where none is open (any more). */
  private async replacement(media: Media, choice: Choice): Promise<MediaStreamTrack | undefined> {
    const { local } = this.options;
    const old = local.track(media);
    if (old === undefined) return undefined;
    let outcome = await this.open(media, choice, old);
    if (failureIn(outcome)?.error === 'in_use') {
      // Phones open one camera at a time, some systems one microphone: the old one has to go first.
      const { deviceId = '' } = old.getSettings();
      old.stop();
      outcome = await this.open(media, choice, old);
      if (failureIn(outcome)) await this.restore(media, deviceId, old);
    }
    return firstOf(outcome);
  }

  private async restore(media: Media, deviceId: string, old: MediaStreamTrack): Promise<void> {
    const outcome = await this.open(media, exactly(deviceId), old);
    const [track] = outcome !== undefined && 'tracks' in outcome ? outcome.tracks : [];
    if (track !== undefined) this.options.local.add(media, track);
    else if (outcome !== undefined) this.options.local.end(media);
  }

  private open(media: Media, choice: Choice, old: MediaStreamTrack): Promise<Captured | undefined> {
    const { local, profile } = this.options;
    const microphone = media === 'audio';
    const wanted = { microphone, camera: !microphone, profile: profile(), chosen: { [media]: choice }, insist: true };
    return capture(mediaDevices(), wanted, () => local.track(media) === old);
  }

  private idInUse(kind: DeviceKind): string | undefined {
    if (kind === 'audiooutput') return undefined;
    return this.options.local.track(kind === 'audioinput' ? 'audio' : 'video')?.getSettings().deviceId;
  }

  /** Listens to the browser only while somebody wants to know. */
  private watch(): void {
    const wanted = this.listener !== undefined || this.options.local.stream !== undefined;
    if (wanted === (this.watched !== undefined)) return;
    this.watched?.removeEventListener('devicechange', this.onChange);
    this.watched = wanted ? mediaDevices() : undefined;
    this.watched?.addEventListener('devicechange', this.onChange);
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async look(): Promise<void> {
    this.timer = undefined;
    const found = await enumerate();
    if (this.watched === undefined) return;
    const has = (wanted: DeviceKind): boolean => found.some(({ kind }) => kind === wanted);
    this.options.report({ type: 'DevicesChanged', microphone: has('audioinput'), camera: has('videoinput') });
    this.announce();
  }
}

const failureIn = (outcome: Captured | undefined): Failure | undefined =>
  outcome !== undefined && 'error' in outcome ? outcome : undefined;

/** Throws where there is a failure instead. */
function firstOf(outcome: Captured | undefined): MediaStreamTrack | undefined {
  if (outcome === undefined) return undefined;
  if ('error' in outcome) throw toError(outcome);
  return outcome.tracks[0];
}

/** Absent outside secure contexts, whatever the type says, and outside browsers. */
export const mediaDevices = (): MediaDevices | undefined =>
  typeof navigator === 'undefined' ? undefined : navigator.mediaDevices;

const enumerate = async (): Promise<MediaDeviceInfo[]> => mediaDevices()?.enumerateDevices().catch(() => []) ?? [];

/** Without permission a browser does not tell names. */
function named({ deviceId, groupId, kind }: MediaDeviceInfo, label: string): MediaDeviceInfo {
  const device = { deviceId, groupId, kind, label };
  return { ...device, toJSON: () => device };
}
