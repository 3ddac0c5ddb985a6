// The core that scripts/build-wasm has made, or the one in TRTC_CORE, for tests that run it in Node.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createCoreOf } from '../src/core/embind.js';
import type { CoreSource } from '../src/core/loader.js';
import { hostedGlue, namesOf } from './glue.js';

const other = process.env['TRTC_CORE'];
export const builtFolder = other ? pathToFileURL(`${resolve(other)}/`) : new URL('../../../build/wasm/', import.meta.url);
export const builtGlue = fileURLToPath(new URL('core.mjs', builtFolder));

/** As it is shipped; `whole` is with Emscripten's own glue. */
export async function builtCore(whole = false): Promise<CoreSource> {
  const glue = await readFile(builtGlue, 'utf8');
  const names = whole ? undefined : namesOf(glue);
  const wasm = () => readFile(new URL('core.wasm', builtFolder));
  return { createCore: names === undefined ? await wholeGlue(glue) : createCoreOf(names), files: [wasm], request: wasm };
}

async function wholeGlue(glue: string): Promise<CoreSource['createCore']> {
  // Newer glue resolves names against its own address, which data: does not allow.
  const text = hostedGlue(glue).replace(/import\.meta\.url/g, '"file:///core.mjs"');
  const address = `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
  return ((await import(address)) as { default: CoreSource['createCore'] }).default;
}
