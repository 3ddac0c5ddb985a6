import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { SettingsError, startServer, type RunningServer } from '../src/index.js';
import { TestClock, account, app, credentials, key, otherApp, serve, type Person } from './helpers.js';

const turnUrls = ['turn:turn.example.com:3478', 'turns:turn.example.com:5349?transport=tcp'];
const turnSecret = 'a secret of sixteen and more';
const turn = { turnUrls, turnSecret };
const stun = { urls: 'stun:stun.example.com' };

const bearer = (person: Person = {}) => ({ Authorization: `Bearer ${credentials(person).password}` });
const ask = (server: RunningServer, headers: Record<string, string> = bearer(), init: RequestInit = {}) => fetch(`${server.origin}/v1/ice`, { headers, ...init });
const passwordOf = (username: string) => createHmac('sha1', turnSecret).update(username).digest('base64');

test('who is signed in gets TURN credentials for an hour, which coturn can check', async (t) => {
  const clock = new TestClock();
  const server = await serve(t, { ...turn, iceServers: [stun] }, { clock });
  const response = await ask(server, bearer({ userID: 'Alice', time: clock.seconds }));
  assert.deepEqual([response.status, response.headers.get('cache-control'), response.headers.get('content-type')], [200, 'no-store', 'application/json; charset=utf-8']);
  const username = `${clock.seconds + 3600}:${account('Alice')}`;
  assert.deepEqual(await response.json(), { iceServers: [stun, { urls: turnUrls, username, credential: passwordOf(username) }], ttl: 3600 });
});

test('without a TURN server there is only what the settings list', async (t) => {
  assert.deepEqual(await (await ask(await serve(t, { iceServers: [stun], turnSeconds: 600 }))).json(), { iceServers: [stun], ttl: 600 });
});

test('without a genuine UserSig there is nothing', async (t) => {
  const server = await serve(t, turn);
  const { password } = credentials();
  for (const authorization of [undefined, '', password, `Basic ${password}`, 'Bearer x', `Bearer x${password}`, `Bearer ${'A'.repeat(5000)}`]) {
    const response = await ask(server, authorization === undefined ? {} : { Authorization: authorization });
    assert.deepEqual([response.status, response.headers.get('www-authenticate')], [401, 'Bearer'], authorization);
    assert.ok(!(await response.text()).includes('turn'));
  }
  for (const person of [{ key: 'wrong'.repeat(10) }, { sdkAppID: 7 }, { expire: 1, time: 1 }, { userID: 'a b' }]) assert.equal((await ask(server, bearer(person))).status, 401, JSON.stringify(person));
  assert.equal((await ask(server, bearer({ sdkAppID: otherApp }))).status, 200);
});

test('guessing UserSigs here and at the broker uses one allowance', async (t) => {
  const clock = new TestClock();
  const server = await serve(t, { ...turn, failedLoginBurst: 2, failedLoginsPerMinute: 6 }, { clock });
  const genuine = bearer({ time: clock.seconds });
  for (let i = 0; i < 2; i += 1) assert.equal((await ask(server, {})).status, 401);
  const response = await ask(server, genuine);
  assert.deepEqual([response.status, response.headers.get('retry-after')], [429, '10']);
  clock.advance(10_000);
  assert.equal((await ask(server, genuine)).status, 200);
});

test('an account may ask only so often, which costs others nothing', async (t) => {
  const clock = new TestClock();
  const server = await serve(t, { ...turn, iceRequestsPerMinute: 2 }, { clock });
  const [alice, bob] = [bearer({ time: clock.seconds }), bearer({ userID: 'bob', time: clock.seconds })];
  for (let i = 0; i < 2; i += 1) assert.equal((await ask(server, alice)).status, 200);
  const response = await ask(server, alice);
  assert.deepEqual([response.status, response.headers.get('retry-after')], [429, '30']);
  assert.equal((await ask(server, bob)).status, 200);
});

test('pages of listed origins may ask, others may not', async (t) => {
  const server = await serve(t, { ...turn, allowedOrigins: ['https://app.example.com'] });
  const Origin = 'https://app.example.com';
  const preflight = await ask(server, { Origin, 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'authorization' }, { method: 'OPTIONS' });
  assert.equal(preflight.status, 204);
  assert.deepEqual(['origin', 'methods', 'headers'].map((name) => preflight.headers.get(`access-control-allow-${name}`)), [Origin, 'GET', 'Authorization']);
  const response = await ask(server, { ...bearer(), Origin });
  assert.deepEqual([response.status, response.headers.get('access-control-allow-origin'), response.headers.get('vary')], [200, Origin, 'Origin']);
  for (const method of ['GET', 'OPTIONS']) {
    const foreign = await ask(server, { ...bearer(), Origin: 'https://evil.example' }, { method });
    assert.deepEqual([foreign.status, foreign.headers.get('access-control-allow-origin')], [403, null]);
  }
});

test('no secret and no credential is logged', async (t) => {
  const server = await serve(t, turn);
  const { iceServers } = (await (await ask(server)).json()) as { iceServers: { credential: string }[] };
  await ask(server, {});
  const log = JSON.stringify(server.lines);
  assert.ok(log.includes('ICE servers refused'));
  for (const secret of [turnSecret, iceServers[0]!.credential, credentials().password]) assert.ok(!log.includes(secret));
});

test('a TURN server without a proper secret is refused at the start', async () => {
  const start = (settings: object) => startServer({ port: 0, apps: { [app]: key }, logLevel: 'silent', ...settings });
  await assert.rejects(start({ turnUrls }), (error) => error instanceof SettingsError && error.setting === 'turnSecret');
  await assert.rejects(start({ turnUrls, turnSecret: 'short' }), (error) => error instanceof SettingsError && !error.message.includes('"short"'));
  await assert.rejects(start({ turnUrls: ['stun:x'], turnSecret }), (error) => error instanceof SettingsError && error.setting === 'turnUrls');
});
