// What becomes of Emscripten's glue.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { CoreEngine } from '../src/core/engine.js';
import { loadEngine } from '../src/core/loader.js';
import { builtCore, builtGlue } from '../tools/built-core.js';
import { glueModule, hostedGlue, namesOf } from '../tools/glue.js';

describe('The names of a core', () => {
  const glue = [
    'var asmLibraryArg={"a":_abort,"b":__emval_incref};var info={"m":asmLibraryArg};',
    'wasmMemory=Module["asm"]["r"];wasmTable=Module["asm"]["w"];addOnInit(Module["asm"]["s"]);',
    'var _malloc=Module["_malloc"]=function(){return(_malloc=Module["_malloc"]=Module["asm"]["t"])};',
    'var _free=Module["_free"]=function(){return(_free=Module["_free"]=Module["asm"]["Fx"])};',
  ].join('\n');
  const newer = [
    'var wasmImports={a:__abort_js,b:__emval_incref};function getWasmImports(){var imports={m:wasmImports}}',
    'function initRuntime(){runtimeInitialized=true;wasmExports["s"]()}_malloc=wasmExports["t"];_free=wasmExports["Fx"];',
    'memory=wasmMemory=wasmExports["r"];wasmTable=wasmExports["w"]',
  ].join('\n');

  for (const [version, text] of [['3.1.6', glue], ['6.0', newer]] as const) {
    test(`are read from the glue of Emscripten ${version}`, () => {
      const exports = { memory: 'r', table: 'w', start: 's', malloc: 't', free: 'Fx' };
      assert.deepEqual(namesOf(text), { module: 'm', imports: { a: 'abort', b: 'retain' }, exports });
      assert.match(glueModule(text), /^import \{ createCoreOf \} from '.\/embind.js';\nexport default createCoreOf\(\{"module":"m",/);
    });
  }

  for (const [what, changed, error] of [
    ['the core needs more', glue.replace('__emval_incref', '__embind_register_enum'), /the core imports __embind_register_enum/],
    ['a name is missing', glue.replace('wasmTable', 'table'), /does not tell what the core's table is called/],
  ] as const) {
    test(`cannot be read where ${what}`, () => {
      assert.throws(() => namesOf(changed), error);
    });
  }

  test('are not known from the glue of another Emscripten, which stays as it is and only lets the page compile', () => {
    const other = (call: string) => `var importObject={a:_abort};${call}`;
    assert.equal(namesOf(other('')), undefined);
    assert.equal(glueModule(other('WebAssembly.instantiate(binary,info)')), other('Module["instantiate"](binary,info)'));
  });

  test('are no help where the glue of another Emscripten does something else with the Wasm', () => {
    assert.throws(() => hostedGlue(''), /instantiates the core in 0 places/);
  });
});

const built = existsSync(builtGlue) ? readFileSync(builtGlue, 'utf8') : '';
const skip = namesOf(built) ? false : 'build/wasm/core.mjs is not there, or of another Emscripten: run scripts/build-wasm';

describe('The compiled core under the embind that is shipped', { skip }, () => {
  async function answers(whole: boolean): Promise<unknown[]> {
    const core = await builtCore(whole);
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
    assert.throws(() => engine.output(9), RangeError);
    engine.dispose();
    assert.throws(() => engine.output(0));
    assert.throws(() => engine.deadline(), 'an engine that was deleted');
    return seen;
  }

  test("answers as under Emscripten's", async () => {
    const [ours, whole] = [await answers(false), await answers(true)];
    assert.deepEqual(ours, whole);
    assert.match(JSON.stringify(ours), /CONNACK 5/);
  });

  for (const [what, whole] of [['that is shipped', false], ['of Emscripten', true]] as const) {
    test(`is refused by the embind ${what} where the Wasm cannot be instantiated`, async () => {
      const { createCore } = await builtCore(whole);
      const instantiate = () => Promise.reject(new Error('of another version'));
      await assert.rejects(createCore({ wasmBinary: new Uint8Array(), instantiate }), /of another version/);
    });
  }
});
