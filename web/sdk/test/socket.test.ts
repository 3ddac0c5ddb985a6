import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Input } from '../src/core/protocol.js';
import { TRTCCallingError } from '../src/errors.js';
import type { SocketPort } from '../src/ports.js';
import { createSocketPort } from '../src/socket/socket.js';
import TRTCCalling from '../src/trtc-calling.js';

/** As much of a WebSocket as the port uses. */
class StubSocket {
  static readonly OPEN = 1;
  static made: StubSocket[] = [];
  readyState = 0;
  binaryType = 'blob';
  sent: Uint8Array[] = [];
  closedWith: number | undefined;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;

  constructor(
    readonly url: string,
    readonly protocol: string,
  ) {
    if (url.startsWith('bad')) throw new SyntaxError(`invalid URL ${url}`);
    StubSocket.made.push(this);
  }

  send(bytes: Uint8Array): void {
    this.sent.push(bytes);
  }

  close(code: number): void {
    this.closedWith = code;
  }
}

test('without a WebSocket, as in Node 20, a login fails at once and says what to do', async (t) => {
  const original = globalThis.WebSocket;
  t.after(() => (globalThis.WebSocket = original));
  Reflect.deleteProperty(globalThis, 'WebSocket');
  const sdk = new TRTCCalling({ SDKAppID: 1, server: 'ws://127.0.0.1:1/mqtt' });
  const error = await sdk.login({ userID: 'alice', userSig: 'sig' }).catch((thrown: unknown) => thrown as TRTCCallingError);
  assert.ok(error instanceof TRTCCallingError);
  assert.equal(error.code, 60006);
  assert.match(error.message, /globalThis\.WebSocket/);
});

describe('The socket port', () => {
  const original = globalThis.WebSocket;
  let reported: Input[];
  let port: SocketPort;

  beforeEach(() => {
    globalThis.WebSocket = StubSocket as unknown as typeof WebSocket;
    StubSocket.made = [];
    reported = [];
    port = createSocketPort((input) => reported.push(input));
  });
  afterEach(() => {
    globalThis.WebSocket = original;
  });

  const opened = (socket: number): StubSocket => {
    port.execute({ type: 'OpenSocket', socket, url: `ws://h/${socket}` });
    const stub = StubSocket.made.at(-1) as StubSocket;
    stub.readyState = StubSocket.OPEN;
    stub.onopen?.();
    return stub;
  };

  test('asks for MQTT and for bytes', () => {
    const stub = opened(1);
    assert.equal(stub.url, 'ws://h/1');
    assert.equal(stub.protocol, 'mqtt');
    assert.equal(stub.binaryType, 'arraybuffer');
  });

  test('reports what a socket does under its number', () => {
    const stub = opened(7);
    stub.onmessage?.({ data: new Uint8Array([1, 2]).buffer });
    stub.onclose?.({ code: 4001, reason: 'replaced' });
    assert.deepEqual(reported, [
      { type: 'SocketOpened', socket: 7 },
      { type: 'SocketReceived', socket: 7, bytes: new Uint8Array([1, 2]) },
      { type: 'SocketClosed', socket: 7, code: 4001, reason: 'replaced' },
    ]);
  });

  test('does not report text', () => {
    opened(1).onmessage?.({ data: 'hello' });
    assert.deepEqual(reported, [{ type: 'SocketOpened', socket: 1 }]);
  });

  test('sends bytes through the socket that they are for', () => {
    const [first, second] = [opened(1), opened(2)];
    port.send(2, new Uint8Array([5]));
    assert.deepEqual([first.sent, second.sent], [[], [new Uint8Array([5])]]);
  });

  test('drops bytes for sockets that are not open', () => {
    const stub = opened(1);
    stub.readyState = 2;
    port.send(1, new Uint8Array([5]));
    port.send(9, new Uint8Array([5]));
    assert.deepEqual(stub.sent, []);
  });

  test('closes when the core says so, and reports nothing of that socket afterwards', () => {
    const stub = opened(1);
    port.execute({ type: 'CloseSocket', socket: 1 });
    assert.equal(stub.closedWith, 1000);
    assert.equal(stub.onmessage, null);
    assert.equal(stub.onclose, null);
    port.execute({ type: 'CloseSocket', socket: 1 });
    port.execute({ type: 'CloseSocket', socket: 99 });
    assert.equal(reported.length, 1);
  });

  test('reports an address that cannot be used like a failed connection, later', async () => {
    port.execute({ type: 'OpenSocket', socket: 3, url: 'bad:' });
    assert.deepEqual(reported, []);
    await new Promise((resolve) => setTimeout(resolve, 0));
    assert.deepEqual(reported, [{ type: 'SocketClosed', socket: 3, code: 1006, reason: 'invalid URL bad:' }]);
  });

  test('closes everything and stays silent when it is disposed of', async () => {
    const stub = opened(1);
    port.execute({ type: 'OpenSocket', socket: 3, url: 'bad:' });
    port.dispose();
    await new Promise((resolve) => setTimeout(resolve, 0));
    assert.equal(stub.closedWith, 1000);
    assert.equal(reported.length, 1);
  });
});
