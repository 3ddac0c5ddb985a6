// The core that scripts/build-wasm has made, or the one in TRTC_CORE, for tests that run it in Node.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CoreSource } from '../src/core/loader.js';
import { hostedGlue } from './glue.js';

const other = process.env['TRTC_CORE'];
export const builtFolder = other ? pathToFileURL(`${resolve(other)}/`) : new URL('../../../build/wasm/', import.meta.url);
export const builtGlue = fileURLToPath(new URL('core.mjs', builtFolder));

/** `change` is what the build does to the glue. */
export async function builtCore(change: (glue: string) => string = hostedGlue): Promise<CoreSource> {
  // Newer glue resolves names against its own address, which data: does not allow.
  const text = change(await readFile(builtGlue, 'utf8')).replace(/import\.meta\.url/g, '"file:///core.mjs"');
  const address = `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
  const { default: createCore } = (await import(address)) as { default: CoreSource['createCore'] };
  const wasm = () => readFile(new URL('core.wasm', builtFolder));
  return { createCore, files: [wasm], request: wasm };
}
