// Listeners and their call, as applications know them (behaviour document, 3.2).
import type { Log } from './log.js';

type Listener = (this: unknown, payload: object) => unknown;

interface Registration {
  callback: Listener;
  context: unknown;
}

export class Emitter {
  private readonly registrations = new Map<string, Registration[]>();
  private readonly owner: object;
  private readonly log: Log;

  /** `owner` is `this` inside listeners that were registered without a context. */
  constructor(owner: object, log: Log) {
    this.owner = owner;
    this.log = log;
  }

  on(name: string, callback: unknown, context?: unknown): void {
    if (typeof callback !== 'function') throw new TypeError(`TRTCCalling.on - the callback of '${name}' is not a function`);
    const known = this.registrations.get(name) ?? [];
    if (known.some((one) => one.callback === callback)) this.log.warn(`on('${name}'): this callback is registered already`);
    // A new array every time: a dispatch under way keeps the one it started with.
    this.registrations.set(name, [...known, { callback: callback as Listener, context }]);
  }

  /** Removes every registration of the callback, whatever its context; without a callback, all of the event. */
  off(name: string, callback?: unknown): void {
    const known = this.registrations.get(name);
    if (known === undefined) return;
    const left = callback ? known.filter((one) => one.callback !== callback) : [];
    if (left.length > 0) this.registrations.set(name, left);
    else this.registrations.delete(name);
  }

  emit(name: string, payload: object): void {
    for (const { callback, context } of this.registrations.get(name) ?? []) {
      try {
        const answer = callback.call(context || this.owner, payload);
        if (isThenable(answer)) answer.then(undefined, (thrown: unknown) => this.complain(name, thrown));
      } catch (thrown) {
        this.complain(name, thrown);
      }
    }
  }

  /** A listener's mistake is its own: the others are still called and the call goes on. */
  private complain(name: string, thrown: unknown): void {
    this.log.error(`a listener of '${name}' threw`, thrown);
  }
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
