// Devices and peer connections of the browser, behind the MediaPort. It translates: effects become calls, events become
// inputs. What should happen next is the core's decision.
import type { Effect, Input, TrackKind, VideoProfile } from '../core/protocol.js';
import type { MediaEffect, MediaPort, Report } from '../ports.js';
import { capture, stop } from './capture.js';
import { errorText } from './failure.js';
import { LocalTracks } from './local.js';
import { Peer } from './peer.js';
import { RemoteStreams } from './remote.js';

export interface MediaOptions {
  /** Read at every new connection, so that short-lived TURN credentials can be renewed in place. */
  iceServers?: RTCIceServer[];
  iceTransportPolicy?: RTCIceTransportPolicy;
}

type Ask<Type extends Effect['type']> = Extract<Effect, { type: Type }>;

const speechBitrate = 40;

export function createMedia(report: Report, options: MediaOptions): MediaPort {
  return new BrowserMedia(report, options);
}

class BrowserMedia implements MediaPort {
  onStreams: (() => void) | undefined;

  private readonly local = new LocalTracks(
    () => this.localChanged(),
    (kind) => this.tell({ type: 'TrackEnded', kind }),
  );
  private readonly remote = new RemoteStreams(() => this.streamsChanged());
  private readonly peers = new Map<number, { user: string; connection: Peer }>();
  /** Why the browser would not make a connection. */
  private readonly refusals = new Map<number, string>();
  /** The newest capture under way, and whether its camera is still wanted. */
  private pending: { capture: number; camera: boolean } | undefined;
  private videoBitrate = 0;
  private announced = false;
  private disposed = false;

  constructor(
    private readonly report: Report,
    private readonly options: MediaOptions,
  ) {}

  get localStream(): MediaStream | undefined {
    return this.local.stream;
  }

  remoteStream(userID: string): MediaStream | undefined {
    return this.remote.get(userID);
  }

  execute(effect: MediaEffect): void {
    if (this.disposed) return;
    switch (effect.type) {
      case 'OpenMedia':
        void this.openMedia(effect);
        break;
      case 'CloseMedia':
        this.pending = undefined;
        this.local.close();
        break;
      case 'CloseCamera':
        if (this.pending !== undefined) this.pending.camera = false;
        this.local.closeCamera();
        break;
      case 'MuteMicrophone':
        this.local.mute(effect.muted);
        break;
      case 'CreatePeer':
        this.createPeer(effect);
        break;
      case 'CreateOffer':
        this.negotiate(effect, (peer) => peer.createOffer(effect.negotiation, effect.ice_restart));
        break;
      case 'CreateAnswer':
        this.negotiate(effect, (peer) => peer.createAnswer(effect.negotiation, effect.sdp));
        break;
      case 'ApplyAnswer':
        this.negotiate(effect, (peer) => peer.applyAnswer(effect.negotiation, effect.sdp));
        break;
      case 'AddCandidates':
        this.peers.get(effect.peer)?.connection.addCandidates(effect.candidates);
        break;
      case 'StartSending':
        this.peers.get(effect.peer)?.connection.startSending();
        break;
      case 'ClosePeer':
        this.closePeer(effect);
        break;
      default:
        unreachable(effect);
    }
  }

  dispose(): void {
    this.disposed = true;
    this.pending = undefined;
    this.onStreams = undefined;
    for (const { connection } of this.peers.values()) connection.close();
    this.peers.clear();
    this.remote.clear();
    this.local.close();
  }

