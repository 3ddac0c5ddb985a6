import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { SettingsError, StartError, startServer } from '../src/index.js';
import { Probe, app, key, serve } from './helpers.js';
import { startProgram } from './program.js';

// Valid until 2126, for localhost and 127.0.0.1, signed by themselves.
const certificates = fileURLToPath(new URL('certificates', import.meta.url));
const ca = ['first', 'second'].map((name) => readFileSync(join(certificates, `${name}.crt`)));

interface Files {
  readonly tlsCert: string;
  readonly tlsKey: string;
  install(name: 'first' | 'second'): void;
}

function files(t: TestContext): Files {
  const dir = mkdtempSync(join(tmpdir(), 'trtc-tls-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const [tlsCert, tlsKey] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
  const install: Files['install'] = (name) => {
    copyFileSync(join(certificates, `${name}.crt`), tlsCert);
    copyFileSync(join(certificates, `${name}.key`), tlsKey);
  };
  install('first');
  return { tlsCert, tlsKey, install };
}

/** The name in the certificate that a new connection is shown. */
function shown(origin: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request(`${origin}/healthz`, { ca, agent: false }, (response) => {
      const name = (response.socket as TLSSocket).getPeerCertificate().subject.CN;
      response.resume().on('end', () => resolve(String(name)));
    }).on('error', reject).end();
  });
}

test('with a certificate the server speaks https and wss', async (t) => {
  const { tlsCert, tlsKey } = files(t);
  const server = await serve(t, { tlsCert, tlsKey });
  assert.match(server.url, /^wss:/);
  assert.equal(await shown(server.origin), 'first.test');
  await Probe.signIn(t, server, 'alice', { ca, origin: server.origin });
  await assert.rejects(Probe.signIn(t, server, 'alice', { ca, origin: server.origin.replace('https', 'http') }), 'a page that came in the clear is another origin');
});

test('SIGHUP takes a renewed certificate for new connections, and the old ones live on', async (t) => {
  const { tlsCert, tlsKey, install } = files(t);
  const program = await startProgram(t, { TRTC_APPS: `${app}:${key}`, TRTC_TLS_CERT: tlsCert, TRTC_TLS_KEY: tlsKey });
  const alice = await Probe.signIn(t, program, 'alice', { ca });
  install('second');
  program.child.kill('SIGHUP');
  await program.logged(({ event }) => event === 'reloaded');
  assert.equal(await shown(program.origin), 'second.test');
  await alice.roundTrip();
});

test('a certificate that cannot be used is refused at the start, and ignored later', async (t) => {
  const { tlsCert, tlsKey } = files(t);
  const server = await serve(t, { tlsCert, tlsKey });
  copyFileSync(join(certificates, 'second.key'), tlsKey);
  assert.throws(() => server.reload(), StartError);
  assert.equal(await shown(server.origin), 'first.test');
  const start = (changes: object) => startServer({ port: 0, apps: { [app]: key }, logLevel: 'silent', tlsCert, tlsKey, ...changes });
  await assert.rejects(start({}), (error) => error instanceof StartError && error.message.includes(tlsKey));
  writeFileSync(tlsCert, 'not PEM');
  await assert.rejects(start({}), StartError);
  await assert.rejects(start({ tlsKey: '/nowhere' }), (error) => error instanceof StartError && /\/nowhere.*ENOENT/.test(error.message));
  await assert.rejects(start({ tlsKey: '' }), (error) => error instanceof SettingsError && error.setting === 'tlsKey');
});
