// Debian's coturn for one machine and one run: a secret of its own, a configuration that only this user can read.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where others reach this machine; browsers ignore loopback for ICE. Undefined without a network. */
export function ownAddress() {
  return Object.values(networkInterfaces()).flat().find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}

/** The same settings as web/server/deploy/turnserver.conf, for plain UDP and TCP on one address. */
export function configuration({ address, port, secret, realm = 'trtc-calling' }) {
  return [
    'use-auth-secret', `static-auth-secret=${secret}`, `realm=${realm}`, 'fingerprint', 'stale-nonce=600',
    `listening-ip=${address}`, `relay-ip=${address}`, `listening-port=${port}`, 'min-port=49152', 'max-port=65535',
    'no-cli', 'no-tls', 'no-dtls', 'no-multicast-peers', 'user-quota=12', 'total-quota=1200', 'log-file=stdout', 'simple-log', 'verbose',
  ].map((line) => `${line}\n`).join('');
}

/**
 * Starts coturn and resolves when it listens.
 *
 * @param {{address: string, port?: number, secret?: string, prefix?: string[]}} options `prefix`: a command to start it
 *   through, like `ip netns exec NAME`
 * @returns {Promise<{urls: string[], secret: string, stop(): Promise<void>}>}
 */
export async function startTurn({ address, port = 3478, secret = randomBytes(24).toString('hex'), prefix = [] }) {
  const folder = mkdtempSync(join(tmpdir(), 'trtc-turn-'));
  const file = join(folder, 'turnserver.conf');
  writeFileSync(file, `${configuration({ address, port, secret })}pidfile=${join(folder, 'pid')}\nuserdb=${join(folder, 'db')}\n`, { mode: 0o600 });
  // Line by line: into a pipe coturn would say that it listens when it ends.
  const [program, ...args] = [...prefix, 'stdbuf', '-oL', 'turnserver', '-c', file];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise((resolve) => {
    child.once('error', resolve);
    child.once('exit', resolve);
  });
  const stop = async () => {
    kill();
    await ended;
    process.off('exit', kill);
    rmSync(folder, { recursive: true, force: true });
  };
  let output = '';
  const listens = new Promise((resolve) => {
    // It tries for ever to bind an address that is taken or not ours.
    setTimeout(() => resolve(false), 10_000).unref();
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output = `${output}${chunk}`.slice(-20_000);
        if (/cannot bind|bind: /i.test(output)) resolve(false);
        if (/UDP listener opened on/.test(output) && /TCP listener opened on/.test(output)) resolve(true);
      });
    }
  });
  if (await Promise.race([listens, ended.then(() => false)])) {
    const place = `${address}:${port}`;
    return { urls: [`turn:${place}`, `turn:${place}?transport=tcp`], secret, stop };
  }
  await stop();
  throw new Error(`coturn cannot start on ${address}:${port}\n${output}`);
}
