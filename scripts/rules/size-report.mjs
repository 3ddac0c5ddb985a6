// usage: node scripts/rules/size-report.mjs [--top N]
// What the module and the Wasm consist of (scripts/size builds them). "alone" is the size of a part compressed by itself:
// together they compress better, so the parts add up to more than the whole.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { bytesBySource } from './source-bytes.mjs';
import { readWasm } from './wasm.mjs';

const { values } = parseArgs({ options: { top: { type: 'string', default: '25' } } });
const top = Number(values.top);

/** The first that a function's name matches. */
const GROUPS = [
  ['nlohmann/json', /nlohmann/],
  ['std::variant', /^[^(]*(__variant_detail|std::\w+::variant<)/],
  ['std::vector', /^[^(]*std::\w+::(vector<|__vector|__split_buffer)/],
  ['std::string', /^[^(]*std::\w+::(__cxx11::)?basic_string/],
  ['libc++, other', /^[^(]*\bstd::\w+::|^operator (new|delete)|cxxabi/],
  ['boundary', /BoundEngine|emscripten::|embind|trtc::wire/],
  ['engine and cells', /trtc::Engine::/],
  ['call', /trtc::call::/],
  ['session, transport', /trtc::(session|transport|Transport)/],
  ['mqtt', /trtc::mqtt/],
  ['signaling, JSON', /trtc::/],
  ['C library', /./],
];

const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;

function table(title, heads, rows) {
  console.log(`\n${title.padEnd(26)}${heads.map((head) => head.padStart(9)).join('')}`);
  for (const [name, ...numbers] of rows) console.log(`${name.padEnd(26)}${numbers.map((number) => String(number).padStart(9)).join('')}`);
}

const largestFirst = (rows) => rows.sort((a, b) => b[1] - a[1]);

/** Parameters say little about a function, and templates too much. */
function shortened(name) {
  let depth = 0;
  let out = '';
  for (const letter of name.replaceAll('(anonymous namespace)::', '').replaceAll('operator()', 'call')) {
    if (letter === '(' && depth === 0) break;
    if (letter === '<') depth += 1;
    if (depth === 0) out += letter;
    if (letter === '>') depth -= 1;
  }
  return out;
}

function showWasm() {
  const { sections } = readWasm(readFileSync('web/sdk/dist/core.wasm'));
  table('Wasm by section', ['raw', 'alone'], sections.map(({ name, bytes }) => [name, bytes.length, brotli(bytes)]));

  const { functions } = readWasm(readFileSync('build/wasm/core_named.wasm'));
  const names = execFileSync('c++filt', { input: functions.map(({ name }) => name).join('\n'), maxBuffer: 1 << 28 }).toString().split('\n');
  const groups = new Map(GROUPS.map(([name]) => [name, []]));
  functions.forEach(({ bytes }, index) => groups.get(GROUPS.find(([, pattern]) => pattern.test(names[index]))[0]).push(bytes));
  const rows = [...groups].map(([name, bodies]) => {
    const bytes = Buffer.concat(bodies);
    return [name, bytes.length, brotli(bytes), bodies.length];
  });
  table('Wasm code by kind', ['raw', 'alone', 'number'], largestFirst(rows));

  const largest = largestFirst(functions.map(({ bytes }, index) => [names[index], bytes.length])).slice(0, top);
  console.log(`\nlargest of ${functions.length} functions (what is called from one place only is part of its caller)`);
  for (const [name, size] of largest) console.log(`${String(size).padStart(7)}  ${shortened(name)}`);
}

function showModule() {
  const file = 'web/sdk/dist/trtc-calling.mjs';
  const code = readFileSync(file, 'utf8');
  const bytes = bytesBySource(code, JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  const rows = largestFirst([...bytes].map(([name, text]) => [name.replace('../', ''), Buffer.byteLength(text), brotli(Buffer.from(text))]));
  table('JavaScript by module', ['raw', 'alone'], rows.slice(0, top));
}

showWasm();
showModule();
