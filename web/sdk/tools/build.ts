// Builds the package's files: the single-file bundle, the module bundle with its Wasm beside it, Node's, the declarations.
//
// usage: npm run build -w web/sdk [-- --core DIR --out DIR]
//
//   --core DIR   where core.mjs and core.wasm are (default: TRTC_CORE, else build/wasm, made by scripts/build-wasm)
//   --out DIR    where to write (default: web/sdk/dist); what is there is removed
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleModule, bundleNode, bundleScript, writeBase64 } from './bundles.js';
import { declarations } from './declarations.js';
import { namesOf } from './glue.js';
import { printSizes } from './sizes.js';

const sdk = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({ options: { core: { type: 'string' }, out: { type: 'string' } } });
const from = resolve(values.core ?? process.env['TRTC_CORE'] ?? join(sdk, '../../build/wasm'));
const dist = resolve(values.out ?? join(sdk, 'dist'));
const core = { glue: join(from, 'core.mjs'), wasm: join(from, 'core.wasm') };

for (const file of Object.values(core)) {
  if (existsSync(file)) continue;
  console.error(`${file} is missing: run scripts/build-wasm`);
  process.exit(1);
}

if (namesOf(await readFile(core.glue, 'utf8')) === undefined) {
  console.log('the glue is of another Emscripten than tools/glue.ts was written for: it is shipped as it is');
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
const script = join(dist, 'trtc-calling.js');
const module = join(dist, 'trtc-calling.mjs');
await Promise.all([
  bundleScript(sdk, core, script),
  bundleModule(sdk, core, module),
  bundleNode(sdk, core, join(dist, 'node.mjs')),
  writeBase64(core, dist),
  // Not copied: compilers mark it executable.
  writeFile(join(dist, 'core.wasm'), await readFile(core.wasm)),
  // The sources are modules; a .js file in dist is CommonJS, for old tools and for Node.
  writeFile(join(dist, 'package.json'), '{ "type": "commonjs" }\n'),
  declarations(sdk, dist),
]);
await printSizes([script, module, join(dist, 'core.wasm')]);
