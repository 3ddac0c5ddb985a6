// The flight recorder: what two browsers have recorded of a call runs again natively, bit for bit, and is drawn.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Participant } from './harness/participant.ts';
import { connect, everyPair, expectEnd, expectMedia, named, Stage } from './harness/stage.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const stage = Stage.open();

/** Not by status: a trace that differs is an answer, too. */
function replay(...args: string[]): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    execFile(join(root, 'scripts/replay'), args, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : error ? -1 : 0, text: stdout + stderr });
    });
  });
}

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'trtc-calling-trace-'));
  t.after(() => rm(path, { recursive: true }));
  return path;
}

async function exported(one: Participant, into: string): Promise<string> {
  const file = join(into, `${one.userID}.jsonl`);
  await writeFile(file, await one.invoke<string>('exportTrace'));
  return file;
}

// The tool is compiled once, before a test's time runs.
before(() => replay('--help'));

for (const pair of everyPair) {
  describe(named(pair), () => {
    test('both traces of a video call replay identically, and the diagram shows its messages in order', async (t) => {
      const into = await folder(t);
      const [alice, bob] = await stage.pair(t, pair);
      await alice.invoke('setSelfInfo', { nickName: 'Alice Liddell', avatar: 'https://pictures.example/alice.png' });
      await connect(alice, bob);
      await expectMedia(alice, bob);
      await alice.hangup();
      await expectEnd(alice, bob);

      const files = await Promise.all([exported(alice, into), exported(bob, into)]);
      const { status, text } = await replay(...files);
      assert.equal(status, 0, text);
      assert.equal(text.match(/: identical, \d+ inputs$/gm)?.length, 2, text);
      assertOrder(text, ['Call', 'invite', 'ringing', 'Accept', 'answer', 'accept', 'confirm', 'HangUp', 'leave', 'CallEnded']);
      await assertSecretsAreGone(await Promise.all(files.map((file) => readFile(file, 'utf8'))));
    });
  });
}

test('a trace that has lost its beginning replays from a moment in which the core was idle', async (t) => {
  const into = await folder(t);
  const [alice, bob] = await stage.pair(t, everyPair[0]!);
  // A day's worth of inputs in a second; the pictures' addresses are masked, and their length stays.
  for (let i = 0; i < 300; i += 1) {
    await alice.invoke('setSelfInfo', { nickName: `Alice ${i}`, avatar: `https://pictures.example/${i}/`.padEnd(1000, 'x') });
  }
  await connect(alice, bob);
  await expectMedia(alice, bob);
  await alice.hangup();
  await expectEnd(alice, bob);

  const file = await exported(alice, into);
  const trace = await readFile(file, 'utf8');
  assert.match(trace.split('\n')[1] ?? '', /^\{"dropped":\d+\}$/);
  assert.match(trace.split('\n')[2] ?? '', /^\{"state":\[/);
  await assertSecretsAreGone([trace]);
  const { status, text } = await replay(file);
  assert.equal(status, 0, text);
  assert.match(text, /: \d+ inputs in the beginning were too much to keep; identical, \d+ inputs$/m);
  assertOrder(text, ['Call', 'invite', 'ringing', 'HangUp', 'CallEnded']);

  const changed = join(into, 'changed.jsonl');
  await writeFile(changed, trace.replace('{"state":[', '{"state":[1,'));
  const different = await replay(changed);
  assert.equal(different.status, 1);
  assert.match(different.text, /DIFFERENT: in front of line 3 this core remembers something else/);
});

test('the tool makes a test of a trace, finds a change in it, and says what is wrong with a file that is none', async (t) => {
  const into = await folder(t);
  const recorded = join(root, 'tests/traces/caller.jsonl');
  const written = join(into, 'written.jsonl');
  assert.equal((await replay('--write-test', written, recorded)).status, 0);
  assert.equal(await readFile(written, 'utf8'), await readFile(recorded, 'utf8'));

  const changed = join(into, 'changed.jsonl');
  await writeFile(changed, (await readFile(recorded, 'utf8')).replace('"type":"HangUp"', '"type":"Logout"'));
  const different = await replay(changed);
  assert.equal(different.status, 1);
  assert.match(different.text, /DIFFERENT from input \d+ of \d+ on\n {2}line \d+: \{"t":\d+,"in":\{"type":"Logout"/);

  const none = join(into, 'none.jsonl');
  await writeFile(none, '{"trace":1');
  assert.deepEqual(await replay(none), { status: 2, text: `${none}: line 1: it is not a trace: a JSON object is expected\n` });
  assert.equal((await replay(join(into, 'nowhere.jsonl'))).status, 2);
  assert.equal((await replay('--nonsense')).status, 2);
});

function assertOrder(diagram: string, words: string[]): void {
  let at = 0;
  for (const word of words) {
    const found = diagram.slice(at).search(new RegExp(`[ >─]${word}\\b`));
    assert.ok(found >= 0, `no ${word} behind ${diagram.slice(0, at).split('\n').at(-1)} in\n${diagram}`);
    at += found;
  }
}

async function assertSecretsAreGone(traces: string[]): Promise<void> {
  for (const trace of traces) {
    assert.ok(trace.length > 5000 && trace.length <= 256_000, `${trace.length} bytes`);
    assert.doesNotMatch(trace, /Liddell|pictures\.example/);
    assert.doesNotMatch(trace, /\d+\.\d+\.\d+\.\d+/, 'IPv4');
    assert.doesNotMatch(trace, /([0-9a-f]{2}:){4}/i, 'a fingerprint, or IPv6');
    assert.doesNotMatch(trace, /\.local\b/, 'a name of mDNS');
    assert.match(trace, /ice-ufrag:\d+x*/);
    for (const [, token] of trace.matchAll(/(?:ice-(?:ufrag|pwd):| ufrag )([^\s"\\]+)/g)) assert.match(token!, /^\d+x*$/);
  }
}
