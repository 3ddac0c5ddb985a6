import type { IncomingMessage } from 'node:http';
import { hostName, isLoopbackHost, type Forwarding } from './addresses.js';

/**
 * Browsers let any page open a WebSocket to anywhere, so the server has to ask where the page is from. Native clients send
 * no Origin and are judged by their UserSig alone.
 */
export function originCheck(allowedOrigins: readonly string[], from: Forwarding): (request: IncomingMessage) => boolean {
  const allowed = new Set(allowedOrigins.map((origin) => origin.toLowerCase().replace(/\/$/, '')));
  return (request) => {
    const { origin } = request.headers;
    if (origin === undefined || allowed.has(origin.toLowerCase())) return true;
    const host = from.host(request);
    if (!URL.canParse(origin) || host === undefined) return false;
    const page = new URL(origin);
    // Without a trusted word about it, the page's own scheme: a proxy may end TLS. With it an explicit :80 or :443 in the
    // Host header is the same host.
    const self = `${from.protocol(request) ?? page.protocol}//${host}`;
    return (page.protocol === 'http:' || page.protocol === 'https:') && URL.canParse(self) && new URL(self).origin === page.origin;
  };
}

/**
 * In development mode the server hands out UserSigs, so a page of another site must not reach it through a DNS name that
 * it has pointed at 127.0.0.1: to the browser that page and this server are then one origin.
 */
export function isLoopbackRequest({ headers }: IncomingMessage): boolean {
  const name = hostName(headers.host);
  return name !== undefined && isLoopbackHost(name);
}
