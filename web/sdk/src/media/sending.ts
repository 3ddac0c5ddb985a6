import type { TrackKind } from '../core/protocol.js';

/** Where a connection takes what it sends from. */
export interface Source {
  track(kind: TrackKind): MediaStreamTrack | undefined;
  /** kbit/s */
  bitrate(kind: TrackKind): number;
}

const kinds: readonly TrackKind[] = ['audio', 'video'];

/**
 * The sending half of a peer connection: one audio and one video transceiver that exist from the first description on.
 * Tracks come and go with replaceTrack only, so that no toggle ever needs a negotiation.
 */
export class Sending {
  private readonly transceivers = new Map<TrackKind, RTCRtpTransceiver>();
  private started = false;

  constructor(
    private readonly pc: RTCPeerConnection,
    private readonly source: Source,
  ) {}

  offerTransceivers(): void {
    for (const kind of kinds) this.transceivers.set(kind, this.pc.addTransceiver(kind, { direction: 'sendrecv' }));
  }

  /** Takes the transceivers that a remote offer describes; those are `recvonly` until somebody wants more of them. */
  adoptTransceivers(): void {
    this.transceivers.clear();
    for (const transceiver of this.pc.getTransceivers()) {
      // Ours from an offer that lost against the remote one: JSEP (RFC 8829 5.10) does not match them with its lines,
      // and they would come back as two more lines in our next offer.
      if (transceiver.mid === null) transceiver.stop();
      else this.adopt(transceiver, transceiver.receiver.track.kind === 'audio' ? 'audio' : 'video');
    }
    this.update();
  }

  start(): void {
    this.started = true;
    this.update();
  }

  update(): void {
    if (!this.started) return;
    for (const [kind, { sender }] of this.transceivers) {
      const track = this.source.track(kind) ?? null;
      // Only a connection that is being closed refuses; there is nobody left to send to.
      if (sender.track !== track) sender.replaceTrack(track).catch(() => undefined);
      if (track !== null) limit(sender, this.source.bitrate(kind) * 1000);
    }
  }

  private adopt(transceiver: RTCRtpTransceiver, kind: TrackKind): void {
    if (this.transceivers.has(kind) || transceiver.currentDirection === 'stopped') return;
    transceiver.direction = 'sendrecv';
    this.transceivers.set(kind, transceiver);
  }
}

/** Asks the encoder to stay below `bitrate`. Where that is not possible (yet), the browser's own estimate rules. */
function limit(sender: RTCRtpSender, bitrate: number): void {
  const parameters = sender.getParameters();
  const encodings = parameters.encodings ?? [];
  if (encodings.length === 0 || encodings.every((encoding) => encoding.maxBitrate === bitrate)) return;
  for (const encoding of encodings) encoding.maxBitrate = bitrate;
  sender.setParameters(parameters).catch(() => undefined);
}
