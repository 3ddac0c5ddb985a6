// The trap of the library's defaults, and the way out of it, side by side: one reader that froze, and 150 who write to it.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Aedes } from 'aedes';
import type { IPublishPacket } from 'mqtt-packet';
import type { WebSocket } from 'ws';
import { SocketStream } from '../src/broker/socket-stream.js';
import { connectPacket, FakeSocket, gatewayWithoutNetwork } from './fake-socket.js';
import { TestClock, account } from './helpers.js';

const inbox = (to: string, from: string) => `trtc/v1/in/${account(to)}/${account(from)}`;
const big = Buffer.alloc(65_536, 'x');
const writers = 150;

interface World {
  readonly clock: TestClock;
  open(): FakeSocket;
}

async function signIn({ open, clock }: World, userID: string): Promise<FakeSocket> {
  const socket = open();
  socket.receive(connectPacket({ userID }, clock));
  await socket.next('connack');
  await socket.subscribe(`trtc/v1/in/${account(userID)}/+`);
  return socket;
}

/** Two talk to each other while everybody writes to the frozen one. The answer: how many of their messages arrived. */
async function talkWhileFrozen(world: World): Promise<{ arrived: number; thaw(): void; carol: FakeSocket }> {
  const [frozen, bob, carol] = [await signIn(world, 'frozen'), await signIn(world, 'bob'), await signIn(world, 'carol')];
  const senders = await Promise.all(Array.from({ length: writers }, (_, i) => signIn(world, `sender${i}`)));
  frozen.isFrozen = true;
  for (const [i, sender] of senders.entries()) sender.publish(inbox('frozen', `sender${i}`), big);
  for (let i = 0; i < 20; i += 1) bob.publish(inbox('carol', 'bob'), `probe ${i}`);
  // Pings take the same way but for the delivery; after so many of them everything that can arrive has arrived.
  for (let i = 0; i < 50; i += 1) {
    carol.receive({ cmd: 'pingreq' });
    await carol.next('pingresp');
  }
  const arrived = carol.sent.filter(({ cmd }) => cmd === 'publish').length;
  return { arrived, carol, thaw: () => frozen.thaw() };
}

async function defaultAedes(t: TestContext): Promise<World> {
  const broker = await Aedes.createBroker();
  t.after(() => new Promise<void>((resolve) => broker.close(resolve)));
  return {
    clock: new TestClock(),
    open() {
      const socket = new FakeSocket();
      // With the library's own buffer size for streams.
      broker.handle(new SocketStream(socket as unknown as WebSocket, () => undefined, 16_384));
      return socket;
    },
  };
}

test('with the default settings of Aedes one frozen reader stops everybody', { timeout: 20_000 }, async (t) => {
  const { arrived, carol, thaw } = await talkWhileFrozen(await defaultAedes(t));
  assert.equal(arrived, 0);
  // It was the frozen one: as soon as it reads on, the messages move.
  thaw();
  const first = (await carol.next('publish')) as IPublishPacket;
  assert.equal(first.payload.toString(), 'probe 0');
});

test('with ours everybody else goes on', { timeout: 20_000 }, async (t) => {
  const clock = new TestClock();
  const { open } = await gatewayWithoutNetwork(t, { pingSeconds: 3600, drainSeconds: 3600 }, clock);
  const { arrived } = await talkWhileFrozen({ clock, open });
  assert.equal(arrived, 20);
});
