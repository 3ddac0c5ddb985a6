// WebSockets with the MQTT sub-protocol. Bytes in, bytes out; when to connect again is the core's decision.
import { fail, textOf } from '../errors.js';
import type { Report, SocketEffect, SocketPort } from '../ports.js';

const SUB_PROTOCOL = 'mqtt';
const NORMAL_CLOSURE = 1000;
/** What browsers report when a connection could not be made. */
const ABNORMAL_CLOSURE = 1006;

/** Throws 60006 where there is no WebSocket: every attempt to connect would fail for that. */
export function createSocketPort(report: Report): SocketPort {
  if (typeof WebSocket === 'undefined')
    throw fail('UNSUPPORTED', '', "there is no WebSocket here: in Node before 22, set globalThis.WebSocket to that of the package 'ws'");
  return new BrowserSockets(report);
}

class BrowserSockets implements SocketPort {
  private readonly sockets = new Map<number, WebSocket>();
  private disposed = false;

  constructor(private readonly report: Report) {}

  execute(effect: SocketEffect): void {
    if (effect.type === 'OpenSocket') this.open(effect.socket, effect.url);
    else this.close(effect.socket);
  }

  send(socket: number, bytes: Uint8Array): void {
    const connection = this.sockets.get(socket);
    // A socket that is closing has lost these bytes; SocketClosed tells the core.
    if (connection?.readyState === WebSocket.OPEN) connection.send(bytes as Uint8Array<ArrayBuffer>);
  }

  dispose(): void {
    this.disposed = true;
    for (const socket of [...this.sockets.keys()]) this.close(socket);
  }

  private open(socket: number, url: string): void {
    let connection: WebSocket;
    try {
      connection = new WebSocket(url, SUB_PROTOCOL);
    } catch (thrown) {
      // A bad address, or ws: on a https: page. In a later task, like every failure to connect.
      setTimeout(() => this.tellClosed(socket, ABNORMAL_CLOSURE, textOf(thrown)), 0);
      return;
    }
    connection.binaryType = 'arraybuffer';
    this.sockets.set(socket, connection);
    connection.onopen = () => this.report({ type: 'SocketOpened', socket });
    connection.onmessage = ({ data }: MessageEvent<unknown>) => {
      // MQTT is binary; text frames are not for us.
      if (data instanceof ArrayBuffer) this.report({ type: 'SocketReceived', socket, bytes: new Uint8Array(data) });
    };
    connection.onclose = ({ code, reason }) => {
      this.sockets.delete(socket);
      this.tellClosed(socket, code, reason);
    };
  }

  /** The core has done with this socket: nothing that it still hears is reported. */
  private close(socket: number): void {
    const connection = this.sockets.get(socket);
    if (connection === undefined) return;
    this.sockets.delete(socket);
    connection.onopen = null;
    connection.onmessage = null;
    connection.onclose = null;
    connection.close(NORMAL_CLOSURE);
  }

  private tellClosed(socket: number, code: number, reason: string): void {
    if (!this.disposed) this.report({ type: 'SocketClosed', socket, code, reason });
  }
}
