/** Cuts a stream into the frames that Erlang's `{packet, 2}` ports write: two bytes of length, high byte first, then so many bytes. At most 64 KiB are kept. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  *read(chunk: Buffer): Generator<Buffer> {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const end = this.#rest.length < 2 ? Infinity : 2 + this.#rest.readUInt16BE(0);
      if (this.#rest.length < end) return;
      const frame = this.#rest.subarray(2, end);
      this.#rest = this.#rest.subarray(end);
      yield frame;
    }
  }
}
