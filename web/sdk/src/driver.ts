// The run loop between the core and its ports. Inputs wait in one queue; one input is handed to the core per
// microtask, and its batch of effects is executed completely before the next. So nothing is emitted from inside a
// method of the application, a method called from a listener queues like any other, and the continuation of a promise
// settled by one batch runs before the next batch.
import type { Clock } from './clock.js';
import type { CoreEngine } from './core/engine.js';
import type { CoreError, Effect, EventEffect, Input, Result, Verb } from './core/protocol.js';
import { ours } from './errors.js';
import type { Log } from './log.js';
import type { MediaPort, SocketPort } from './ports.js';

/** The promise behind a verb. Both run inside the batch, in its order. */
export interface Answer {
  done(result: Result): void;
  failed(error: CoreError): void;
}

type WithoutOp<V> = V extends unknown ? Omit<V, 'op'> : never;
export type Request = WithoutOp<Verb>;

export interface DriverPorts {
  socket: SocketPort;
  media: MediaPort;
  clock: Clock;
}

export interface DriverEvents {
  /** The core has answered; nothing of it has been executed yet. */
  onBatch(effects: readonly Effect[]): void;
  /** Events, and StatusChanged. */
  onEffect(effect: EventEffect | Extract<Effect, { type: 'StatusChanged' }>): void;
  /** The core is gone: the driver answers every request with this error from now on. */
  onCrash(error: CoreError): void;
}

/** setTimeout turns anything longer into 1 ms. */
const LONGEST_TIMER = 2 ** 31 - 1;

export class Driver {
  private readonly queue: Input[] = [];
  private readonly answers = new Map<number, Answer>();
  private engine: CoreEngine | undefined;
  private crashed: CoreError | undefined;
  private scheduled = false;
  private running = false;
  private lastOp = 0;
  private timer: unknown;

  constructor(
    private readonly ports: DriverPorts,
    private readonly events: DriverEvents,
    private readonly log: Log,
  ) {}

  /** Inputs that came earlier have waited for this. */
  start(engine: CoreEngine): void {
    if (this.crashed) return engine.dispose();
    this.engine = engine;
    this.schedule();
  }

  submit(input: Input): void {
    if (this.crashed) return;
    this.queue.push(input);
    this.schedule();
  }

  request(request: Request, answer: Answer): void {
    if (this.crashed) return answer.failed(this.crashed);
    this.lastOp += 1;
    this.answers.set(this.lastOp, answer);
    this.submit({ ...request, op: this.lastOp } as Verb);
  }

  /** Handles everything that waits, now: after pagehide there is no later. */
  flush(): void {
    while (this.queue.length > 0 && this.engine !== undefined && !this.running) this.step();
  }

  /** The core cannot go on. Everything that waits is answered. */
  crash(thrown: unknown): void {
    if (this.crashed) return;
    const { code, detail } = ours(thrown);
    const error = { code, detail };
    this.crashed = error;
    this.engine = undefined; // Not disposed: code that has crashed is not called again.
    this.queue.length = 0;
    this.ports.clock.clear(this.timer);
    this.ports.socket.dispose();
    this.ports.media.dispose();
    const answers = [...this.answers.values()];
    this.answers.clear();
    this.log.error(`the core has failed: ${error.detail}`, thrown);
    this.events.onCrash(error);
    for (const answer of answers) answer.failed(error);
  }

  /** Not while a batch runs: its end schedules the next step, behind the continuations of what it has settled. */
  private schedule(): void {
    if (this.scheduled || this.running || this.engine === undefined || this.queue.length === 0) return;
    this.scheduled = true;
    void Promise.resolve().then(() => {
      this.scheduled = false;
      this.step();
      this.schedule();
    });
  }

  private step(): void {
    const { engine } = this;
    if (engine === undefined || this.running) return;
    const input = this.queue.shift();
    if (input === undefined) return;
    this.running = true;
    try {
      const now = Math.floor(this.ports.clock.now());
      const effects =
        input.type === 'SocketReceived' ? engine.receive(now, input.socket, input.bytes) : engine.handle(now, input);
      this.events.onBatch(effects);
      for (const effect of effects) this.execute(effect, engine);
      this.arm(engine);
    } catch (thrown) {
      this.crash(thrown);
    } finally {
      this.running = false;
    }
  }

  /** Asks the clock to wake us; a deadline that has passed already means "at once". */
  private arm(engine: CoreEngine): void {
    this.ports.clock.clear(this.timer);
    this.timer = undefined;
    const deadline = engine.deadline();
    if (deadline === undefined) return;
    const pause = Math.ceil(deadline - this.ports.clock.now());
    this.timer = this.ports.clock.set(
      () => this.submit({ type: 'TimePassed' }),
      Math.min(Math.max(pause, 0), LONGEST_TIMER),
    );
  }

  private execute(effect: Effect, engine: CoreEngine): void {
    switch (effect.type) {
      case 'OpenSocket':
      case 'CloseSocket':
        return this.guard(effect.type, () => this.ports.socket.execute(effect));
      case 'SendBytes': {
        const bytes = engine.output(effect.bytes);
        return this.guard(effect.type, () => this.ports.socket.send(effect.socket, bytes));
      }
      case 'OpenMedia':
      case 'CloseMedia':
      case 'CloseCamera':
      case 'MuteMicrophone':
      case 'OpenScreen':
      case 'CloseScreen':
      case 'LimitVideo':
      case 'CreatePeer':
      case 'CreateOffer':
      case 'CreateAnswer':
      case 'ApplyAnswer':
      case 'AddCandidates':
      case 'StartSending':
      case 'ClosePeer':
        return this.guard(effect.type, () => this.ports.media.execute(effect));
      case 'Done':
        return this.guard(effect.type, () => this.take(effect.op)?.done(effect.result));
      case 'Failed':
        return this.guard(effect.type, () => this.take(effect.op)?.failed(effect.error));
      case 'Ignored':
        return this.log.debug(`ignored (${effect.why}): ${effect.what}`);
      default:
        return this.guard(effect.type, () => this.events.onEffect(effect));
    }
  }

  private take(op: number): Answer | undefined {
    const answer = this.answers.get(op);
    this.answers.delete(op);
    return answer;
  }

  /** A port that throws must not keep the rest of the batch from happening. */
  private guard(what: string, act: () => void): void {
    try {
      act();
    } catch (thrown) {
      this.log.error(`${what} failed`, thrown);
    }
  }
}
