import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import mqtt from 'mqtt';
import packets, { type IConnectPacket, type IPublishPacket, type Packet } from 'mqtt-packet';
import { WebSocket, type ClientOptions } from 'ws';
import { accountName, signUserSig, startServer, type Clock, type Log, type Ports, type RunningServer, type SettingsInput } from '../src/index.js';

export const app = 1400000001;
export const key = 'a1b2c3d4'.repeat(8);
export const otherApp = 1400000002;
export const otherKey = 'e5f6a7b8'.repeat(8);

export type LogLine = Parameters<Log>[2] & { level: string; event: string };

/** What has been logged, and what will be. */
export class LogBook {
  readonly lines: LogLine[] = [];
  readonly #waiting = new Set<() => void>();

  add(line: LogLine): void {
    this.lines.push(line);
    for (const check of this.#waiting) check();
  }

  /** The next line, or one that is there already, for which the condition holds. */
  logged(condition: (line: LogLine) => boolean): Promise<LogLine> {
    return new Promise((resolve) => {
      const check = () => {
        const line = this.lines.find(condition);
        if (!line) return;
        this.#waiting.delete(check);
        resolve(line);
      };
      this.#waiting.add(check);
      check();
    });
  }
}

export interface TestServer extends RunningServer {
  readonly lines: LogLine[];
  logged: LogBook['logged'];
}

/** A server on a free port that ends with the test. */
export async function serve(t: TestContext, settings: SettingsInput = {}, ports: Ports = {}): Promise<TestServer> {
  const book = new LogBook();
  const log: Log = (level, event, fields) => book.add({ level, event, ...fields });
  const server = await startServer({ port: 0, closeSeconds: 0.2, apps: { [app]: key, [otherApp]: otherKey }, ...settings }, { log, ...ports });
  t.after(() => server.close());
  return { ...server, lines: book.lines, logged: (condition) => book.logged(condition) };
}

export function account(userID: string, sdkAppID = app): string {
  return accountName(sdkAppID, userID);
}

export function newSession(): string {
  return randomBytes(16).toString('hex');
}

export interface Person {
  userID?: string;
  sdkAppID?: number;
  /** That signs; the application's own where it is missing. */
  key?: string;
  session?: string;
  expire?: number;
  time?: number;
  userSig?: string;
  will?: { topic: string; payload: string; retain?: boolean; qos?: 0 | 1 | 2 };
}

export function credentials(person: Person = {}): { clientId: string; username: string; password: string } {
  const { userID = 'alice', sdkAppID = app, session = newSession(), expire = 3600, time } = person;
  const signed = signUserSig({ sdkAppID, userID, key: person.key ?? (sdkAppID === otherApp ? otherKey : key), expire, ...(time === undefined ? {} : { time }) });
  return { clientId: `${account(userID, sdkAppID)}_${session}`, username: account(userID, sdkAppID), password: person.userSig ?? signed };
}

/** An MQTT client that we did not write, signed in. */
export async function witness(t: TestContext, server: RunningServer, person: Person | string = {}): Promise<mqtt.MqttClient> {
  const who = typeof person === 'string' ? { userID: person } : person;
  const will = who.will && { topic: who.will.topic, payload: Buffer.from(who.will.payload), qos: 0 as const, retain: false };
  const client = await mqtt.connectAsync(server.url, { ...credentials(who), protocolVersion: 4, reconnectPeriod: 0, ...(will ? { will } : {}) });
  client.on('error', () => {});
  t.after(() => client.end(true));
  return client;
}

export function nextMessage(client: mqtt.MqttClient): Promise<{ topic: string; text: string }> {
  return new Promise((resolve) => client.once('message', (topic, payload) => resolve({ topic, text: payload.toString() })));
}

export interface End {
  readonly code: number;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A client that shows frames, packets and close codes, and can misbehave. */
export class Probe {
  readonly frames: Buffer[] = [];
  readonly packets: Packet[] = [];
  readonly closed: Promise<End>;
  readonly #parser = packets.parser({ protocolVersion: 4 });
  readonly #waiting = new Set<() => void>();
  #isClosed = false;

