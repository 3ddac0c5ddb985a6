// Devices and peer connections that exist only as answers: what a test without a browser, or without a camera, runs on.
import type { Effect } from '../core/protocol.js';
import type { MediaEffect, MediaPort, Report } from '../ports.js';

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

export class FakeMedia implements MediaPort {
  onStreams: (() => void) | undefined;
  /** What there is to be opened; change it to test what happens without. */
  devices = { microphone: true, camera: true };
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

  private connect(peer: number): void {
    this.remotes.set(this.peers.get(peer) ?? '', new FakeStream(`remote ${peer}`, ['audio', 'video']));
    this.onStreams?.();
    this.report({ type: 'ConnectionChanged', peer, state: 'connected' });
    this.report({ type: 'MediaFlowChanged', peer, flowing: true });
  }
}

const numbers = ({ peer, negotiation }: Ask<'CreateOffer' | 'CreateAnswer'>) => ({ peer, negotiation });
