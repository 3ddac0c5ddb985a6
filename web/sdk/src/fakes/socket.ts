// A hub of sockets that are not connected to anything: a test is the server at their other end.
import type { Report, SocketEffect, SocketPort } from '../ports.js';

/** One connection, seen from the server. */
export class FakeSocket {
  /** What the client has sent. */
  readonly received: Uint8Array[] = [];
  closed = false;

  constructor(
    readonly id: number,
    readonly url: string,
    private readonly report: Report,
  ) {}

  /** Lets the client in. */
  open(): void {
    if (!this.closed) this.report({ type: 'SocketOpened', socket: this.id });
  }

  send(bytes: Uint8Array): void {
    if (!this.closed) this.report({ type: 'SocketReceived', socket: this.id, bytes });
  }

  /** Ends the connection from the server's side. */
  close(code = 1006, reason = ''): void {
    if (this.closed) return;
    this.closed = true;
    this.report({ type: 'SocketClosed', socket: this.id, code, reason });
  }
}

export class FakeSocketHub {
  /** Every connection that was opened, by any client, in order. */
  readonly sockets: FakeSocket[] = [];
  onOpen: ((socket: FakeSocket) => void) | undefined;

  /** The port of one client. */
  createSocket(report: Report): SocketPort {
    const own = new Map<number, FakeSocket>();
    const close = (id: number) => {
      const socket = own.get(id);
      if (socket !== undefined) socket.closed = true;
    };
    return {
      execute: (effect: SocketEffect) => {
        if (effect.type === 'CloseSocket') return close(effect.socket);
        const socket = new FakeSocket(effect.socket, effect.url, report);
        own.set(effect.socket, socket);
        this.sockets.push(socket);
        void Promise.resolve().then(() => this.onOpen?.(socket));
      },
      send: (id, bytes) => {
        const socket = own.get(id);
        if (socket !== undefined && !socket.closed) socket.received.push(bytes);
      },
      dispose: () => {
        for (const id of own.keys()) close(id);
      },
    };
  }
}
