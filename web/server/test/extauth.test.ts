import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { topicRules } from '../src/auth/acl.js';
import { questions } from '../src/auth/questions.js';
import { readAgain, serveExtauth } from '../src/auth-service/extauth.js';
import { TestClock, account, app, credentials, key, type Person } from './helpers.js';

const program = fileURLToPath(new URL('../src/extauth.ts', import.meta.url));

function frame(text: string): Buffer {
  const body = Buffer.from(text);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length);
  return Buffer.concat([length, body]);
}

const auth = (person: Person = {}) => `auth:${credentials(person).username}:trtc:${credentials(person).password}`;
const yes = [0, 2, 0, 1];
const no = [0, 2, 0, 0];

/** The answers to these pieces of input. */
function answers(...pieces: Buffer[]): number[] {
  const [input, output] = [new PassThrough(), new PassThrough()];
  serveExtauth(input, output, questions({ apps: new Map([[app, [{ id: '1', key }]]]), clockSkewSeconds: 10 }, topicRules(() => false), Date.now));
  for (const piece of pieces) input.emit('data', piece);
  return [...(output.read() as Buffer | null ?? [])];
}

test('ejabberd may let in who has a UserSig of its own', () => {
  assert.deepEqual(answers(frame(auth())), yes);
  assert.deepEqual(answers(frame(auth({ userID: 'Alice-1' }))), yes);
  for (const wrong of [
    auth({ key: 'wrong'.repeat(10) }), auth({ expire: 1, time: 1 }), auth({ sdkAppID: 7 }), `auth:${account('bob')}:trtc:${credentials().password}`, `auth:${account('alice')}:trtc`,
    `auth:${account('alice')}:trtc:`, 'auth', 'auth:', 'auth:a:b:c', '', ':::', 'AUTH:a:b:c', '\0',
  ]) assert.deepEqual(answers(frame(wrong)), no, wrong);
});

test('an account exists if its application does, and nothing can be changed', () => {
  assert.deepEqual(answers(frame(`isuser:${account('alice')}:trtc`)), yes);
  for (const question of ['isuser:alice:trtc', 'isuser:7_alice:trtc', `setpass:${account('alice')}:trtc:x`, `tryregister:${account('alice')}:trtc:x`, `removeuser:${account('alice')}:trtc`, `removeuser3:${account('alice')}:trtc:x`]) {
    assert.deepEqual(answers(frame(question)), no, question);
  }
});

test('questions that arrive together or in pieces are answered one by one, in order', () => {
  const stream = Buffer.concat([frame(auth()), frame('x'), frame(auth({ userID: 'bob' }))]);
  assert.deepEqual(answers(stream), [...yes, ...no, ...yes]);
  assert.deepEqual(answers(...[...stream].map((byte) => Buffer.from([byte]))), [...yes, ...no, ...yes]);
  assert.deepEqual(answers(Buffer.concat([frame('x'.repeat(65_535)), frame(auth())])), [...no, ...yes]);
});

test('the keys are read again every ten seconds, and kept while they cannot be', () => {
  const clock = new TestClock();
  const settings = { apps: new Map([[app, [{ id: '1', key: 'old' }]]]), clockSkewSeconds: 10 };
  const complaints: unknown[] = [];
  let load = () => ({ apps: new Map([[app, [{ id: '1', key: 'new' }]]]), clockSkewSeconds: 0 });
  const end = readAgain(settings, () => load(), clock, (error) => complaints.push(error));
  clock.advance(9_999);
  assert.equal(settings.apps.get(app)?.[0]?.key, 'old');
  clock.advance(1);
  assert.deepEqual([settings.apps.get(app)?.[0]?.key, settings.clockSkewSeconds], ['new', 0]);
  load = () => { throw new Error('half a file'); };
  clock.advance(10_000);
  assert.deepEqual([settings.apps.get(app)?.[0]?.key, complaints.length], ['new', 1]);
  end();
  clock.advance(60_000);
  assert.equal(complaints.length, 1);
});

function run(t: TestContext, settings: unknown) {
  const folder = mkdtempSync(join(tmpdir(), 'trtc-extauth-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'server.json');
  writeFileSync(file, JSON.stringify(settings));
  return spawn(process.execPath, ['--import', 'tsx', program, `--config=${file}`], { stdio: ['pipe', 'pipe', 'pipe'] });
}

test('the program reads the server\'s settings, answers, and ends with its input', async (t) => {
  const child = run(t, { apps: { [app]: key }, port: 8443 });
  child.stdin.write(frame(auth()));
  const [answer] = await once(child.stdout, 'data') as [Buffer];
  assert.deepEqual([...answer], yes);
  child.stdin.end();
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test('without applications the program ends with a message and answers nothing', async (t) => {
  const child = run(t, {});
  const chunks: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  assert.deepEqual(await once(child, 'close'), [2, null]);
  assert.match(Buffer.concat(chunks).toString(), /"apps" cannot be empty/);
});
