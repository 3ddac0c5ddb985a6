// Devices and peer connections of the browser, behind the MediaPort. It translates: effects become calls, events become
// inputs. What should happen next is the core's decision.
import type { Effect, Input, TrackKind, VideoProfile } from '../core/protocol.js';
import type { ErrorName } from '../errors.js';
import type { Measurement, MediaEffect, MediaPort, Report } from '../ports.js';
import { capture, stop, type Wanted } from './capture.js';
import { coalesced } from './coalesced.js';
import { Devices, mediaDevices } from './devices.js';
import { errorText } from './failure.js';
import { Level } from './level.js';
import { LocalTracks } from './local.js';
import { Peer } from './peer.js';
import { RemoteStreams } from './remote.js';
import { captureScreen } from './screen.js';
import type { Limits } from './sending.js';
import { read } from './stats.js';

export interface MediaOptions {
  /** Read at every negotiation, so that short-lived TURN credentials can be renewed in place. */
  iceServers?: RTCIceServer[];
  iceTransportPolicy?: RTCIceTransportPolicy;
  /** Settles, and never rejects, when the servers are known; connections made before wait for it. */
  ready?: Promise<void>;
}

type Ask<Type extends Effect['type']> = Extract<Effect, { type: Type }>;

/** kbit/s */
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
  readonly devices = new Devices({
    local: this.local,
    profile: () => this.profile,
    report: (input) => this.tell(input),
  });
  private readonly remote = new RemoteStreams(() => this.streamsChanged());
  private readonly level = new Level();
  private readonly peers = new Map<number, { user: string; connection: Peer }>();
  /** Why the browser would not make a connection. */
  private readonly refusals = new Map<number, string>();
  /** The newest capture under way, and whether its camera is still wanted. */
  private pending: { capture: number; camera: boolean } | undefined;
  /** The capture of the newest screen that was asked for and is not closed. */
  private screen: number | undefined;
  private profile: VideoProfile = { width: 640, height: 480, frame_rate: 15, bitrate: 900 };
  private limits: Ask<'LimitVideo'> | undefined;
  private readonly streamsChanged = coalesced(() => this.onStreams?.());
  private disposed = false;

  constructor(
    private readonly report: Report,
    private readonly options: MediaOptions,
  ) {}

  get lack(): ErrorName | undefined {
    if (typeof RTCPeerConnection === 'undefined') return 'UNSUPPORTED';
    // Not a property of every page, whatever the type says.
    if ((navigator.mediaDevices as MediaDevices | undefined) !== undefined) return undefined;
    return isSecureContext ? 'UNSUPPORTED' : 'INSECURE_PAGE';
  }

  get localStream(): MediaStream | undefined {
    return this.local.stream;
  }

  remoteStream(userID: string): MediaStream | undefined {
    return this.remote.get(userID);
  }

  async measure(): Promise<Measurement[]> {
    // A connection that is closed meanwhile has nothing to tell.
    const looks = [...this.peers.values()].map(({ user, connection }) =>
      connection.statistics().then((report) => read(user, report), () => undefined),
    );
    const readings = (await Promise.all(looks)).flatMap((reading) => reading ?? []);
    const levels = readings.map(({ level }) => level);
    this.level.told = levels.includes(undefined) ? undefined : Math.max(0, ...(levels as number[]));
    return [...new Map(readings.map(({ measurement }) => [measurement.userID, measurement])).values()];
  }

  localLevel(): number {
    return this.level.of(this.local.track('audio'));
  }

  execute(effect: MediaEffect): void {
    if (this.disposed) return;
    switch (effect.type) {
      case 'OpenMedia':
        void this.openMedia(effect);
        break;
      case 'CloseMedia':
        this.pending = this.screen = this.limits = undefined;
        this.local.closeAll();
        break;
      case 'CloseCamera':
        if (this.pending !== undefined) this.pending.camera = false;
        this.local.close('video');
        break;
      case 'MuteMicrophone':
        this.local.mute(effect.muted);
        break;
      case 'OpenScreen':
        void this.openScreen(effect);
        break;
      case 'CloseScreen':
        this.screen = undefined;
        this.local.close('screen');
        break;
      case 'LimitVideo':
        this.limits = effect;
        this.updateSending();
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
    this.pending = this.screen = this.onStreams = this.devices.onChanged = undefined;
    for (const { connection } of this.peers.values()) connection.close();
    this.peers.clear();
    this.remote.clear();
    this.local.closeAll();
  }

  private async openMedia(effect: Ask<'OpenMedia'>): Promise<void> {
    const pending = (this.pending = { capture: effect.capture, camera: effect.camera });
    this.profile = effect.profile;
    const wanted = {
      microphone: effect.microphone && this.local.track('audio') === undefined,
      camera: effect.camera && this.local.track('video') === undefined,
      profile: effect.profile,
      chosen: this.devices.chosen(),
    };
    const outcome = await this.openMissing(wanted, () => this.pending === pending);
    if (outcome === undefined || this.pending !== pending) return;
    this.pending = undefined;
    if ('tracks' in outcome) this.take(outcome.tracks, pending.camera);
    const { capture } = effect;
    const [microphone, camera] = [this.isOpen('audio'), this.isOpen('video')];
    // A microphone that was open before is all the same one of the devices that were asked for.
    if ('error' in outcome && !(effect.microphone && microphone)) {
      this.tell({ type: 'MediaFailed', capture, ...outcome });
    } else {
      const camera_failed = 'error' in outcome ? outcome.error !== 'not_found' : outcome.cameraFailed;
      this.tell({ type: 'MediaOpened', capture, microphone, camera, camera_failed });
    }
  }

  private async openMissing(
    wanted: Wanted,
    isWanted: () => boolean,
  ): ReturnType<typeof capture> {
    // The answer comes later in any case: nothing is reported from inside execute.
    await Promise.resolve();
    if (!wanted.microphone && !wanted.camera) return { tracks: [], cameraFailed: false };
    return capture(mediaDevices(), wanted, isWanted);
  }

  /** A camera that was closed while its prompt was open is closed again before it is seen. */
  private take(tracks: MediaStreamTrack[], cameraWanted: boolean): void {
    const kept = tracks.filter(({ kind }) => kind === 'audio' || cameraWanted);
    stop(tracks.filter((track) => !kept.includes(track)));
    for (const track of kept) this.local.add(track.kind === 'audio' ? 'audio' : 'video', track);
  }

  private async openScreen({ capture }: Ask<'OpenScreen'>): Promise<void> {
    this.screen = capture;
    const outcome = await captureScreen(mediaDevices());
    if (this.screen !== capture) {
      if ('tracks' in outcome) stop(outcome.tracks);
    } else if ('error' in outcome) {
      this.tell({ type: 'MediaFailed', capture, ...outcome });
    } else {
      for (const track of outcome.tracks) this.local.add('screen', track);
      this.tell({ type: 'MediaOpened', capture, microphone: false, camera: false, camera_failed: false });
    }
  }

  /** Text that is scaled down cannot be read: a screen keeps its size. */
  private videoLimits(): Limits {
    const { bitrate, scale } = this.limits ?? { bitrate: this.profile.bitrate, scale: 100 };
    const scaleResolutionDownBy = this.isOpen('screen') ? 1 : scale / 100;
    return { maxBitrate: bitrate * 1000, scaleResolutionDownBy };
  }

  private isOpen(kind: TrackKind): boolean {
    return this.local.track(kind) !== undefined;
  }

  private createPeer({ peer, user, offerer }: Ask<'CreatePeer'>): void {
    const configuration = (): RTCConfiguration => {
      const { iceServers = [], iceTransportPolicy = 'all' } = this.options;
      return { iceServers, iceTransportPolicy, bundlePolicy: 'max-bundle' };
    };
    try {
      const connection = new Peer({
        peer,
        offerer,
        configuration,
        ready: this.options.ready,
        source: {
          track: (kind) => this.local.sent(kind),
          limits: (kind) => (kind === 'audio' ? { maxBitrate: speechBitrate * 1000 } : this.videoLimits()),
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
    this.devices.update();
    this.level.update(this.local.track('audio'));
    this.updateSending();
    this.streamsChanged();
  }

  private updateSending(): void {
    for (const { connection } of this.peers.values()) connection.updateSending();
  }

  private tell(input: Input): void {
    if (!this.disposed) this.report(input);
  }
}

function unreachable(effect: never): never {
  throw new Error(`Not an effect of the media port: ${JSON.stringify(effect)}`);
}
