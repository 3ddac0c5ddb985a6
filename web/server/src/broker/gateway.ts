import type { Aedes, Client } from 'aedes';
import type { WebSocket } from 'ws';
import { addressKey } from '../http/addresses.js';
import { guarded, topicRules, type GroupPolicy, type TopicRules } from '../auth/acl.js';
import { createBroker, type Authentication } from './broker.js';
import { answerTo, closings, ConnackCode } from './close-codes.js';
import { every, type Clock } from '../clock.js';
import { Connection } from './connection.js';
import type { Log } from '../log.js';
import { judgeLogin, type Credentials, type Login } from '../auth/login.js';
import { Sessions } from './sessions.js';
import type { Metrics } from '../metrics.js';
import type { Settings } from '../settings/settings.js';
import type { SocketStream } from './socket-stream.js';
import { TokenBuckets } from '../token-buckets.js';

export interface GatewayPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly mayJoinGroup: GroupPolicy;
  /** By address; shared with whatever else verifies UserSigs. */
  readonly failedLogins: TokenBuckets;
}

export type Refusal = { readonly status: 429 | 503; readonly reason: string; readonly retryAfterSeconds: number };

/** All sockets of the server: who may open one, who is signed in, who has to go. */
export class Gateway {
  readonly #sockets = new Set<Connection>();
  readonly #sessions: Sessions<Connection>;
  readonly #messages: TokenBuckets;
  readonly #failedLogins: TokenBuckets;
  readonly #newcomers: TokenBuckets;
  readonly #pendingByAddress = new Counter();
  readonly #socketsByAccount = new Counter();
  readonly #rules: TopicRules;
  readonly #stopPings: () => void;
  #broker!: Aedes;
  #stopping = false;

  private constructor(private readonly settings: Settings, private readonly ports: GatewayPorts) {
    const { clock, log, mayJoinGroup } = ports;
    this.#sessions = new Sessions(clock);
    this.#messages = new TokenBuckets(clock, settings.messagesPerSecond, settings.messageBurst);
    this.#failedLogins = ports.failedLogins;
    this.#newcomers = new TokenBuckets(clock, settings.connectionsPerSecond, settings.connectionBurst);
    this.#rules = topicRules(guarded(mayJoinGroup, log));
    this.#stopPings = every(clock, settings.pingSeconds * 1000, () => this.#ping());
  }

