import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify, type KeyObject } from 'node:crypto';

/**
 * NATS's keys and tokens (NATS ADR-14, and its nkeys): Ed25519 keys as base32 with a first letter that tells what they are
 * for, and JSON web tokens of an algorithm of their own.
 */
export type KeyKind = 'operator' | 'account' | 'user';

const kinds: Readonly<Record<KeyKind, number>> = { operator: 14 << 3, account: 0, user: 20 << 3 };
const seedPrefix = 18 << 3;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export interface KeyPair {
  /** Like `A...`. */
  readonly publicKey: string;
  /** Like `SA...`: secret. */
  readonly seed: string;
  readonly privateKey: KeyObject;
}

export function newKeyPair(kind: KeyKind): KeyPair {
  return keyPair(kind, randomBytes(32));
}

/** Undefined for what is not a seed of this kind. */
export function keyPairFrom(kind: KeyKind, seed: string): KeyPair | undefined {
  const bytes = fromBase32(seed);
  if (bytes?.length !== 36 || bytes.readUInt16LE(34) !== crc16(bytes.subarray(0, 34))) return undefined;
  const pair = keyPair(kind, bytes.subarray(2, 34));
  return pair.seed === seed ? pair : undefined;
}

/** Does the text have the form of a public key of this kind? */
export function isPublicKey(kind: KeyKind, text: string): boolean {
  const bytes = fromBase32(text);
  return bytes?.length === 35 && bytes[0] === kinds[kind] && bytes.readUInt16LE(33) === crc16(bytes.subarray(0, 33));
}

/** A public key whose secret nobody has: for tokens that are believed without one. */
export function anyPublicKey(kind: KeyKind): string {
  return encode([kinds[kind]], randomBytes(32));
}

export interface Claims {
  readonly name: string;
  /** The public key that the token is about. */
  readonly sub: string;
  /** Seconds since 1970. */
  readonly iat: number;
  readonly exp?: number;
  readonly nats: Readonly<Record<string, unknown>>;
}

export function signToken(claims: Claims, signer: KeyPair): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = { ...claims, iss: signer.publicKey };
  const jti = toBase32(createHash('sha256').update(JSON.stringify(body)).digest());
  const text = `${part({ typ: 'JWT', alg: 'ed25519-nkey' })}.${part({ jti, ...body })}`;
  return `${text}.${sign(null, Buffer.from(text), signer.privateKey).toString('base64url')}`;
}

/** The claims of a token that this pair has signed; undefined for every other text. */
export function verifyToken(token: string, signer: KeyPair): Claims | undefined {
  const [, text = '', claims = '', signature = ''] = /^([\w-]+\.([\w-]+))\.([\w-]{86})$/.exec(token) ?? [];
  if (!verify(null, Buffer.from(text), createPublicKey(signer.privateKey), Buffer.from(signature, 'base64url'))) return undefined;
  // What we have signed we have written.
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Claims;
}

function keyPair(kind: KeyKind, seed: Buffer): KeyPair {
  // PKCS #8 of an Ed25519 key (RFC 8410) is this and the seed.
  const privateKey = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' });
  const raw = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
  const prefix = kinds[kind];
  return { publicKey: encode([prefix], raw), seed: encode([seedPrefix | (prefix >> 5), (prefix & 31) << 3], seed), privateKey };
}

function encode(prefix: readonly number[], bytes: Buffer): string {
  const content = Buffer.concat([Buffer.from(prefix), bytes]);
  const check = Buffer.alloc(2);
  check.writeUInt16LE(crc16(content));
  return toBase32(Buffer.concat([content, check]));
}

/** CRC-16/XMODEM. */
function crc16(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let i = 0; i < 8; i += 1) crc = ((crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xffff;
  }
  return crc;
}

/** RFC 4648, without padding. */
function toBase32(bytes: Buffer): string {
  let [text, value, bits] = ['', 0, 0];
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(value >>> (bits - 5)) & 31];
  }
  return bits === 0 ? text : text + alphabet[(value << (5 - bits)) & 31];
}

function fromBase32(text: string): Buffer | undefined {
  const bytes: number[] = [];
  let [value, bits] = [0, 0];
  for (const letter of text.slice(0, 128)) {
    const digit = alphabet.indexOf(letter);
    if (digit < 0) return undefined;
    value = ((value << 5) | digit) & 0xffff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((value >>> bits) & 255);
  }
  return Buffer.from(bytes);
}
