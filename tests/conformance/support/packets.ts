// The part of MQTT 3.1.1 that clients of the package speak, as the server reads it.
export interface Packet {
  kind: number;
  body: Uint8Array;
}

export interface Will {
  topic: string;
  /** A publication's topic and payload. */
  body: Uint8Array;
}

/** Bytes become packets, wherever the stream was split. */
export class Packets {
  private rest: number[] = [];

  take(bytes: Uint8Array): Packet[] {
    this.rest.push(...bytes);
    const packets: Packet[] = [];
    for (let packet = this.next(); packet !== undefined; packet = this.next()) packets.push(packet);
    return packets;
  }

  private next(): Packet | undefined {
    let size = 0;
    let at = 1;
    for (let factor = 1; ; factor *= 128) {
      const digit = this.rest[at++];
      if (digit === undefined) return undefined;
      size += (digit & 0x7f) * factor;
      if (digit < 0x80) break;
    }
    if (this.rest.length < at + size) return undefined;
    const [header = 0] = this.rest;
    const body = Uint8Array.from(this.rest.slice(at, at + size));
    this.rest = this.rest.slice(at + size);
    return { kind: header >> 4, body };
  }
}

class Cursor {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get more(): boolean {
    return this.at < this.bytes.length;
  }

  raw(size: number): Uint8Array {
    this.at += size;
    return this.bytes.slice(this.at - size, this.at);
  }

  byte(): number {
    return this.raw(1)[0] ?? 0;
  }

  /** A field with its two bytes of length, and without. */
  field(): { whole: Uint8Array; text: string } {
    const length = this.raw(2);
    const content = this.raw((length[0] ?? 0) * 256 + (length[1] ?? 0));
    return { whole: Uint8Array.from([...length, ...content]), text: new TextDecoder().decode(content) };
  }
}

const WILL_FLAG = 4;

export function connectOf(body: Uint8Array): { user: string; will: Will | undefined } {
  const cursor = new Cursor(body);
  cursor.field(); // 'MQTT'
  cursor.byte(); // level
  const flags = cursor.byte();
  cursor.raw(2); // keep alive
  cursor.field(); // client id
  let will: Will | undefined;
  if ((flags & WILL_FLAG) !== 0) {
    const topic = cursor.field();
    const payload = cursor.field().whole.slice(2);
    will = { topic: topic.text, body: Uint8Array.from([...topic.whole, ...payload]) };
  }
  return { user: accountOf(cursor.field().text), will };
}

/** Accounts are `<SDKAppID>-<userID>` or the like: what tests speak of is the user. */
const accountOf = (name: string): string => name.replace(/^\d+[^A-Za-z0-9]/, '');

export const publishOf = (body: Uint8Array): { topic: string } => ({ topic: new Cursor(body).field().text });

export function subscribeOf(body: Uint8Array): { id: Uint8Array; filters: string[] } {
  const cursor = new Cursor(body);
  const id = cursor.raw(2);
  const filters: string[] = [];
  while (cursor.more) {
    filters.push(cursor.field().text);
    cursor.byte(); // QoS
  }
  return { id, filters };
}

export function unsubscribeOf(body: Uint8Array): { id: Uint8Array; filters: string[] } {
  const cursor = new Cursor(body);
  const id = cursor.raw(2);
  const filters: string[] = [];
  while (cursor.more) filters.push(cursor.field().text);
  return { id, filters };
}

export function framed(header: number, body: number[]): Uint8Array {
  const size: number[] = [];
  let rest = body.length;
  do {
    size.push((rest % 128) | (rest >= 128 ? 0x80 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Uint8Array.from([header, ...size, ...body]);
}
