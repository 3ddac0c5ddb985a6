import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isLoopbackRequest } from './origin.js';
import { serveFile } from './static-files.js';

/** One document of the server. Answers GET and HEAD; whatever reads a body says so by its methods. */
export interface Route {
  readonly methods?: readonly string[];
  answer(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): void | Promise<void>;
}

export type Routes = Readonly<Record<string, Route>>;

export interface Site {
  /** Only loopback names are answered. */
  readonly devMode: boolean;
  readonly routes: Routes;
  readonly demoDir: string;
  readonly sdkDir: string;
  /** Of brokers on other origins. */
  readonly mqttServers: readonly string[];
}

/** @param servers WebSockets on other origins that the page may open; it asks for ICE servers beside them */
export function contentSecurityPolicy(servers: readonly string[]): string {
  const origins = servers.map((server) => new URL(server).origin).flatMap((origin) => [origin, origin.replace(/^ws/, 'http')]);
  const connect = servers.length === 0 ? '' : `; connect-src 'self' ${origins.join(' ')}`;
  return `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'${connect}`;
}

const headers: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'SAMEORIGIN',
  'Cross-Origin-Opener-Policy': 'same-origin',
  // The page's own, which calls need; nothing for what it might embed.
  'Permissions-Policy': 'camera=(self), microphone=(self), display-capture=(self), geolocation=()',
};

/** The demo, the SDK's files, and the few documents about the server itself. */
export function httpHandler(site: Site): RequestListener {
  const policy = contentSecurityPolicy(site.mqttServers);
  return (request, response) => {
    response.setHeader('Content-Security-Policy', policy);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    // A request that nobody reads must not pile up.
    request.resume();
    dispatch(site, request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else text(response, 500, 'internal error');
    });
  };
}

async function dispatch(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (site.devMode && !isLoopbackRequest(request)) return text(response, 403, 'host not allowed: development mode answers on loopback names only');
  const url = parse(request.url);
  if (!url) return text(response, 400, 'bad path');
  const { path, query } = url;
  const route = Object.hasOwn(site.routes, path) ? site.routes[path] : undefined;
  const methods = route?.methods ?? ['GET', 'HEAD'];
  if (!methods.includes(request.method ?? '')) {
    response.setHeader('Allow', methods.join(', '));
    return text(response, 405, `only ${methods.join(' and ')}`);
  }
  if (route) return route.answer(request, response, query);
  const isSDK = path.startsWith('/sdk/');
  const found = isSDK ? await serveFile(site.sdkDir, path.slice('/sdk/'.length), request, response) : await serveFile(site.demoDir, path, request, response);
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

export function text(response: ServerResponse, status: number, message: string): void {
  send(response, status, 'text/plain; charset=utf-8', `${message}\n`);
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body));
}

export function send(response: ServerResponse, status: number, type: string, body: string): void {
  // Some of it is secret (a demo UserSig), none of it stays true.
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body), 'Cache-Control': 'no-store' }).end(body);
}
