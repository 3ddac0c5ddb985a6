// The core that scripts/build-wasm has made, for tests that run it in Node.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { CoreSource } from '../src/core/loader.js';
import { hostedGlue } from './glue.js';

export const builtFolder = new URL('../../../build/wasm/', import.meta.url);
export const builtGlue = fileURLToPath(new URL('core.mjs', builtFolder));

/** `change` is what the build does to the glue. */
export async function builtCore(change: (glue: string) => string = hostedGlue): Promise<CoreSource> {
  const text = change(await readFile(builtGlue, 'utf8'));
  const address = `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
  const { default: createCore } = (await import(address)) as { default: CoreSource['createCore'] };
  const wasm = () => readFile(new URL('core.wasm', builtFolder));
  return { createCore, files: [wasm], request: wasm };
}
