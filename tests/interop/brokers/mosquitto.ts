// Debian's Mosquitto with the files of web/server/brokers/mosquitto and our plugin.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { start, type Running } from '../../e2e/harness/processes.ts';
import { freePort, sdkAppID, settings, temporaryFolder, userSigOf, type Broker } from './broker.ts';
import { shipped } from './shipped.ts';

const plugin = fileURLToPath(new URL('../../../build/native/trtc_usersig.so', import.meta.url));

export interface Mosquitto extends Broker {
  /** Of its listener without WebSockets. */
  readonly plainUrl: string;
  /** SIGHUP, with another settings file; `says` is the line of the log that follows. */
  reload(settings: unknown, says: RegExp): Promise<void>;
}

export async function mosquitto(): Promise<Mosquitto> {
  const folder = temporaryFolder('mosquitto');
  const [plain, websockets] = [await freePort(), await freePort()];
  const [configuration, file] = [join(folder.path, 'mosquitto.conf'), join(folder.path, 'server.json')];
  writeFileSync(file, JSON.stringify(settings), { mode: 0o600 });
  shipped('mosquitto/mosquitto.conf', configuration, {
    'listener 1883 127.0.0.1': `${process.getuid?.() === 0 ? 'user root\n' : ''}listener ${plain} 127.0.0.1`,
    'listener 8083': `listener ${websockets}`,
    '/usr/local/lib/trtc_usersig.so': plugin,
    '/etc/mosquitto/trtc-calling.json': file,
  });
  let running: Running;
  const node = {
    url: `ws://127.0.0.1:${websockets}/mqtt`,
    pid: () => running.child.pid,
    kill: () => running.end('SIGKILL'),
    async start() {
      // Outside the PATH of ordinary users.
      running = start(process.env['MOSQUITTO'] ?? '/usr/sbin/mosquitto', ['-c', configuration]);
      await running.line(/mosquitto version .* running/);
    },
  };
  await node.start();
  return {
    ...node,
    name: 'Mosquitto',
    plainUrl: `mqtt://127.0.0.1:${plain}`,
    sdkAppID,
    nodes: [node],
    async reload(changed, says) {
      writeFileSync(file, JSON.stringify(changed));
      running.child.kill('SIGHUP');
      await running.line(says);
    },
    userSig: async (userID, wanted) => userSigOf(userID, wanted),
    async stop() {
      await running.end('SIGTERM');
      folder.remove();
    },
  };
}
