// usage: node scripts/rules/size.mjs [--budget BYTES]
// Prints what a page downloads, and fails if the modern form (ES module and Wasm, brotli) exceeds the budget.
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

// What is reached, and a little: nothing creeps in unnoticed. The goal is 60 kB; scripts/size shows where the bytes are, and
// CONTRIBUTING.md what was tried.
const { values } = parseArgs({ options: { budget: { type: 'string', default: '93200' } } });
const budget = Number(values.budget);
const DIST = 'web/sdk/dist/';

function measure(name) {
  const path = DIST + name;
  if (!existsSync(path)) {
    console.error(`size: ${path} is missing (npm run build -w web/sdk)`);
    process.exit(1);
  }
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return { name, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes, { params }).length };
}

function sum(name, parts) {
  const add = (key) => parts.reduce((total, part) => total + part[key], 0);
  return { name, raw: add('raw'), gzip: add('gzip'), brotli: add('brotli') };
}

const modern = [measure('trtc-calling.mjs'), measure('core.wasm')];
const total = sum('module + Wasm', modern);
const rows = [...modern, total, measure('trtc-calling.js')];

const number = (value) => String(value).padStart(9);
console.log(`${'bytes of the SDK'.padEnd(18)}${['raw', 'gzip', 'brotli'].map((head) => head.padStart(9)).join('')}`);
for (const row of rows) console.log(`${row.name.padEnd(18)}${number(row.raw)}${number(row.gzip)}${number(row.brotli)}`);

const within = total.brotli <= budget;
console.log(`budget: ${total.brotli} of ${budget} bytes brotli${within ? '' : ', EXCEEDED'}`);
process.exitCode = within ? 0 : 1;
