import { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { closingFor, closings, type Closing } from './close-codes.js';

/** Time for the peer to answer a close frame; a frozen one never will. */
const closeGrace = 1000;

/**
 * A WebSocket as the byte stream that Aedes expects. Differences from the stream that `ws` brings: the many small writes
 * of one packet leave as one frame, a full socket is felt by the writer, and the end of the stream has a close code.
 */
export class SocketStream extends Duplex {
  /** Why the socket was closed, by whichever side; set before the stream's `close` event. */
  closing: Closing | undefined;
  closedByPeer = false;

  constructor(
    readonly socket: WebSocket,
    /** Sees every piece before the broker; what it returns ends the connection. */
    private readonly inspect: (piece: Buffer) => Closing | undefined,
    maxBufferedBytes: number,
  ) {
    // A writer is stopped only where the reader is about to be disconnected anyway: one slow reader must not make its
    // correspondents wait, let alone everybody.
    super({ writableHighWaterMark: maxBufferedBytes });
    socket.on('message', (data, isBinary) => this.#received(data, isBinary));
    socket.on('close', (code, reason) => this.#ended(code, reason.toString()));
    // `ws` answers violations (oversized, badly masked, ...) with the right code and then emits close.
    socket.on('error', () => {});
  }

  fail(closing: Closing): void {
    this.closing ??= closing;
    this.destroy();
  }

  override _read(): void {
    this.socket.resume();
  }

  override _write(piece: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // A closing socket takes nothing more, and its end is reported by its close event.
    if (this.socket.readyState !== this.socket.OPEN) return done();
    this.socket.send(piece, { binary: true }, () => done());
  }

  override _writev(pieces: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this._write(pieces.length === 1 ? pieces[0]!.chunk : Buffer.concat(pieces.map(({ chunk }) => chunk)), 'binary', done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.closing ??= error ? closingFor(error) : closings.normal;
    const { socket } = this;
    if (socket.readyState === socket.OPEN) {
      socket.close(this.closing.code, this.closing.reason);
      const timer = setTimeout(() => socket.terminate(), closeGrace);
      socket.once('close', () => clearTimeout(timer));
    }
    socket.resume();
    // Not passed on: the reason is in `closing`, and nobody may be listening for errors any more.
    done();
  }

  #received(data: RawData, isBinary: boolean): void {
    if (this.destroyed) return;
    if (!isBinary) return this.fail(closings.binaryOnly);
    const piece = data as Buffer;
    const refusal = this.inspect(piece);
    if (refusal) return this.fail(refusal);
    if (piece.length > 0 && !this.push(piece)) this.socket.pause();
  }

  #ended(code: number, reason: string): void {
    if (this.destroyed) return;
    this.closedByPeer = this.closing === undefined;
    this.closing ??= { code, reason };
    if (this.readableLength === 0) {
      this.destroy();
      return;
    }
    // A DISCONNECT that came right before the end must still be read, or a clean goodbye would publish the will.
    const timer = setTimeout(() => this.destroy(), closeGrace);
    this.once('close', () => clearTimeout(timer));
    this.once('end', () => this.destroy());
    this.push(null);
  }
}
