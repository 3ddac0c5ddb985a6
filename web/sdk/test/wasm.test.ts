import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import type { CoreEngine } from '../src/core/engine.js';
import { loadEngine } from '../src/core/loader.js';
import { builtCore, builtGlue } from '../tools/built-core.js';

const skip = existsSync(builtGlue) ? false : 'build/wasm/core.mjs is not built: run scripts/build-wasm';

async function load(): Promise<CoreEngine> {
  const config = { sdk_app_id: 1400000000, servers: ['ws://127.0.0.1:9/mqtt'], seed: '5a'.repeat(32), fast_connect: false };
  return loadEngine(await builtCore(), config);
}

test('The compiled core opens a socket to its server for a login, and wants to be woken', { skip }, async () => {
  const engine = await load();
  assert.equal(engine.deadline(), undefined);
  const effects = engine.handle(1000, { type: 'Login', op: 1, user: 'alice', user_sig: 'sig' });
  const open = effects.find((effect) => effect.type === 'OpenSocket');
  assert.equal(open?.url, 'ws://127.0.0.1:9/mqtt');
  assert.ok((engine.deadline() ?? 0) > 1000);
  engine.dispose();
});

test('The compiled core sends CONNECT when the socket is open', { skip }, async () => {
  const engine = await load();
  engine.handle(1000, { type: 'Login', op: 1, user: 'alice', user_sig: 'sig' });
  const [send] = engine.handle(1010, { type: 'SocketOpened', socket: 1 }).filter(({ type }) => type === 'SendBytes');
  assert.ok(send?.type === 'SendBytes');
  const bytes = engine.output(send.bytes);
  assert.equal(bytes[0], 0x10, 'an MQTT CONNECT packet');
  assert.deepEqual(engine.receive(1020, 99, new Uint8Array([1])).filter(({ type }) => type !== 'Ignored'), []);
  engine.dispose();
});

test('Two cores live beside each other', { skip }, async () => {
  const [one, two] = await Promise.all([load(), load()]);
  one.handle(0, { type: 'Login', op: 1, user: 'alice', user_sig: 'sig' });
  assert.notEqual(one.deadline(), undefined);
  assert.equal(two.deadline(), undefined);
  one.dispose();
  two.dispose();
});
