import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { SettingsInput } from '../src/index.js';
import { app, serve, type TestServer } from './helpers.js';

const csp = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** `fetch` would tidy the path up before sending it. */
function get(server: TestServer, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port: server.port, path, headers, method, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks).toString() }));
    });
    request.on('error', reject);
    request.end();
  });
}

async function site(t: TestContext, settings: SettingsInput = {}): Promise<TestServer> {
  const root = mkdtempSync(join(tmpdir(), 'trtc-http-'));
  t.after(() => rmSync(root, { recursive: true }));
  const [demoDir, sdkDir] = [join(root, 'demo'), join(root, 'sdk')];
  mkdirSync(join(demoDir, 'sub'), { recursive: true });
  mkdirSync(sdkDir);
  writeFileSync(join(root, 'secret.txt'), 'secret');
  writeFileSync(join(demoDir, 'index.html'), '<!doctype html><title>demo</title>');
  writeFileSync(join(demoDir, 'sub', 'index.html'), 'sub');
  writeFileSync(join(demoDir, '.env'), 'secret');
  writeFileSync(join(demoDir, 'a b.css'), 'p{}');
  writeFileSync(join(demoDir, 'empty.js'), '');
  writeFileSync(join(sdkDir, 'core.wasm'), Buffer.from([0, 0x61, 0x73, 0x6d]));
  writeFileSync(join(sdkDir, 'trtc-calling.js'), 'x');
  symlinkSync(join(root, 'secret.txt'), join(demoDir, 'link.txt'));
  return serve(t, { demoDir, sdkDir, ...settings });
}

test('the demo is served at / with a strict content security policy', async (t) => {
  const { status, headers, body } = await get(await site(t), '/?user=alice');
  assert.deepEqual([status, body], [200, '<!doctype html><title>demo</title>']);
  assert.equal(headers['content-type'], 'text/html; charset=utf-8');
  assert.equal(headers['content-security-policy'], csp);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['referrer-policy'], 'no-referrer');
});

test('the page keeps its camera, microphone and screen', async (t) => {
  const { headers } = await get(await site(t), '/');
  assert.match(String(headers['permissions-policy']), /camera=\(self\), microphone=\(self\), display-capture=\(self\)/);
  assert.equal(headers['cross-origin-embedder-policy'], undefined);
});

test('the SDK is served at /sdk/ with types that browsers insist on', async (t) => {
  const server = await site(t);
  const wasm = await get(server, '/sdk/core.wasm');
  assert.deepEqual([wasm.status, wasm.headers['content-type'], wasm.headers['content-length']], [200, 'application/wasm', '4']);
  assert.equal((await get(server, '/sdk/trtc-calling.js')).headers['content-type'], 'text/javascript; charset=utf-8');
});

test('directories, spaces and empty files are served', async (t) => {
  const server = await site(t);
  assert.equal((await get(server, '/sub/')).body, 'sub');
  assert.equal((await get(server, '/a%20b.css')).body, 'p{}');
  assert.deepEqual((({ status, body }) => [status, body])(await get(server, '/empty.js')), [200, '']);
});

test('files are revalidated by ETag', async (t) => {
  const server = await site(t);
  const { headers } = await get(server, '/');
  assert.equal(headers['cache-control'], 'no-cache');
  const again = await get(server, '/', { 'If-None-Match': String(headers.etag) });
  assert.deepEqual([again.status, again.body], [304, '']);
  assert.equal((await get(server, '/', { 'If-None-Match': 'W/"other"' })).status, 200);
});

test('HEAD answers without the body, other methods are refused', async (t) => {
  const server = await site(t);
  const head = await get(server, '/', {}, 'HEAD');
  assert.deepEqual([head.status, head.body, head.headers['content-length']], [200, '', '34']);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    const { status, headers } = await get(server, '/', {}, method);
    assert.deepEqual([status, headers.allow], [405, 'GET, HEAD'], method);
  }
});

