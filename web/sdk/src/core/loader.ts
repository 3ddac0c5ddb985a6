// The only place that instantiates Wasm.
import { createEngine } from './engine.js';
import type { CoreEngine, CoreModule, EngineConfig } from './engine.js';

/** Where the compiled core comes from. */
export interface CoreSource {
  /** The factory that Emscripten generated. */
  createCore(moduleArg: CoreModuleArg): Promise<CoreModule>;
  /** The bytes of core.wasm. They are always handed in, so that the generated code never fetches anything itself. */
  wasm(): Promise<ArrayBuffer | Uint8Array>;
}

export interface CoreModuleArg {
  wasmBinary: Uint8Array;
}

/** One engine in a Wasm instance of its own: a crash stays with the object that caused it. */
export async function loadEngine(source: CoreSource, config: EngineConfig): Promise<CoreEngine> {
  const bytes = await source.wasm();
  const wasmBinary = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  const module = await source.createCore({ wasmBinary });
  return createEngine(module, config);
}