  static async create(settings: Settings, ports: GatewayPorts): Promise<Gateway> {
    const gateway = new Gateway(settings, ports);
    gateway.#broker = await createBroker(settings, {
      rules: gateway.#rules,
      connectionOf: (client: Client) => connections.get(client.conn as SocketStream),
      authenticate: (connection, credentials, keepalive) => gateway.#authenticate(connection, credentials, keepalive),
    }, ports.log, ports.metrics);
    ports.metrics.watch(() => gateway);
    return gateway;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  get signedIn(): number {
    return this.#sessions.live;
  }

  get isStopping(): boolean {
    return this.#stopping;
  }

  /** Asked once before each upgrade. */
  refusalFor(address: string): Refusal | undefined {
    const key = addressKey(address);
    if (this.#stopping) return { status: 503, reason: 'server is going away', retryAfterSeconds: 1 };
    if (this.#sockets.size >= this.settings.maxConnections) return { status: 503, reason: 'too many connections', retryAfterSeconds: 5 };
    const retryAfterSeconds = Math.ceil(60 / this.settings.failedLoginsPerMinute);
    if (!this.#failedLogins.has(key)) return { status: 429, reason: 'too many failed logins', retryAfterSeconds };
    if (this.#pendingByAddress.of(key) >= this.settings.maxPendingPerAddress) return { status: 429, reason: 'too many logins at once', retryAfterSeconds: 1 };
    // Asked first: taking in vain empties the bucket, and a storm would keep everybody out.
    if (!this.#newcomers.has(everybody)) return { status: 503, reason: 'too many new connections', retryAfterSeconds: 2 };
    this.#newcomers.take(everybody);
    return undefined;
  }

  accept(socket: WebSocket, address: string): void {
    const connection = new Connection(socket, address, this.settings, this.ports.clock, this.#messages);
    const key = addressKey(address);
    connections.set(connection.stream, connection);
    this.#sockets.add(connection);
    this.#pendingByAddress.add(key);
    socket.once('close', () => {
      this.#sockets.delete(connection);
      if (connection.identity) this.#socketsByAccount.remove(connection.identity.account.name);
      else this.#pendingByAddress.remove(key);
    });
    connection.stream.once('close', () => this.#closed(connection));
    connection.client = this.#broker.handle(connection.stream);
  }

  /**
   * Says goodbye to everybody, a few at a time so that they do not all come back at once, and leaves after `graceMs` at the
   * latest.
   */
  async close(graceMs: number): Promise<void> {
    this.#stop();
    const leaving = [...this.#sockets];
    const batch = Math.max(smallestBatch, Math.ceil(leaving.length * batchPause / (graceMs * 0.75)));
    const started = performance.now();
    while (leaving.length > 0) {
      for (const { stream } of leaving.splice(0, batch)) stream.fail(closings.goingAway);
      if (leaving.length > 0) await sleep(batchPause);
    }
    await this.#allGone(Math.max(0, graceMs - (performance.now() - started)));
    await this.#terminateAll();
  }

  /** As a crash would: no close frames, no wills. */
  async kill(): Promise<void> {
    this.#stop();
    await this.#terminateAll();
  }

  /** As a network failure would: the sockets of one account, or all, are cut off; the server goes on. */
  drop(account?: string): void {
    for (const { socket, identity } of this.#sockets) {
      if (account === undefined || identity?.account.name === account) socket.terminate();
    }
  }

  /** Ends the sessions that no key of the settings has signed any more. */
  endRevoked(): void {
    for (const { stream, identity } of this.#sockets) {
      const isValid = !identity || this.settings.apps.get(identity.account.sdkAppID)?.some(({ key }) => key === identity.key.key);
      if (!isValid) stream.fail(closings.keyRevoked);
    }
  }

  #authenticate(connection: Connection, credentials: Credentials, keepalive: number): Authentication | undefined {
    const login = this.#judge(credentials, keepalive);
    if (!login.ok) {
      const { connack, closing } = answerTo(login.failure, login.reason);
      connection.loginFailed = true;
      connection.stream.closing = closing;
      this.ports.metrics.refused('login', login.reason);
      return { ok: false, connack };
    }
    const { account, session, key } = login.identity;
    // Signing in again and again costs a signature each time; who has spent its messages waits for this, too.
    const isBusy = !this.#messages.take(account.name) || this.#socketsByAccount.of(account.name) >= this.settings.maxConnectionsPerAccount;
    if (isBusy) {
      connection.stream.closing = closings.tryLater;
      this.ports.metrics.refused('login', closings.tryLater.reason);
      return { ok: false, connack: ConnackCode.serverUnavailable };
    }
    const admission = this.#sessions.admit(account.name, session, connection);
    if (admission.verdict === 'superseded') {
      connection.stream.fail(closings.kickedOut);
      this.ports.metrics.refused('login', closings.kickedOut.reason);
      return undefined;
    }
    this.#pendingByAddress.remove(addressKey(connection.address));
    this.#socketsByAccount.add(account.name);
    connection.signedIn(login.identity);
    this.ports.metrics.loggedIn(account.sdkAppID, key.id);
    this.ports.log('info', 'signed in', { account: account.name, session: session.slice(0, 8), address: connection.address, key: key.id });
    const { older } = admission;
    if (!older) return { ok: true };
    older.holder.stream.closing ??= older.sameSession ? closings.replaced : closings.kickedOut;
    return { ok: true, replaces: older.holder };
  }

  #judge(credentials: Credentials, keepalive: number): Login {
    const { maxKeepaliveSeconds } = this.settings;
    // Later than the WebSocket pings notices nobody, but a client that wants less has to be told: 3.1.1 knows no other way.
    if (keepalive < 1 || keepalive > maxKeepaliveSeconds) return { ok: false, failure: 'will', reason: `keep alive must be 1 to ${maxKeepaliveSeconds} s` };
    return judgeLogin(credentials, this.settings, this.#rules, this.ports.clock.now());
  }

  #closed(connection: Connection): void {
    const { stream, identity, address } = connection;
    if (identity) this.#sessions.release(identity.account.name, connection);
    const malformed = !identity && stream.closing?.code === closings.malformedPacket.code && !stream.closedByPeer;
    if (connection.loginFailed || malformed) this.#failedLogins.take(addressKey(address));
    const by = stream.closedByPeer ? 'client' : 'server';
    // What a client says is its own invention, and would be a label without bound.
    if (identity) this.ports.metrics.ended(by, by === 'client' ? 'left' : stream.closing?.reason || 'left');
    this.ports.log(identity ? 'info' : 'warn', identity ? 'disconnected' : 'not signed in', {
      account: identity?.account.name,
      session: identity?.session.slice(0, 8),
      address,
      code: stream.closing?.code,
      reason: stream.closing?.reason,
      by,
    });
  }

  #ping(): void {
    for (const connection of this.#sockets) {
      if (!connection.answersPings) {
        connection.stream.closing ??= closings.pingMissed;
        connection.socket.terminate();
        continue;
      }
      connection.answersPings = false;
      connection.socket.ping();
    }
  }

  #stop(): void {
    this.#stopping = true;
    this.#stopPings();
  }

  async #allGone(mostMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const gone = [...this.#sockets].map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)));
    await Promise.race([Promise.all(gone), new Promise((resolve) => { timer = setTimeout(resolve, mostMs); })]);
    clearTimeout(timer);
  }

  async #terminateAll(): Promise<void> {
    for (const { socket } of this.#sockets) socket.terminate();
    await this.#allGone(1000);
    await new Promise<void>((resolve) => this.#broker.close(() => resolve()));
  }
}

/** The one key of what counts for all addresses together. */
const everybody = '';
/** Goodbyes at once, and the pause (ms) until the next ones. */
const smallestBatch = 16;
const batchPause = 50;

const sleep = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Aedes hands its hooks its own client, which knows our stream. */
const connections = new WeakMap<SocketStream, Connection>();

class Counter {
  readonly #counts = new Map<string, number>();

  of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  add(key: string): void {
    this.#counts.set(key, this.of(key) + 1);
  }

  remove(key: string): void {
    const count = this.of(key) - 1;
    if (count > 0) this.#counts.set(key, count);
    else this.#counts.delete(key);
  }
}
