// Where core.wasm comes from, and what happens where it does not.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { loadEngine } from '../src/core/loader.js';
import type { CoreFile, CoreModuleArg, CorePlace, CoreSource } from '../src/core/loader.js';
import type { TRTCCallingError } from '../src/types.js';

const config = { sdk_app_id: 1, servers: ['ws://h/mqtt'], seed: '00'.repeat(32), fast_connect: false };
/** The smallest module: it has nothing in it. */
const wasm = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
/** As a server sends it, or a page in its place. */
const sent = (bytes: Uint8Array<ArrayBuffer> | string, type: string) => new Response(bytes, { headers: { 'content-type': type } });
const page = () => sent('<!doctype html>', 'text/html');

class Engine {
  handle = () => '[]';
  receive = () => '[]';
  output = () => undefined;
  deadline = () => -1;
  checkpoint = () => '';
  delete = () => undefined;
}

/** What the generated code does with what it is handed. */
const createCore: CoreSource['createCore'] = async ({ instantiate }: CoreModuleArg) => {
  const { instance } = await instantiate(0, {});
  assert.ok(instance instanceof WebAssembly.Instance);
  return { Engine };
};

/** Fetches nothing; `asked` says what it was asked for. */
function sourceOf(...files: (() => CoreFile | Error)[]) {
  const asked: string[] = [];
  const answer = (name: string, file: () => CoreFile | Error) => (): Promise<CoreFile> => {
    asked.push(name);
    const given = file();
    return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
  };
  const source: CoreSource = {
    createCore,
    files: files.map((file, index) => answer(`file ${index}`, file)),
    request: (url) => answer(String(url), () => sent(wasm, 'application/wasm'))(),
  };
  return { asked, source };
}

const refused = async (source: CoreSource, place: CorePlace = {}): Promise<TRTCCallingError> => {
  const error = await loadEngine(source, config, place).then(() => assert.fail('loaded'), (thrown: unknown) => thrown);
  return error as TRTCCallingError;
};

describe('The core is compiled', () => {
  const { compile, compileStreaming } = WebAssembly;
  let compiled: string[];
  beforeEach(() => {
    compiled = [];
    // Node's own Response compiles a parser of its own when it is first used.
    WebAssembly.compile = (bytes) => (bytes.byteLength === wasm.length && compiled.push('whole'), compile(bytes));
    WebAssembly.compileStreaming = (response) => (compiled.push('streaming'), compileStreaming(response));
  });
  afterEach(() => {
    Object.assign(WebAssembly, { compile, compileStreaming });
  });

  test('while it arrives', async () => {
    await loadEngine(sourceOf(() => sent(wasm, 'application/wasm')).source, config);
    assert.deepEqual(compiled, ['streaming']);
  });

  for (const type of ['application/octet-stream', 'text/html', 'application/wasm; charset=utf-8', '']) {
    test(`when it is there, if the server calls it '${type}', which browsers do not accept`, async () => {
      const { asked, source } = sourceOf(() => sent(wasm, type), () => wasm);
      await loadEngine(source, config);
      assert.deepEqual([asked, compiled], [['file 0'], ['whole']]);
    });
  }

  test('when it is there, if the browser can do nothing else', async () => {
    Object.assign(WebAssembly, { compileStreaming: undefined });
    delete (WebAssembly as { compileStreaming?: unknown }).compileStreaming;
    await loadEngine(sourceOf(() => sent(wasm, 'application/wasm')).source, config);
    assert.deepEqual(compiled, ['whole']);
  });

  test('once for all objects of a page, each of which has an instance of its own', async () => {
    const { asked, source } = sourceOf(() => sent(wasm, 'application/wasm'));
    await Promise.all([loadEngine(source, config), loadEngine(source, config)]);
    await loadEngine(source, config);
    assert.deepEqual([asked, compiled], [['file 0'], ['streaming']]);
  });

  test('again after a failure', async () => {
    let isDown = true;
    const { asked, source } = sourceOf(() => (isDown ? new TypeError('Failed to fetch') : wasm));
    await refused(source);
    isDown = false;
    await loadEngine(source, config);
    assert.deepEqual(asked, ['file 0', 'file 0']);
  });
});

describe('The copy of the core that is a script comes', () => {
  for (const [where, first] of [
    ['there is no file', () => new Error('core.wasm: HTTP 404')],
    ['there is no network', () => new TypeError('Failed to fetch')],
    ['the server sends a page in its place', page],
    ['the server calls a page Wasm', () => sent('<!doctype html>', 'application/wasm')],
    ['the file has been cut', () => sent(wasm.slice(0, 6), 'application/wasm')],
  ] as const) {
    test(`where ${where}`, async () => {
      const { asked, source } = sourceOf(first, () => wasm);
      await loadEngine(source, config);
      assert.deepEqual(asked, ['file 0', 'file 1']);
    });
  }

  test('where the file is of another version, which the generated code does not fit', async () => {
    // (module (import "b" "c" (func)))
    const other = new Uint8Array([...wasm, 1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 98, 1, 99, 0, 0]);
    const { asked, source } = sourceOf(() => other, () => wasm);
    await loadEngine(source, config);
    assert.deepEqual(asked, ['file 0', 'file 1']);
  });

  test('not where the file is good', async () => {
    const { asked, source } = sourceOf(() => wasm, () => new Error('not needed'));
    await loadEngine(source, config);
    assert.deepEqual(asked, ['file 0']);
  });
});

describe('wasmUrl and wasmBinary', () => {
  const { source, asked } = sourceOf(() => new Error('not asked for'));
  beforeEach(() => void asked.splice(0));

  test('say where the core is, and the bundle asks nobody else', async () => {
    await loadEngine(source, config, { url: '/static/core.wasm' });
    assert.deepEqual(asked, ['/static/core.wasm']);
  });

  for (const [form, bytes] of [
    ['an ArrayBuffer', wasm.buffer],
    ['bytes', wasm],
    ['a part of a buffer', new Uint8Array([9, ...wasm, 9]).subarray(1, 9)],
  ] as const) {
    test(`may be ${form}`, async () => {
      await loadEngine(source, config, { bytes });
      assert.deepEqual(asked, []);
    });
  }

  test('have no fallback', async () => {
    const broken: CoreSource = { ...source, request: () => Promise.resolve(page()) };
    const error = await refused(broken, { url: '/static/core.wasm' });
    assert.equal(error.code, 61100);
    assert.match(error.detail, /\(text\/html\): .*magic/);
    assert.match((await refused(source, { bytes: new Uint8Array(8) })).detail, /^wasmBinary: .*magic/);
    assert.deepEqual(asked, []);
  });
});

describe('A core that cannot be had', () => {
  test('is an error that tells every attempt and what to do', async () => {
    const error = await refused(sourceOf(() => new Error('core.wasm: HTTP 404'), () => new TypeError('Failed to fetch')).source);
    assert.equal(error.name, 'TRTCCallingError');
    assert.equal(error.code, 61100);
    assert.equal(error.message, 'the call engine could not be loaded: core.wasm: HTTP 404; Failed to fetch');
    assert.match(error.remedy, /wasmUrl.*wasm-unsafe-eval/);
  });

  test('is another error where the browser has switched WebAssembly off', async () => {
    const { WebAssembly: kept } = globalThis;
    try {
      delete (globalThis as { WebAssembly?: unknown }).WebAssembly;
      assert.equal((await refused(sourceOf(() => wasm).source)).code, 60006);
    } finally {
      globalThis.WebAssembly = kept;
    }
  });
});
