// A look into streams.
import type { StreamLike } from './payloads.js';

/** The track of a kind; a stream has one at most. */
export const trackOf = (stream: MediaStream | undefined, kind: 'audio' | 'video'): MediaStreamTrack | undefined =>
  stream?.getTracks().find((track) => track.kind === kind);

export const streamLike = (stream: () => MediaStream | undefined, userID: string): StreamLike => ({
  getAudioTrack: () => trackOf(stream(), 'audio') ?? null,
  getVideoTrack: () => trackOf(stream(), 'video') ?? null,
  getUserId: () => userID,
});
