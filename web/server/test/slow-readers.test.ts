import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { CloseCode } from '../src/index.js';
import { Probe, account, serve, type TestServer } from './helpers.js';

const inbox = (to: string, from: string) => `trtc/v1/in/${account(to)}/${account(from)}`;
const big = Buffer.alloc(65_000, 'x');

async function reader(t: TestContext, server: TestServer, userID: string): Promise<Probe> {
  const probe = await Probe.signIn(t, server, userID);
  await probe.subscribe(`trtc/v1/in/${account(userID)}/+`);
  return probe;
}

function frozenGone(server: TestServer) {
  return server.logged(({ event, account: who }) => event === 'disconnected' && who === account('frozen'));
}

test('a reader that froze does not stop the others, nor those who write to it', { timeout: 30_000 }, async (t) => {
  // With the broker's default settings 100 undeliverable messages stop every delivery (engines, 1.4).
  const server = await serve(t, { maxConnections: 1000 });
  const frozen = await reader(t, server, 'frozen');
  frozen.socket.pause();
  const [bob, carol] = [await reader(t, server, 'bob'), await reader(t, server, 'carol')];
  const senders = await Promise.all(Array.from({ length: 150 }, (_, i) => Probe.signIn(t, server, `sender${i}`)));

  let slowest = 0;
  for (const [i, sender] of senders.entries()) {
    sender.publish(inbox('frozen', `sender${i}`), big);
    const started = Date.now();
    bob.publish(inbox('carol', 'bob'), `probe ${i}`);
    assert.equal((await carol.message()).text, `probe ${i}`);
    sender.publish(inbox('carol', `sender${i}`), `sender ${i}`);
    assert.equal((await carol.message()).text, `sender ${i}`, 'who wrote to the frozen one goes on as well');
    slowest = Math.max(slowest, Date.now() - started);
  }
  assert.ok(slowest < 1000, `a probe took ${slowest} ms`);
  const { code, reason } = await frozenGone(server);
  assert.deepEqual([code, reason], [CloseCode.readsTooSlowly, 'reads too slowly']);
});

test('a reader that stays just below the limit is given up after the drain time', async (t) => {
  // The buffer is filled exactly once: no further message comes to notice that the reader is stuck.
  const server = await serve(t, { maxBufferedBytes: 65_536, drainSeconds: 0.05, messageBurst: 10_000 });
  const frozen = await reader(t, server, 'frozen');
  frozen.socket.pause();
  const bob = await Probe.signIn(t, server, 'bob');
  const gone = frozenGone(server);
  let isGone = false;
  void gone.then(() => { isGone = true; });
  while (!isGone) {
    bob.publish(inbox('frozen', 'bob'), big);
    await bob.roundTrip();
  }
  assert.equal((await gone)['code'], CloseCode.readsTooSlowly);
});

test('a reader that reads on in time misses nothing', async (t) => {
  const server = await serve(t, { maxBufferedBytes: 64 << 20, messageBurst: 10_000 });
  const slow = await reader(t, server, 'slow');
  slow.socket.pause();
  const bob = await Probe.signIn(t, server, 'bob');
  for (let i = 0; i < 200; i += 1) bob.publish(inbox('slow', 'bob'), Buffer.concat([Buffer.from(`${i} `), big]));
  await bob.roundTrip();
  slow.socket.resume();
  for (let i = 0; i < 200; i += 1) assert.equal((await slow.message()).text.split(' ')[0], String(i));
});

test('a client that does not read its pongs is cut off, too', async (t) => {
  const server = await serve(t, { messageBurst: 1_000_000, messagesPerSecond: 1_000_000, maxBufferedBytes: 65_536 });
  const frozen = await Probe.signIn(t, server, 'frozen');
  frozen.socket.pause();
  const gone = frozenGone(server);
  let isGone = false;
  void gone.then(() => { isGone = true; });
  const payload = Buffer.alloc(125);
  while (!isGone) {
    for (let i = 0; i < 1000; i += 1) frozen.socket.ping(payload);
    await new Promise((resolve) => frozen.socket.ping(payload, undefined, resolve));
  }
  assert.equal(server.connections(), 0);
});
