import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv4 } from 'node:net';
import { addToBlockList } from '../settings/readers.js';

/** What proxies say about a request, believed only where the settings list them. */
export interface Forwarding {
  /** The client's address: the socket's, or what a trusted proxy says. */
  address(request: IncomingMessage): string;
  /** The Host that the client asked for. */
  host(request: IncomingMessage): string | undefined;
  /** How the client reached us; undefined where nobody trustworthy says. */
  protocol(request: IncomingMessage): 'http:' | 'https:' | undefined;
  /** Whether the request has come through a proxy that is not trusted: nobody knows who sent it. */
  isAnonymous(request: IncomingMessage): boolean;
}

export function forwarding(trustedProxies: readonly string[]): Forwarding {
  const isTrusted = addressMatcher(trustedProxies);
  const isFromProxy = (request: IncomingMessage) => isTrusted(plain(request.socket.remoteAddress ?? ''));
  const word = (request: IncomingMessage, name: 'x-forwarded-host' | 'x-forwarded-proto') =>
    isFromProxy(request) ? lastOf(request.headers[name]) : undefined;
  return {
    // Header entries left of an untrusted hop are anybody's invention.
    address(request) {
      let address = plain(request.socket.remoteAddress ?? '');
      const hops = (request.headers['x-forwarded-for'] ?? '').toString().split(',').map((hop) => plain(hop.trim()));
      while (isTrusted(address)) {
        const hop = hops.pop();
        if (hop === undefined || isIP(hop) === 0) break;
        address = hop;
      }
      return address;
    },
    host: (request) => word(request, 'x-forwarded-host') ?? request.headers.host,
    protocol(request) {
      if ('encrypted' in request.socket) return 'https:';
      const said = word(request, 'x-forwarded-proto');
      return said === 'https' || said === 'wss' ? 'https:' : said === undefined ? undefined : 'http:';
    },
    isAnonymous: (request) => !isFromProxy(request) && ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'].some((name) => name in request.headers),
  };
}

/** Is the address one of these, or in one of these subnets? */
export function addressMatcher(items: readonly string[]): (address: string) => boolean {
  const listed = new BlockList();
  for (const item of items) addToBlockList(listed, item);
  return (address) => isIP(address) !== 0 && listed.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/** What the nearest proxy has added. */
function lastOf(header: string | string[] | undefined): string | undefined {
  return header?.toString().split(',').at(-1)?.trim().toLowerCase() || undefined;
}

/** What limits count by: an IPv6 household or attacker owns a whole /64. */
export function addressKey(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':');
    while (groups.length + after.length < 8) groups.push('0');
    groups.push(...after);
  }
  return `${groups.slice(0, 4).map((group) => group.toLowerCase().replace(/^0+(?=.)/, '')).join(':')}::/64`;
}

export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost') || name === '::1') return true;
  return isIPv4(plain(name)) && plain(name).startsWith('127.');
}

/** The name in a Host header, without the port; undefined if there is none or it is nonsense. */
export function hostName(header: string | undefined): string | undefined {
  const match = /^(\[[0-9A-Fa-f:.]+\]|[^:[\]/@\s]+)(?::[0-9]{1,5})?$/.exec(header ?? '');
  return match?.[1];
}

/** Node shows IPv4 clients of a dual-stack socket as ::ffff:1.2.3.4. */
function plain(address: string): string {
  return address.startsWith('::ffff:') && isIPv4(address.slice(7)) ? address.slice(7) : address;
}
