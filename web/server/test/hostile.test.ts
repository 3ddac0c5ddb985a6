import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { test, type TestContext } from 'node:test';
import packets from 'mqtt-packet';
import { CloseCode } from '../src/index.js';
import { Probe, account, credentials, serve, type TestServer } from './helpers.js';

const inbox = (to: string, from: string) => `trtc/v1/in/${account(to)}/${account(from)}`;

/** Two users who talk before and after; whatever happens between must not touch them. */
async function bystanders(t: TestContext, server: TestServer): Promise<() => Promise<void>> {
  const bob = await Probe.signIn(t, server, 'bob');
  const carol = await Probe.signIn(t, server, 'carol');
  await carol.subscribe(`trtc/v1/in/${account('carol')}/+`);
  return async () => {
    bob.publish(inbox('carol', 'bob'), 'fine');
    assert.equal((await carol.message()).text, 'fine');
  };
}

const generous = { failedLoginBurst: 10_000, messageBurst: 100_000, maxPendingPerAddress: 10_000 };

test('malformed packets end their connection with 1002 and nothing else', async (t) => {
  const server = await serve(t, generous);
  const stillFine = await bystanders(t, server);
  const malformed: number[][] = [
    [0x00, 0x00], [0xf0, 0x00], [0x30, 0xff, 0xff, 0xff, 0xff, 0x01], [0x36, 0x04, 0, 1, 0x61, 0x61], [0x80, 0x02, 0, 1], [0x82, 0x02, 0, 1], [0x82, 0x05, 0, 1, 0, 1, 0x61],
    [0x30, 0x02, 0x00, 0x00], [0x30, 0x03, 0xff, 0xff, 0x61], [0x30, 0x03, 0, 1, 0x23], [0x30, 0x03, 0, 1, 0x2b], [0x20, 0x02, 0, 0], [0x90, 0x03, 0, 1, 0], [0xd0, 0x00],
  ];
  for (const bytes of malformed) {
    const signedIn = await Probe.signIn(t, server, 'mallory');
    signedIn.raw(...bytes);
    const { code } = await Promise.race([signedIn.closed, timeout(bytes)]);
    assert.ok([CloseCode.protocolError, CloseCode.normal, CloseCode.topicNotAllowed].includes(code as 1002), `${bytes.join(' ')}: ${code}`);
    const stranger = await Probe.open(t, server);
    stranger.raw(...bytes);
    await Promise.race([stranger.closed, timeout(bytes)]);
  }
  await stillFine();
});

function timeout(bytes: number[]): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(`not closed after ${bytes.join(' ')}`)), 3000).unref());
}

test('random bytes, before and after signing in, leave the server unharmed', async (t) => {
  const server = await serve(t, generous);
  const stillFine = await bystanders(t, server);
  for (let i = 0; i < 150; i += 1) {
    const probe = i % 2 ? await Probe.open(t, server) : await Probe.signIn(t, server, 'mallory');
    probe.socket.send(randomBytes(1 + (i % 90)));
    probe.socket.terminate();
  }
  await stillFine();
});

test('a CONNECT cut, flipped or extended anywhere leaves the server unharmed', async (t) => {
  const server = await serve(t, generous);
  const stillFine = await bystanders(t, server);
  const { password, ...names } = credentials({ userID: 'mallory' });
  const will = { topic: `trtc/v1/on/${account('mallory')}`, payload: Buffer.from('x'), qos: 0 as const, retain: false };
  const connect = packets.generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 60, ...names, password: Buffer.from(password), will });
  for (let i = 0; i < connect.length; i += 3) {
    const flipped = Buffer.from(connect);
    flipped[i]! ^= 1 << (i % 8);
    for (const bytes of [connect.subarray(0, i), flipped]) {
      const probe = await Probe.open(t, server);
      probe.socket.send(bytes);
      probe.socket.close();
      await probe.closed;
    }
  }
  await stillFine();
});

test('a text frame is answered with 1003', async (t) => {
  const server = await serve(t);
  const stillFine = await bystanders(t, server);
  const alice = await Probe.signIn(t, server, 'alice');
  alice.socket.send('{"hello":1}');
  assert.deepEqual((({ code, reason }) => [code, reason])(await alice.closed), [CloseCode.binaryOnly, 'binary frames only']);
  await stillFine();
});

