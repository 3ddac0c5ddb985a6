// Emscripten's glue is not shipped: src/core/embind.ts does what this core needs of it, in an eighth. Only the names are
// read from it that the linker has given to what the core imports and exports; it shortens them anew in every build.
import type { CoreNames } from '../src/core/embind.js';

/** What src/core/embind.ts calls them, in Emscripten 3.1.6 and 6.0. What no method of the core takes or returns is ignored. */
const IMPORTS: Readonly<Record<string, CoreNames['imports'][string]>> = {
  __embind_register_bigint: 'ignored',
  __embind_register_bool: 'ignored',
  __embind_register_class: 'class',
  __embind_register_class_constructor: 'constructed',
  __embind_register_class_function: 'method',
  __embind_register_emval: 'value',
  __embind_register_float: 'number',
  __embind_register_integer: 'number',
  __embind_register_memory_view: 'view',
  __embind_register_std_string: 'string',
  __embind_register_std_wstring: 'ignored',
  __embind_register_void: 'ignored',
  __emval_create_invoker: 'invoker',
  __emval_decref: 'release',
  __emval_incref: 'retain',
  __emval_invoke: 'invoke',
  __emval_run_destructors: 'ignored',
  __emval_take_value: 'hold',
  // What the C library could do before it ends the program.
  __emscripten_runtime_keepalive_clear: 'ignored',
  __setitimer_js: 'ignored',
  __abort_js: 'abort',
  _abort: 'abort',
  _proc_exit: 'abort',
  _emscripten_resize_heap: 'grow',
};

/** What says `before`, then the name of an export. */
const nameOf = (before: string): RegExp => new RegExp(`${before}(?:Module\\["asm"\\]|wasmExports)\\["(\\w+)"\\]`);

const EXPORTS: Readonly<Record<keyof CoreNames['exports'], RegExp>> = {
  memory: nameOf('\\bwasmMemory='),
  table: nameOf('\\bwasmTable='),
  start: nameOf('\\b(?:addOnInit\\(|runtimeInitialized=true;)'),
  malloc: nameOf('\\b_malloc(?:"\\])?='),
  free: nameOf('\\b_free(?:"\\])?='),
};

/** Undefined where the glue is not written as these two do it; throws where the core needs more than is there. */
export function namesOf(glue: string): CoreNames | undefined {
  const found = (pattern: RegExp): string => pattern.exec(glue)?.[1] ?? '';
  const list = [...found(/\b(?:asmLibraryArg|wasmImports)=\{([^}]*)\}/).matchAll(/"?(\w+)"?:(\w+)/g)];
  if (list.length === 0) return undefined;
  const imports = list.map(([, name = '', what = '']) => {
    const ours = IMPORTS[what];
    if (ours === undefined) throw new Error(`the core imports ${what}, which src/core/embind.ts does not have`);
    return [name, ours] as const;
  });
  const exports = Object.entries(EXPORTS).map(([what, pattern]) => {
    const name = found(pattern);
    if (name === '') throw new Error(`the glue does not tell what the core's ${what} is called`);
    return [what, name] as const;
  });
  return {
    module: found(/=\{"?(\w+)"?:(?:asmLibraryArg|wasmImports)\}/),
    imports: Object.fromEntries(imports),
    exports: Object.fromEntries(exports) as CoreNames['exports'],
  };
}

/** The module `core-glue`, written for the folder src/core: its default export is `createCore`. */
export function glueModule(glue: string): string {
  const names = namesOf(glue);
  if (names === undefined) return hostedGlue(glue);
  return `import { createCoreOf } from './embind.js';\nexport default createCoreOf(${JSON.stringify(names)});\n`;
}

/** The whole glue; but the page compiles: core/loader.ts hands `instantiate` in. */
export function hostedGlue(glue: string): string {
  const parts = glue.split('WebAssembly.instantiate(');
  if (parts.length !== 2) throw new Error(`the glue instantiates the core in ${parts.length - 1} places`);
  // Nor does it fetch: where the address of a script is not known, newer glue would fail while it asks for the core's.
  return parts.join('Module["instantiate"](').replace(/new URL\("core\.wasm",\s*import\.meta\.url\)\.href/, '"core.wasm"');
}