  private async openMedia(effect: Ask<'OpenMedia'>): Promise<void> {
    const pending = (this.pending = { capture: effect.capture, camera: effect.camera });
    const wanted = {
      microphone: effect.microphone && this.local.track('audio') === undefined,
      camera: effect.camera && this.local.track('video') === undefined,
      profile: effect.profile,
    };
    const outcome = await this.openMissing(wanted, () => this.pending === pending);
    if (outcome === undefined || this.pending !== pending) return;
    this.pending = undefined;
    this.videoBitrate = effect.profile.bitrate;
    if ('tracks' in outcome) this.take(outcome.tracks, pending.camera);
    const { capture } = effect;
    const [microphone, camera] = [this.isOpen('audio'), this.isOpen('video')];
    // A microphone that was open before is all the same one of the devices that were asked for.
    if ('error' in outcome && !(effect.microphone && microphone)) {
      this.tell({ type: 'MediaFailed', capture, error: outcome.error, message: outcome.message });
    } else {
      const camera_failed = 'error' in outcome ? outcome.error !== 'not_found' : outcome.cameraFailed;
      this.tell({ type: 'MediaOpened', capture, microphone, camera, camera_failed });
    }
  }

  private async openMissing(
    wanted: { microphone: boolean; camera: boolean; profile: VideoProfile },
    isWanted: () => boolean,
  ): ReturnType<typeof capture> {
    // The answer comes later in any case: nothing is reported from inside execute.
    await Promise.resolve();
    if (!wanted.microphone && !wanted.camera) return { tracks: [], cameraFailed: false };
    return capture(navigator.mediaDevices, wanted, isWanted);
  }

  /** A camera that was closed while its prompt was open is closed again before it is seen. */
  private take(tracks: MediaStreamTrack[], cameraWanted: boolean): void {
    const kept = tracks.filter(({ kind }) => kind === 'audio' || cameraWanted);
    stop(tracks.filter((track) => !kept.includes(track)));
    if (kept.length > 0) this.local.add(kept);
  }

  private isOpen(kind: TrackKind): boolean {
    return this.local.track(kind) !== undefined;
  }

  private createPeer({ peer, user, offerer }: Ask<'CreatePeer'>): void {
    const { iceServers = [], iceTransportPolicy = 'all' } = this.options;
    try {
      const connection = new Peer({
        peer,
        offerer,
        configuration: { iceServers, iceTransportPolicy, bundlePolicy: 'max-bundle' },
        source: {
          track: (kind) => this.local.track(kind),
          bitrate: (kind) => (kind === 'audio' ? speechBitrate : this.videoBitrate),
        },
        report: (input) => this.tell(input),
        onTrack: (track) => this.remote.add(user, track),
      });
      this.peers.set(peer, { user, connection });
    } catch (reason) {
      // There is no answer to CreatePeer: the first negotiation on it fails and tells why.
      this.refusals.set(peer, errorText(reason));
    }
  }

  private negotiate(effect: { peer: number; negotiation: number }, action: (peer: Peer) => void): void {
    const { peer, negotiation } = effect;
    const found = this.peers.get(peer);
    if (found !== undefined) return action(found.connection);
    const message = this.refusals.get(peer) ?? 'There is no such peer connection.';
    queueMicrotask(() => this.tell({ type: 'NegotiationFailed', peer, negotiation, message }));
  }

  private closePeer({ peer }: Ask<'ClosePeer'>): void {
    this.refusals.delete(peer);
    const found = this.peers.get(peer);
    if (found === undefined) return;
    this.peers.delete(peer);
    found.connection.close();
    // A rebuild closes and creates in one batch: whether the user is gone shows when the batch is done.
    queueMicrotask(() => {
      const stays = [...this.peers.values()].some(({ user }) => user === found.user);
      if (!stays) this.remote.remove(found.user);
    });
  }

  private localChanged(): void {
    for (const { connection } of this.peers.values()) connection.updateSending();
    this.streamsChanged();
  }

  /** Several changes of one task are announced once. */
  private streamsChanged(): void {
    if (this.announced) return;
    this.announced = true;
    queueMicrotask(() => {
      this.announced = false;
      this.onStreams?.();
    });
  }

  private tell(input: Input): void {
    if (!this.disposed) this.report(input);
  }
}

function unreachable(effect: never): never {
  throw new Error(`Not an effect of the media port: ${JSON.stringify(effect)}`);
}
