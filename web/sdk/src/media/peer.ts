import type { Candidate, Input } from '../core/protocol.js';
import type { Report } from '../ports.js';
import { CandidateBatch, toCandidateInit } from './candidates.js';
import { watchConnection } from './connection.js';
import { errorText } from './failure.js';
import { watchRelay } from './relay.js';
import { Sending, type Source } from './sending.js';
import { watchTraffic } from './traffic.js';

export interface PeerOptions {
  peer: number;
  offerer: boolean;
  /** As it is now: credentials are renewed meanwhile. */
  configuration: () => RTCConfiguration;
  /** Nothing is negotiated before, while servers are being asked for. */
  ready: Promise<void> | undefined;
  source: Source;
  report: Report;
  /** A track of the other side has come. */
  onTrack: (track: MediaStreamTrack) => void;
}

/** One RTCPeerConnection. What the core asks for is done in the order in which it asks. */
export class Peer {
  private readonly pc: RTCPeerConnection;
  private readonly sending: Sending;
  private readonly found: CandidateBatch;
  private readonly stopWatching: () => void;
  private stopTraffic: (() => void) | undefined;
  private early: Candidate[] = [];
  private work: Promise<void>;
  private readonly stopRelay: () => void;
  private closed = false;

  constructor(private readonly options: PeerOptions) {
    const configuration = options.configuration();
    this.pc = new RTCPeerConnection(configuration);
    this.work = options.ready ?? Promise.resolve();
    this.sending = new Sending(this.pc, options.source);
    this.found = new CandidateBatch((candidates) => this.tell({ type: 'CandidatesFound', peer: options.peer, candidates }));
    this.pc.onicecandidate = ({ candidate }) => this.found.add(candidate);
    this.pc.ontrack = ({ track }) => options.onTrack(track);
    this.stopWatching = watchConnection(this.pc, (state) => {
      if (state === 'connected') this.watchTraffic();
      this.tell({ type: 'ConnectionChanged', peer: options.peer, state });
    });
    this.stopRelay = watchRelay(this.pc, configuration, (why) => this.tell({ type: 'RelayMissing', peer: options.peer, why }));
    if (options.offerer) this.sending.offerTransceivers();
  }

  createOffer(negotiation: number, iceRestart: boolean): void {
    this.negotiate(negotiation, async () => {
      this.renew();
      const offer = await this.pc.createOffer({ iceRestart });
      if (this.closed) return;
      await this.pc.setLocalDescription(offer);
      this.tell({ type: 'OfferCreated', peer: this.options.peer, negotiation, sdp: offer.sdp ?? '' });
    });
  }

  /** An offer of our own that is still open is rolled back by the browser when it gets the other side's. */
  createAnswer(negotiation: number, sdp: string): void {
    this.negotiate(negotiation, async () => {
      this.renew();
      await this.pc.setRemoteDescription({ type: 'offer', sdp });
      if (this.closed) return;
      this.sending.adoptTransceivers();
      await this.addEarly();
      if (this.closed) return;
      const answer = await this.pc.createAnswer();
      if (this.closed) return;
      await this.pc.setLocalDescription(answer);
      this.sending.update();
      this.tell({ type: 'AnswerCreated', peer: this.options.peer, negotiation, sdp: answer.sdp ?? '' });
    });
  }

  applyAnswer(negotiation: number, sdp: string): void {
    this.negotiate(negotiation, async () => {
      await this.pc.setRemoteDescription({ type: 'answer', sdp });
      if (this.closed) return;
      this.sending.update();
      await this.addEarly();
    });
  }

  addCandidates(candidates: Candidate[]): void {
    this.enqueue(async () => {
      this.early.push(...candidates);
      if (this.pc.remoteDescription !== null) await this.addEarly();
    });
  }

  startSending(): void {
    this.sending.start();
  }

  /** The local tracks, or what they may cost, have changed. */
  updateSending(): void {
    this.sending.update();
  }

  statistics(): Promise<RTCStatsReport> {
    return this.pc.getStats();
  }

  close(): void {
    this.closed = true;
    this.stopWatching();
    this.stopTraffic?.();
    this.stopRelay();
    this.found.dispose();
    this.early = [];
    this.pc.onicecandidate = null;
    this.pc.ontrack = null;
    this.pc.close();
  }

  /** A candidate of a description that has been replaced meanwhile fits nothing any more: no harm, no report. */
  private async addEarly(): Promise<void> {
    const candidates = this.early;
    this.early = [];
    await Promise.all(candidates.map((candidate) => this.pc.addIceCandidate(toCandidateInit(candidate)).catch(() => undefined)));
  }

  /** What gathers next asks the servers with the credentials of today. */
  private renew(): void {
    this.pc.setConfiguration?.(this.options.configuration());
  }

  private negotiate(negotiation: number, steps: () => Promise<void>): void {
    this.enqueue(async () => {
      try {
        await steps();
      } catch (reason) {
        this.tell({ type: 'NegotiationFailed', peer: this.options.peer, negotiation, message: errorText(reason) });
      }
    });
  }

  /**
   * One step after the other. A step that fails must not stop those behind it: negotiate() reports its own failures, and
   * a connection that the browser has closed by itself (Firefox then throws even when asked for its description) is
   * noticed by its state.
   */
  private enqueue(step: () => Promise<void>): void {
    this.work = this.work.then(() => (this.closed ? undefined : step())).catch(() => undefined);
  }

  private watchTraffic(): void {
    this.stopTraffic ??= watchTraffic(this.pc, (flowing) =>
      this.tell({ type: 'MediaFlowChanged', peer: this.options.peer, flowing }),
    );
  }

  /** Every report of this connection passes here: a closed one says nothing, whatever was still under way. */
  private tell(input: Input): void {
    if (!this.closed) this.options.report(input);
  }
}
