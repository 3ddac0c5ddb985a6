import type { Client } from 'aedes';
import type { WebSocket } from 'ws';
import type { Identity } from '../auth/login.js';
import { at, type Clock } from '../clock.js';
import { closings, type Closing } from './close-codes.js';
import { PacketMeter } from './packet-meter.js';
import type { Settings } from '../settings/settings.js';
import { SocketStream } from './socket-stream.js';
import type { TokenBuckets } from '../token-buckets.js';

/** Room for topic and headers beside the payload. */
export const packetOverhead = 1024;
/** Before anybody has signed in there is only CONNECT: names, UserSig and a small will. */
const largestPendingPacket = 8192;
/** Frames cost something even if they complete no packet; but some clients write a packet in several frames. */
const frameCost = 1 / 8;
/** Tokens that a client may use before it has an account to charge. */
const pendingAllowance = 64;

/** One socket, from its upgrade to its end. */
export class Connection {
  readonly stream: SocketStream;
  /** Set as soon as the broker has made one. */
  client: Client | undefined;
  identity: Identity | undefined;
  /** The login failed in a way that guessing a UserSig would. */
  loginFailed = false;
  answersPings = true;
  #meter = new PacketMeter(largestPendingPacket);
  #pendingTokens = pendingAllowance;
  #cancelTimer: () => void;

  constructor(
    readonly socket: WebSocket,
    readonly address: string,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly messages: TokenBuckets,
  ) {
    this.stream = new SocketStream(socket, (piece) => this.#inspect(piece), settings.maxBufferedBytes);
    this.#cancelTimer = clock.after(settings.connectSeconds * 1000, () => {
      this.loginFailed = true;
      this.stream.fail(closings.connectExpected);
    });
    socket.on('pong', () => { this.answersPings = true; });
    // Pings are work, too. What a client that does not read its pongs can pile up, `ws` limits (maxPendingAutoPongs).
    socket.on('ping', () => {
      if (!this.#pay(frameCost)) this.stream.fail(closings.tooManyMessages);
    });
    this.stream.once('close', () => this.#cancelTimer());
  }

  /** Bytes waiting for a client that does not read. */
  get isStuck(): boolean {
    return this.stream.writableLength >= this.settings.maxBufferedBytes;
  }

  signedIn(identity: Identity): void {
    this.identity = identity;
    this.#meter.limit = this.settings.maxMessageBytes + packetOverhead;
    this.#cancelTimer();
    const end = identity.expiresAt + this.settings.clockSkewSeconds * 1000;
    this.#cancelTimer = at(this.clock, end, () => this.stream.fail(closings.userSigExpired));
  }

  #inspect(piece: Buffer): Closing | undefined {
    const measure = this.#meter.measure(piece);
    if ('problem' in measure) return measure.problem === 'too big' ? closings.tooBig : closings.malformedPacket;
    return this.#pay(Math.max(frameCost, measure.packets)) ? undefined : closings.tooManyMessages;
  }

  #pay(cost: number): boolean {
    if (this.identity) return this.messages.take(this.identity.account.name, cost);
    this.#pendingTokens -= cost;
    return this.#pendingTokens >= 0;
  }
}
