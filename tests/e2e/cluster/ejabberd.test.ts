// A cluster of two ejabberd nodes, a page on each, and a node that dies: the page finds the other one, and the ring or the
// call goes on.
import assert from 'node:assert/strict';
import { after, test, type TestContext } from 'node:test';
import type { Broker, Node } from '../../interop/brokers/broker.ts';
import { ejabberd } from '../../interop/brokers/ejabberd.ts';
import { connect, expectEnd, expectMedia, Stage } from '../harness/stage.ts';
import type { Participant } from '../harness/participant.ts';

/** Found and logged in at the other node; most of it is the pause and ejabberd's check of the UserSig. */
const RETURN = 15_000;

let cluster: Broker;
const stage = Stage.open(async () => {
  cluster = await ejabberd(2);
  // For the policy of the page.
  return [`--mqtt-servers=${cluster.nodes.map(({ url }) => url).join(',')}`];
});
after(() => cluster.stop());

interface Seat {
  user: Participant;
  /** Where its latest WebSocket leads. */
  node(): Node;
}

/** A page that knows both nodes and has chosen one by chance. */
async function sit(t: TestContext, name: string): Promise<Seat> {
  const servers = cluster.nodes.map(({ url }) => url);
  const user = await stage.join(t, name, { offline: true, sdk: { SDKAppID: cluster.sdkAppID, server: servers, iceServers: [] } });
  let latest = '';
  const session = await user.page.createCDPSession();
  await session.send('Network.enable');
  session.on('Network.webSocketCreated', ({ url }) => {
    latest = url;
  });
  await user.login(await cluster.userSig(user.userID));
  await user.expectEvents(['SDK_READY']);
  return { user, node: () => cluster.nodes.find(({ url }) => url === latest) as Node };
}

/** Two pages on different nodes: who has chosen the same one as the other leaves, and another comes. */
async function apart(t: TestContext): Promise<[Seat, Seat]> {
  const alice = await sit(t, 'alice');
  for (;;) {
    const bob = await sit(t, 'bob');
    if (bob.node() !== alice.node()) return [alice, bob];
    await bob.user.close();
  }
}

/** The node dies as if its machine's power had gone, and the page finds the other one. */
async function lose({ user, node }: Seat): Promise<Node> {
  const lost = node();
  await lost.kill();
  await user.waitFor('CONNECTION_STATE_CHANGED', { state: 'reconnecting' });
  await user.waitFor('CONNECTION_STATE_CHANGED', { state: 'connected' }, RETURN);
  assert.notEqual(node(), lost, 'another node');
  return lost;
}

test('the node of the callee dies while it rings: it rings on, and the call is accepted', async (t) => {
  const [alice, bob] = await apart(t);
  await alice.user.call(bob.user);
  await bob.user.expectEvents(['INVITED']);
  const lost = await lose(bob);
  await bob.user.accept();
  await alice.user.expectEvents([['USER_ACCEPT', { userID: bob.user.userID }], ['USER_ENTER', { userID: bob.user.userID }]]);
  await bob.user.expectEvents([['USER_ENTER', { userID: alice.user.userID }]]);
  await Promise.all([alice.user.show(bob.user), bob.user.show(alice.user)]);
  await expectMedia(alice.user, bob.user);
  await bob.user.hangup();
  await alice.user.waitFor('CALLING_END');
  await lost.start();
});

test('the node of the caller dies while it rings: the acceptance finds the caller at the other one', async (t) => {
  const [alice, bob] = await apart(t);
  await alice.user.call(bob.user);
  await bob.user.expectEvents(['INVITED']);
  const lost = alice.node();
  await lost.kill();
  await bob.user.accept();
  await alice.user.waitFor('USER_ENTER', { userID: bob.user.userID }, RETURN);
  await Promise.all([alice.user.show(bob.user), bob.user.show(alice.user)]);
  await expectMedia(alice.user, bob.user);
  await alice.user.hangup();
  await bob.user.waitFor('CALLING_END');
  await lost.start();
});

test('a node dies during a video call: nothing of it is lost, and both hear what is said meanwhile', async (t) => {
  const [alice, bob] = await apart(t);
  await connect(alice.user, bob.user);
  await expectMedia(alice.user, bob.user);
  const lost = alice.node();
  await lost.kill();
  await alice.user.waitFor('CONNECTION_STATE_CHANGED', { state: 'reconnecting' });
  // Said into a connection that is not there.
  await alice.user.invoke('closeCamera');
  await bob.user.waitFor('USER_VIDEO_AVAILABLE', { userID: alice.user.userID, isVideoAvailable: false }, RETURN);
  await alice.user.waitFor('CONNECTION_STATE_CHANGED', { state: 'connected' }, RETURN);
  assert.notEqual(alice.node(), lost);
  await alice.user.invoke('openCamera');
  await bob.user.waitFor('USER_VIDEO_AVAILABLE', { userID: alice.user.userID, isVideoAvailable: true });
  await expectMedia(alice.user, bob.user);
  await alice.user.hangup();
  await expectEnd(alice.user, bob.user);
  await lost.start();
});