test('an oversized frame is answered with 1009', async (t) => {
  const server = await serve(t);
  const stillFine = await bystanders(t, server);
  const alice = await Probe.signIn(t, server, 'alice');
  alice.socket.send(Buffer.alloc(100_000));
  assert.equal((await alice.closed).code, CloseCode.tooBig);
  await stillFine();
});

test('a packet that announces more than 64 KiB is answered with 1009, before its body comes', async (t) => {
  const server = await serve(t);
  const alice = await Probe.signIn(t, server, 'alice');
  alice.raw(0x30, 0xff, 0xff, 0xff, 0x7f);
  assert.deepEqual((({ code, reason }) => [code, reason])(await alice.closed), [CloseCode.tooBig, 'MQTT packet too big']);
});

test('a big packet before signing in is answered with 1009', async (t) => {
  const server = await serve(t);
  const probe = await Probe.open(t, server);
  probe.raw(0x10, 0xff, 0x7f);
  assert.equal((await probe.closed).code, CloseCode.tooBig);
});

test('garbage payloads are nobody\'s business here: they are delivered as they are', async (t) => {
  const server = await serve(t);
  const alice = await Probe.signIn(t, server, 'alice');
  await alice.subscribe(`trtc/v1/in/${account('alice')}/+`);
  for (const payload of [Buffer.from('{"v":'), Buffer.alloc(0), Buffer.from([0xff, 0xfe, 0]), Buffer.from('[['.repeat(5000))]) {
    alice.publish(inbox('alice', 'alice'), payload);
    const packet = await alice.next('publish');
    assert.ok('payload' in packet && payload.equals(packet.payload as Buffer));
  }
});

test('packets before CONNECT, and a second CONNECT, end the connection', async (t) => {
  const server = await serve(t);
  const early = await Probe.open(t, server);
  early.publish(inbox('bob', 'alice'));
  assert.equal((await early.closed).code, CloseCode.normal);
  const twice = await Probe.signIn(t, server, 'alice');
  twice.connect();
  await twice.closed;
});

test('what is sent along with a refused CONNECT is not carried out', async (t) => {
  const server = await serve(t);
  const bob = await Probe.signIn(t, server, 'bob');
  await bob.subscribe(`trtc/v1/in/${account('bob')}/+`);
  const mallory = await Probe.open(t, server);
  mallory.connect({ userID: 'alice', userSig: 'forged', will: { topic: `trtc/v1/on/${account('alice')}`, payload: 'x' } });
  mallory.publish(inbox('bob', 'alice'), 'forged');
  await mallory.closed;
  await bob.roundTrip();
  assert.ok(!bob.packets.some(({ cmd }) => cmd === 'publish'));
});

test('MQTT 5 and MQTT 3.1 with a long client id are refused politely', async (t) => {
  const server = await serve(t);
  const five = await Probe.open(t, server);
  five.connect({}, { protocolVersion: 5 });
  await five.closed;
  assert.ok(five.packets.every((packet) => packet.cmd === 'connack' && packet.returnCode === 1));
});

test('topics of a thousand levels end their connection only', async (t) => {
  const server = await serve(t);
  const stillFine = await bystanders(t, server);
  for (const attempt of [(p: Probe) => p.publish('a/'.repeat(1000)), (p: Probe) => p.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '+/'.repeat(1000), qos: 0 }] }),
    (p: Probe) => p.send({ cmd: 'unsubscribe', messageId: 1, unsubscriptions: ['a/'.repeat(1000)] })]) {
    const probe = await Probe.signIn(t, server, 'mallory');
    attempt(probe);
    await probe.closed;
  }
  await stillFine();
});

test('names that mean something to JavaScript mean nothing here', async (t) => {
  const server = await serve(t);
  for (const userID of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const probe = await Probe.signIn(t, server, userID);
    assert.deepEqual(await probe.subscribe(`trtc/v1/in/${account(userID)}/+`, '__proto__'), [0, 128]);
    probe.publish(inbox(userID, userID), 'x');
    assert.equal((await probe.message()).text, 'x');
  }
});

test('a TCP client that never finishes its request is cut off, and a broken one gets 400', async (t) => {
  const server = await serve(t);
  const socket = connect(server.port, '127.0.0.1');
  t.after(() => socket.destroy());
  socket.write('GARBAGE\r\n\r\n');
  const [answer] = (await new Promise((resolve) => socket.once('data', (data) => resolve([data])))) as [Buffer];
  assert.match(answer.toString(), /^HTTP\/1.1 400/);
});
