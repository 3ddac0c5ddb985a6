// The only place that compiles and instantiates Wasm.
import { fail, textOf } from '../errors.js';
import { createEngine } from './engine.js';
import type { CoreEngine, CoreModule, EngineConfig, Tap } from './engine.js';

/** core.wasm, or the answer to a request for it. */
export type CoreFile = BufferSource | Response;

/** Where the compiled core comes from. */
export interface CoreSource {
  /** The factory that Emscripten generated. */
  createCore(moduleArg: CoreModuleArg): Promise<CoreModule>;
  /** Where the bundle has core.wasm, in the order in which to try. */
  files: readonly (() => Promise<CoreFile>)[];
  /** Gets core.wasm from where the application has it. */
  request(url: string | URL): Promise<CoreFile>;
}

/** What the generated code is handed, so that it never fetches or compiles anything itself. */
export interface CoreModuleArg {
  /** Not read; without it Emscripten's own code would look for the file. */
  wasmBinary: Uint8Array;
  /** Stands in for WebAssembly.instantiate (tools/glue.ts). */
  instantiate(bytes: unknown, imports: WebAssembly.Imports): Promise<{ instance: WebAssembly.Instance }>;
}

/** Where the application has core.wasm; the bundle's own places are not tried then. */
export interface CorePlace {
  url?: string | URL;
  bytes?: BufferSource;
}

const MIME_TYPE = 'application/wasm';

/** One engine in a Wasm instance of its own: a crash stays with the object that caused it. */
export async function loadEngine(source: CoreSource, config: EngineConfig, place: CorePlace = {}, tap?: Tap): Promise<CoreEngine> {
  if (typeof WebAssembly === 'undefined') throw fail('UNSUPPORTED', 'WebAssembly is switched off');
  const reasons: string[] = [];
  for (const file of filesOf(source, place)) {
    try {
      return createEngine(await start(source, await compiledOnce(file)), config, tap);
    } catch (thrown) {
      reasons.push(textOf(thrown));
    }
  }
  throw fail('CORE_UNAVAILABLE', reasons.join('; '));
}

function filesOf(source: CoreSource, { url, bytes }: CorePlace): CoreSource['files'] {
  if (bytes !== undefined) return [() => Promise.resolve(bytes)];
  return url === undefined ? source.files : [() => source.request(url)];
}

function start({ createCore }: CoreSource, module: WebAssembly.Module): Promise<CoreModule> {
  const instantiate: CoreModuleArg['instantiate'] = async (_bytes, imports) => ({
    instance: await WebAssembly.instantiate(module, imports),
  });
  return createCore({ wasmBinary: new Uint8Array(), instantiate });
}

/** Pages make a new TRTCCalling for each login; what has been compiled serves all of them. */
const modules = new WeakMap<CoreSource['files'][number], Promise<WebAssembly.Module>>();

function compiledOnce(file: CoreSource['files'][number]): Promise<WebAssembly.Module> {
  const known = modules.get(file);
  if (known !== undefined) return known;
  const module = file().then(compile);
  modules.set(file, module);
  // The network may be back at the next attempt.
  module.catch(() => modules.delete(file));
  return module;
}

/** While it arrives, if the server names its type: browsers insist on that. Else when it is there. */
async function compile(file: CoreFile): Promise<WebAssembly.Module> {
  if (!('arrayBuffer' in file)) return compileBytes(file, 'wasmBinary');
  const type = file.headers.get('content-type') ?? '';
  if (type === MIME_TYPE && 'compileStreaming' in WebAssembly) return WebAssembly.compileStreaming(file);
  return compileBytes(await file.arrayBuffer(), `${file.url} (${type})`);
}

/** Many servers answer with a page where there is no such file. The browser's own message would not say so. */
function compileBytes(bytes: BufferSource, name: string): Promise<WebAssembly.Module> {
  return WebAssembly.compile(bytes).catch((thrown: unknown) => {
    throw new Error(`${name}: ${textOf(thrown)}`);
  });
}
