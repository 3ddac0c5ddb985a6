import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeID, encodeID, parseAccount, parseClientID, parseGroup } from '../src/auth/account.js';

test('a user id of lower-case letters, digits and underscores stays as it is', () => {
  assert.equal(encodeID('alice_2'), 'alice_2');
});

test('upper-case letters and hyphens are escaped', () => {
  assert.equal(encodeID('Alice-1'), '-alice--1');
  assert.equal(encodeID('A-B'), '-a---b');
});

test('the at sign and the number sign of group ids are escaped as digits', () => {
  assert.equal(encodeID('@TGS#2A-b'), '-0-t-g-s-12-a--b');
});

test('every id survives the way there and back, and no two share a form', () => {
  const alphabet = 'aAb01_-@#';
  const seen = new Map<string, string>();
  for (const a of alphabet) for (const b of alphabet) for (const c of alphabet) for (const d of ['', ...alphabet]) {
    const id = a + b + c + d;
    const encoded = encodeID(id);
    assert.equal(decodeID(encoded), id);
    assert.match(encoded, /^[a-z0-9_-]+$/);
    assert.equal(seen.get(encoded), undefined);
    seen.set(encoded, id);
  }
});

test('a form that the encoder cannot have produced is refused', () => {
  for (const text of ['', 'Alice', '-', 'a-', '-A', '-2', '-_', '@', 'a@b', 'a---', 'ä', 'a b', 'a/b', 'a+', '#', 'a\n', 'a\0']) {
    assert.equal(decodeID(text), undefined, JSON.stringify(text));
  }
});

test('an account is an SDKAppID without leading zeros and a user id of at most 32 characters', () => {
  assert.deepEqual(parseAccount('1400000001_-alice--1'), { sdkAppID: 1400000001, userID: 'Alice-1', name: '1400000001_-alice--1' });
  assert.equal(parseAccount('0__x')?.userID, '_x');
  assert.equal(parseAccount(`1_${'-a'.repeat(32)}`)?.userID, 'A'.repeat(32));
  for (const name of ['', '_a', '1_', '01_a', '1-a', '4294967296_a', '12345678901_a', `1_${'a'.repeat(33)}`, `1_${'-a'.repeat(33)}`, '1_a-0b', '1_-1', ' 1_a', '1_a\n']) {
    assert.equal(parseAccount(name), undefined, JSON.stringify(name));
  }
});

test('a group id may have at signs and number signs, where a user id may not', () => {
  assert.deepEqual(parseGroup('7_-0-t-g-s-12'), { sdkAppID: 7, groupID: '@TGS#2' });
  assert.equal(parseAccount('7_-0-t-g-s-12'), undefined);
});

test('a group id may have 48 characters', () => {
  assert.equal(parseGroup(`7_${'-0'.repeat(48)}`)?.groupID, '@'.repeat(48));
  assert.equal(parseGroup(`7_${'g'.repeat(48)}`)?.groupID, 'g'.repeat(48));
  assert.equal(parseGroup(`7_${'g'.repeat(49)}`), undefined);
});

test('a client id is an account and 32 lower-case hex digits', () => {
  const session = '0123456789abcdef'.repeat(2);
  assert.deepEqual(parseClientID(`1_a_b_${session}`), { account: '1_a_b', session });
  for (const id of ['', session, `1_a${session}`, `1_a_${session}0`, `1_a_${session.toUpperCase()}`, `1_a_${session.slice(1)}`]) {
    assert.equal(parseClientID(id), undefined, id);
  }
});
