// Devices that can be missing, denied, in use by another program, or slow.
import type { MediaEffect, Report } from '../../../web/sdk/src/ports.js';
import type { MediaError } from '../../../web/sdk/src/core/protocol.js';
import { FakeMedia } from '../../../web/sdk/src/fakes/index.js';

export class SwitchableMedia extends FakeMedia {
  /** What opening is refused with. */
  refuses: MediaError | undefined;
  /** There is a camera, but another program has it. */
  busyCamera = false;
  /** The question for permission is on the screen; `release` answers it. */
  held = false;
  private readonly waiting: MediaEffect[] = [];

  constructor(private readonly tell: Report) {
    super(tell);
  }

  override execute(effect: MediaEffect): void {
    if (effect.type !== 'OpenMedia') return super.execute(effect);
    if (this.held) return void this.waiting.push(effect);
    const { capture, microphone, camera } = effect;
    const missing = microphone && !this.devices.microphone ? 'not_found' : undefined;
    const error = this.refuses ?? missing;
    if (error !== undefined) return this.later({ type: 'MediaFailed', capture, error, message: 'switched off' });
    if (camera && this.busyCamera) {
      return this.later({ type: 'MediaOpened', capture, microphone, camera: false, camera_failed: true });
    }
    super.execute(effect);
  }

  release(): void {
    this.held = false;
    for (const effect of this.waiting.splice(0)) this.execute(effect);
  }

  private later(input: Parameters<Report>[0]): void {
    void Promise.resolve().then(() => this.tell(input));
  }
}
