// What the build does to Emscripten's glue.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { CoreEngine } from '../src/core/engine.js';
import { loadEngine } from '../src/core/loader.js';
import type { CoreSource } from '../src/core/loader.js';
import type { Cut } from '../tools/glue-cuts.js';
import { digestOf, isKnown, trimGlue } from '../tools/glue.js';

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

  test('leaves the glue of another Emscripten alone', () => {
    const other = glueOf(...known).replace('-s ASSERTIONS=1', '-sASSERTIONS');
    assert.equal(trimGlue(other), other);
  });
});

const folder = fileURLToPath(new URL('../../../build/wasm', import.meta.url));
const built = existsSync(join(folder, 'core.mjs')) ? await readFile(join(folder, 'core.mjs'), 'utf8') : '';
const skip = isKnown(built) ? false : 'build/wasm/core.mjs is not there, or of another Emscripten: run scripts/build-wasm';

describe('The compiled core with the glue that is shipped', { skip }, () => {
  async function answers(glue: string): Promise<unknown[]> {
    const scratch = await mkdtemp(join(tmpdir(), 'trtc-calling-glue-'));
    try {
      await writeFile(join(scratch, 'glue.mjs'), glue);
      const { default: createCore } = (await import(join(scratch, 'glue.mjs'))) as { default: CoreSource['createCore'] };
      const config = { sdk_app_id: 1, servers: ['ws://127.0.0.1:9/mqtt'], seed: '5a'.repeat(32), fast_connect: false };
      const load = () => loadEngine({ createCore, wasm: () => readFile(join(folder, 'core.wasm')) }, config);
      return [...(await refusals(load)), ...(await connecting(load))];
    } finally {
      await rm(scratch, { recursive: true });
    }
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
    const [trimmed, whole] = [await answers(trimGlue(built)), await answers(built)];
    assert.deepEqual(trimmed, whole);
    assert.match(JSON.stringify(trimmed), /CONNACK 5/);
  });

  test('rejects where the Wasm cannot be compiled', async () => {
    const text = Buffer.from(trimGlue(built)).toString('base64');
    const { default: createCore } = (await import(`data:text/javascript;base64,${text}`)) as { default: CoreSource['createCore'] };
    await assert.rejects(createCore({ wasmBinary: new Uint8Array([0, 97, 115, 109, 9, 0, 0, 0]) }), WebAssembly.CompileError);
  });

  test('is half as large', () => {
    assert.ok(trimGlue(built).length < built.length / 2);
  });
});
