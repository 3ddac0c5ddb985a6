// trtc-bot against the real server, and against a broker's plain port.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { start, type Running } from '../e2e/harness/processes.ts';
import { Bot, type Line } from './bots.ts';
import { aedes } from './brokers/aedes.ts';
import { apps, sdkAppID, temporaryFolder, type Broker } from './brokers/broker.ts';
import { mosquitto } from './brokers/mosquitto.ts';
import { programOf } from './brokers/shipped.ts';

const key = apps[String(sdkAppID)] as string;
const certificate = fileURLToPath(new URL('../../web/server/test/certificates/first.crt', import.meta.url));
const folder = temporaryFolder('bot');

let server: Broker;

before(async () => {
  server = await aedes();
});
after(async () => {
  await server.stop();
  folder.remove();
});

/** A bot at these servers; it is gone when the test is. */
function botAt(t: TestContext, urls: string[], userID: string, more: string[] = [], env: Record<string, string> = { BOT_KEY: key }): Bot {
  const one = new Bot([...urls.map((url) => `--server=${url}`), '--app', String(sdkAppID), '--user', userID, ...more], env);
  t.after(() => one.end('SIGKILL'));
  return one;
}

const bot = (t: TestContext, userID: string, more: string[], env?: Record<string, string>): Bot => botAt(t, [server.url], userID, more, env);

/** Bob, once he can be called. */
async function waiting(t: TestContext, ...more: string[]): Promise<Bot> {
  const bob = bot(t, 'Bob-1', more);
  await bob.line('Ready');
  return bob;
}

const types = (one: Bot): string[] => one.lines.map(({ type }) => type);
const exit = (one: Bot): Line => one.lines.at(-1) as Line;

