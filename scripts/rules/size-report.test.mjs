import assert from 'node:assert/strict';
import test from 'node:test';
import { bytesBySource } from './source-bytes.mjs';
import { readWasm } from './wasm.mjs';

/** (module (import "m" "f" (func)) (func $one) (func $two (nop))) with a name section. */
const module = Buffer.from(
  '0061736d01000000' + '01040160' + '0000' + '0207' + '01016d01660000' + '0303' + '020000' + '0a08' + '0202000b0300010b' +
    '0015' + '046e616d65' + '010e' + '03000166' + '01036f6e65' + '020374776f',
  'hex',
);

test('the sections of a module and its functions are told with their names and sizes', () => {
  const { sections, functions } = readWasm(module);
  assert.deepEqual(sections.map(({ name }) => name), ['type', 'import', 'function', 'code', 'custom: name']);
  assert.deepEqual(functions.map(({ name, bytes }) => [name, bytes.length]), [['one', 2], ['two', 3]]);
});

test('a module without names has functions with numbers, which the imports begin', () => {
  const { functions } = readWasm(module.subarray(0, module.indexOf('name') - 3));
  assert.deepEqual(functions.map(({ name }) => name), ['1', '2']);
});

test('what is no module is refused', () => {
  assert.throws(() => readWasm(Buffer.from('<html>')), /not a Wasm module/);
});

test('every letter of a bundle belongs to the source that its map names, or to the bundle', () => {
  // Columns 2 and 4 of the first line are of a.ts and b.ts, column 1 of the third of a.ts again.
  const map = { sources: ['a.ts', 'b.ts'], mappings: 'EAAA,ECAA;;CDAA' };
  assert.deepEqual([...bytesBySource('xxaabbb\n\nxaa', map)], [['bundle', 'xxx'], ['a.ts', 'aaaa'], ['b.ts', 'bbb']]);
});
