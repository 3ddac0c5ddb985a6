// A page in which people call all day long.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nothing, type Participant } from './harness/participant.ts';
import { chromiumPair, Stage } from './harness/stage.ts';

// Nobody calls so fast by hand: the server's limit for one account would drop what must not be lost here.
const stage = Stage.open(['--messages-per-second=1000']);

// Each is far shorter than what the wire of the browser's driver waits for.
const BATCH = 20;
const BATCHES = 10;

interface Counted {
  listeners: number;
  timers: number;
  wasmBytes: number[];
}

async function talk(alice: Participant, bob: Participant, calls: number): Promise<void> {
  const answered = bob.evaluate(`rounds.answer(${calls})`);
  await Promise.all([alice.evaluate(`rounds.place('${bob.userID}', ${calls})`), answered]);
}

const counted = (one: Participant) => one.evaluate<Counted>('counted()');

test('200 calls in a row leave nothing behind', async (t) => {
  const [alice, bob] = await stage.pair(t, chromiumPair);
  const members = [alice, bob];
  // Whatever is kept for good has been made by then.
  await talk(alice, bob, BATCH);
  await Promise.all(members.map((one) => one.expectNothingLeft()));
  const before = await Promise.all(members.map(counted));
  for (const { wasmBytes } of before) assert.equal(wasmBytes.length, 1, 'one core for each page');

  const started = performance.now();
  for (let batch = 1; batch < BATCHES; batch += 1) await talk(alice, bob, BATCH);
  const each = Math.round((performance.now() - started) / (BATCH * (BATCHES - 1)));
  t.diagnostic(`${each} ms for each call`);

  await Promise.all(members.map((one) => one.expectNothingLeft()));
  assert.deepEqual(await Promise.all(members.map((one) => one.remains())), [nothing, nothing]);
  assert.deepEqual(await Promise.all(members.map(counted)), before);
});
