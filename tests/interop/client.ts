// A client that does what ours never would: names and topics of other people, wills, and no goodbye.
import { once } from 'node:events';
import { WebSocket } from 'ws';

export interface Message {
  readonly topic: string;
  readonly payload: Buffer;
  readonly retain: boolean;
}

export interface Credentials {
  clientID: string;
  userName?: string;
  password?: string;
  will?: { topic: string; payload: string };
}

const PATIENCE = 30_000;

export class Client {
  readonly received: Message[] = [];
  private readonly looks = new Set<() => void>();
  private readonly answers: { type: number; body: Buffer }[] = [];
  private rest = Buffer.alloc(0);
  private identifier = 0;
  closed = false;

  private constructor(private readonly socket: WebSocket) {
    socket.on('error', () => {});
    socket.on('message', (data: Buffer) => this.read(data));
    socket.on('close', () => {
      this.closed = true;
      this.look();
    });
  }

  /** Undefined where the broker did not let it in. */
  static async connect(url: string, { clientID, userName, password, will }: Credentials): Promise<Client | undefined> {
    const client = new Client(new WebSocket(url, 'mqtt'));
    await once(client.socket, 'open');
    const flags = 2 | (will ? 4 : 0) | (userName === undefined ? 0 : 128) | (password === undefined ? 0 : 64);
    const fields = [clientID, ...(will ? [will.topic, will.payload] : []), ...(userName === undefined ? [] : [userName]), ...(password === undefined ? [] : [password])];
    client.write(0x10, Buffer.concat([text('MQTT'), Buffer.from([4, flags, 0, 60]), ...fields.map(text)]));
    const connack = await client.answer(2);
    if (connack?.[1] === 0) return client;
    client.drop();
    return undefined;
  }

  /** Whether it was granted; a broker may also close the connection. */
  async subscribe(filter: string): Promise<boolean> {
    this.write(0x82, Buffer.concat([this.number(), text(filter), Buffer.from([0])]));
    const suback = await this.answer(9);
    return suback !== undefined && suback[2]! < 0x80;
  }

  publish(topic: string, payload: string | Buffer, { retain = false } = {}): void {
    this.write(0x30 | (retain ? 1 : 0), Buffer.concat([text(topic), Buffer.from(payload)]));
  }

  /** Answered after everything that was sent before; false where the connection has ended instead. */
  async isAlive(): Promise<boolean> {
    if (!this.closed) this.write(0xc0, Buffer.alloc(0));
    return (await this.answer(13)) !== undefined;
  }

  async message(wanted: (message: Message) => boolean): Promise<Message> {
    await this.until(() => this.received.some(wanted), 'the message');
    return this.received.find(wanted)!;
  }

  /** Resolves when the broker has ended the connection; false if it has not after `ms`. */
  async ends(ms: number): Promise<boolean> {
    return this.until(() => this.closed, 'the end', ms).then(() => true, () => false);
  }

  /** As a crash. */
  drop(): void {
    this.socket.terminate();
  }

  leave(): void {
    if (this.closed) return;
    this.write(0xe0, Buffer.alloc(0));
    this.socket.close();
  }

  private async answer(type: number): Promise<Buffer | undefined> {
    const index = () => this.answers.findIndex((packet) => packet.type === type);
    await this.until(() => index() >= 0 || this.closed, `packet ${type}`);
    return index() < 0 ? undefined : this.answers.splice(index(), 1)[0]!.body;
  }

  private until(holds: () => boolean, what: string, ms = PATIENCE): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.looks.delete(look);
        act();
      };
      const look = () => {
        if (holds()) settle(resolve);
      };
      const timer = setTimeout(() => settle(() => reject(new Error(`${what} has not come within ${ms} ms`))), ms);
      this.looks.add(look);
      look();
    });
  }

  private look(): void {
    for (const look of [...this.looks]) look();
  }

  private number(): Buffer {
    this.identifier += 1;
    return Buffer.from([this.identifier >> 8, this.identifier & 255]);
  }

  private write(header: number, body: Buffer): void {
    const length: number[] = [];
    for (let left = body.length; ; left >>= 7) {
      length.push((left & 127) | (left > 127 ? 128 : 0));
      if (left <= 127) break;
    }
    this.socket.send(Buffer.concat([Buffer.from([header, ...length]), body]));
  }

  private read(data: Buffer): void {
    this.rest = Buffer.concat([this.rest, data]);
    for (;;) {
      let [at, length] = [1, 0];
      for (; ; at += 1) {
        const byte = this.rest[at];
        if (byte === undefined) return;
        length |= (byte & 127) << (7 * (at - 1));
        if (byte < 128) break;
      }
      const start = at + 1;
      if (this.rest.length < start + length) return;
      this.packet(this.rest[0]!, this.rest.subarray(start, start + length));
      this.rest = this.rest.subarray(start + length);
    }
  }

  private packet(header: number, body: Buffer): void {
    const type = header >> 4;
    if (type !== 3) {
      this.answers.push({ type, body: Buffer.from(body) });
    } else {
      const end = 2 + body.readUInt16BE(0);
      const payload = Buffer.from(body.subarray(end + ((header & 6) === 0 ? 0 : 2)));
      this.received.push({ topic: body.subarray(2, end).toString(), payload, retain: (header & 1) === 1 });
    }
    this.look();
  }
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
}