test('nothing outside the two directories is served', async (t) => {
  const server = await site(t);
  const paths = [
    '/../secret.txt', '/sub/../../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/%2e%2e%2fsecret.txt', '/..%5csecret.txt', '/..\\secret.txt', '/sdk/../../secret.txt',
    '/sdk/%2e%2e/%2e%2e/secret.txt', '/sdk/../demo/index.html', '/.env', '/link.txt', '//secret.txt', '/%00', '/index.html%00.css', '/sub', '/missing', '/C:/x', '/./index.html', '/index.html/',
  ];
  for (const path of paths) {
    const { status, body } = await get(server, path);
    assert.equal(status, 404, path);
    assert.ok(!body.includes('secret'));
  }
});

test('requests that make no sense get 400', async (t) => {
  const server = await site(t);
  for (const path of ['/%', '/%ff', 'http://elsewhere/', '*']) assert.equal((await get(server, path)).status, 400, path);
});

test('a missing SDK build is a 404, not a failure', async (t) => {
  const server = await site(t, { sdkDir: '/nowhere' });
  assert.equal((await get(server, '/sdk/trtc-calling.js')).status, 404);
});

test('/config.json tells the demo what it needs, and no key', async (t) => {
  const iceServers = [{ urls: 'stun:stun.example.com' }];
  const { headers, body } = await get(await site(t, { iceServers }), '/config.json');
  assert.equal(headers['content-type'], 'application/json; charset=utf-8');
  assert.deepEqual(JSON.parse(body), { sdkAppID: app, devMode: false, iceServers });
});

test('/healthz answers while the server serves', async (t) => {
  const { status, body } = await get(await site(t), '/healthz');
  assert.deepEqual([status, JSON.parse(body)], [200, { status: 'ok', connections: 0, signedIn: 0 }]);
});

test('/mqtt without an upgrade explains itself', async (t) => {
  const { status, headers } = await get(await site(t), '/mqtt');
  assert.deepEqual([status, headers.upgrade], [426, 'websocket']);
});

test('/dev/usersig does not exist outside development mode', async (t) => {
  assert.equal((await get(await site(t), '/dev/usersig?userID=alice')).status, 404);
});

test('in development mode, /dev/usersig signs for anybody', async (t) => {
  const server = await site(t, { devMode: true });
  const { status, headers, body } = await get(server, '/dev/usersig?userID=Alice-1');
  assert.deepEqual([status, headers['cache-control']], [200, 'no-store']);
  const answer = JSON.parse(body) as Record<string, unknown>;
  assert.deepEqual({ ...answer, userSig: typeof answer['userSig'] }, { sdkAppID: app, userID: 'Alice-1', userSig: 'string', expire: 86_400 });
  assert.equal((JSON.parse((await get(server, '/dev/usersig?userID=a&expire=5')).body) as { expire: number }).expire, 5);
});

test('bad parameters of /dev/usersig get 400 and the rule', async (t) => {
  const server = await site(t, { devMode: true });
  for (const query of ['', '?userID=', '?userID=a%20b', `?userID=${'a'.repeat(33)}`, '?userID=a&expire=x', '?userID=a&expire=99999999999', '?userID=a&sdkAppID=5']) {
    const { status, body } = await get(server, `/dev/usersig${query}`);
    assert.equal(status, 400, query);
    assert.match(body, /userID must be/);
  }
});

test('in development mode a Host that is not loopback is refused everywhere (DNS rebinding)', async (t) => {
  const server = await site(t, { devMode: true });
  for (const host of ['evil.example', `evil.example:${server.port}`, 'localhost.evil.example', 'a@localhost']) {
    for (const path of ['/dev/usersig?userID=alice', '/', '/config.json']) assert.equal((await get(server, path, { Host: host })).status, 403, `${host} ${path}`);
    const upgrade = await get(server, '/mqtt', { Host: host, Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Protocol': 'mqtt', Origin: `http://${host}` });
    assert.equal(upgrade.status, 403, `${host} upgrade`);
  }
  for (const host of ['localhost', `127.0.0.1:${server.port}`, '[::1]:1']) assert.equal((await get(server, '/', { Host: host })).status, 200, host);
});

test('headers beyond 8 KiB are refused', async (t) => {
  assert.equal((await get(await site(t), '/', { 'X-Big': 'x'.repeat(9000) })).status, 431);
});
