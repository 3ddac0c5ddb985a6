/** What the other users send: one stream for each, whatever becomes of the connections that carry it. */
export class RemoteStreams {
  private readonly streams = new Map<string, MediaStream>();

  constructor(private readonly changed: () => void) {}

  get(userID: string): MediaStream | undefined {
    return this.streams.get(userID);
  }

  /** A new connection's track takes the place of the one that its predecessor brought. */
  add(userID: string, track: MediaStreamTrack): void {
    const stream = this.streams.get(userID) ?? new MediaStream();
    this.streams.set(userID, stream);
    for (const old of stream.getTracks()) {
      if (old.kind === track.kind && old !== track) stream.removeTrack(old);
    }
    stream.addTrack(track);
    this.changed();
  }

  remove(userID: string): void {
    if (this.streams.delete(userID)) this.changed();
  }

  clear(): void {
    this.streams.clear();
  }
}
