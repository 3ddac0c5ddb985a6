// A cluster of three RabbitMQ nodes, two native clients of the core, and a node that dies: the client finds another one, and
// the ring or the call goes on.
import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { Bot } from '../../interop/bots.ts';
import type { Broker, Node } from '../../interop/brokers/broker.ts';
import { rabbitmq } from '../../interop/brokers/rabbitmq.ts';

let cluster: Broker;
let users = 0;

before(async () => {
  cluster = await rabbitmq(3);
});
after(() => cluster.stop());

async function bot(t: TestContext, userID: string, nodes: readonly Node[], more: string[]): Promise<Bot> {
  const servers = nodes.map(({ url }) => `--server=${url}`);
  const env = { BOT_USER_SIG: await cluster.userSig(userID) };
  const one = new Bot([...servers, '--app', String(cluster.sdkAppID), '--user', userID, ...more], env);
  t.after(() => one.end('SIGKILL'));
  return one;
}

/** Where the bot's latest connection leads. */
function nodeOf(one: Bot): Node {
  const url = one.lines.filter(({ type }) => type === 'Connecting').at(-1)?.['url'];
  return cluster.nodes.find((node) => node.url === url) as Node;
}

/** A callee that knows all nodes, and a caller that knows those on which the callee is not. */
async function pair(t: TestContext, waiting: string[], calling: string[]): Promise<[Bot, Bot]> {
  users += 1;
  const bob = await bot(t, `bob_${users}`, cluster.nodes, waiting);
  await bob.line('Ready');
  const others = cluster.nodes.filter((node) => node !== nodeOf(bob));
  const alice = await bot(t, `alice_${users}`, others, ['--call', `bob_${users}`, ...calling]);
  return [alice, bob];
}

/** The bot has lost its node and is at another one. */
async function moved(one: Bot, lost: Node): Promise<void> {
  await one.line('SignalingChanged', { connected: false });
  await one.line('SignalingChanged', { connected: true }, 20_000);
  assert.notEqual(nodeOf(one), lost);
}

test('the node of the callee dies while it rings: it rings on, and the call takes place', async (t) => {
  const [alice, bob] = await pair(t, ['--ring', '6'], []);
  await bob.line('Invited', {}, 20_000);
  const lost = nodeOf(bob);
  await lost.kill();
  await moved(bob, lost);
  assert.deepEqual([await alice.status(), await bob.status()], [0, 0], `${alice.output}\n${bob.output}`);
  await lost.start();
});

test('the node of the caller dies while it rings: the call takes place', async (t) => {
  const [alice, bob] = await pair(t, ['--ring', '6'], []);
  await bob.line('Invited', {}, 20_000);
  const lost = nodeOf(alice);
  await lost.kill();
  await moved(alice, lost);
  assert.deepEqual([await alice.status(), await bob.status()], [0, 0], `${alice.output}\n${bob.output}`);
  await lost.start();
});

test('the node of the caller dies during the call: the call goes on, and its goodbye is heard', async (t) => {
  const [alice, bob] = await pair(t, [], ['--talk', '6']);
  await bob.line('CallBegan', {}, 20_000);
  const lost = nodeOf(alice);
  await lost.kill();
  await moved(alice, lost);
  assert.ok(!bob.lines.some(({ type }) => type === 'CallEnded'), bob.output);
  assert.deepEqual([await alice.status(), await bob.status()], [0, 0], `${alice.output}\n${bob.output}`);
  await lost.start();
});
