// MQTT packets in a stream that arrives in pieces.

/** A packet above this is skipped by the core without being read (src/mqtt/packet.hpp). */
const LARGEST = 65 * 1024;

type Redact = (packet: string, body: number) => string;

/** Where the packet at the beginning of `text` has its body and its end; undefined: not known yet. */
function frameOf(text: string): [body: number, end: number] | undefined {
  let length = 0;
  for (let at = 1; at < Math.min(text.length, 5); at += 1) {
    const byte = text.charCodeAt(at);
    length += (byte & 127) * 128 ** (at - 1);
    if (byte < 128) return [at + 1, at + 1 + length];
  }
  return undefined;
}

/** Packets that are complete, as those that the core sends. */
export function redactAll(text: string, redact: Redact): string {
  const stream = new PacketStream(redact);
  let all = '';
  stream.push(text, (redacted) => (all = redacted));
  stream.end();
  return all;
}

/** Redacts whole packets and gives every piece of the stream back with the size that it had. */
export class PacketStream {
  /** Pieces that nobody has got back. */
  private waiting: [size: number, take: (redacted: string) => void][] = [];
  private ready = '';
  private rest = '';
  /** What is left of a packet that is too large to be read. */
  private skipping = 0;

  constructor(private readonly redact: Redact) {}

  push(piece: string, take: (redacted: string) => void): void {
    this.waiting.push([piece.length, take]);
    this.rest += piece;
    while (this.rest !== '' && this.step());
    if (this.rest === '') this.giveBack();
  }

  /** Nothing more comes: of an unfinished packet, only the head has meant anything. */
  end(): void {
    this.ready += this.rest.slice(0, 5) + 'x'.repeat(Math.max(this.rest.length - 5, 0));
    this.rest = '';
    this.skipping = 0;
    this.giveBack();
  }

  private step(): boolean {
    if (this.skipping > 0) {
      const size = Math.min(this.skipping, this.rest.length);
      this.take(size, 'x'.repeat(size));
      this.skipping -= size;
      return true;
    }
    const frame = frameOf(this.rest);
    if (frame === undefined) return false;
    const [body, end] = frame;
    if (end - body > LARGEST) {
      this.skipping = end - body;
      this.take(body, this.rest.slice(0, body));
      return true;
    }
    if (end > this.rest.length) return false;
    this.take(end, this.redact(this.rest.slice(0, end), body));
    return true;
  }

  private take(size: number, redacted: string): void {
    this.ready += redacted;
    this.rest = this.rest.slice(size);
  }

  private giveBack(): void {
    for (const [size, take] of this.waiting.splice(0)) {
      take(this.ready.slice(0, size));
      this.ready = this.ready.slice(size);
    }
  }
}
