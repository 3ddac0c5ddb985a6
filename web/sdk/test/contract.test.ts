import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { effects, inputs, variantFaults } from './support/shapes.js';
import type { Table } from './support/shapes.js';

const folder = new URL('../../../tests/contract/', import.meta.url);

const linesOf = (name: string): string[] =>
  readFileSync(new URL(name, folder), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');

function checkFile(name: string, table: Table): void {
  const seen = new Set<string>();
  const wrong = linesOf(name).flatMap((line, index) => {
    const value = JSON.parse(line) as { type: string };
    seen.add(value.type);
    return variantFaults(value, table, `${name}:${index + 1}`);
  });
  assert.deepEqual(wrong, []);
  assert.deepEqual(
    Object.keys(table).filter((type) => !seen.has(type)),
    [],
    `types without a line in ${name}`,
  );
}

describe('The golden lines of the boundary', () => {
  test('show every input as this package sends it', () => checkFile('inputs.jsonl', inputs));
  test('show every effect as this package reads it', () => checkFile('effects.jsonl', effects));
});

describe('The description of the boundary', () => {
  const faultsOf = (value: unknown) => variantFaults(value, effects, 'line');

  test('accepts what is right', () => {
    assert.deepEqual(faultsOf({ type: 'Failed', op: 3, error: { code: 61002, detail: '' } }), []);
    assert.deepEqual(faultsOf({ type: 'Done', op: 3, result: { type: 'HungUp', cancelled: ['a'] } }), []);
  });

  for (const [value, fault] of [
    [{ type: 'Nonsense' }, "line: no type 'Nonsense'"],
    [null, "line: no type ''"],
    [{ type: 'toString' }, "line: no type 'toString'"],
    [{ type: 'CloseSocket' }, 'line CloseSocket.socket is not a number'],
    [{ type: 'CloseSocket', socket: '1' }, 'line CloseSocket.socket is not a number'],
    [{ type: 'CloseSocket', socket: 1, more: 2 }, 'line CloseSocket.more is unknown'],
    [{ type: 'Failed', op: 1, error: 61002 }, 'line Failed.error is not an object'],
    [{ type: 'Done', op: 1, result: { type: 'X' } }, "line Done.result: no type 'X'"],
    [
      { type: 'Done', op: 1, result: { type: 'HungUp', cancelled: [1] } },
      'line Done.result HungUp.cancelled[0] is not a string',
    ],
    [
      { type: 'UserConnectionChanged', user: 'bob', state: 'gone' },
      'line UserConnectionChanged.state is not one of connecting, connected, disconnected, failed',
    ],
  ] as const) {
    test(`says: ${fault}`, () => assert.deepEqual(faultsOf(value), [fault]));
  }
});
