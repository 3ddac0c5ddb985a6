// The load generator and what it is measured beside, with twenty users: that they work, not how fast.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measure, targets, type Load } from '../bench/load/rows.ts';

const load: Load = { users: 20, atOnce: 5, idle: 100, rate: 20, calling: 500, talk: 50, pinned: false };

for (const [name, open] of Object.entries(targets)) {
  test(`twenty users log in and call each other: ${name}`, async (t) => {
    const target = await open(load);
    t.after(() => target.stop());
    const { logins, calls, memory } = await measure(target, load);
    assert.deepEqual([logins['users'], logins['refused']], [20, 0]);
    // One at the beginning, and twenty a second.
    assert.ok(Number(calls['placed']) > 0, JSON.stringify(calls));
    assert.equal(calls['set_up'], calls['placed'], JSON.stringify(calls));
    assert.deepEqual([calls['failed'], calls['unfinished']], [0, 0]);
    assert.ok(memory.idle > 0);
  });
}
