import { createHmac, timingSafeEqual } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';

/** The `TLSSigAPIv2` token: modified base64 of zlib of JSON, signed with HMAC-SHA256 over some of its fields. */

export type UserSigFailure = 'malformed' | 'unknown app' | 'wrong app' | 'wrong user' | 'wrong signature' | 'expired';

export type UserSigVerdict =
  | { readonly ok: true; /** Milliseconds since 1970. */ readonly expiresAt: number; /** Which of the keys has signed. */ readonly keyIndex: number }
  | { readonly ok: false; readonly reason: UserSigFailure };

export interface UserSigClaims {
  readonly sdkAppID: number;
  readonly userID: string;
}

export interface SignOptions extends UserSigClaims {
  readonly key: string;
  /** Seconds that the token stays valid. */
  readonly expire: number;
  /** Seconds since 1970; now, if absent. */
  readonly time?: number;
  readonly userBuf?: Uint8Array;
}

const longestToken = 4096;
const largestDocument = 8192;
/** About 30 000 years: keeps `time + expire` in milliseconds an exact number. */
const largestSeconds = 1e12;

export function signUserSig(options: SignOptions): string {
  const time = options.time ?? Math.floor(Date.now() / 1000);
  const userBuf = options.userBuf && Buffer.from(options.userBuf).toString('base64');
  const document = {
    'TLS.ver': '2.0',
    'TLS.identifier': options.userID,
    'TLS.sdkappid': options.sdkAppID,
    'TLS.time': time,
    'TLS.expire': options.expire,
    ...(userBuf === undefined ? {} : { 'TLS.userbuf': userBuf }),
    'TLS.sig': signature(options.key, options.userID, options.sdkAppID, time, options.expire, userBuf),
  };
  return escapeBase64(deflateSync(JSON.stringify(document)).toString('base64'));
}

/**
 * @param keys the keys of `expected.sdkAppID`, of which any may have signed (so that a key can be changed without
 *   signing everybody out); undefined if that application is not configured
 * @param now milliseconds since 1970
 * @param skew milliseconds that a token may be used after its end, for hosts whose clocks differ
 */
export function verifyUserSig(
  token: string,
  expected: UserSigClaims,
  keys: readonly string[] | undefined,
  now: number,
  skew = 0,
): UserSigVerdict {
  const document = decode(token);
  if (!document) return refuse('malformed');
  if (!keys) return refuse('unknown app');
  if (document.sdkAppID !== expected.sdkAppID) return refuse('wrong app');
  if (document.userID !== expected.userID) return refuse('wrong user');
  const { userID, sdkAppID, time, expire, userBuf } = document;
  const genuine = keys.map((key) => equal(document.sig, signature(key, userID, sdkAppID, time, expire, userBuf)));
  const keyIndex = genuine.indexOf(true);
  if (keyIndex < 0) return refuse('wrong signature');
  const expiresAt = (time + expire) * 1000;
  return expiresAt + skew > now ? { ok: true, expiresAt, keyIndex } : refuse('expired');
}

/** Whose token it claims to be, before anything is verified; undefined for what is not a token. */
export function readClaims(token: string): UserSigClaims | undefined {
  const document = decode(token);
  return document && { sdkAppID: document.sdkAppID, userID: document.userID };
}

interface Document extends UserSigClaims {
  readonly time: number;
  readonly expire: number;
  readonly sig: string;
  readonly userBuf: string | undefined;
}

function decode(token: string): Document | undefined {
  if (token.length > longestToken || !/^[A-Za-z0-9*-]+_{0,2}$/.test(token)) return undefined;
  let fields: unknown;
  try {
    const json = inflateSync(Buffer.from(unescapeBase64(token), 'base64'), { maxOutputLength: largestDocument });
    fields = JSON.parse(json.toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof fields !== 'object' || fields === null) return undefined;
  const of = (name: string): unknown => (Object.hasOwn(fields, name) ? (fields as Record<string, unknown>)[name] : undefined);
  const userID = of('TLS.identifier');
  const sdkAppID = count(of('TLS.sdkappid'));
  const time = count(of('TLS.time'));
  const expire = count(of('TLS.expire'));
  const sig = of('TLS.sig');
  const userBuf = of('TLS.userbuf');
  if (of('TLS.ver') !== '2.0' || typeof userID !== 'string' || typeof sig !== 'string') return undefined;
  if (sdkAppID === undefined || time === undefined || expire === undefined) return undefined;
  if (userBuf !== undefined && typeof userBuf !== 'string') return undefined;
  return { userID, sdkAppID, time, expire, sig, userBuf };
}

/** Signers in loosely typed languages write these as strings when they were given strings. */
function count(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^(0|[1-9][0-9]{0,12})$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 && number <= largestSeconds ? number : undefined;
}

function signature(key: string, userID: string, sdkAppID: number, time: number, expire: number, userBuf?: string): string {
  const buf = userBuf === undefined ? '' : `TLS.userbuf:${userBuf}\n`;
  const text = `TLS.identifier:${userID}\nTLS.sdkappid:${sdkAppID}\nTLS.time:${time}\nTLS.expire:${expire}\n${buf}`;
  return createHmac('sha256', key).update(text).digest('base64');
}

function equal(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(reason: UserSigFailure): UserSigVerdict {
  return { ok: false, reason };
}

function escapeBase64(text: string): string {
  return text.replace(/[+/=]/g, (c) => (c === '+' ? '*' : c === '/' ? '-' : '_'));
}

function unescapeBase64(text: string): string {
  return text.replace(/[*_-]/g, (c) => (c === '*' ? '+' : c === '-' ? '/' : '='));
}
