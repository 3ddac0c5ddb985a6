// Prints API.md, made from the TypeScript sources; scripts/check compares it with the file, and writes it with --fix.
//
// usage: node --import tsx web/sdk/tools/api-reference.ts
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CALL_TYPE } from '../src/constants.js';
import { profileOf } from '../src/core/quality.js';
import { describe, knownCodes } from '../src/errors.js';
import { markdown } from './api-markdown.js';
import type { Tables } from './api-markdown.js';
import { readModel } from './api-model.js';
import type { ReadSource } from './api-model.js';

const sources = fileURLToPath(new URL('../src/', import.meta.url));

export const readSource: ReadSource = (file) => readFileSync(sources + file, 'utf8');

export const codes: readonly number[] = knownCodes();

export function reference(): string {
  const model = readModel(readSource);
  const quality = model.types.get('VideoQuality')?.type ?? '';
  const names = [...quality.matchAll(/'(\w+)'/g)].map((match) => String(match[1]));
  const tables: Tables = {
    errors: codes.map((code) => ({ code, ...describe(code) })),
    callTypes: Object.entries(CALL_TYPE).filter((entry): entry is [string, 0 | 1 | 2] => typeof entry[1] === 'number'),
    profiles: names.map((name) => ({ name, ...profileOf(name) })),
  };
  return markdown(model, tables);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(reference());
