// What the build does to Emscripten's glue.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { CoreEngine } from '../src/core/engine.js';
import { loadEngine } from '../src/core/loader.js';
import { builtCore, builtGlue } from '../tools/built-core.js';
import type { Cut } from '../tools/glue-cuts.js';
import { digestOf, hostedGlue, isKnown, trimGlue } from '../tools/glue.js';

describe('Cutting the glue', () => {
  const unused = 'function unused(){return helper()}';
  const cut: Cut = { statement: 'function unused(', digest: digestOf(unused), put: '' };
  const glueOf = (...statements: string[]) => `var createCore = (() => {
  return (function(createCore) {
var Module=createCore;
// Build with -s ASSERTIONS=1 for more info.
${statements.join('\n')}
return createCore.ready
});
})();
export default createCore;`;
  const known = [
    'function helper(){return other}',
    'var other={a:[1]},kept=start();',
    unused,
    'var asmLibraryArg={"a":_abort,"b":__emval_incref};',
    'Module.x=asmLibraryArg;',
  ];

  test('takes the statement away, and what only it has named', () => {
    const trimmed = trimGlue(glueOf(...known), [cut]);
    assert.doesNotMatch(trimmed, /unused|helper|other/);
    assert.match(trimmed, /kept=start\(\)/, 'what is called may do something');
    assert.match(trimmed, /^var createCore = [^]*return createCore\.ready\n\}\);\n\}\)\(\);\nexport default createCore;$/);
  });

  test('puts something else in its place', () => {
    const put = (text: string) => text.replace('helper()', '1').replace('unused', 'Module');
    assert.match(trimGlue(glueOf(...known), [{ ...cut, put }]), /function Module\(\)\{return 1\}/);
  });

  test('does not mind how the exports of the core are called', () => {
    assert.equal(digestOf('f(Module["asm"]["x"])'), digestOf('f(Module["asm"]["Ab"])'));
    assert.notEqual(digestOf('f(Module["asm"]["x"])'), digestOf('g(Module["asm"]["x"])'));
  });

  for (const [what, statements, error] of [
    ['a statement is not what was read', known.map((text) => text.replace('return helper()', 'return -helper()')), /'function unused\(' is not what was read/],
    ['a statement is missing', known.filter((text) => text !== unused), /the glue has 0 statements 'function unused\('/],
    ['a statement is there twice', [...known, unused], /the glue has 2 statements/],
    ['the core needs more', known.map((text) => text.replace('__emval_incref', '__embind_register_enum')), /the core imports __embind_register_enum/],
    ['the imports cannot be found', known.filter((text) => !text.includes('asmLibraryArg=')), /the core imports nothing/],
  ] as const) {
    test(`fails where ${what}`, () => {
      assert.throws(() => trimGlue(glueOf(...statements), [cut]), error);
    });
  }

  test('only lets the page compile for the glue of another Emscripten', () => {
    const other = (call: string) => glueOf(...known, call).replace('-s ASSERTIONS=1', '-sASSERTIONS');
    assert.equal(trimGlue(other('WebAssembly.instantiate(binary,info)')), other('Module["instantiate"](binary,info)'));
  });

  test('fails where the glue of another Emscripten does something else with the Wasm', () => {
    const other = glueOf(...known).replace('-s ASSERTIONS=1', '-sASSERTIONS');
    assert.throws(() => trimGlue(other), /instantiates the core in 0 places/);
  });
});

const built = existsSync(builtGlue) ? readFileSync(builtGlue, 'utf8') : '';
const skip = isKnown(built) ? false : 'build/wasm/core.mjs is not there, or of another Emscripten: run scripts/build-wasm';

describe('The compiled core with the glue that is shipped', { skip }, () => {
  async function answers(change: (glue: string) => string): Promise<unknown[]> {
    const core = await builtCore(change);
    const config = { sdk_app_id: 1, servers: ['ws://127.0.0.1:9/mqtt'], seed: '5a'.repeat(32), fast_connect: false };
    const load = () => loadEngine(core, config);
    return [...(await refusals(load)), ...(await connecting(load))];
  }

  /** Text that is long, not ASCII, not Unicode. The memory has to grow for it. */
  async function refusals(load: () => Promise<CoreEngine>): Promise<unknown[]> {
    const engine = await load();
    const texts = ['s'.repeat(3e6), 'alïce 张三 😀', '\u0000', '\ud800', ''];
    return texts.flatMap((text, op) => engine.handle(op, { type: 'Login', op, user: text, user_sig: text }));
  }

  async function connecting(load: () => Promise<CoreEngine>): Promise<unknown[]> {
    const engine = await load();
    const seen: unknown[] = [
      engine.handle(1000, { type: 'Login', op: 1, user: 'alice', user_sig: 'sïg 😀' }),
      engine.deadline(),
      engine.handle(1010, { type: 'SocketOpened', socket: 1 }),
      [...engine.output(0)],
      engine.receive(1020, 99, new Uint8Array(5e6)),
      engine.receive(1030, 1, new Uint8Array([0x20, 2, 0, 5])),
      engine.deadline(),
    ];
    engine.dispose();
    assert.throws(() => engine.output(0));
    assert.throws(() => engine.deadline(), 'an engine that was deleted');
    return seen;
  }

  test('answers as with the whole glue', async () => {
    const [trimmed, whole] = [await answers(trimGlue), await answers(hostedGlue)];
    assert.deepEqual(trimmed, whole);
    assert.match(JSON.stringify(trimmed), /CONNACK 5/);
  });

  for (const [what, change] of [['that is shipped', trimGlue], ['of Emscripten', hostedGlue]] as const) {
    test(`rejects with the glue ${what} where the Wasm cannot be instantiated`, async () => {
      const { createCore } = await builtCore(change);
      const instantiate = () => Promise.reject(new Error('of another version'));
      await assert.rejects(createCore({ wasmBinary: new Uint8Array(), instantiate }), /of another version/);
    });
  }

  test('is half as large', () => {
    assert.ok(trimGlue(built).length < built.length / 2);
  });
});
