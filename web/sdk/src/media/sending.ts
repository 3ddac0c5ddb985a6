import type { Media } from '../core/protocol.js';

/** Where a connection takes what it sends from. */
export interface Source {
  track(kind: Media): MediaStreamTrack | undefined;
  limits(kind: Media): Limits;
}

/** What an encoder may spend: the members of RTCRtpEncodingParameters. */
export type Limits = Required<Pick<RTCRtpEncodingParameters, 'maxBitrate'>> &
  Pick<RTCRtpEncodingParameters, 'scaleResolutionDownBy'>;

const kinds: readonly Media[] = ['audio', 'video'];

/**
 * The sending half of a peer connection: one audio and one video transceiver that exist from the first description on.
 * Tracks come and go with replaceTrack only, so that no toggle ever needs a negotiation.
 */
export class Sending {
  private readonly transceivers = new Map<Media, RTCRtpTransceiver>();
  private started = false;
  private work: Promise<unknown> = Promise.resolve();

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

  /** One after the other: what a sender tells about itself is only true when nothing is under way. */
  update(): void {
    this.work = this.work
      .then(() => Promise.all([...this.transceivers].map(([kind, { sender }]) => this.bring(kind, sender))))
      // Only a connection that is being closed refuses; there is nobody left to send to.
      .catch(() => undefined);
  }

  private async bring(kind: Media, sender: RTCRtpSender): Promise<void> {
    if (!this.started) return;
    const track = this.source.track(kind) ?? null;
    if (sender.track !== track) await sender.replaceTrack(track);
    if (track !== null) await limit(sender, this.source.limits(kind));
  }

  private adopt(transceiver: RTCRtpTransceiver, kind: Media): void {
    if (this.transceivers.has(kind) || transceiver.currentDirection === 'stopped') return;
    transceiver.direction = 'sendrecv';
    this.transceivers.set(kind, transceiver);
  }
}

/** Asks the encoder to stay within its limits. Where that is not possible (yet), the browser's own estimate rules. */
async function limit(sender: RTCRtpSender, limits: Limits): Promise<void> {
  const parameters = sender.getParameters();
  const before = JSON.stringify(parameters.encodings);
  for (const encoding of parameters.encodings ?? []) Object.assign(encoding, limits);
  if (JSON.stringify(parameters.encodings) !== before) await sender.setParameters(parameters).catch(() => undefined);
}
