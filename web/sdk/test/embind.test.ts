// What a core that is well never does, played by one of JavaScript; test/glue.test.ts runs the real one.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCoreOf } from '../src/core/embind.js';

type Import = (...given: number[]) => number;

const names = {
  module: 'm',
  imports: { class: 'class', constructed: 'constructed', string: 'string', grow: 'grow', abort: 'abort' },
  exports: { memory: 'memory', table: 'table', start: 'start', malloc: 'malloc', free: 'free' },
} as const;

/** A class whose constructor (function 1) takes a string (type 40); types of arguments are listed at address 8. */
async function coreWith({ pages = 1, most = 4, malloc = () => 1024 }) {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: most });
  const invoked: number[][] = [];
  const functions: Import[] = [() => 0, (...given) => invoked.push(given)];
  let provided: Record<string, Import> = {};
  const start = () => {
    new Uint32Array(memory.buffer, 8, 2).set([20, 40]);
    provided['string']?.(40, 0);
    provided['constructed']?.(10, 2, 8, 0, 1, 7);
    provided['class']?.(10, 20, 30, ...Array.from({ length: 10 }, () => 0));
  };
  const exports = { memory, start, malloc, free: () => undefined, table: { get: (index: number) => functions[index] } };
  const instantiate = (_: unknown, imports: Record<string, unknown>) => {
    provided = imports['m'] as Record<string, Import>;
    return Promise.resolve({ instance: { exports } as unknown as WebAssembly.Instance });
  };
  const { Engine } = await createCoreOf(names)({ wasmBinary: new Uint8Array(), instantiate });
  return { Engine, invoked, memory, call: (name: string, ...given: number[]) => provided[name]?.(...given) };
}

describe('Under our half of embind', () => {
  test('text is written where the core has made room for it: its length, then its bytes', async () => {
    const { Engine, invoked, memory } = await coreWith({});
    new Engine('ä!');
    assert.deepEqual(invoked, [[7, 1024]]);
    assert.deepEqual([...new Uint8Array(memory.buffer, 1024, 7)], [3, 0, 0, 0, 0xc3, 0xa4, 0x21]);
  });

  test('text for which the core has no room is refused before anything is written or called', async () => {
    const { Engine, invoked, memory } = await coreWith({ malloc: () => 0 });
    assert.throws(() => new Engine('text'), /the core has no memory left/);
    assert.deepEqual(invoked, []);
    assert.deepEqual([...new Uint8Array(memory.buffer, 0, 8)], [0, 0, 0, 0, 0, 0, 0, 0]);
  });

  for (const [what, pages, most, needed, answer, after] of [
    ['grows by a fifth', 10, 20, 10 * 65536 + 1, 1, 12],
    ['grows by more where that is needed', 1, 4, 3 * 65536, 1, 3],
    ['grows by what is needed where a fifth is refused', 10, 11, 10 * 65536 + 1, 1, 11],
    ['stays as it is where even that is refused', 1, 4, 4 * 65536 + 1, 0, 1],
  ] as const) {
    test(`memory ${what}`, async () => {
      const { call, memory } = await coreWith({ pages, most });
      assert.equal(call('grow', needed), answer);
      assert.equal(memory.buffer.byteLength / 65536, after);
    });
  }

  test('a core that aborts throws', async () => {
    const { call } = await coreWith({});
    assert.throws(() => call('abort'), /the core has aborted/);
  });
});
