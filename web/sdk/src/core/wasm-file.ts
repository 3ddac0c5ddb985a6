// For the module bundle: the Wasm lies beside the script, in the form that bundlers recognise. Some tools leave the file
// behind (esbuild, Rollup, the development server of Vite 7 and older) and some servers send a page in its place: then the
// copy that is a script comes, which every tool takes along and nobody downloads otherwise.
import { decoded } from './base64.js';
import type { CoreFile } from './loader.js';
import { request } from './request.js';

export const files: readonly (() => Promise<CoreFile>)[] = [
  () => request(new URL('./core.wasm', import.meta.url)),
  () => import('core-base64').then(({ default: base64 }) => decoded(base64)),
];

export { request };
