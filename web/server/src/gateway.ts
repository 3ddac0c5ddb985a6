import type { Aedes, Client } from 'aedes';
import type { WebSocket } from 'ws';
import { addressKey } from './addresses.js';
import { topicRules, type GroupPolicy, type TopicRules } from './acl.js';
import { createBroker, type Authentication } from './broker.js';
import { closings } from './close-codes.js';
import { every, type Clock } from './clock.js';
import { Connection } from './connection.js';
import type { Log } from './log.js';
import { ConnackCode, judgeLogin, type Credentials } from './login.js';
import { Sessions } from './sessions.js';
import type { Settings } from './settings.js';
import type { SocketStream } from './socket-stream.js';
import { TokenBuckets } from './token-buckets.js';

export type Refusal = { readonly status: 429 | 503; readonly reason: string; readonly retryAfterSeconds: number };

/** All sockets of the server: who may open one, who is signed in, who has to go. */
export class Gateway {
  readonly #sockets = new Set<Connection>();
  readonly #sessions: Sessions<Connection>;
  readonly #messages: TokenBuckets;
  readonly #failedLogins: TokenBuckets;
  readonly #pendingByAddress = new Counter();
  readonly #socketsByAccount = new Counter();
  readonly #rules: TopicRules;
  readonly #stopPings: () => void;
  #broker!: Aedes;
  #stopping = false;

  private constructor(private readonly settings: Settings, private readonly clock: Clock, private readonly log: Log, mayJoinGroup: GroupPolicy) {
    this.#sessions = new Sessions(clock);
    this.#messages = new TokenBuckets(clock, settings.messagesPerSecond, settings.messageBurst);
    this.#failedLogins = new TokenBuckets(clock, settings.failedLoginsPerMinute / 60, settings.failedLoginBurst);
    this.#rules = topicRules((account, groupID) => {
      try {
        return mayJoinGroup(account, groupID);
      } catch (error) {
        // Foreign code; an exception here would end the process.
        log('error', 'group policy failed', { error: String(error) });
        return false;
      }
    });
    this.#stopPings = every(clock, settings.pingSeconds * 1000, () => this.#ping());
  }

  static async create(settings: Settings, clock: Clock, log: Log, mayJoinGroup: GroupPolicy): Promise<Gateway> {
    const gateway = new Gateway(settings, clock, log, mayJoinGroup);
    gateway.#broker = await createBroker(settings, {
      rules: gateway.#rules,
      connectionOf: (client: Client) => connections.get(client.conn as SocketStream),
      authenticate: (connection, credentials) => gateway.#authenticate(connection, credentials),
    }, log);
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

  /** Asked before the upgrade, while the answer can still be an HTTP status. */
  refusalFor(address: string): Refusal | undefined {
    const key = addressKey(address);
    if (this.#stopping) return { status: 503, reason: 'server is going away', retryAfterSeconds: 1 };
    if (this.#sockets.size >= this.settings.maxConnections) return { status: 503, reason: 'too many connections', retryAfterSeconds: 5 };
    const retryAfterSeconds = Math.ceil(60 / this.settings.failedLoginsPerMinute);
    if (!this.#failedLogins.has(key)) return { status: 429, reason: 'too many failed logins', retryAfterSeconds };
    if (this.#pendingByAddress.of(key) >= this.settings.maxPendingPerAddress) return { status: 429, reason: 'too many logins at once', retryAfterSeconds: 1 };
    return undefined;
  }

  accept(socket: WebSocket, address: string): void {
    const connection = new Connection(socket, address, this.settings, this.clock, this.#messages);
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

  /** Says goodbye to everybody, and leaves after `graceMs` at the latest. */
  async close(graceMs: number): Promise<void> {
    this.#stop();
    // All in one go: nobody is left to be told of the others' wills, which would look like the end of calls.
    for (const { stream } of this.#sockets) stream.fail(closings.goingAway);
    await this.#allGone(graceMs);
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

  #authenticate(connection: Connection, credentials: Credentials): Authentication | undefined {
    const login = judgeLogin(credentials, this.settings, this.#rules, this.clock.now());
    if (!login.ok) {
      connection.loginFailed = true;
      connection.stream.closing = login.closing;
      return { ok: false, connack: login.connack };
    }
    const { account, session } = login.identity;
    // Signing in again and again costs a signature each time; who has spent its messages waits for this, too.
    const isBusy = !this.#messages.take(account.name) || this.#socketsByAccount.of(account.name) >= this.settings.maxConnectionsPerAccount;
    if (isBusy) {
      connection.stream.closing = closings.tryLater;
      return { ok: false, connack: ConnackCode.serverUnavailable };
    }
    const admission = this.#sessions.admit(account.name, session, connection);
    if (admission.verdict === 'superseded') {
      connection.stream.fail(closings.kickedOut);
      return undefined;
    }
    this.#pendingByAddress.remove(addressKey(connection.address));
    this.#socketsByAccount.add(account.name);
    connection.signedIn(login.identity);
    this.log('info', 'signed in', { account: account.name, session: session.slice(0, 8), address: connection.address });
    const { older } = admission;
    if (!older) return { ok: true };
    older.holder.stream.closing ??= older.sameSession ? closings.replaced : closings.kickedOut;
    return { ok: true, replaces: older.holder };
  }

  #closed(connection: Connection): void {
    const { stream, identity, address } = connection;
    if (identity) this.#sessions.release(identity.account.name, connection);
    const malformed = !identity && stream.closing?.code === closings.malformedPacket.code && !stream.closedByPeer;
    if (connection.loginFailed || malformed) this.#failedLogins.take(addressKey(address));
    this.log(identity ? 'info' : 'warn', identity ? 'disconnected' : 'not signed in', {
      account: identity?.account.name,
      session: identity?.session.slice(0, 8),
      address,
      code: stream.closing?.code,
      reason: stream.closing?.reason,
      by: stream.closedByPeer ? 'client' : 'server',
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
