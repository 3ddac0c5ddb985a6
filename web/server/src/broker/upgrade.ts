import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { forwarding } from '../http/addresses.js';
import { CloseCode } from './close-codes.js';
import type { Metrics } from '../metrics.js';
import type { Gateway } from './gateway.js';
import type { Log } from '../log.js';
import { packetOverhead } from './connection.js';
import { isLoopbackRequest, originCheck } from '../http/origin.js';
import type { Settings } from '../settings/settings.js';

export const mqttPath = '/mqtt';
const subProtocol = 'mqtt';

interface Refusal {
  readonly status: number;
  readonly reason: string;
  /** Present: nothing is wrong with the request, it came at a bad moment. */
  readonly retryAfterSeconds?: number;
}

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Decides which requests become WebSockets. Whatever can be refused is refused here, while it costs least. */
export function upgradeHandler(settings: Settings, devMode: boolean, gateway: Gateway, log: Log, metrics: Metrics): UpgradeHandler {
  const from = forwarding(settings.trustedProxies);
  const isAllowedOrigin = originCheck(settings.allowedOrigins, from);
  const options = {
    noServer: true,
    clientTracking: false,
    // Signaling is small and partly encrypted already; a deflate context for each socket costs more than it saves.
    perMessageDeflate: false,
    maxPayload: settings.maxMessageBytes + packetOverhead,
    handleProtocols: () => subProtocol,
    // Not in the type definitions yet: how long a peer may leave a finished close handshake hanging.
    closeTimeout: 2000,
  };
  const webSockets = new WebSocketServer(options);

  const judge = (request: IncomingMessage, address: string): Refusal | undefined => {
    if (request.url?.split('?')[0] !== mqttPath) return { status: 404, reason: 'no such WebSocket' };
    if (devMode && !isLoopbackRequest(request)) return { status: 403, reason: 'host not allowed' };
    if (!isAllowedOrigin(request)) return { status: 403, reason: 'origin not allowed' };
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    if (!offered.includes(subProtocol)) return { status: 400, reason: 'sub-protocol mqtt required' };
    return gateway.refusalFor(address);
  };

  return (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const address = from.address(request);
    const refusal = judge(request, address);
    if (!refusal) return webSockets.handleUpgrade(request, socket, head, (webSocket) => gateway.accept(webSocket, address));
    log('warn', 'upgrade refused', { address, status: refusal.status, reason: refusal.reason });
    metrics.refused('upgrade', refusal.reason);
    const isBrowser = request.headers.origin !== undefined;
    if (!isBrowser || refusal.retryAfterSeconds === undefined) return answer(socket, refusal);
    webSockets.handleUpgrade(request, socket, head, (webSocket) => sendAway(webSocket, refusal));
  };
}

/** A page sees neither status nor headers of a failed upgrade, only code 1006: it is let in to be told why, and when to return. */
function sendAway(webSocket: WebSocket, { reason, retryAfterSeconds }: Refusal): void {
  webSocket.on('error', () => {});
  webSocket.close(CloseCode.tryLater, `${reason}; retry after ${retryAfterSeconds} s`);
}

function answer(socket: Duplex, { status, reason, retryAfterSeconds }: Refusal): void {
  const headers = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  const lines = Object.entries({ Connection: 'close', 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': String(Buffer.byteLength(reason)), ...headers });
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${reason}`);
  // The peer may keep its half open for ever.
  setTimeout(() => socket.destroy(), 1000).unref();
}
