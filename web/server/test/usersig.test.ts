import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { deflateSync, inflateSync } from 'node:zlib';
import { signUserSig, verifyUserSig } from '../src/index.js';
import { app, key, otherKey } from './helpers.js';

interface Reference {
  genUserSig(userID: string, expire: number): string;
  genPrivateMapKey(userID: string, expire: number, room: number, privileges: number): string;
  genPrivateMapKeyWithStringRoomID(userID: string, expire: number, room: string, privileges: number): string;
}
const { Api } = createRequire(import.meta.url)('tls-sig-api-v2') as { Api: new (sdkAppID: number | string, key: string) => Reference };
const reference = new Api(app, key);

const alice = { sdkAppID: app, userID: 'alice' };
const now = Date.UTC(2030, 0, 1);
const time = now / 1000;
const signed = (changes: object = {}) => signUserSig({ ...alice, key, expire: 60, time, ...changes });
const reason = (token: string, expected = alice, keys: readonly string[] | undefined = [key], at = now) => {
  const verdict = verifyUserSig(token, expected, keys, at);
  return verdict.ok ? 'ok' : verdict.reason;
};
const fields = (token: string): Record<string, unknown> =>
  JSON.parse(inflateSync(Buffer.from(token.replace(/[*_-]/g, (c) => ({ '*': '+', '-': '/', _: '=' })[c]!), 'base64')).toString());
const pack = (json: string | Buffer) => deflateSync(json).toString('base64').replace(/[+/=]/g, (c) => ({ '+': '*', '/': '-', '=': '_' })[c]!);

test('a token of the reference implementation is accepted until time + expire', () => {
  const token = reference.genUserSig('alice', 3600);
  const expiresAt = ((fields(token)['TLS.time'] as number) + 3600) * 1000;
  assert.deepEqual(verifyUserSig(token, alice, [key], Date.now()), { ok: true, expiresAt, keyIndex: 0 });
});

test('tokens with a userbuf (PrivateMapKey, numeric and string room) are accepted, too', () => {
  for (const token of [reference.genPrivateMapKey('alice', 300, 4711, 255), reference.genPrivateMapKeyWithStringRoomID('alice', 300, 'room', 255)]) {
    assert.ok(fields(token)['TLS.userbuf']);
    assert.equal(reason(token, alice, [key], Date.now()), 'ok');
  }
});

test('our signer and the reference implementation agree field by field', () => {
  const theirs = reference.genUserSig('Alice-1_x', 86400);
  const ours = signUserSig({ sdkAppID: app, userID: 'Alice-1_x', key, expire: 86400, time: fields(theirs)['TLS.time'] as number });
  assert.deepEqual(fields(ours), fields(theirs));
});

test('our signer and the reference implementation agree about userbuf', () => {
  const theirs = fields(reference.genPrivateMapKey('alice', 300, 1, 255));
  const ours = signUserSig({ ...alice, key, expire: 300, time: theirs['TLS.time'] as number, userBuf: Buffer.from(theirs['TLS.userbuf'] as string, 'base64') });
  assert.deepEqual(fields(ours), theirs);
});

test('an SDKAppID that a loosely typed signer wrote as text is the same SDKAppID', () => {
  assert.equal(reason(pack(JSON.stringify({ ...fields(signed()), 'TLS.sdkappid': String(app), 'TLS.time': String(time) }))), 'ok');
});

test('a signature by another key is refused', () => {
  assert.equal(reason(signed({ key: otherKey })), 'wrong signature');
});

test('a changed field is refused, userbuf included', () => {
  const genuine = fields(signed({ userBuf: Buffer.from('room 1') }));
  assert.equal(reason(pack(JSON.stringify(genuine))), 'ok');
  assert.equal(reason(pack(JSON.stringify({ ...genuine, 'TLS.expire': 61 }))), 'wrong signature');
  assert.equal(reason(pack(JSON.stringify({ ...genuine, 'TLS.userbuf': 'cm9vbSAy' }))), 'wrong signature');
  assert.equal(reason(pack(JSON.stringify({ ...genuine, 'TLS.userbuf': undefined }))), 'wrong signature');
});

test('another user\'s token is refused', () => {
  assert.equal(reason(signed({ userID: 'bob' })), 'wrong user');
});

test('another application\'s token is refused, even if it has the same key', () => {
  assert.equal(reason(signed({ sdkAppID: 7 })), 'wrong app');
});

test('a token for an application that is not configured is refused', () => {
  assert.equal(verifyUserSig(signed(), alice, undefined, now).ok, false);
  assert.deepEqual(verifyUserSig(signed(), alice, undefined, now), { ok: false, reason: 'unknown app' });
});

test('a token is refused from its end on, but for the tolerated skew', () => {
  assert.equal(reason(signed(), alice, [key], now + 59_999), 'ok');
  assert.equal(reason(signed(), alice, [key], now + 60_000), 'expired');
  assert.equal(verifyUserSig(signed(), alice, [key], now + 69_999, 10_000).ok, true);
  assert.equal(verifyUserSig(signed(), alice, [key], now + 70_000, 10_000).ok, false);
});

test('while a key is being changed, either key may have signed, and the verdict tells which', () => {
  const keyOf = (token: string) => {
    const verdict = verifyUserSig(token, alice, [otherKey, 'a third', key], now);
    return verdict.ok && verdict.keyIndex;
  };
  assert.deepEqual([keyOf(signed({ key: otherKey })), keyOf(signed())], [0, 2]);
  assert.equal(reason(signed({ key: otherKey }), alice, [key, otherKey]), 'ok');
  assert.equal(reason(signed(), alice, [key, otherKey]), 'ok');
});

test('whatever is not a token is malformed, and nothing throws', () => {
  const genuine = fields(signed());
  const bad = [
    '', 'x', '____', 'eJ+/=', `${signed()} `, `${signed()}\n`, signed().slice(0, -12), 'A'.repeat(5000), pack('null'), pack('[]'), pack('"x"'), pack('{'), pack('{}'),
    ...['TLS.identifier', 'TLS.sdkappid', 'TLS.time', 'TLS.expire', 'TLS.sig', 'TLS.ver'].flatMap((name) =>
      [undefined, null, {}, [], true, -1, 1.5, 1e300, '9'.repeat(14)].filter((value) => !(typeof value === 'string' && /identifier|sig/.test(name)))
        .map((value) => pack(JSON.stringify({ ...genuine, [name]: value })))),
    pack(JSON.stringify({ ...genuine, 'TLS.userbuf': 5 })),
  ];
  for (const token of bad) assert.equal(reason(token), 'malformed', token.slice(0, 60));
});

test('a compression bomb is stopped at 8 KiB', () => {
  const bomb = pack(Buffer.alloc(2 << 20, ' '));
  assert.ok(bomb.length < 4096);
  assert.equal(reason(bomb), 'malformed');
});
