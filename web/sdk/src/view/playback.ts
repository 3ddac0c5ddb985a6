import { errorName } from '../given.js';
import { listen } from '../listen.js';

const gestures = ['pointerdown', 'keydown', 'click'];

/**
 * Starts media elements, and starts those that the browser's autoplay policy refused again at the next gesture of the
 * user. It listens for gestures only while something is refused.
 */
export class Playback {
  /** A refused element and whose sound it is; a picture and the own sound are nobody's. */
  private readonly refused = new Map<HTMLMediaElement, string | undefined>();
  private stopListening: (() => void) | undefined;

  constructor(private readonly onBlocked: (userID: string) => void) {}

  /** `userID` where it is a sound that would be missed, unless it is muted. */
  start(element: HTMLMediaElement, userID?: string): void {
    if (element.paused && !this.refused.has(element)) void this.tryToPlay(element, userID);
  }

  forget(element: HTMLMediaElement): void {
    this.refused.delete(element);
    if (this.refused.size > 0) return;
    this.stopListening?.();
    this.stopListening = undefined;
  }

  async resume(): Promise<void> {
    await Promise.all([...this.refused].map(([element, userID]) => this.tryToPlay(element, userID)));
  }

  dispose(): void {
    for (const element of [...this.refused.keys()]) this.forget(element);
  }

  private async tryToPlay(element: HTMLMediaElement, userID: string | undefined): Promise<void> {
    try {
      await element.play();
      this.forget(element);
    } catch (reason) {
      // Anything else (AbortError: the source has changed, the element is gone) is settled by whoever changed it.
      if (errorName(reason) === 'NotAllowedError' && element.srcObject !== null) this.refuse(element, userID);
    }
  }

  private refuse(element: HTMLMediaElement, userID: string | undefined): void {
    if (this.refused.has(element)) return;
    this.refused.set(element, userID);
    this.stopListening ??= listen(document, gestures, () => void this.resume(), { capture: true, passive: true });
    if (userID !== undefined && !element.muted) this.onBlocked(userID);
  }
}
