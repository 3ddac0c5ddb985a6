// The two forms of the package. Both are made from src/index.ts; they differ in where the Wasm is.
import { parse } from 'acorn';
import { build } from 'esbuild';
import type { BuildOptions, Plugin } from 'esbuild';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trimGlue } from './glue.js';

/** What scripts/build-wasm makes. */
export interface CoreFiles {
  glue: string;
  wasm: string;
}

const BANNER = '/*! trtc-calling-wasm, MIT licence */';

/** What `core-glue` is. */
const trimmedGlue = ({ glue }: CoreFiles): Plugin => ({
  name: 'trimmed-glue',
  setup(build) {
    build.onResolve({ filter: /^core-glue$/ }, () => ({ path: glue, namespace: 'glue' }));
    build.onLoad({ filter: /.*/, namespace: 'glue' }, async () => ({ contents: trimGlue(await readFile(glue, 'utf8')) }));
  },
});

const common = (sdk: string, core: CoreFiles, source: string): BuildOptions => ({
  entryPoints: [join(sdk, 'src/index.ts')],
  alias: { 'core-wasm': join(sdk, 'src/core', source), 'core-base64': core.wasm },
  plugins: [trimmedGlue(core)],
  bundle: true,
  minify: true,
  legalComments: 'none',
  charset: 'ascii',
  write: false,
  logLevel: 'warning',
});

async function textOf(options: BuildOptions): Promise<string> {
  const { outputFiles = [] } = await build(options);
  const [file] = outputFiles;
  if (file === undefined) throw new Error('esbuild wrote nothing');
  return file.text.trim();
}

/**
 * One file for <script>, require() and AMD in ES2015 syntax, because the tools of most applications leave dependencies
 * as they are (webpack 4 and older cannot read anything newer). `module.exports` is the class itself.
 */
export async function bundleScript(sdk: string, core: CoreFiles, outfile: string): Promise<void> {
  const bundle = await textOf({
    ...common(sdk, core, 'wasm-inline.ts'),
    format: 'iife',
    globalName: 'bundle',
    target: 'es2015',
    loader: { '.wasm': 'base64' },
    // The generated code asks for its own address only to find the Wasm, which it is handed.
    define: { 'import.meta.url': '""' },
  });
  const script = `${BANNER}
(function (root, factory) {
  if (typeof module === 'object' && module.exports) module.exports = factory();
  else if (typeof define === 'function' && define.amd) define([], factory);
  else root.TRTCCalling = factory();
})(typeof self !== 'undefined' ? self : this, function () {
${bundle}
return bundle.default;
});
`;
  check(script, outfile);
  await writeFile(outfile, script);
}

/** For current bundlers and browsers: the Wasm lies beside the script. */
export async function bundleModule(sdk: string, core: CoreFiles, outfile: string): Promise<void> {
  const module = await textOf({ ...common(sdk, core, 'wasm-file.ts'), format: 'esm', target: 'es2020' });
  await writeFile(outfile, `${BANNER}\n${module}\n`);
}

/** Newer syntax, import.meta or code made from strings would fail in the tools and pages that this file is for. */
function check(script: string, name: string): void {
  parse(script, { ecmaVersion: 2015, sourceType: 'script' });
  for (const banned of [/\beval\(/, /\bnew Function\b/, /\bimport\.meta\b/, /\bimport\(/]) {
    if (banned.test(script)) throw new Error(`${name} contains ${banned.source}`);
  }
}
