// Two brokers that this project did not write, as the engine meets them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, type Running } from '../e2e/harness/processes.ts';
import { Server } from '../e2e/harness/server.ts';

export interface Broker {
  readonly url: string;
  readonly sdkAppID: number;
  userSig(userID: string): Promise<string>;
  /** As a crash. */
  kill(): Promise<void>;
  /** Again, at the same address. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Aedes, inside our server. */
export async function aedes(): Promise<Broker> {
  const server = await Server.start();
  const { sdkAppID } = await server.userSig('anybody');
  return {
    sdkAppID,
    get url() {
      return `${server.url.replace('http', 'ws')}mqtt`;
    },
    userSig: async (userID) => (await server.userSig(userID)).userSig,
    kill: () => server.kill(),
    start: () => server.start(),
    stop: () => server.stop(),
  };
}

/** Debian's Mosquitto with the topic rules in its own access list. It believes every password: it cannot read a UserSig. */
export async function mosquitto(): Promise<Broker> {
  const folder = mkdtempSync(join(tmpdir(), 'trtc-mosquitto-'));
  const [plain, websockets] = [await freePort(), await freePort()];
  const rules = join(folder, 'acl');
  const settings = join(folder, 'mosquitto.conf');
  writeFileSync(
    rules,
    ['read trtc/v1/in/%u/+', 'write trtc/v1/in/+/%u', 'write trtc/v1/on/%u', 'read trtc/v1/on/+'].map((rule) => `pattern ${rule}\n`).join(''),
  );
  const lines = [
    // With nothing but WebSockets, 2.0.11 refuses to start.
    `listener ${plain} 127.0.0.1`,
    `listener ${websockets} 127.0.0.1`,
    'protocol websockets',
    'allow_anonymous true',
    `acl_file ${rules}`,
    'persistence false',
    'log_dest stderr',
    ...(process.getuid?.() === 0 ? ['user root'] : []),
  ];
  writeFileSync(settings, `${lines.join('\n')}\n`);

  let running: Running;
  const broker: Broker = {
    url: `ws://127.0.0.1:${websockets}/mqtt`,
    sdkAppID: 1400000000,
    userSig: async () => 'not read',
    kill: () => running.end('SIGKILL'),
    async start() {
      // Outside the PATH of ordinary users.
      running = start(process.env['MOSQUITTO'] ?? '/usr/sbin/mosquitto', ['-c', settings]);
      await running.line(/mosquitto version .* running/);
    },
    async stop() {
      await running.end('SIGTERM');
      rmSync(folder, { recursive: true });
    },
  };
  await broker.start();
  return broker;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