describe('against our server', () => {
  test('one bot rings, the other answers, the first hangs up, and both leave with 0', async (t) => {
    const bob = await waiting(t);
    const alice = bot(t, 'alice', ['--call', 'Bob-1', '--type=video', '--talk=0.1']);
    assert.deepEqual([await alice.status(), await bob.status()], [0, 0], `${alice.output}\n${bob.output}`);
    for (const one of [alice, bob]) {
      for (const type of ['UserEntered', 'CallBegan', 'CallEnded']) assert.ok(types(one).includes(type), `${type} in ${one.output}`);
      // It has nothing to send and says so.
      const available = one.lines.filter(({ type }) => /^(Audio|Video)Available$/.test(type));
      assert.ok(available.length > 0 && available.every((line) => line['available'] === false), one.output);
      assert.deepEqual([exit(one).type, exit(one)['outcome']], ['Exit', 'ended']);
    }
  });

  for (const [how, outcome] of [['reject', 'rejected'], ['busy', 'busy']] as const) {
    test(`a bot that answers ${how} makes the outcome ${outcome} on both sides`, async (t) => {
      const bob = await waiting(t, '--answer', how);
      const alice = bot(t, 'alice', ['--call', 'Bob-1', '--expect', outcome]);
      assert.deepEqual([await alice.status(), await bob.status()], [0, 0], `${alice.output}\n${bob.output}`);
    });
  }

  test('a call that is taken back is another outcome for whoever would have answered', async (t) => {
    const bob = await waiting(t, '--ring', '30');
    const alice = bot(t, 'alice', ['--call', 'Bob-1', '--give-up', '0.1']);
    assert.deepEqual([await alice.status(), await bob.status()], [0, 1], `${alice.output}\n${bob.output}`);
    assert.deepEqual([exit(bob)['outcome'], exit(bob)['expected']], ['cancelled', 'ended']);
  });

  test('a bot takes several calls, one after the other', async (t) => {
    const bob = await waiting(t, '--calls', '2');
    for (const userID of ['alice', 'carol']) assert.equal(await bot(t, userID, ['--call', 'Bob-1']).status(), 0);
    assert.equal(await bob.status(), 0);
    assert.equal(types(bob).filter((type) => type === 'CallEnded').length, 2);
  });

  test('a UserSig that the server refuses ends with status 3 and says what to do', async (t) => {
    const mallory = bot(t, 'mallory', [], { BOT_KEY: 'not the key' });
    assert.equal(await mallory.status(), 3);
    const error = exit(mallory)['error'] as Record<string, unknown>;
    assert.deepEqual([error['code'], error['name']], [61004, 'USER_SIG_REFUSED']);
    assert.ok(error['remedy']);
  });

  test('a newer login of the same user ends with status 3', async (t) => {
    const first = await waiting(t);
    const second = await waiting(t);
    assert.equal(await first.status(), 3);
    assert.equal((exit(first)['error'] as Record<string, unknown>)['name'], 'KICKED_OUT');
    await second.end('SIGTERM');
    assert.deepEqual([await second.status(), exit(second)['outcome']], [1, 'interrupted']);
  });

  test('whoever loses one of two servers finds the other one', async (t) => {
    const second = await aedes();
    t.after(() => second.stop());
    const alice = botAt(t, [server.url, second.url], 'alice');
    await alice.line('Ready');
    const [lost, other] = alice.lines.some(({ url }) => url === second.url) ? [second, server] : [server, second];
    await lost.kill();
    await alice.line('SignalingChanged', { connected: true });
    assert.equal(alice.lines.filter(({ type }) => type === 'Connecting').at(-1)?.['url'], other.url);
    await lost.start();
  });

  test('a server without room is left alone for a while', async (t) => {
    const full = await aedes({ maxConnections: 1 });
    t.after(() => full.stop());
    await botAt(t, [full.url], 'bob').line('Ready');
    const alice = botAt(t, [full.url], 'alice');
    const { code, reason } = await alice.line('ConnectionLost');
    // As a page is told: the core pauses for 4 to 8 s then.
    assert.deepEqual([code, reason], [1013, 'HTTP 503']);
  });

  test('whoever waits too long leaves with status 5', async (t) => {
    assert.equal(await bot(t, 'alice', ['--patience', '0.3']).status(), 5);
  });

  test('a secret comes from a file or the environment, never from a flag', async (t) => {
    for (const flag of ['--key', '--user-sig']) {
      const one = bot(t, 'alice', [flag, key]);
      assert.equal(await one.status(), 2);
      assert.match(one.output, /unknown option/);
    }
    const file = join(folder.path, 'key');
    writeFileSync(file, `${key}\n`, { mode: 0o600 });
    const alice = bot(t, 'alice', ['--key-file', file], {});
    await alice.line('Ready');
  });

  test('arguments that cannot be used end with status 2 and their name', async (t) => {
    for (const wrong of [['--call', 'not a user'], ['--talk', '-1'], ['--server', 'http://h'], ['--expect', 'luck'], ['--app', '1x']]) {
      const one = bot(t, 'alice', wrong);
      assert.equal(await one.status(), 2, one.output);
      assert.ok(one.output.includes(`${wrong[0]} cannot be`), one.output);
    }
  });
});

describe('over TLS', () => {
  let secure: Running;
  let url: string;
  before(async () => {
    const flags = ['--port=0', `--state-dir=${folder.path}`, `--tls-cert=${certificate}`, `--tls-key=${certificate.replace('.crt', '.key')}`];
    secure = start(process.execPath, [programOf('main'), ...flags], { TRTC_APPS: `${sdkAppID}:${key}` });
    const [, origin] = await secure.line(/"origin":"https(:[^"]+)"/);
    url = `wss${origin}/mqtt`;
  });
  after(() => secure.end('SIGTERM'));

  test('a certificate that is trusted and names the server is good', async (t) => {
    const alice = botAt(t, [url], 'alice', [], { BOT_KEY: key, SSL_CERT_FILE: certificate });
    await alice.line('Ready');
  });

  test('a certificate that nobody has vouched for is not', async (t) => {
    const alice = botAt(t, [url], 'alice');
    assert.match(String((await alice.line('ConnectionLost'))['reason']), /certificate/);
    assert.ok(!types(alice).includes('Ready'));
  });
});

test('bots call each other over the plain port of a broker', async (t) => {
  const broker = await mosquitto();
  t.after(() => broker.stop());
  const bob = botAt(t, [broker.plainUrl], 'bob');
  await bob.line('Ready');
  const alice = botAt(t, [broker.plainUrl], 'alice', ['--call=bob']);
  assert.deepEqual([await alice.status(), await bob.status()], [0, 0], `${alice.output}\n${bob.output}`);
});
