// Debian's ejabberd, one node or a cluster, with the files of web/server/brokers/ejabberd.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { start, type Running } from '../../e2e/harness/processes.ts';
import { freePort, sdkAppID, settings, userSigOf, type Broker, type Node } from './broker.ts';
import { erlangWorld, onLoopback, type ErlangWorld } from './erlang.ts';
import { programOf, shipped } from './shipped.ts';

interface EjabberdNode extends Node {
  readonly erlangName: string;
  end(): Promise<void>;
}

/** @param size nodes; each knows what the others know, and a client may use any */
export async function ejabberd(size = 1): Promise<Broker> {
  const world = await erlangWorld('ejabberd');
  const file = join(world.folder.path, 'server.json');
  writeFileSync(file, JSON.stringify(settings), { mode: 0o600 });
  const nodes: EjabberdNode[] = [];
  for (let i = 1; i <= size; i += 1) {
    const node = await ejabberdNode(world, i, file);
    await node.start();
    const [first] = nodes;
    if (first) await joinCluster(world, node.erlangName, first.erlangName);
    nodes.push(node);
  }
  const [first] = nodes as [EjabberdNode];
  return {
    name: 'ejabberd',
    sdkAppID,
    nodes,
    url: first.url,
    userSig: async (userID, wanted) => userSigOf(userID, wanted),
    kill: () => first.kill(),
    start: () => first.start(),
    async stop() {
      await Promise.all(nodes.map((node) => node.end()));
      await world.end();
    },
  };
}

async function ejabberdNode(world: ErlangWorld, number: number, file: string): Promise<EjabberdNode> {
  const erlangName = `ejabberd${number}@localhost`;
  const port = await freePort();
  const folder = join(world.folder.path, erlangName);
  mkdirSync(folder);
  const own = (name: string) => join(folder, name);
  shipped('ejabberd/ejabberd.yml', own('ejabberd.yml'), {
    '8083': String(port),
    'node /usr/local/lib/trtc-calling/web/server/dist/extauth.js --config=/etc/ejabberd/trtc-calling.json': `${process.execPath} ${programOf('extauth')} --config=${file}`,
  });
  const env = { ...world.env, ERL_LIBS: libraries(), EJABBERD_CONFIG_PATH: own('ejabberd.yml'), EJABBERD_LOG_PATH: own('log') };
  const flags = ['-sname', erlangName, '-noinput', ...onLoopback, '-mnesia', 'dir', JSON.stringify(own('database')), '-s', 'ejabberd'];
  let running: Running | undefined;
  return {
    erlangName,
    url: `ws://127.0.0.1:${port}/mqtt`,
    async start() {
      running = start('erl', flags, env);
      await running.line(/ejabberd \S+ is started in the node/, 60_000);
    },
    kill: async () => running?.end('SIGKILL'),
    end: async () => running?.end('SIGKILL'),
  };
}

/** Where Debian has put it depends on the processor. */
function libraries(): string {
  return /^ERL_LIBS='(.+)'$/m.exec(readFileSync('/usr/sbin/ejabberdctl', 'utf8'))![1]!;
}

/** What `ejabberdctl join_cluster` does. */
async function joinCluster(world: ErlangWorld, node: string, member: string): Promise<void> {
  const answer = await world.evaluate(node, `ejabberd_cluster:join('${member}')`);
  if (answer !== 'ok') throw new Error(`${node} cannot join ${member}: ${answer}`);
}
