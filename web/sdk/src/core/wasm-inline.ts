// For the single-file bundle: the Wasm is part of the script. It is decoded when it is first needed, not at import.
import base64 from 'core-base64';
import { decoded } from './base64.js';
import type { CoreFile } from './loader.js';

export const files: readonly (() => Promise<CoreFile>)[] = [() => Promise.resolve(decoded(base64))];

export { request } from './request.js';