  private constructor(readonly socket: WebSocket) {
    this.#parser.on('packet', (packet) => this.packets.push(packet));
    socket.on('message', (data: Buffer) => {
      this.frames.push(data);
      this.#parser.parse(data);
      this.#check();
    });
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        this.#isClosed = true;
        resolve({ code, reason: reason.toString(), at: Date.now() });
        this.#check();
      });
    });
  }

  static async open(t: TestContext, server: Pick<RunningServer, 'url'>, options: ClientOptions = {}): Promise<Probe> {
    const probe = new Probe(new WebSocket(server.url, 'mqtt', options));
    t.after(() => probe.socket.terminate());
    await once(probe.socket, 'open');
    return probe;
  }

  /** Opened and signed in. */
  static async signIn(t: TestContext, server: Pick<RunningServer, 'url'>, person: Person | string = {}, options: ClientOptions = {}): Promise<Probe> {
    const probe = await Probe.open(t, server, options);
    probe.connect(typeof person === 'string' ? { userID: person } : person);
    const connack = await probe.next('connack');
    if (!('returnCode' in connack) || connack.returnCode !== 0) throw new Error(`CONNACK ${JSON.stringify(connack)}`);
    return probe;
  }

  connect(person: Person = {}, changes: Partial<IConnectPacket> = {}): void {
    const { password, ...names } = credentials(person);
    const will = person.will && { qos: 0 as const, retain: false, ...person.will, payload: Buffer.from(person.will.payload) };
    this.send({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 60, ...names, password: Buffer.from(password), ...(will ? { will } : {}), ...changes });
  }

  publish(topic: string, payload: string | Buffer = '{}', changes: Partial<IPublishPacket> = {}): void {
    this.send({ cmd: 'publish', topic, payload, qos: 0, dup: false, retain: false, ...(changes.qos ? { messageId: 7 } : {}), ...changes });
  }

  /** The granted QoS of each, 128 being a refusal. */
  async subscribe(...topics: string[]): Promise<number[]> {
    this.send({ cmd: 'subscribe', messageId: 1 + Math.floor(Math.random() * 60_000), subscriptions: topics.map((topic) => ({ topic, qos: 0 as const })) });
    const suback = await this.next('suback');
    return (suback as unknown as { granted: number[] }).granted;
  }

  send(packet: Packet): void {
    this.socket.send(packets.generate(packet));
  }

  raw(...bytes: number[]): void {
    this.socket.send(Buffer.from(bytes));
  }

  /** Takes the next packet of this kind; fails if the connection ends first. */
  next(cmd: Packet['cmd']): Promise<Packet> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const index = this.packets.findIndex((packet) => packet.cmd === cmd);
        if (index < 0 && !this.#isClosed) return;
        this.#waiting.delete(check);
        if (index < 0) reject(new Error(`closed before ${cmd}`));
        else resolve(this.packets.splice(index, 1)[0]!);
      };
      this.#waiting.add(check);
      check();
    });
  }

  async message(): Promise<{ topic: string; text: string }> {
    const packet = (await this.next('publish')) as IPublishPacket;
    return { topic: packet.topic, text: packet.payload.toString() };
  }

  /** Answered only after everything that was sent before. */
  async roundTrip(): Promise<void> {
    this.send({ cmd: 'pingreq' });
    await this.next('pingresp');
  }

  #check(): void {
    for (const check of [...this.#waiting]) check();
  }
}

/** Time stands still until told otherwise. */
export class TestClock implements Clock {
  #now = Date.UTC(2030, 0, 1);
  #timers = new Set<{ due: number; action: () => void }>();

  now(): number {
    return this.#now;
  }

  /** In seconds, as UserSig wants it. */
  get seconds(): number {
    return Math.floor(this.#now / 1000);
  }

  after(ms: number, action: () => void): () => void {
    const timer = { due: this.#now + ms, action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = [...this.#timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
      if (!next) break;
      this.#timers.delete(next);
      this.#now = next.due;
      next.action();
    }
    this.#now = end;
  }
}
