import { BlockList, isIP } from 'node:net';
import { logLevels, type LogLevel } from '../log.js';

export interface AppKey {
  /** What logs and metrics call the key: its place in the list, from 1, where it was given no name. */
  readonly id: string;
  readonly key: string;
}

/** SDKAppID → the keys that may have signed its UserSigs, the newest first. */
export type AppKeys = ReadonlyMap<number, readonly AppKey[]>;

/** The fields of the browser's `RTCIceServer`. */
export interface IceServer {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** Reads a setting from text (environment, flag) or from a JSON value (file, code). Undefined: not acceptable. */
export interface Reader<T> {
  readonly expects: string;
  read(value: unknown): T | undefined;
  /** The part of a large value that is not acceptable, for the message. */
  culprit?(value: unknown): unknown;
}

export const text: Reader<string> = {
  expects: 'a text that is not empty',
  read: (value) => (typeof value === 'string' && value !== '' ? value : undefined),
};

/** Empty: not used. */
export const anyText: Reader<string> = {
  expects: 'a text',
  read: (value) => (typeof value === 'string' ? value : undefined),
};

export const flag: Reader<boolean> = {
  expects: 'true or false',
  read(value) {
    if (value === true || value === 'true' || value === '1') return true;
    if (value === false || value === 'false' || value === '0') return false;
    return undefined;
  },
};

export function optional<T>(reader: Reader<T>): Reader<T | undefined> {
  return reader;
}

export function number(least: number, most: number): Reader<number> {
  return {
    expects: `a number from ${least} to ${most}`,
    read(value) {
      const number = typeof value === 'string' && /^[0-9]+(\.[0-9]+)?$/.test(value) ? Number(value) : value;
      return typeof number === 'number' && number >= least && number <= most ? number : undefined;
    },
  };
}

export function integer(least: number, most: number): Reader<number> {
  return {
    expects: `a whole number from ${least} to ${most}`,
    read(value) {
      const result = number(least, most).read(value);
      return Number.isInteger(result) ? result : undefined;
    },
  };
}

export const list: Reader<readonly string[]> = {
  expects: 'a list of texts, or one text with commas',
  read(value) {
    const items: unknown = typeof value === 'string' ? value.split(',').map((item) => item.trim()).filter(Boolean) : value;
    return Array.isArray(items) && items.every((item) => typeof item === 'string') ? items : undefined;
  },
};

export const addresses: Reader<readonly string[]> = {
  expects: 'a list of IP addresses or subnets like 10.0.0.0/8',
  read(value) {
    const items = list.read(value);
    return items?.every((item) => addToBlockList(new BlockList(), item)) ? items : undefined;
  },
};

export function addToBlockList(blockList: BlockList, item: string): boolean {
  const [address = '', bits, ...rest] = item.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : isIP(address) === 4 ? 'ipv4' : undefined;
  if (!family || rest.length > 0) return false;
  if (bits === undefined) {
    blockList.addAddress(address, family);
    return true;
  }
  if (!/^[0-9]{1,3}$/.test(bits) || Number(bits) > (family === 'ipv4' ? 32 : 128)) return false;
  blockList.addSubnet(address, Number(bits), family);
  return true;
}

export const logLevel: Reader<LogLevel> = {
  expects: `one of ${logLevels.join(', ')}`,
  read: (value) => logLevels.find((level) => level === value),
};

export const iceServers: Reader<readonly IceServer[]> = {
  expects: 'a JSON array of objects with "urls" and, for TURN, "username" and "credential"',
  read(value) {
    const servers = typeof value === 'string' ? json(value) : value;
    return Array.isArray(servers) && servers.every(isIceServer) ? servers : undefined;
  },
};

function isIceServer(value: unknown): value is IceServer {
  if (typeof value !== 'object' || value === null || !('urls' in value)) return false;
  const urls: unknown[] = Array.isArray(value.urls) ? value.urls : [value.urls];
  return urls.length > 0 && urls.every((url) => typeof url === 'string' && /^(stun|stuns|turn|turns):/.test(url));
}

export const turnUrls: Reader<readonly string[]> = {
  expects: 'a list of addresses that begin with turn: or turns:',
  read(value) {
    const urls = list.read(value);
    return urls?.every((url) => /^turns?:[^\s/]+$/.test(url)) ? urls : undefined;
  },
};

export const webSockets: Reader<readonly string[]> = {
  expects: 'a list of addresses that begin with wss: or ws:',
  read(value) {
    const urls = list.read(value);
    return urls?.every((url) => /^wss?:\/\/[^\s/;,'"]+(\/[^\s;,'"]*)?$/.test(url) && URL.canParse(url)) ? urls : undefined;
  },
};

/** Undefined for what is not JSON. */
export function json(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
