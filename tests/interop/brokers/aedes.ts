// Aedes, inside our server.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { start, type Running } from '../../e2e/harness/processes.ts';
import { freePort, sdkAppID, settings, temporaryFolder, userSigOf, type Broker } from './broker.ts';
import { programOf } from './shipped.ts';

/** @param more settings beside those that the tests need */
export async function aedes(more: Readonly<Record<string, unknown>> = {}): Promise<Broker> {
  const folder = temporaryFolder('aedes');
  const file = join(folder.path, 'server.json');
  const port = await freePort();
  writeFileSync(file, JSON.stringify({ ...settings, port, ...more }), { mode: 0o600 });
  let running: Running;
  const node = {
    url: `ws://127.0.0.1:${port}/mqtt`,
    pid: () => running.child.pid,
    kill: () => running.end('SIGKILL'),
    async start() {
      running = start(process.execPath, [programOf('main'), `--config=${file}`]);
      await running.line(/"event":"listening"/);
    },
  };
  await node.start();
  return {
    ...node,
    name: 'Aedes',
    sdkAppID,
    nodes: [node],
    userSig: async (userID, wanted) => userSigOf(userID, wanted),
    async stop() {
      await running.end('SIGTERM');
      folder.remove();
    },
  };
}
