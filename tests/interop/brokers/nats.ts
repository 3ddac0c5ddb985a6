// Debian's nats-server with the files of web/server/brokers/nats. Its clients swap their UserSig for a token first.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { start, type Running } from '../../e2e/harness/processes.ts';
import { authService } from './auth-service.ts';
import { freePort, sdkAppID, settings, temporaryFolder, userSigOf, type Broker, type Wanted } from './broker.ts';
import { programOf, shipped } from './shipped.ts';

export async function nats(): Promise<Broker> {
  const folder = temporaryFolder('nats');
  execFileSync(process.execPath, [programOf('nats-keys'), join(folder.path, 'nats'), ...Object.keys(settings.apps)]);
  const service = await authService(folder.path, JSON.parse(readFileSync(join(folder.path, 'nats', 'nats.json'), 'utf8')));
  const [port, plain, native] = [await freePort(), await freePort(), await freePort()];
  const configuration = join(folder.path, 'nats-server.conf');
  shipped('nats/nats-server.conf', configuration, {
    ':8083': `:${port}`,
    ':1883': `:${plain}`,
    ':4222': `:${native}`,
    '/var/lib/nats': join(folder.path, 'store'),
  });
  let running: Running;
  const node = {
    url: `ws://127.0.0.1:${port}/mqtt`,
    kill: () => running.end('SIGKILL'),
    async start() {
      running = start('/usr/sbin/nats-server', ['-c', configuration]);
      await running.line(/Server is ready/);
    },
  };
  await node.start();
  return {
    ...node,
    name: 'NATS',
    sdkAppID,
    nodes: [node],
    userSig: (userID, wanted) => swapped(service.origin, userSigOf(userID, wanted), wanted),
    async stop() {
      await running.end('SIGTERM');
      await service.stop();
      folder.remove();
    },
  };
}

/** Where the swap is refused there is no token: what is left to try is the UserSig itself. */
async function swapped(origin: string, userSig: string, { kind = 'genuine' }: Wanted = {}): Promise<string> {
  const answer = await fetch(`${origin}/v1/nats`, { headers: { Authorization: `Bearer ${userSig}` } });
  if (answer.ok !== (kind === 'genuine')) throw new Error(`swapping a ${kind} UserSig: ${answer.status}`);
  return answer.ok ? ((await answer.json()) as { userSig: string }).userSig : userSig;
}
