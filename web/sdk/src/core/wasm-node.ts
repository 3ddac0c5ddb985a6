// For Node: the Wasm is read from the disk, where fetch() does not reach. Where a tool has bundled this file for a server
// and left the Wasm behind, the copy that is a script comes.
import { readFile } from 'node:fs/promises';
import { decoded } from './base64.js';
import type { CoreFile } from './loader.js';
import { request as fetched } from './request.js';

export const files: readonly (() => Promise<CoreFile>)[] = [
  () => request(new URL('./core.wasm', import.meta.url)),
  () => import('core-base64').then(({ default: base64 }) => decoded(base64)),
];

export async function request(url: string | URL): Promise<CoreFile> {
  const { protocol } = new URL(url);
  if (protocol !== 'file:') return fetched(url);
  return new Uint8Array(await readFile(new URL(url)));
}
