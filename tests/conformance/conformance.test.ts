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
import './chapters/one-to-one.js';
import './chapters/group-calls.js';
import { reportOf } from './support/report.js';
import { rows, totals } from './support/suite.js';

const table = new URL('README.md', import.meta.url);

test('README.md names every clause and its test', () => {
  const report = reportOf(rows);
  if (process.env['CONFORMANCE_WRITE'] !== undefined) writeFileSync(table, report);
  assert.equal(readFileSync(table, 'utf8'), report);
});

after(() => console.log(`conformance: ${rows.length} tests, ${totals.assertions} assertions`));
