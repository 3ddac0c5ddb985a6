// A machine with microphones and cameras, as getUserMedia shows it.

export class FakeTrack extends EventTarget {
  enabled = true;
  readyState: 'live' | 'ended' = 'live';
  contentHint = '';

  constructor(
    readonly kind: 'audio' | 'video',
    readonly deviceId = '',
  ) {
    super();
  }

  stop(): void {
    this.readyState = 'ended';
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.deviceId };
  }

  /** Unplugged: only then is there an event. */
  end(): void {
    this.stop();
    this.dispatchEvent(new Event('ended'));
  }
}

export class FakeStream {
  private readonly tracks = new Set<FakeTrack>();

  constructor(tracks: FakeTrack[] = []) {
    for (const track of tracks) this.addTrack(track);
  }

  getTracks(): FakeTrack[] {
    return [...this.tracks];
  }

  getAudioTracks(): FakeTrack[] {
    return this.getTracks().filter(({ kind }) => kind === 'audio');
  }

  getVideoTracks(): FakeTrack[] {
    return this.getTracks().filter(({ kind }) => kind === 'video');
  }

  addTrack(track: FakeTrack): void {
    this.tracks.add(track);
  }

  removeTrack(track: FakeTrack): void {
    this.tracks.delete(track);
  }
}

/** `alone`: opens only while no other device of its kind is open. */
type State = 'free' | 'busy' | 'alone' | 'rigid' | 'broken';
type Permission = 'granted' | 'denied';

export interface Machine {
  /** Device id → state, in the order of enumerateDevices; `rigid` overconstrains unless asked for nothing special. */
  microphones?: Record<string, State>;
  cameras?: Record<string, State>;
  microphone?: Permission;
  camera?: Permission;
  /** What a device in use is called here. */
  busyName?: 'NotReadableError' | 'AbortError';
  cannotEnumerate?: boolean;
  /** The camera that looks away from the user. */
  backCamera?: string;
  /** Ids and labels are hidden. */
  discreet?: boolean;
  /** What the picker for a screen ends with: an error's name, or a screen. */
  picked?: string;
}

export class FakeDevices extends EventTarget {
  /** Every request, in order: `audio:mic1`, `audio+video`, `video?` (relaxed). */
  readonly asked: string[] = [];
  readonly given: FakeTrack[] = [];
  private prompt: Promise<void> | undefined;
  private answer: (() => void) | undefined;

  /** How many listen to devices that come and go. */
  listeners = 0;

  readonly machine: Machine;

  constructor(machine: Machine = {}) {
    super();
    this.machine = { ...machine };
  }

  override addEventListener(...parameters: Parameters<EventTarget['addEventListener']>): void {
    this.listeners += 1;
    super.addEventListener(...parameters);
  }

  override removeEventListener(...parameters: Parameters<EventTarget['removeEventListener']>): void {
    this.listeners -= 1;
    super.removeEventListener(...parameters);
  }

  /** Requests wait from now on, as with a permission prompt, until the function that comes back is called. */
  holdPrompts(): () => void {
    this.prompt = new Promise((resolve) => (this.answer = resolve));
    return () => this.answer?.();
  }

  live(): string[] {
    return this.given.filter(({ readyState }) => readyState === 'live').map(({ deviceId }) => deviceId);
  }

  async getUserMedia({ audio, video }: MediaStreamConstraints): Promise<MediaStream> {
    this.asked.push([describe('audio', audio), describe('video', video)].filter((text) => text !== '').join('+'));
    await this.prompt;
    const { microphones = { mic1: 'free' }, cameras = { cam1: 'free' }, microphone, camera } = this.machine;
    if ((audio && Object.keys(microphones).length === 0) || (video && Object.keys(cameras).length === 0)) throw failure('NotFoundError');
    if ((audio && microphone === 'denied') || (video && camera === 'denied')) throw failure('NotAllowedError');
    const tracks: FakeTrack[] = [];
    if (audio) tracks.push(this.open('audio', microphones, audio));
    if (video) tracks.push(this.open('video', cameras, video));
    this.given.push(...tracks);
    return new FakeStream(tracks) as unknown as MediaStream;
  }

  async enumerateDevices(): Promise<MediaDeviceInfo[]> {
    if (this.machine.cannotEnumerate) throw failure('NotAllowedError');
    const { microphones = { mic1: 'free' }, cameras = { cam1: 'free' } } = this.machine;
    const infos = [
      { kind: 'audioinput', deviceId: 'default' },
      { kind: 'audioinput', deviceId: 'communications' },
      ...Object.keys(microphones).map((deviceId) => ({ kind: 'audioinput', deviceId })),
      { kind: 'audiooutput', deviceId: 'speaker' },
      ...Object.keys(cameras).map((deviceId) => ({ kind: 'videoinput', deviceId })),
    ];
    if (this.machine.discreet) return infos.map(({ kind }) => ({ kind, deviceId: '', groupId: '', label: '' })) as never;
    return infos.map((info) => ({ ...info, groupId: 'group', label: `the ${info.deviceId}` })) as never;
  }

  async getDisplayMedia(constraints: DisplayMediaStreamOptions): Promise<MediaStream> {
    this.asked.push(describe('screen', constraints.video));
    await this.prompt;
    const { picked = 'screen' } = this.machine;
    if (picked.endsWith('Error')) throw failure(picked);
    const track = new FakeTrack('video', picked);
    this.given.push(track);
    return new FakeStream([track]) as unknown as MediaStream;
  }

  private open(kind: 'audio' | 'video', devices: Record<string, State>, constraints: MediaTrackConstraints | true): FakeTrack {
    const id = exactId(constraints) ?? this.facing(constraints) ?? Object.keys(devices)[0] ?? '';
    switch (devices[id]) {
      case undefined:
        throw failure('OverconstrainedError');
      case 'alone':
        if (this.given.every((track) => track.kind !== kind || track.readyState === 'ended')) return new FakeTrack(kind, id);
        throw failure('NotReadableError');
      case 'free':
        return new FakeTrack(kind, id);
      case 'rigid':
        if (isRelaxed(constraints)) return new FakeTrack(kind, id);
        throw failure('OverconstrainedError');
      case 'busy':
        throw failure(this.machine.busyName ?? 'NotReadableError');
      default:
        throw failure('OperationError');
    }
  }

  private facing(constraints: MediaTrackConstraints | true): string | undefined {
    if (constraints === true || constraints.facingMode === undefined) return undefined;
    return JSON.stringify(constraints.facingMode).includes('environment') ? (this.machine.backCamera ?? 'none') : undefined;
  }
}

export function failure(name: string): DOMException {
  return new DOMException(`as told by the browser`, name);
}

function describe(kind: string, constraints: MediaTrackConstraints | boolean | undefined): string {
  if (constraints === undefined || constraints === false) return '';
  const id = exactId(constraints);
  return `${kind}${id === undefined ? '' : `:${id}`}${isRelaxed(constraints) ? '?' : ''}`;
}

function exactId(constraints: MediaTrackConstraints | boolean): string | undefined {
  if (typeof constraints === 'boolean') return undefined;
  const { deviceId } = constraints;
  return typeof deviceId === 'object' && 'exact' in deviceId ? String(deviceId.exact) : undefined;
}

function isRelaxed(constraints: MediaTrackConstraints | boolean): boolean {
  return typeof constraints === 'boolean' || Object.keys(constraints).every((name) => name === 'deviceId' || name === 'facingMode');
}
