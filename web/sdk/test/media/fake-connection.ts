// An RTCPeerConnection without a network: descriptions are plain words, the test plays the other side.
import { failure, FakeTrack } from './fake-devices.js';

export class FakeSender {
  track: FakeTrack | null = null;
  parameters: { encodings: { maxBitrate?: number; scaleResolutionDownBy?: number }[] } = { encodings: [{}] };
  /** How often the parameters were set. */
  settings = 0;

  async replaceTrack(track: FakeTrack | null): Promise<void> {
    this.track = track;
  }

  getParameters(): FakeSender['parameters'] {
    return structuredClone(this.parameters);
  }

  async setParameters(parameters: FakeSender['parameters']): Promise<void> {
    this.settings += 1;
    this.parameters = parameters;
  }
}

export class FakeTransceiver {
  readonly sender = new FakeSender();
  readonly receiver: { track: FakeTrack; transport: EventTarget & { state: string } };
  mid: string | null = null;
  currentDirection: string | null = null;
  stopped = false;

  constructor(
    kind: 'audio' | 'video',
    public direction: string,
    transport: EventTarget & { state: string },
  ) {
    this.receiver = { track: new FakeTrack(kind), transport };
  }

  stop(): void {
    this.stopped = true;
  }
}

export class FakeConnection extends EventTarget {
  /** What the next step of that name does instead of succeeding. */
  readonly faults: Partial<Record<'createOffer' | 'setRemoteDescription' | 'addIceCandidate', string>> = {};
  readonly calls: string[] = [];
  readonly candidates: RTCIceCandidateInit[] = [];
  readonly transport = Object.assign(new EventTarget(), { state: 'new' });
  onicecandidate: ((event: { candidate: Partial<RTCIceCandidate> | null }) => void) | null = null;
  ontrack: ((event: { track: FakeTrack }) => void) | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  connectionState = 'new';
  iceConnectionState = 'new';
  packets = 0;
  /** What it tells about itself besides. */
  readonly reports: Record<string, object> = {};
  looks = 0;
  private readonly transceivers: FakeTransceiver[] = [];

  constructor(public configuration: RTCConfiguration) {
    super();
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.calls.push('setConfiguration');
    this.configuration = configuration;
  }

  addTransceiver(kind: 'audio' | 'video', { direction }: { direction: string }): FakeTransceiver {
    const transceiver = new FakeTransceiver(kind, direction, this.transport);
    this.transceivers.push(transceiver);
    return transceiver;
  }

  getTransceivers(): FakeTransceiver[] {
    return this.transceivers.filter(({ stopped }) => !stopped);
  }

  getReceivers(): FakeTransceiver['receiver'][] {
    return this.getTransceivers().map(({ receiver }) => receiver);
  }

  async createOffer({ iceRestart }: RTCOfferOptions): Promise<RTCSessionDescriptionInit> {
    this.step('createOffer');
    return { type: 'offer', sdp: iceRestart ? 'restart' : 'offer' };
  }

  async createAnswer(): Promise<RTCSessionDescriptionInit> {
    this.step('createAnswer');
    return { type: 'answer', sdp: 'answer' };
  }

  async setLocalDescription(description: RTCSessionDescriptionInit): Promise<void> {
    this.step(`setLocalDescription(${description.sdp})`);
    this.transceivers.forEach((transceiver, index) => (transceiver.mid ??= String(index)));
  }

  async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    this.step('setRemoteDescription');
    this.remoteDescription = description;
    if (description.type !== 'offer' || this.transceivers.some(({ mid }) => mid !== null)) return;
    for (const kind of ['audio', 'video'] as const) {
      const transceiver = this.addTransceiver(kind, { direction: 'recvonly' });
      transceiver.mid = String(this.transceivers.length);
      this.ontrack?.({ track: transceiver.receiver.track });
    }
  }

  async addIceCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (this.remoteDescription === null) throw failure('InvalidStateError');
    this.step('addIceCandidate');
    this.candidates.push(candidate);
  }

  async getStats(): Promise<Map<string, object>> {
    this.looks += 1;
    if (this.connectionState === 'closed') throw failure('InvalidStateError');
    return new Map<string, object>([
      ['1', { type: 'inbound-rtp', kind: 'audio', packetsReceived: this.packets }],
      ['2', { type: 'transport', packetsReceived: 1000 }],
      ...Object.entries(this.reports),
    ]);
  }

  close(): void {
    this.calls.push('close');
    this.connectionState = 'closed';
  }

  become(connectionState: string, iceConnectionState = this.iceConnectionState): void {
    Object.assign(this, { connectionState, iceConnectionState });
    this.dispatchEvent(new Event('connectionstatechange'));
  }

  private step(name: string): void {
    this.calls.push(name);
    const fault = this.faults[name as keyof FakeConnection['faults']];
    if (fault === undefined) return;
    delete this.faults[name as keyof FakeConnection['faults']];
    throw failure(fault);
  }
}
