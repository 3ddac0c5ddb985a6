import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { newNatsKeys } from '../src/auth/nats.js';
import { anyPublicKey, isPublicKey, keyPairFrom, newKeyPair, signToken } from '../src/auth/nkeys.js';
import { SettingsError, startServer, type RunningServer } from '../src/index.js';
import { TestClock, account, app, credentials, key, otherApp, serve, type Person } from './helpers.js';

const { natsAccounts, configuration } = newNatsKeys([app], Date.now());
const bearer = (person: Person = {}) => ({ Authorization: `Bearer ${credentials(person).password}` });
const swap = (server: RunningServer, person?: Person) => fetch(`${server.origin}/v1/nats`, { headers: bearer(person) });
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;

test('a UserSig is swapped for a token of its account that ends with it', async (t) => {
  const clock = new TestClock();
  const server = await serve(t, { natsAccounts: natsAccounts as never }, { clock });
  const response = await swap(server, { userID: 'Alice-1', time: clock.seconds, expire: 600 });
  const { userSig, ttl } = await response.json() as { userSig: string; ttl: number };
  assert.deepEqual([response.status, response.headers.get('cache-control'), ttl], [200, 'no-store', 600]);
  const { account: natsAccount, seed } = natsAccounts[String(app)]!;
  const signer = keyPairFrom('account', seed)!;
  const { name, sub, iss, iat, exp, nats } = claimsOf(userSig);
  assert.deepEqual({ name, iss, iat, exp, nats }, {
    name: account('Alice-1'), iss: signer.publicKey, iat: clock.seconds, exp: clock.seconds + 600, nats: { issuer_account: natsAccount, type: 'user', version: 2 },
  });
  assert.ok(isPublicKey('user', String(sub)));
  const end = userSig.lastIndexOf('.');
  assert.ok(verify(null, Buffer.from(userSig.slice(0, end)), createPublicKey(signer.privateKey), Buffer.from(userSig.slice(end + 1), 'base64url')));
});

test('without a genuine UserSig, or for an application without an account, there is no token', async (t) => {
  const server = await serve(t, { natsAccounts: natsAccounts as never });
  for (const person of [{ key: 'wrong'.repeat(10) }, { expire: 1, time: 1 }, { sdkAppID: 7 }]) assert.equal((await swap(server, person)).status, 401);
  assert.equal((await fetch(`${server.origin}/v1/nats`)).status, 401);
  assert.equal((await swap(server, { sdkAppID: otherApp })).status, 404);
  assert.equal((await swap(await serve(t))).status, 404);
});

test('the token is as good as the UserSig at the other addresses, while it lasts, and no other token is', async (t) => {
  const clock = new TestClock();
  const server = await serve(t, { natsAccounts: natsAccounts as never }, { clock });
  const { userSig } = await (await swap(server, { time: clock.seconds, expire: 600 })).json() as { userSig: string };
  const ice = async (token: string) => (await fetch(`${server.origin}/v1/ice`, { headers: { Authorization: `Bearer ${token}` } })).status;
  assert.equal(await ice(userSig), 200);
  const [head, claims, signature] = userSig.split('.') as [string, string, string];
  const forged = Buffer.from(JSON.stringify({ ...claimsOf(userSig), name: account('bob') })).toString('base64url');
  const stranger = signToken({ name: account('alice'), sub: '', iat: clock.seconds, exp: clock.seconds + 600, nats: {} }, newKeyPair('account'));
  for (const wrong of [`${head}.${forged}.${signature}`, `${head}.${claims}.`, `${head}.${claims}`, stranger, stranger.toUpperCase()]) assert.equal(await ice(wrong), 401);
  clock.advance(600_000);
  assert.equal(await ice(userSig), 401);
});

test('the rule stands in the token of the application\'s account, and no secret does', () => {
  const { account: natsAccount, seed } = natsAccounts[String(app)]!;
  const token = new RegExp(`^  ${natsAccount}: (\\S+)$`, 'm').exec(configuration)?.[1] ?? '';
  const { nats } = claimsOf(token) as { nats: { signing_keys: { key: string; template: unknown }[] } };
  assert.deepEqual(nats.signing_keys.map((scope) => [scope.key, scope.template]), [[keyPairFrom('account', seed)!.publicKey, {
    pub: { allow: ['trtc.v1.in.*.{{name()}}', 'trtc.v1.on.{{name()}}', 'trtc.v1.group.*.{{name()}}'] },
    sub: { allow: ['trtc.v1.in.{{name()}}.*', 'trtc.v1.on.*', 'trtc.v1.group.*.*'] },
    subs: 64, data: -1, payload: -1, bearer_token: true, allowed_connection_types: ['MQTT', 'MQTT_WS'],
  }]]);
  assert.ok(!configuration.includes(seed));
});

test('a seed makes the same keys again, and nothing else is a seed', () => {
  for (const kind of ['operator', 'account', 'user'] as const) {
    const { seed, publicKey } = newKeyPair(kind);
    assert.equal(keyPairFrom(kind, seed)?.publicKey, publicKey);
    assert.ok(isPublicKey(kind, publicKey) && isPublicKey(kind, anyPublicKey(kind)));
    assert.match(publicKey, { operator: /^O/, account: /^A/, user: /^U/ }[kind]);
    assert.match(seed, { operator: /^SO/, account: /^SA/, user: /^SU/ }[kind]);
  }
  // Of NATS's own documentation of nkeys.
  assert.equal(keyPairFrom('user', 'SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY')?.publicKey, 'UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4');
  const { seed, publicKey } = newKeyPair('account');
  for (const wrong of ['', 'SA', seed.slice(1), `${seed}A`, seed.toLowerCase(), publicKey, newKeyPair('user').seed, `${seed.slice(0, 20)}${seed[20] === 'A' ? 'B' : 'A'}${seed.slice(21)}`]) assert.equal(keyPairFrom('account', wrong), undefined, wrong);
  fc.assert(fc.property(fc.string(), (text) => keyPairFrom('account', text) === undefined && !isPublicKey('account', text)));
});

test('accounts that cannot be used end the start, and are not quoted', async () => {
  const [entry] = Object.values(natsAccounts);
  for (const wrong of ['x', [], { [app]: entry!.seed }, { [app]: { ...entry, seed: 'SA' } }, { [app]: { ...entry, account: entry!.seed } }, { x: entry }, { [app]: null }]) {
    await assert.rejects(startServer({ port: 0, apps: { [app]: key }, natsAccounts: wrong as never }), (error: unknown) => error instanceof SettingsError && error.setting === 'natsAccounts' && !error.message.includes(entry!.seed));
  }
});

test('the program writes keys once, the secret ones for its user only', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'trtc-nats-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const run = (...flags: string[]) => spawnSync(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('../src/nats-keys.ts', import.meta.url)), ...flags], { encoding: 'utf8' });
  for (const wrong of [[], [folder], ['--help'], [folder, 'x'], [folder, '1', '-2']]) assert.equal(run(...wrong).status, 2);
  assert.equal(run(folder, '1', '2').status, 0);
  const written = readFileSync(join(folder, 'nats.json'), 'utf8');
  assert.deepEqual(Object.keys((JSON.parse(written) as { natsAccounts: object }).natsAccounts), ['1', '2']);
  assert.equal(statSync(join(folder, 'nats.json')).mode & 0o777, 0o600);
  const again = run(folder, '1');
  assert.deepEqual([again.status, again.stderr], [1, `The keys cannot be written to ${folder}: EEXIST\n`]);
  assert.equal(readFileSync(join(folder, 'nats.json'), 'utf8'), written);
});
