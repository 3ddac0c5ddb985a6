import type { Media, TrackKind } from '../core/protocol.js';

/** The tracks of this browser's own devices and screen, in one stream for as long as anything is captured. */
export class LocalTracks {
  private media: MediaStream | undefined;
  private muted = false;
  private readonly tracks = new Map<TrackKind, MediaStreamTrack>();

  /** `changed` follows every change of the set of tracks, `ended` a track that stopped by itself. */
  constructor(
    private readonly changed: () => void,
    private readonly ended: (kind: TrackKind) => void,
  ) {}

  get stream(): MediaStream | undefined {
    return this.media;
  }

  track(kind: TrackKind): MediaStreamTrack | undefined {
    return this.tracks.get(kind);
  }

  /** What others hear and see: the screen in the place of the camera, which stays open underneath. */
  sent(kind: Media): MediaStreamTrack | undefined {
    return (kind === 'video' ? this.track('screen') : undefined) ?? this.track(kind);
  }

  /** A track of the same kind gives way. */
  add(kind: TrackKind, track: MediaStreamTrack): void {
    const old = this.track(kind);
    // Whoever muted the microphone and plugs in another one is still muted.
    if (kind === 'audio') track.enabled = !this.muted;
    this.tracks.set(kind, track);
    track.addEventListener('ended', () => {
      if (this.track(kind) === track) this.end(kind);
    });
    this.show();
    old?.stop();
  }

  mute(muted: boolean): void {
    this.muted = muted;
    const microphone = this.track('audio');
    if (microphone !== undefined) microphone.enabled = !muted;
  }

  close(kind: TrackKind): void {
    const track = this.track(kind);
    if (track === undefined) return;
    this.tracks.delete(kind);
    this.show();
    track.stop();
  }

  /** The device is gone, or the user has ended the sharing of the screen where the browser shows it. */
  end(kind: TrackKind): void {
    this.close(kind);
    this.ended(kind);
  }

  closeAll(): void {
    this.muted = false;
    for (const kind of [...this.tracks.keys()]) this.close(kind);
    if (this.media === undefined) return;
    this.media = undefined;
    this.changed();
  }

  /** Brings the stream in line with what is sent. */
  private show(): void {
    const media = (this.media ??= new MediaStream());
    const sent = [this.sent('audio'), this.sent('video')];
    for (const track of media.getTracks()) if (!sent.includes(track)) media.removeTrack(track);
    for (const track of sent) if (track !== undefined) media.addTrack(track);
    this.changed();
  }
}
