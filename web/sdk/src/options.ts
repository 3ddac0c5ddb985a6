// The constructor's options, made regular. The constructor never throws: what is wrong is said by login().
import type { CorePlace } from './core/loader.js';
import { fail } from './errors.js';
import { isObject } from './given.js';
import type { MediaOptions } from './media/index.js';
import { browserPlatform } from './platform.js';
import type { Platform } from './platform.js';

export interface Settings {
  /** Undefined where it is missing or not a number; 0 is a number. */
  sdkAppID: number | undefined;
  /** As it was given. */
  server: unknown;
  media: MediaOptions;
  fastConnect: boolean;
  /** As they were given. */
  core: { wasmUrl: unknown; wasmBinary: unknown };
  /** 'full': nothing is redacted. */
  trace: boolean | 'full';
  language: unknown;
  tim: unknown;
  platform: Platform;
}

const DEFAULT_SERVER = '/mqtt';
const MOST_SERVERS = 16;
const LARGEST_APP_ID = 2 ** 32 - 1;

function appID(value: unknown): number | undefined {
  const text = typeof value === 'string' ? value.trim() : value;
  if (text === '' || (typeof text !== 'string' && typeof text !== 'number')) return undefined;
  const number = Number(text);
  return Number.isInteger(number) && number >= 0 && number <= LARGEST_APP_ID ? number : undefined;
}

export function settingsOf(options: unknown): Settings {
  const given: Record<string, unknown> = isObject(options) ? options : {};
  const media: MediaOptions = {};
  if (Array.isArray(given['iceServers'])) media.iceServers = given['iceServers'] as RTCIceServer[];
  if (given['iceTransportPolicy'] === 'relay') media.iceTransportPolicy = 'relay';
  return {
    sdkAppID: appID(given['SDKAppID']),
    server: given['server'],
    media,
    fastConnect: given['fastConnect'] === true,
    core: { wasmUrl: given['wasmUrl'], wasmBinary: given['wasmBinary'] },
    trace: given['trace'] === 'full' ? 'full' : given['trace'] !== false,
    language: given['language'],
    tim: given['tim'],
    platform: { ...browserPlatform, ...(given['platform'] as Partial<Platform> | undefined) },
  };
}

/** Text, or an object of any realm that knows its address. */
const isUrl = (value: unknown): value is string | URL =>
  typeof value === 'string' ? value.trim() !== '' : typeof (value as URL).href === 'string';

/** Of any realm: tests run in one, the bytes may come from another. */
const isBytes = (value: unknown): value is ArrayBuffer | Uint8Array<ArrayBuffer> =>
  ArrayBuffer.isView(value) || Object.prototype.toString.call(value) === '[object ArrayBuffer]';

/** Where the application has core.wasm. */
export function placeOf({ wasmUrl, wasmBinary }: Settings['core']): CorePlace {
  if (wasmBinary != null) {
    if (!isBytes(wasmBinary)) throw fail('INVALID_PARAMETER', 'wasmBinary is an ArrayBuffer or a view of one');
    return { bytes: wasmBinary };
  }
  if (wasmUrl == null) return {};
  if (!isUrl(wasmUrl)) throw fail('INVALID_PARAMETER', 'wasmUrl is an address');
  return { url: wasmUrl };
}

/** WebSocket addresses, each once: relative ones are completed from the page's, http becomes ws and https wss. */
export function addressesOf(server: unknown, page: string | undefined): string[] {
  const isGiven = server != null && !(typeof server === 'string' && server.trim() === '');
  const list: readonly unknown[] = Array.isArray(server) ? server : [isGiven ? server : DEFAULT_SERVER];
  if (list.length === 0 || list.length > MOST_SERVERS) {
    throw fail('INVALID_PARAMETER', `server has ${list.length} addresses, not 1 to ${MOST_SERVERS}`);
  }
  return [...new Set(list.map((one) => addressOf(one, page)))];
}

function addressOf(server: unknown, page: string | undefined): string {
  if (server == null || !isUrl(server)) throw fail('INVALID_PARAMETER', 'server is an address, or a list of addresses');
  const address = completed(String(server), page);
  if (address === undefined) throw fail('INVALID_PARAMETER', `server '${String(server)}' is not a WebSocket address`);
  return address;
}

function completed(server: string, page: string | undefined): string | undefined {
  let url: URL;
  try {
    url = new URL(server, page);
  } catch {
    return undefined; // Relative, and there is no page.
  }
  url.hash = '';
  const address = url.href.replace(/^http/, 'ws');
  return /^wss?:/.test(address) ? address : undefined;
}
