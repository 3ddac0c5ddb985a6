// A small swarm over real sockets: twenty users call each other at random through the embedded broker, while their
// connections are cut and stalled; then calm. tests/swarm does it a thousand times faster, on a model of all this.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Request } from '../../web/sdk/src/driver.js';
import { Proxy } from '../e2e/harness/proxy.ts';
import { aedes } from './brokers/aedes.ts';
import type { Broker } from './brokers/broker.ts';
import { Host } from './host.ts';

const USERS = 20;
const TROUBLE = 7_000;
/** Resends, reconnections and rings of five seconds. */
const BOUND = 30_000;

/** mulberry32: the choices can be repeated; what the network makes of them cannot. */
function dice(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * bound);
  };
}

interface User {
  host: Host;
  proxy: Proxy;
}

/** What the events say about the call that this user is in. */
function view({ host }: User) {
  const members = new Set<string>();
  let call = '';
  for (const event of host.events) {
    if (event.type === 'UserEntered') {
      if (event.call !== call) members.clear();
      call = event.call;
      assert.ok(!members.has(event.user), `${host.userID}: ${event.user} entered twice`);
      members.add(event.user);
    } else if (event.type === 'UserLeft') {
      assert.ok(members.delete(event.user), `${host.userID}: ${event.user} left, who was not there`);
    } else if (event.type === 'CallEnded') {
      assert.equal(members.size, 0, `${host.userID}: the call ended before everybody had left`);
      call = '';
    }
  }
  return { call, members };
}

/** Nothing, or why this is no calm state: everybody is idle, or in one call with those whom it sees there. */
function disagreement(users: User[]): string {
  const views = new Map(users.map((user) => [user.host.userID, view(user)]));
  for (const { host } of users) {
    const mine = views.get(host.userID)!;
    if (host.status.session !== 'online') return `${host.userID} is ${host.status.session}`;
    if (host.status.call === 'idle') continue;
    if (host.status.call !== 'in_call') return `${host.userID} is ${host.status.call}`;
    for (const other of mine.members) {
      const theirs = views.get(other)!;
      const same = theirs.call === mine.call && theirs.members.has(host.userID) && theirs.members.size === mine.members.size;
      if (!same) return `${host.userID} is with ${[...mine.members]}, ${other} with ${[...theirs.members]}`;
    }
  }
  return '';
}

/** Looks whenever somebody hears something. */
async function until(users: User[], holds: () => string, bound: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      if (holds() !== '') return;
      clearTimeout(timer);
      for (const { host } of users) host.watchers.delete(look);
      resolve();
    };
    const timer = setTimeout(() => reject(new Error(`not within ${bound} ms: ${holds()}`)), bound);
    for (const { host } of users) host.watchers.add(look);
    look();
  });
}

function act(user: User, users: User[], choose: (bound: number) => number): void {
  const { host, proxy } = user;
  const someone = () => users[choose(users.length)]!.host.userID;
  const settle = (asked: Promise<unknown>) =>
    asked.catch((error: Error & { code?: number }) => assert.equal(typeof error.code, 'number', `untyped: ${error.message}`));
  const what = choose(100);
  if (what < 8) return proxy.cut();
  if (what < 10) {
    proxy.stall();
    setTimeout(() => proxy.resume(), 200 + choose(1500));
  } else {
    const request = verb(host.status.call, what, choose(2) === 1, [someone(), someone(), someone()]);
    if (request) void settle(host.ask(request));
  }
}

/** What a user in this state may want. */
function verb(status: string, what: number, on: boolean, others: [string, ...string[]]): Request | undefined {
  const shared = { media: 'audio' as const, timeout: 5_000, user_data: '', room: 0 };
  switch (status) {
    case 'ringing':
      return what < 80 ? { type: 'Accept', call: '' } : { type: 'Reject', call: '', busy: false };
    case 'in_call':
      if (what < 35) return { type: 'HangUp' };
      return what < 60 ? { type: 'InviteUsers', users: [others[0]], timeout: 5_000 } : { type: 'SetMicrophone', on };
    case 'idle':
      return what < 70 ? { type: 'Call', user: others[0], ...shared } : { type: 'GroupCall', users: others, group_id: '', ...shared };
    default:
      return undefined;
  }
}

let broker: Broker;
const users: User[] = [];

before(async () => {
  broker = await aedes();
  const { hostname, port } = new URL(broker.url);
  for (let i = 0; i < USERS; i += 1) {
    const proxy = await Proxy.start({ host: hostname, port: Number(port) });
    const host = await Host.start(`user-${i}`, broker.sdkAppID, `${proxy.url.replace('http', 'ws')}mqtt`);
    users.push({ host, proxy });
    await host.login(await broker.userSig(host.userID));
  }
});
after(async () => {
  for (const { host, proxy } of users) {
    await host.close();
    await proxy.close();
  }
  await broker.stop();
});

test('twenty users whose connections keep breaking agree once they no longer do', async (t) => {
  const seed = Number(process.env['SWARM_SEED'] ?? Date.now() % 1_000_000);
  t.diagnostic(`SWARM_SEED=${seed}`);
  const choose = dice(seed);
  const rings = ({ host }: User) => host.status.call === 'ringing';
  const acting = setInterval(() => {
    // A phone that rings is looked at.
    const user = (choose(3) === 0 && users.find(rings)) || users[choose(USERS)]!;
    act(user, users, choose);
  }, 15);
  await new Promise((resolve) => setTimeout(resolve, TROUBLE));
  clearInterval(acting);
  for (const { proxy } of users) proxy.resume();
  await until(users, () => disagreement(users), BOUND);
  const begun = users.reduce((sum, { host }) => sum + host.count('CallBegan'), 0);
  t.diagnostic(`${begun} beginnings of calls, ${users.reduce((sum, { host }) => sum + host.events.length, 0)} events`);
  assert.ok(begun > 0);
  await Promise.all(users.map(({ host }) => host.ask({ type: 'HangUp' })));
  await until(users, () => users.find(({ host }) => host.status.call !== 'idle')?.host.userID ?? '', BOUND);
  for (const user of users) assert.equal(view(user).members.size, 0);
});
