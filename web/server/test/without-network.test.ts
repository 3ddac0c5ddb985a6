import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IPublishPacket } from 'mqtt-packet';
import { connectPacket, gatewayWithoutNetwork, type FakeSocket } from './fake-socket.js';
import { CloseCode } from '../src/index.js';
import { TestClock, account } from './helpers.js';

const inbox = (to: string, from: string) => `trtc/v1/in/${account(to)}/${account(from)}`;
const big = Buffer.alloc(65_536, 'x');
const presence = `trtc/v1/on/${account('alice')}`;
const will = { topic: presence, payload: 'gone' };

async function setUp(t: Parameters<typeof gatewayWithoutNetwork>[0], settings = {}) {
  const clock = new TestClock();
  const { open } = await gatewayWithoutNetwork(t, { pingSeconds: 3600, ...settings }, clock);
  const signIn = async (userID: string, person = {}): Promise<FakeSocket> => {
    const socket = open();
    socket.receive(connectPacket({ userID, ...person }, clock));
    await socket.next('connack');
    return socket;
  };
  return { signIn };
}

test('150 undeliverable messages at once stop nobody else\'s', { timeout: 10_000 }, async (t) => {
  // Each is stuck in a full buffer that no further message comes to overflow, and will be for an hour.
  const { signIn } = await setUp(t, { maxBufferedBytes: 65_536, drainSeconds: 3600 });
  const [bob, carol] = [await signIn('bob'), await signIn('carol')];
  await carol.subscribe(`trtc/v1/in/${account('carol')}/+`);
  for (let i = 0; i < 150; i += 1) {
    const frozen = await signIn(`frozen${i}`);
    await frozen.subscribe(`trtc/v1/in/${account(`frozen${i}`)}/+`);
    frozen.isFrozen = true;
    const sender = await signIn(`sender${i}`);
    sender.publish(inbox(`frozen${i}`, `sender${i}`), big);
  }
  for (let i = 0; i < 100; i += 1) {
    bob.publish(inbox('carol', 'bob'), `probe ${i}`);
    assert.equal(((await carol.next('publish')) as IPublishPacket).payload.toString(), `probe ${i}`);
  }
});

test('who writes to a frozen reader can write on, and the reader is disconnected at its limit', async (t) => {
  const { signIn } = await setUp(t, { maxBufferedBytes: 1 << 20, drainSeconds: 3600 });
  const [bob, carol, frozen] = [await signIn('bob'), await signIn('carol'), await signIn('frozen')];
  await carol.subscribe(`trtc/v1/in/${account('carol')}/+`);
  await frozen.subscribe(`trtc/v1/in/${account('frozen')}/+`);
  frozen.isFrozen = true;
  const stillWriting = async (text: string) => {
    bob.publish(inbox('carol', 'bob'), text);
    assert.equal(((await carol.next('publish')) as IPublishPacket).payload.toString(), text);
  };
  // Fifteen fit, the sixteenth fills the buffer, the next one is too much.
  for (let i = 1; i <= 16; i += 1) {
    bob.publish(inbox('frozen', 'bob'), big);
    await stillWriting(`after ${i}`);
  }
  assert.equal(frozen.closedWith, undefined);
  bob.publish(inbox('frozen', 'bob'), 'x');
  await stillWriting('after the last');
  assert.equal(frozen.closedWith, CloseCode.readsTooSlowly);
});

test('a goodbye and DISCONNECT that arrive together with the end are read before it', async (t) => {
  const { signIn } = await setUp(t);
  const bob = await signIn('bob');
  await bob.subscribe(presence);
  const alice = await signIn('alice', { will });
  alice.publish(presence, 'goodbye');
  alice.receive({ cmd: 'disconnect' });
  alice.readyState = 3;
  alice.emit('close', 1000, Buffer.alloc(0));
  assert.equal(((await bob.next('publish')) as IPublishPacket).payload.toString(), 'goodbye');
  bob.receive({ cmd: 'pingreq' });
  await bob.next('pingresp');
  assert.deepEqual(bob.sent, [], 'no will');
});
