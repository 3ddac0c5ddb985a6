// A look into streams.

/** The track of a kind; a stream has one at most. */
export const trackOf = (stream: MediaStream | undefined, kind: 'audio' | 'video'): MediaStreamTrack | undefined =>
  stream?.getTracks().find((track) => track.kind === kind);
