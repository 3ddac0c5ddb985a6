import type { TrackKind } from '../core/protocol.js';
import { stop } from './capture.js';

/** The tracks of this browser's own devices, in one stream for as long as anything is captured. */
export class LocalTracks {
  private media: MediaStream | undefined;
  private muted = false;
  private readonly unwatch = new Map<MediaStreamTrack, () => void>();

  /** `changed` follows every change of the set of tracks, `ended` a device that stopped by itself. */
  constructor(
    private readonly changed: () => void,
    private readonly ended: (kind: TrackKind) => void,
  ) {}

  get stream(): MediaStream | undefined {
    return this.media;
  }

  track(kind: TrackKind): MediaStreamTrack | undefined {
    return this.media?.getTracks().find((track) => track.kind === kind);
  }

  add(tracks: MediaStreamTrack[]): void {
    this.media ??= new MediaStream();
    for (const track of tracks) {
      // Whoever muted the microphone and plugs in another one is still muted.
      if (track.kind === 'audio') track.enabled = !this.muted;
      this.media.addTrack(track);
      this.watch(track);
    }
    this.changed();
  }

  mute(muted: boolean): void {
    this.muted = muted;
    const microphone = this.track('audio');
    if (microphone !== undefined) microphone.enabled = !muted;
  }

  closeCamera(): void {
    const camera = this.track('video');
    if (camera === undefined) return;
    this.remove(camera);
    this.changed();
  }

  close(): void {
    this.muted = false;
    if (this.media === undefined) return;
    for (const track of this.media.getTracks()) this.remove(track);
    this.media = undefined;
    this.changed();
  }

  private watch(track: MediaStreamTrack): void {
    const gone = (): void => {
      this.remove(track);
      this.changed();
      this.ended(track.kind === 'audio' ? 'audio' : 'video');
    };
    track.addEventListener('ended', gone);
    this.unwatch.set(track, () => track.removeEventListener('ended', gone));
  }

  private remove(track: MediaStreamTrack): void {
    this.unwatch.get(track)?.();
    this.unwatch.delete(track);
    this.media?.removeTrack(track);
    stop([track]);
  }
}
