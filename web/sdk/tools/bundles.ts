// The forms of the package. All are made from src/index.ts; they differ in where the Wasm is.
import { parse } from 'acorn';
import { build } from 'esbuild';
import type { BuildOptions, Plugin } from 'esbuild';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { minify } from 'terser';
import { glueModule } from './glue.js';

/** What scripts/build-wasm makes. */
export interface CoreFiles {
  glue: string;
  wasm: string;
}

const BANNER = '/*! trtc-calling-wasm, MIT licence */';
const BASE64 = 'core-base64.mjs';

/** What `core-glue` is. Its name, which source maps repeat, is the same on every machine. */
const coreGlue = (sdk: string, { glue }: CoreFiles): Plugin => ({
  name: 'core-glue',
  setup(build) {
    build.onResolve({ filter: /^core-glue$/ }, () => ({ path: 'core.mjs', namespace: 'glue' }));
    build.onLoad({ filter: /.*/, namespace: 'glue' }, async () => ({
      contents: glueModule(await readFile(glue, 'utf8')),
      resolveDir: join(sdk, 'src/core'),
    }));
  },
});

/** Where `core-base64` is a file of its own. */
const separateBase64: Plugin = {
  name: 'separate-base64',
  setup(build) {
    build.onResolve({ filter: /^core-base64$/ }, () => ({ path: `./${BASE64}`, external: true }));
  },
};

const common = (sdk: string, core: CoreFiles, source: string): BuildOptions => ({
  absWorkingDir: sdk,
  entryPoints: ['src/index.ts'],
  alias: { 'core-wasm': join(sdk, 'src/core', source) },
  plugins: [coreGlue(sdk, core)],
  bundle: true,
  minifySyntax: true,
  legalComments: 'none',
  charset: 'ascii',
  sourcemap: 'external',
  write: false,
  logLevel: 'warning',
});

/** Source maps name sources relative to where the package is built, wherever this build is written to. */
const outfile = (sdk: string, name: string): string => join(sdk, 'dist', name);

async function writeBundle(sdk: string, path: string, options: BuildOptions): Promise<string> {
  const { outputFiles = [] } = await build({ ...options, outfile: outfile(sdk, basename(path)) });
  const [bundle = '', content = ''] = ['', '.map'].map((end) => outputFiles.find((file) => file.path === outfile(sdk, basename(path)) + end)?.text);
  if (bundle === '' || content === '') throw new Error('esbuild wrote nothing');
  const { code = '', map = '' } = await minified(bundle, content, options);
  await writeFile(path, `${code}\n//# sourceMappingURL=${basename(path)}.map\n`);
  await writeFile(`${path}.map`, String(map));
  return code;
}

/** esbuild knows what belongs into a bundle, terser says it in fewer bytes: a twentieth of what is sent. */
const minified = (bundle: string, map: string, { format, target }: BuildOptions) =>
  minify(bundle, {
    module: format === 'esm',
    ecma: target === 'es2015' ? 2015 : 2020,
    compress: { passes: 3, keep_fargs: false },
    mangle: { keep_classnames: /^TRTCCalling$/ },
    format: { ascii_only: true, comments: /^!/ },
    sourceMap: { content: map, includeSources: true },
  });

const OPENING = `${BANNER}
(function (root, factory) {
  if (typeof module === 'object' && module.exports) module.exports = factory();
  else if (typeof define === 'function' && define.amd) define([], factory);
  else root.TRTCCalling = factory();
})(typeof self !== 'undefined' ? self : this, function () {`;

const CLOSING = 'return bundle.default;\n});';

/**
 * One file for <script>, require() and AMD in ES2015 syntax, because the tools of most applications leave dependencies
 * as they are (webpack 4 and older cannot read anything newer). `module.exports` is the class itself.
 */
export async function bundleScript(sdk: string, core: CoreFiles, path: string): Promise<void> {
  const script = await writeBundle(sdk, path, {
    ...common(sdk, core, 'wasm-inline.ts'),
    alias: { 'core-wasm': join(sdk, 'src/core/wasm-inline.ts'), 'core-base64': core.wasm },
    format: 'iife',
    globalName: 'bundle',
    target: 'es2015',
    loader: { '.wasm': 'base64' },
    banner: { js: OPENING },
    footer: { js: CLOSING },
    // The generated code asks for its own address only to find the Wasm, which it is handed.
    define: { 'import.meta.url': '""' },
  });
  check(script, path);
}

/** For current bundlers and browsers: the Wasm lies beside the script. */
export const bundleModule = (sdk: string, core: CoreFiles, path: string): Promise<void> => module(sdk, core, path, 'wasm-file.ts', []);

/** For Node, which reads the Wasm from the disk. */
export const bundleNode = (sdk: string, core: CoreFiles, path: string): Promise<void> =>
  module(sdk, core, path, 'wasm-node.ts', ['node:fs/promises']);

async function module(sdk: string, core: CoreFiles, path: string, source: string, external: string[]): Promise<void> {
  const options = common(sdk, core, source);
  const code = await writeBundle(sdk, path, {
    ...options,
    plugins: [...(options.plugins ?? []), separateBase64],
    format: 'esm',
    target: 'es2020',
    banner: { js: BANNER },
    external,
  });
  const imported = [...code.matchAll(/\bimport\s*\(?\s*(?:[^"'()]*from)?\s*["']([^"']+)["']/g)].map((match) => match[1]);
  const unexpected = imported.filter((name) => name !== `./${BASE64}` && !external.includes(String(name)));
  if (unexpected.length > 0) throw new Error(`${path} imports ${unexpected.join(', ')}`);
}

/** The Wasm as a script, which arrives where a file of its own does not. */
export async function writeBase64({ wasm }: CoreFiles, folder: string): Promise<void> {
  const text = (await readFile(wasm)).toString('base64');
  await writeFile(join(folder, BASE64), `export default ${JSON.stringify(text)};\n`);
}

/** Newer syntax, import.meta or code made from strings would fail in the tools and pages that this file is for. */
function check(script: string, name: string): void {
  parse(script, { ecmaVersion: 2015, sourceType: 'script' });
  for (const banned of [/\beval\(/, /\bnew Function\b/, /\bimport\.meta\b/, /\bimport\(/]) {
    if (banned.test(script)) throw new Error(`${name} contains ${banned.source}`);
  }
}
