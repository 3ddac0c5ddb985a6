// Every chapter in one process, because the clauses are counted and compared with README.md at the end.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import './chapters/module.js';
import './chapters/matrix.js';
import './chapters/emitter.js';
import './chapters/session.js';
import './chapters/calling.js';
import './chapters/answering.js';
import './chapters/views.js';
import './chapters/media.js';
import './chapters/switching.js';
import './chapters/devices.js';
import './chapters/messages.js';
import './chapters/events.js';
import './chapters/one-to-one.js';
import './chapters/group-calls.js';
import './chapters/group-more.js';
import './chapters/network.js';
import './chapters/errors.js';
import './chapters/korean.js';
import './chapters/patterns.js';
import './chapters/successor.js';
import './chapters/decisions.js';
import './chapters/contract.js';
import { reportOf } from './support/report.js';
import { rows, totals } from './support/suite.js';

const table = new URL('README.md', import.meta.url);

test('README.md names every clause and its test', () => {
  const report = reportOf(rows);
  if (process.env['CONFORMANCE_WRITE'] !== undefined) writeFileSync(table, report);
  assert.equal(readFileSync(table, 'utf8'), report);
});

test('every decision has a test; D16 is all that is marked FIX', () => {
  const proven = new Set<string>(rows.map(({ verdict }) => verdict));
  const missing = Array.from({ length: 18 }, (_, index) => `D${index + 1}`).filter((decision) => !proven.has(decision));
  assert.deepEqual(missing, ['D16']);
  assert.ok(proven.has('FIX'));
});

test('no two tests have the same name', () => {
  const names = rows.map(({ row, what }) => `${row}: ${what}`);
  assert.deepEqual(names.filter((name, index) => names.indexOf(name) !== index), []);
});

after(() => console.log(`conformance: ${rows.length} tests, ${totals.assertions} assertions`));
