import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressKey, forwarding, hostName, isLoopbackHost } from '../src/http/addresses.js';
import { at } from '../src/clock.js';
import { jsonLog } from '../src/log.js';
import { PacketMeter } from '../src/broker/packet-meter.js';
import { Sessions } from '../src/broker/sessions.js';
import { TokenBuckets } from '../src/token-buckets.js';
import { TestClock } from './helpers.js';

test('a bucket allows its burst at once and its rate afterwards', () => {
  const clock = new TestClock();
  const buckets = new TokenBuckets(clock, 2, 3);
  assert.deepEqual([1, 2, 3, 4].map(() => buckets.take('a')), [true, true, true, false]);
  assert.ok(buckets.take('b'));
  clock.advance(500);
  assert.ok(buckets.take('a'));
  assert.ok(!buckets.take('a'));
  clock.advance(60_000);
  assert.deepEqual([1, 2, 3, 4].map(() => buckets.take('a')), [true, true, true, false]);
});

test('buckets are forgotten when there are too many', () => {
  const buckets = new TokenBuckets(new TestClock(), 1, 10, 100);
  for (let i = 0; i < 1000; i += 1) buckets.take(`key ${i}`);
  assert.ok(buckets.size <= 100);
});

test('superseded sessions are remembered in bounded number and for a bounded time', () => {
  const clock = new TestClock();
  const sessions = new Sessions<number>(clock, { accounts: 2, sessionsPerAccount: 2, milliseconds: 1000 });
  for (const session of ['1', '2', '3', '4']) sessions.admit('a', session, Number(session));
  assert.equal(sessions.admit('a', '3', 0).verdict, 'superseded');
  assert.equal(sessions.admit('a', '1', 5).verdict, 'admitted', 'the oldest has been forgotten');
  for (const account of ['b', 'c']) for (const session of ['1', '2']) sessions.admit(account, session, 0);
  assert.equal(sessions.admit('a', '3', 6).verdict, 'admitted', 'the account has been forgotten');
  clock.advance(1000);
  assert.equal(sessions.admit('b', '1', 7).verdict, 'admitted', 'the time is over');
});

test('a session is released by its holder only', () => {
  const sessions = new Sessions<string>(new TestClock());
  sessions.admit('a', '1', 'old socket');
  assert.deepEqual(sessions.admit('a', '1', 'new socket'), { verdict: 'admitted', older: { holder: 'old socket', sameSession: true } });
  sessions.release('a', 'old socket');
  assert.equal(sessions.live, 1);
  sessions.release('a', 'new socket');
  assert.equal(sessions.live, 0);
});

test('the meter counts packets however they are cut', () => {
  const bytes = Buffer.concat([Buffer.from([0xc0, 0]), Buffer.from([0x30, 0x85, 0x01]), Buffer.alloc(133), Buffer.from([0xe0, 0])]);
  for (const size of [1, 2, 3, 7, 200]) {
    const meter = new PacketMeter(1000);
    let packets = 0;
    for (let i = 0; i < bytes.length; i += size) {
      const measure = meter.measure(bytes.subarray(i, i + size));
      assert.ok('packets' in measure);
      packets += measure.packets;
    }
    assert.equal(packets, 3);
  }
});

test('the meter refuses a packet by its length field, before its body', () => {
  assert.deepEqual(new PacketMeter(100).measure(Buffer.from([0x30, 98])), { packets: 1 });
  assert.deepEqual(new PacketMeter(100).measure(Buffer.from([0x30, 99])), { problem: 'too big' });
  assert.deepEqual(new PacketMeter(100).measure(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f])), { problem: 'too big' });
  assert.deepEqual(new PacketMeter(100).measure(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff])), { problem: 'malformed' });
});

test('an appointment beyond 24.8 days is kept', () => {
  const clock = new TestClock();
  const delays: number[] = [];
  const after = clock.after.bind(clock);
  clock.after = (ms, action) => { delays.push(ms); return after(ms, action); };
  let fired = 0;
  at(clock, clock.now() + 180 * 86_400_000, () => { fired += 1; });
  clock.advance(180 * 86_400_000 - 1);
  assert.equal(fired, 0);
  clock.advance(1);
  assert.equal(fired, 1);
  assert.ok(delays.every((ms) => ms < 2 ** 31), 'longer ones would fire at once');
});

test('a log line is one line of JSON, whatever is in it', () => {
  const lines: string[] = [];
  const log = jsonLog('info', (line) => lines.push(line), () => 0);
  log('debug', 'not shown');
  log('warn', 'refused', { topic: 'a\nb"', account: undefined, code: 4003 });
  assert.deepEqual(lines, ['{"time":"1970-01-01T00:00:00.000Z","level":"warn","event":"refused","topic":"a\\nb\\"","code":4003}\n']);
});

test('X-Forwarded-For is believed as far as trusted proxies wrote it', () => {
  const request = (remoteAddress: string, forwarded?: string) => ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as never;
  const of = forwarding(['10.0.0.0/8', '::1']).address;
  assert.equal(of(request('::ffff:1.2.3.4', '6.6.6.6')), '1.2.3.4');
  assert.equal(of(request('10.0.0.1', '6.6.6.6, 1.2.3.4')), '1.2.3.4');
  assert.equal(of(request('::1', '6.6.6.6, 1.2.3.4, 10.0.0.2')), '1.2.3.4');
  assert.equal(of(request('10.0.0.1', 'nonsense')), '10.0.0.1');
  assert.equal(of(request('10.0.0.1')), '10.0.0.1');
});

test('limits count an IPv6 network as one address', () => {
  assert.equal(addressKey('2001:db8:0:1:2:3:4:5'), addressKey('2001:db8:0:1::9'));
  assert.notEqual(addressKey('2001:db8:0:1::9'), addressKey('2001:db8:0:2::9'));
  assert.equal(addressKey('1.2.3.4'), '1.2.3.4');
});

test('loopback is told by name', () => {
  for (const host of ['localhost', 'a.localhost', '127.0.0.1', '127.9.9.9', '[::1]', '::1']) assert.ok(isLoopbackHost(host), host);
  for (const host of ['0.0.0.0', '::', '10.0.0.1', 'localhost.evil.example', '127.0.0.1.evil.example', 'evil.example']) assert.ok(!isLoopbackHost(host), host);
  assert.equal(hostName('localhost:8080'), 'localhost');
  assert.equal(hostName('[::1]:8080'), '[::1]');
  assert.equal(hostName('evil@localhost'), undefined);
  assert.equal(hostName(undefined), undefined);
});
