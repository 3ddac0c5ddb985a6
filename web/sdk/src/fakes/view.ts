// A page without elements: it notes what was wanted.
import type { RenderParams, ViewOptions, ViewPort, ViewStreams } from '../ports.js';

export class FakeView implements ViewPort {
  onAutoplayBlocked: ((userID: string) => void) | undefined;
  /** Where the application wants to see itself. */
  local: ViewOptions | undefined;
  /** Where the application wants to see whom. */
  readonly remotes = new Map<string, ViewOptions>();
  /** How whom; oneself is undefined. */
  readonly renders = new Map<string | undefined, RenderParams>();
  /** Where everybody sounds; undefined: not chosen. */
  speaker: string | undefined;
  /** What the next choice of a speaker is refused with. */
  speakerRefusal: Error | undefined;
  /** The streams of the last update. */
  streams: ViewStreams | undefined;
  resumed = 0;
  disposed = false;

  startLocal(options: ViewOptions): void {
    this.local = options;
  }

  stopLocal(): void {
    this.local = undefined;
  }

  startRemote(options: ViewOptions): void {
    this.remotes.set(options.userID, options);
  }

  stopRemote(userID: string): void {
    this.remotes.delete(userID);
  }

  setRender(userID: string | undefined, render: RenderParams): void {
    this.renders.set(userID, { ...this.renders.get(userID), ...render });
  }

  useSpeaker(deviceId: string): Promise<void> {
    const refusal = this.speakerRefusal;
    this.speakerRefusal = undefined;
    if (refusal !== undefined) return Promise.reject(refusal);
    this.speaker = deviceId;
    return Promise.resolve();
  }

  update(streams: ViewStreams): void {
    this.streams = streams;
  }

  resume(): Promise<void> {
    this.resumed += 1;
    return Promise.resolve();
  }

  dispose(): void {
    this.disposed = true;
  }
}
