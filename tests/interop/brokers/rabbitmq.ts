// Debian's RabbitMQ, one node or a cluster, with the files of web/server/brokers/rabbitmq.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { start, type Running } from '../../e2e/harness/processes.ts';
import { authService } from './auth-service.ts';
import { freePort, sdkAppID, userSigOf, type Broker, type Node } from './broker.ts';
import { erlangWorld, type ErlangWorld } from './erlang.ts';
import { shipped } from './shipped.ts';

interface RabbitNode extends Node {
  end(): Promise<void>;
}

/** @param size nodes: 1, or 3 so that one may be missing */
export async function rabbitmq(size: 1 | 3 = 1): Promise<Broker> {
  const world = await erlangWorld('rabbitmq');
  const service = await authService(world.folder.path);
  const names = Array.from({ length: size }, (_, i) => `rabbit${i + 1}@localhost`);
  const nodes = await Promise.all(names.map((name) => rabbitNode(world, name, names, service.origin)));
  await Promise.all(nodes.map((node) => node.start()));
  const [first] = nodes as [RabbitNode];
  return {
    name: 'RabbitMQ',
    sdkAppID,
    nodes,
    url: first.url,
    userSig: async (userID, wanted) => userSigOf(userID, wanted),
    kill: () => first.kill(),
    start: () => first.start(),
    async stop() {
      await Promise.all(nodes.map((node) => node.end()));
      await service.stop();
      await world.end();
    },
  };
}

async function rabbitNode(world: ErlangWorld, name: string, names: readonly string[], service: string): Promise<RabbitNode> {
  const folder = join(world.folder.path, name);
  mkdirSync(folder);
  const [port, distribution] = [await freePort(), await freePort()];
  shipped('rabbitmq/rabbitmq.conf', join(folder, 'rabbitmq.conf'), {
    'web_mqtt.tcp.port = 8083': `web_mqtt.tcp.port = ${port}`,
    'http://127.0.0.1:8080': service,
    // A node that is alone has nobody to look for.
    ...Object.fromEntries([1, 2, 3].map((i) => [
      `cluster_formation.classic_config.nodes.${i} = rabbit@rabbit${i}`,
      names[i - 1] ? `cluster_formation.classic_config.nodes.${i} = ${names[i - 1]}` : '',
    ])),
  });
  shipped('rabbitmq/enabled_plugins', join(folder, 'enabled_plugins'), {});
  const env = {
    ...world.env,
    RABBITMQ_NODENAME: name,
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_MNESIA_BASE: folder,
    RABBITMQ_LOG_BASE: folder,
    RABBITMQ_PID_FILE: join(folder, 'pid'),
    // The script becomes the node, instead of a shell that waits for it.
    RUNNING_UNDER_SYSTEMD: 'true',
    RABBITMQ_CONF_ENV_FILE: join(folder, 'none'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
  };
  let running: Running | undefined;
  return {
    url: `ws://127.0.0.1:${port}/mqtt`,
    async start() {
      running = start('/usr/lib/rabbitmq/bin/rabbitmq-server', [], env);
      await running.line(/completed with \d+ plugins/, 120_000);
    },
    kill: async () => running?.end('SIGKILL'),
    end: async () => running?.end('SIGKILL'),
  };
}
