export type Measure = { readonly packets: number } | { readonly problem: 'too big' | 'malformed' };

/**
 * Follows the boundaries of MQTT packets through a byte stream, whatever the frames. The broker's parser collects a whole
 * packet before anybody may judge it, and MQTT allows 256 MiB: that has to be stopped at the length field.
 */
export class PacketMeter {
  /** Largest packet, header included. */
  limit: number;
  #state: 'type' | 'length' | 'body' = 'type';
  #length = 0;
  #lengthBytes = 0;
  #left = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** The number of packets that begin in this piece. */
  measure(piece: Uint8Array): Measure {
    let packets = 0;
    for (let i = 0; i < piece.length; ) {
      if (this.#state === 'body') {
        const step = Math.min(this.#left, piece.length - i);
        this.#left -= step;
        i += step;
        if (this.#left === 0) this.#state = 'type';
        continue;
      }
      const byte = piece[i++]!;
      if (this.#state === 'type') {
        packets += 1;
        this.#state = 'length';
        this.#length = 0;
        this.#lengthBytes = 0;
        continue;
      }
      // MQTT 3.1.1 section 2.2.3: seven bits a byte, least significant first, at most four bytes.
      this.#length += (byte & 0x7f) * 128 ** this.#lengthBytes;
      this.#lengthBytes += 1;
      if (byte & 0x80) {
        if (this.#lengthBytes === 4) return { problem: 'malformed' };
        continue;
      }
      if (1 + this.#lengthBytes + this.#length > this.limit) return { problem: 'too big' };
      this.#left = this.#length;
      this.#state = this.#left > 0 ? 'body' : 'type';
    }
    return { packets };
  }
}
