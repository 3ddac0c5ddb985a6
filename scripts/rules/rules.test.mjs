// Each rule is broken once, on purpose, in a tree that is otherwise clean.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { findings } from './rules.mjs';
import { codeOnly, readTree } from './source.mjs';

const CLEAN = {
  'src/time.hpp': '// No steady_clock in here.\n#pragma once\n',
  'src/mqtt/parser.hpp': '#include "time.hpp"\n',
  'src/json_tree.cpp': '#include <nlohmann/json.hpp>\n',
  'src/signaling/codec.cpp': '#include "mqtt/parser.hpp"\n',
  'src/engine.hpp': '#include "mqtt/parser.hpp"\n',
  'bindings/wire_input.cpp': '#include "engine.hpp"\n',
  'bindings/embind.cpp': '#include <emscripten/bind.h>\n#include "engine.hpp"\n',
  'web/sdk/src/media/peer.ts': 'new RTCPeerConnection();\n',
  'web/sdk/src/view/page.ts': 'document.createElement("div");\n',
  'web/sdk/src/socket/socket.ts': 'new WebSocket("wss://a");\n',
  'web/sdk/src/core/loader.ts': 'WebAssembly.compile(bytes);\n',
  'web/sdk/src/driver.ts': '// document, WebSocket\nconst text = "RTCPeerConnection";\n',
};

function broken(changes) {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  try {
    for (const [path, text] of Object.entries({ ...CLEAN, ...changes })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return findings(readTree(folder)).map(
      ({ rule, path, line, warning }) => `${warning ? 'warning ' : ''}${rule} ${path}:${line}`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a clean tree breaks no rule', () => assert.deepEqual(broken({}), []));

for (const line of [
  'auto t = Clock::now();',
  'std::chrono::system_clock c;',
  'std::chrono::steady_clock c;',
  'std::random_device d;',
  'std::thread t;',
  'std::function<void()> f;',
  '#include <iostream>',
  'std::snprintf(a, 1, b);',
  'emscripten::val v;',
  'throw 1;',
  'try {',
  '} catch (int) {',
]) {
  test(`the core must not contain ${line}`, () =>
    assert.deepEqual(broken({ 'src/call/state.hpp': `\n${line}\n` }), ['banned-word src/call/state.hpp:2']));
}

const rows = [
  ['nlohmann is included by one file only', { 'src/call/a.cpp': '#include <nlohmann/json.hpp>\n' }, ['json-include src/call/a.cpp:1']],
  ['a test names nothing like a namespace of the core', { 'tests/unit/a.cpp': 'const SessionId session(\n  x);\nint message = 1;\n  int call = 1;\n' }, ['namespace tests/unit/a.cpp:1', 'namespace tests/unit/a.cpp:3']],
  ['the vocabulary includes no part', { 'src/ids.hpp': '#include "mqtt/parser.hpp"\n' }, ['direction src/ids.hpp:1']],
  ['a part does not include the engine', { 'src/call/a.cpp': '#include "engine.hpp"\n' }, ['direction src/call/a.cpp:1']],
  ['the engine does not include the bindings', { 'bindings/wire.hpp': '', 'src/engine.cpp': '#include "wire.hpp"\n' }, ['direction src/engine.cpp:1']],
  ['an include names an existing file', { 'src/call/a.cpp': '#include "gone.hpp"\n' }, ['direction src/call/a.cpp:1']],
  [
    'parts do not include one another in a circle',
    { 'src/mqtt/b.cpp': '#include "signaling/c.hpp"\n', 'src/signaling/c.hpp': '' },
    ['direction src/mqtt/b.cpp:1', 'direction src/signaling/codec.cpp:1'],
  ],
  ['the core has no other parts', { 'src/helpers/a.cpp': '' }, ['layout src/helpers/a.cpp:1']],
  ['only media/ names RTCPeerConnection', { 'web/sdk/src/driver.ts': 'new RTCPeerConnection();' }, ['door web/sdk/src/driver.ts:1']],
  ['only view/ names document', { 'web/sdk/src/media/a.ts': 'document.body;' }, ['door web/sdk/src/media/a.ts:1']],
  ['only socket/ names WebSocket', { 'web/sdk/src/view/a.ts': 'let a: WebSocket;' }, ['door web/sdk/src/view/a.ts:1']],
  ['only core/loader names WebAssembly', { 'web/sdk/src/core/engine.ts': 'WebAssembly.Memory;' }, ['door web/sdk/src/core/engine.ts:1']],
  ['301 lines are a warning', { 'web/demo/a.js': 'a\n'.repeat(301) }, ['warning length web/demo/a.js:301']],
  ['501 lines are too many', { 'web/demo/a.js': 'a\n'.repeat(501) }, ['length web/demo/a.js:501']],
  ['generated files may be long', { 'web/sdk/src/errors.generated.ts': 'a\n'.repeat(501) }, []],
  ['marks are not left behind', { 'scripts/a': `# TO${'DO'} later\n` }, ['mark scripts/a:1']],
  ['no path of one machine', { 'scripts/a': `cd /ho${'me'}/me\n` }, ['absolute-path scripts/a:1']],
  [
    'a table of scenarios names tests that exist',
    { 'tests/scenarios/README.md': '| a | `who calls rings` |\n| b | `gone for good` |\n', 'tests/scenarios/a.cpp': 'TEST_CASE("who calls rings") {}\n' },
    ['scenario-table tests/scenarios/README.md:2'],
  ],
  [
    'a scene is in a table',
    { 'tests/scenarios/README.md': '| a | `who calls rings` |\n', 'tests/scenarios/rfc5407.cpp': 'TEST_CASE("who calls rings") {}\nTEST_CASE(\n    "who is "\n    "forgotten") {}\n' },
    ['scenario-table tests/scenarios/rfc5407.cpp:2'],
  ],
  ['the places of Debian are fine', { 'scripts/a': '/usr/bin/chromium /usr/include /tmp/x\n' }, []],
];
for (const [name, changes, expected] of rows) test(name, () => assert.deepEqual(broken(changes), expected));

test('comments and literals are not code, digit separators are', () => {
  assert.equal(codeOnly('a("x") // b\n/* c\n*/ \'d\' 1\'000\'000;').replace(/ +/g, ' '), 'a( ) \n \n 1\'000\'000;');
});
