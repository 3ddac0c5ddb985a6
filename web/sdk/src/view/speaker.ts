import { fail, textOf } from '../errors.js';
import type { ErrorName } from '../errors.js';
import { errorName } from '../given.js';
import { turns } from '../turns.js';

const refusals: Readonly<Record<string, ErrorName>> = {
  NotFoundError: 'DEVICE_NOT_FOUND',
  NotAllowedError: 'PERMISSION_DENIED',
};

/** Where everybody is heard: the elements that sound follow the choice, those to come too. */
export class Speaker {
  private chosen = '';
  private readonly elements = new Set<HTMLMediaElement>();
  private readonly inTurn = turns();

  /** One choice after the other: the last one wins, however long the browser takes over those before. */
  use(deviceId: string): Promise<void> {
    return this.inTurn(() => this.change(deviceId));
  }

  add(element: HTMLMediaElement): void {
    this.elements.add(element);
    if (this.chosen !== '') this.route(element);
  }

  forget(element: HTMLMediaElement): void {
    this.elements.delete(element);
  }

  private async change(deviceId: string): Promise<void> {
    const earlier = this.chosen;
    // A silent element asks first: a refusal touches nothing that sounds, and a choice before a call is checked, too.
    const silent = document.createElement('audio');
    if (!('setSinkId' in silent)) throw fail('UNSUPPORTED', '', 'this browser cannot choose a speaker');
    try {
      await silent.setSinkId(deviceId);
      this.chosen = deviceId;
      await Promise.all([...this.elements].map((element) => element.setSinkId(deviceId)));
    } catch (reason) {
      this.chosen = earlier;
      for (const element of this.elements) this.route(element);
      const detail = textOf(reason);
      const name = refusals[errorName(reason)] ?? 'CAPTURE_FAILED';
      throw fail(name, detail, `the speaker cannot be used: ${detail}`);
    }
  }

  /** A speaker that has been unplugged since is no reason for silence: the element sounds where the browser puts it. */
  private route(element: HTMLMediaElement): void {
    element.setSinkId?.(this.chosen).catch(() => undefined);
  }
}
