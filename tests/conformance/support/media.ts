// Devices that can be denied or slow, and a network that media do not get through.
import type { MediaEffect, Report } from '../../../web/sdk/src/ports.js';
import type { MediaError } from '../../../web/sdk/src/core/protocol.js';
import { FakeMedia } from '../../../web/sdk/src/fakes/index.js';

export class SwitchableMedia extends FakeMedia {
  /** What opening is refused with. */
  refuses: MediaError | undefined;
  /** The question for permission is on the screen; `release` answers it. */
  held = false;
  private readonly waiting: MediaEffect[] = [];
  /** The user of every connection. */
  private readonly made = new Map<number, string>();
  private broken = false;

  constructor(private readonly tell: Report) {
    super(tell);
  }

  /** How many connections there are. */
  get connections(): number {
    return this.made.size;
  }

  override execute(effect: MediaEffect): void {
    if (effect.type === 'CreatePeer') this.made.set(effect.peer, effect.user);
    if (effect.type === 'ClosePeer') this.made.delete(effect.peer);
    if (effect.type === 'CloseMedia') this.waiting.length = 0;
    if (this.broken && effect.type === 'ApplyAnswer') return;
    if (effect.type !== 'OpenMedia') return super.execute(effect);
    if (this.held) return void this.waiting.push(effect);
    const { capture, microphone } = effect;
    const missing = microphone && !this.devices.microphone ? 'not_found' : undefined;
    const error = this.refuses ?? missing;
    if (error === undefined) super.execute(effect);
    else this.later({ type: 'MediaFailed', capture, error, message: 'switched off' });
  }

  release(): void {
    this.held = false;
    for (const effect of this.waiting.splice(0)) this.execute(effect);
  }

  /** From now on no media get through, in either direction. */
  break(): void {
    this.broken = true;
    this.disturb();
  }

  /** The path to one user, or to everybody, fails; what is negotiated afterwards gets through. */
  disturb(user?: string): void {
    for (const [peer, other] of this.made) {
      if (user !== undefined && other !== user) continue;
      this.tell({ type: 'ConnectionChanged', peer, state: 'failed' });
      this.tell({ type: 'MediaFlowChanged', peer, flowing: false });
    }
  }

  private later(input: Parameters<Report>[0]): void {
    void Promise.resolve().then(() => this.tell(input));
  }
}
