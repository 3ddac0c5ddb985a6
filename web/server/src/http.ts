import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { devUserSig } from './dev-mode.js';
import { isLoopbackRequest } from './origin.js';
import type { Settings } from './settings.js';
import { serveFile } from './static-files.js';
import { mqttPath } from './upgrade.js';

export interface HttpState {
  readonly devMode: boolean;
  readonly now: () => number;
  readonly health: () => { readonly status: 'ok' | 'stopping'; readonly connections: number; readonly signedIn: number };
}

export const contentSecurityPolicy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'SAMEORIGIN',
  'Cross-Origin-Opener-Policy': 'same-origin',
  // The page's own, which calls need; nothing for what it might embed.
  'Permissions-Policy': 'camera=(self), microphone=(self), display-capture=(self), geolocation=()',
};

/** The demo, the SDK's files, and the few documents about the server itself. */
export function httpHandler(settings: Settings, state: HttpState): RequestListener {
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    // Nothing here reads a body; what is sent anyway must not pile up.
    request.resume();
    route(settings, state, request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else text(response, 500, 'internal error');
    });
  };
}

async function route(settings: Settings, state: HttpState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (state.devMode && !isLoopbackRequest(request)) return text(response, 403, 'host not allowed: development mode answers on loopback names only');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return text(response, 405, 'only GET and HEAD');
  }
  const url = parse(request.url);
  if (!url) return text(response, 400, 'bad path');
  const { path, query } = url;

  if (path === '/healthz') {
    const health = state.health();
    return json(response, health.status === 'ok' ? 200 : 503, health);
  }
  if (path === '/config.json') {
    const sdkAppID = settings.apps.keys().next().value;
    return json(response, 200, { sdkAppID, devMode: state.devMode, iceServers: settings.iceServers });
  }
  if (path === '/dev/usersig' && state.devMode) {
    const userSig = devUserSig(query, settings.apps, state.now());
    return userSig
      ? json(response, 200, userSig)
      : text(response, 400, 'userID must be 1 to 32 characters of A-Z a-z 0-9 _ -; expire, in seconds, and sdkAppID are optional');
  }
  if (path === mqttPath) {
    response.setHeader('Upgrade', 'websocket');
    return text(response, 426, 'MQTT over WebSocket lives here');
  }
  const isSDK = path.startsWith('/sdk/');
  const found = isSDK ? await serveFile(settings.sdkDir, path.slice('/sdk/'.length), request, response) : await serveFile(settings.demoDir, path, request, response);
  if (!found) text(response, 404, 'not found');
}

function parse(target: string | undefined): { path: string; query: URLSearchParams } | undefined {
  const [rawPath = '', ...rest] = (target ?? '').split('?');
  if (!rawPath.startsWith('/')) return undefined;
  try {
    return { path: decodeURIComponent(rawPath), query: new URLSearchParams(rest.join('?')) };
  } catch {
    return undefined;
  }
}

function text(response: ServerResponse, status: number, message: string): void {
  send(response, status, 'text/plain; charset=utf-8', `${message}\n`);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  // Some of it is secret (a demo UserSig), none of it stays true.
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body), 'Cache-Control': 'no-store' }).end(body);
}
