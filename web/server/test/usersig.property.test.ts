// The parser of UserSigs reads what anybody sends. Whatever it is: a verdict, soon, in bounded memory, and never an exception.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync, deflateSync, gzipSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { signUserSig, verifyUserSig, type UserSigVerdict } from '../src/index.js';
import { app, key } from './helpers.js';

const alice = { sdkAppID: app, userID: 'alice' };
const now = Date.UTC(2030, 0, 1);
const genuine = signUserSig({ ...alice, key, expire: 60, time: now / 1000 });
const refusals = ['malformed', 'unknown app', 'wrong app', 'wrong user', 'wrong signature', 'expired'];
/** Longer with FUZZ_RUNS=1000000; fast-check prints the seed of a failure. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 2000);

const escape = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/[+/=]/g, (c) => ({ '+': '*', '/': '-', '=': '_' })[c]!);
const unescape = (token: string) => Buffer.from(token.replace(/[*_-]/g, (c) => ({ '*': '+', '-': '/', _: '=' })[c]!), 'base64');
const document = JSON.parse(inflateSync(unescape(genuine)).toString()) as Record<string, unknown>;
const pack = (json: unknown) => escape(deflateSync(JSON.stringify(json) ?? ''));

function judge(token: string): UserSigVerdict {
  const verdict = verifyUserSig(token, alice, [key], now);
  assert.ok(verdict.ok || refusals.includes(verdict.reason), JSON.stringify(verdict));
  return verdict;
}

/** Accepted only if it says what the genuine one says: padding and compression may differ, the signature binds the rest. */
function judgeForgery(token: string): void {
  if (!judge(token).ok) return;
  const accepted = JSON.parse(inflateSync(unescape(token)).toString()) as Record<string, unknown>;
  for (const field of ['TLS.identifier', 'TLS.sig', 'TLS.ver']) assert.equal(accepted[field], document[field]);
  for (const field of ['TLS.sdkappid', 'TLS.time', 'TLS.expire']) assert.equal(Number(accepted[field]), document[field]);
}

test('any text gets a verdict', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 6000 }), (text) => judge(text).ok === false), { numRuns });
});

test('any bytes, well wrapped, get a verdict', () => {
  const wrap = fc.constantFrom(escape, (bytes: Uint8Array) => escape(deflateSync(bytes)), (bytes: Uint8Array) => escape(deflateRawSync(bytes)), (bytes: Uint8Array) => escape(gzipSync(bytes)));
  fc.assert(fc.property(wrap, fc.uint8Array({ maxLength: 2000 }), (wrapped, bytes) => judge(wrapped(bytes)).ok === false), { numRuns });
});

test('any JSON, well packed, gets a verdict', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), (json) => judge(pack(json)).ok === false), { numRuns });
});

test('a token whose fields were exchanged is accepted only if they mean the same', () => {
  const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.integer(), fc.constantFrom(...Object.values(document), ...Object.values(document).map(String)));
  const changes = fc.dictionary(fc.constantFrom(...Object.keys(document), 'TLS.userbuf', '__proto__', 'toString'), value, { minKeys: 1, maxKeys: 3 });
  fc.assert(fc.property(changes, (fields) => judgeForgery(pack({ ...document, ...fields }))), { numRuns });
});

test('a token whose bytes were changed, cut or joined is accepted only if it says the same', () => {
  const at = fc.nat({ max: genuine.length });
  const edit = fc.tuple(at, at, fc.string({ unit: fc.constantFrom(...'ABCabc019*-_+/= \n\0é'), maxLength: 4 }));
  fc.assert(fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
    let token = genuine;
    for (const [from, to, text] of edits) token = token.slice(0, from) + text + token.slice(to);
    judgeForgery(token);
  }), { numRuns });
  const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 3 });
  fc.assert(fc.property(flips, (changes) => {
    const bytes = unescape(genuine);
    for (const [place, bits] of changes) bytes[place % bytes.length]! ^= bits;
    judgeForgery(escape(bytes));
  }), { numRuns });
});

test('a bomb is stopped long before it is inflated, whatever is in it', () => {
  const bombs = ['[', '{"a":', '"', ' ', '\\u0000', '0'].map((piece) => escape(deflateSync(piece.repeat(3_000_000 / piece.length), { level: 9 })));
  // What fits into the length of a token, cut off where it does not: a thousandfold of it otherwise.
  for (const bomb of bombs.map((token) => token.slice(0, 4096))) {
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 100; i += 1) assert.deepEqual(judge(bomb), { ok: false, reason: 'malformed' });
    const grown = process.memoryUsage().arrayBuffers - before;
    // A hundred of them inflated would be 300 MB; stopped at 8 KiB each they are less than this even if nothing is collected.
    assert.ok(grown < 100 * 128 * 1024, `${grown} bytes`);
  }
});

test('nesting as deep as a token allows is refused, not followed', () => {
  for (const [open, close] of [['[', ']'], ['{"a":', '}']] as const) {
    const depth = Math.floor(8000 / (open.length + close.length));
    assert.deepEqual(judge(escape(deflateSync(open.repeat(depth) + (open === '[' ? '' : '1') + close.repeat(depth)))), { ok: false, reason: 'malformed' });
  }
});
