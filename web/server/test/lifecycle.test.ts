import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { StartError, startServer } from '../src/index.js';
import { Probe, account, app, key, newSession, serve, witness } from './helpers.js';
import { main, startProgram } from './program.js';

const presence = `trtc/v1/on/${account('alice')}`;
const will = { topic: presence, payload: 'gone' };

function stateDir(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'trtc-state-'));
  t.after(() => rmSync(dir, { recursive: true }));
  return join(dir, 'state');
}

test('closing says goodbye with 1001, publishes no wills and frees the port', async (t) => {
  const server = await serve(t);
  const bob = await Probe.signIn(t, server, 'bob');
  await bob.subscribe(presence);
  const alice = await Probe.signIn(t, server, { will });
  await server.close();
  for (const probe of [alice, bob]) assert.deepEqual((({ code, reason }) => [code, reason])(await probe.closed), [1001, 'server is going away']);
  assert.ok(!bob.packets.some(({ cmd }) => cmd === 'publish'));
  await serve(t, { port: server.port });
});

test('closing does not wait for ever for a client that does not answer', async (t) => {
  const server = await serve(t, { closeSeconds: 0.05 });
  const frozen = await Probe.signIn(t, server, 'frozen');
  frozen.socket.pause();
  await server.close();
  assert.equal(server.connections(), 0);
});

test('closing twice is closing once', async (t) => {
  const server = await serve(t);
  await Promise.all([server.close(), server.close(), server.kill()]);
});

test('a killed server is back on the same port, and the same session signs in again', async (t) => {
  const first = await serve(t);
  const session = newSession();
  const alice = await Probe.signIn(t, first, { session, will });
  await first.kill();
  assert.equal((await alice.closed).code, 1006);
  const second = await serve(t, { port: first.port });
  await Probe.signIn(t, second, { session, will });
});

test('dropped sockets look like a network failure, and the server goes on', async (t) => {
  const server = await serve(t);
  const bob = await Probe.signIn(t, server, 'bob');
  await bob.subscribe(presence);
  const alice = await Probe.signIn(t, server, { will });
  server.drop({ sdkAppID: app, userID: 'alice' });
  assert.equal((await alice.closed).code, 1006);
  assert.equal((await bob.message()).text, 'gone');
});

test('a port in use is reported with the remedy', async (t) => {
  const { port } = await serve(t);
  await assert.rejects(startServer({ port, apps: { [app]: key }, logLevel: 'silent' }), (error) => error instanceof StartError && /TRTC_PORT/.test(error.message));
});

test('development mode refuses to listen where others could reach it', async (t) => {
  for (const host of ['0.0.0.0', '::', '192.0.2.1', 'example.com']) {
    await assert.rejects(startServer({ host, port: 0, stateDir: stateDir(t), logLevel: 'silent' }), { name: 'SettingsError', setting: 'host' }, host);
    await assert.rejects(startServer({ host, port: 0, devMode: true, apps: { [app]: key }, logLevel: 'silent' }), { name: 'SettingsError', setting: 'host' }, host);
  }
});

test('development mode warns, and keeps its key for the next start in a file that only this user can read', async (t) => {
  const dir = stateDir(t);
  const first = await serve(t, { apps: {}, stateDir: dir });
  assert.deepEqual([first.devMode, first.sdkAppID], [true, 1400000000]);
  assert.ok(first.lines.some(({ level, event }) => level === 'warn' && event === 'development mode'));
  assert.equal(statSync(join(dir, 'dev-key')).mode & 0o777, 0o600);
  const { userSig } = (await (await fetch(`${first.origin}/dev/usersig?userID=alice`)).json()) as { userSig: string };
  await first.close();
  const second = await serve(t, { apps: {}, stateDir: dir, port: first.port });
  await witness(t, second, { sdkAppID: 1400000000, userSig });
  assert.ok(!JSON.stringify([...first.lines, ...second.lines]).includes(readFileSync(join(dir, 'dev-key'), 'utf8').trim()));
});

test('a spoilt key file is reported with the remedy, not overwritten', async (t) => {
  const dir = stateDir(t);
  await (await serve(t, { apps: {}, stateDir: dir })).close();
  writeFileSync(join(dir, 'dev-key'), 'spoilt');
  await assert.rejects(startServer({ port: 0, stateDir: dir, logLevel: 'silent' }), (error) => error instanceof StartError && /Delete it/.test(error.message));
  assert.equal(readFileSync(join(dir, 'dev-key'), 'utf8'), 'spoilt');
});

test('a state directory that cannot be written is reported with the remedy', async () => {
  await assert.rejects(startServer({ port: 0, stateDir: '/dev/null/x', logLevel: 'silent' }), (error) => error instanceof StartError && /TRTC_STATE_DIR/.test(error.message));
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`the program logs JSON and leaves with status 0 on ${signal}, saying goodbye`, async (t) => {
    const program = await startProgram(t, { TRTC_APPS: `${app}:${key}` });
    const { child, lines } = program;
    const alice = await Probe.signIn(t, program, 'alice');
    child.kill(signal);
    const [code] = (await once(child, 'exit')) as [number];
    assert.equal(code, 0);
    assert.equal((await alice.closed).code, 1001);
    assert.deepEqual(lines.map(({ event }) => event), ['listening', 'signed in', 'signal', 'stopping', 'disconnected', 'stopped']);
  });
}

test('the program explains a bad setting in one line and leaves with status 2', async (t) => {
  const child = spawn(process.execPath, ['--import', 'tsx', main], { env: { PATH: process.env['PATH'], TRTC_PORT: 'x' }, stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  let text = '';
  child.stderr!.on('data', (chunk: Buffer) => { text += chunk.toString(); });
  const [code] = (await once(child, 'close')) as [number];
  assert.equal(code, 2);
  assert.ok(text.split('\n').includes('Setting "TRTC_PORT" cannot be "x": give a whole number from 0 to 65535'), text);
});
