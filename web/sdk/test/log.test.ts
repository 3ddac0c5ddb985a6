import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { Log } from '../src/log.js';
import type { LogLevel } from '../src/types.js';

describe('setLogLevel()', () => {
  const cases: [level: LogLevel, said: string[]][] = [
    [-1, ['debug', 'info', 'warn', 'error']],
    [0, ['info', 'warn', 'error']],
    [1, ['info', 'warn', 'error']],
    [2, ['warn', 'error']],
    [3, ['error']],
    [4, []],
  ];
  for (const [level, expected] of cases) {
    test(`${level} lets ${expected.join(', ') || 'nothing'} through`, () => {
      const said: string[] = [];
      const names = ['debug', 'info', 'warn', 'error'] as const;
      const mocks = names.map((name) => mock.method(console, name, () => said.push(name)));
      const log = new Log();
      log.level = level;
      for (const name of names) log[name]('text');
      for (const one of mocks) one.mock.restore();
      assert.deepEqual(said, expected);
    });
  }
});
