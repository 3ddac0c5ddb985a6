import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';

/** What the gauges show, read at the moment of asking. */
export interface Levels {
  readonly connections: number;
  readonly signedIn: number;
}

/**
 * Counters for Prometheus. Every label has a bounded set of values: none is taken from what a client sends.
 * Each server has its own, so that several in one process do not add up.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #logins = this.#counter('trtc_logins_total', 'Logins accepted, by the key that signed the UserSig', ['app', 'key']);
  readonly #refusals = this.#counter('trtc_refusals_total', 'What was refused: upgrade, login, subscribe, publish, ice, auth, nats', ['what', 'reason']);
  readonly #ends = this.#counter('trtc_disconnections_total', 'Signed-in clients that left', ['by', 'reason']);
  readonly #messages = this.#counter('trtc_messages_total', 'MQTT messages, in from clients and out to clients', ['direction']);
  readonly #bytes = this.#counter('trtc_message_bytes_total', 'Bytes of their payloads', ['direction']);

  /** Of this process: memory, event loop, garbage collection, open files. Once in a process. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  watch(levels: () => Levels): void {
    const gauge = (name: string, help: string, read: (levels: Levels) => number) =>
      new Gauge({ name, help, registers: [this.#registry], collect() { this.set(read(levels())); } });
    gauge('trtc_connections', 'Open WebSockets', ({ connections }) => connections);
    gauge('trtc_signed_in', 'Accounts that are signed in', ({ signedIn }) => signedIn);
  }

  loggedIn(sdkAppID: number, keyID: string): void {
    this.#logins.inc({ app: sdkAppID, key: keyID });
  }

  refused(what: 'upgrade' | 'login' | 'subscribe' | 'publish' | 'ice' | 'auth' | 'nats', reason: string): void {
    this.#refusals.inc({ what, reason });
  }

  ended(by: 'client' | 'server', reason: string): void {
    this.#ends.inc({ by, reason });
  }

  message(direction: 'in' | 'out', bytes: number): void {
    this.#messages.inc({ direction });
    this.#bytes.inc({ direction }, bytes);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }
}
