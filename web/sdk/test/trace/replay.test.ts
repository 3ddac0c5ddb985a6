// The traces of tests/traces, which real browsers have recorded, in the Wasm module that the package ships: the digests are
// those that the native core is held to (tests/replay).
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { EngineConfig, RawEngine } from '../../src/core/engine.js';
import { loadEngine } from '../../src/core/loader.js';
import { digest, fromBytes, fromText, toBytes } from '../../src/trace/bytes.js';
import { builtCore, builtGlue } from '../../tools/built-core.js';

const traces = fileURLToPath(new URL('../../../../tests/traces/', import.meta.url));
const skip = existsSync(builtGlue) ? false : 'build/wasm/core.mjs is not built: run scripts/build-wasm';

interface Line {
  t: number;
  in?: unknown;
  socket: number;
  bytes: string;
  d: string;
}

async function load(config: EngineConfig): Promise<RawEngine> {
  let engine: RawEngine | undefined;
  await loadEngine(await builtCore(), config, {}, (raw) => (engine = raw));
  return engine as RawEngine;
}

function answer(engine: RawEngine, { t, in: input, socket, bytes }: Line): string {
  const effects = input === undefined ? engine.receive(t, socket, toBytes(bytes)) : engine.handle(t, JSON.stringify(input));
  let all = fromText(effects);
  for (let index = 0; ; index += 1) {
    const output = engine.output(index);
    if (output === undefined) return all;
    all += fromBytes(output);
  }
}

for (const name of readdirSync(traces)) {
  test(`${name} happens again in the Wasm module, bit for bit`, { skip }, async () => {
    const [header = '', ...lines] = readFileSync(traces + name, 'utf8').trimEnd().split('\n');
    const engine = await load((JSON.parse(header) as { config: EngineConfig }).config);
    let last = digest(fromText(header));
    for (const text of lines) {
      if (text.startsWith('{"saw"')) continue;
      const line = JSON.parse(text) as Line;
      const recorded = fromText(text.slice(0, text.lastIndexOf(',"d":"')));
      last = digest(recorded + answer(engine, line), last);
      assert.equal(last.toString(16), line.d, text);
    }
    engine.delete();
  });
}
