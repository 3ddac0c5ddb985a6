import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { mutants, staleMutants } from './mutants.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

test('the core can still be broken in every way of the list, and in at least forty', () => {
  assert.deepEqual(staleMutants(root), []);
  assert.ok(mutants.length >= 40);
});

test('a mutant is stale whose text is gone or not alone, or whose file is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  try {
    writeFileSync(join(folder, 'a.cpp'), 'one(); two(); two();');
    const of = (name, file, find) => ({ name, file, find, replace: '', why: 'it matters' });
    const list = [of('a', 'a.cpp', 'one();'), of('b', 'a.cpp', 'two();'), of('c', 'a.cpp', 'three();'), of('d', 'b.cpp', 'x')];
    assert.deepEqual(staleMutants(folder, list), [
      'b: its text occurs 2 times in a.cpp',
      'c: its text occurs 0 times in a.cpp',
      'd: there is no b.cpp',
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
