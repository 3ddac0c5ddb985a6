// A page without elements: it notes what was wanted.
import type { ViewOptions, ViewPort, ViewStreams } from '../ports.js';

export class FakeView implements ViewPort {
  onAutoplayBlocked: ((userID: string) => void) | undefined;
  /** Where the application wants to see itself. */
  local: ViewOptions | undefined;
  /** Where the application wants to see whom. */
  readonly remotes = new Map<string, ViewOptions>();
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
