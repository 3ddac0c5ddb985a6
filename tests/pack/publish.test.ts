// What is in the packed package, judged by the tools that registries' users judge with.
import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { application, here, output, root, tarball } from './support/packed.ts';

const { parse } = createRequire(join(root, 'web/sdk/package.json'))('acorn') as typeof import('acorn');

describe('The packed package', () => {
  let folder: string;
  const read = (file: string): Promise<string> => readFile(join(folder, file), 'utf8');

  before(async () => {
    folder = join(await application('publish'), 'node_modules/trtc-calling-wasm');
  });

  test('is what publint calls good', async () => {
    const said = await output(process.execPath, [join(here, 'node_modules/publint/src/cli.js'), await tarball(), '--strict'], here);
    assert.match(said, /All good!/);
  });

  test('gives every kind of TypeScript and module what fits it', async () => {
    const attw = join(here, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    // core.wasm is a file for bundlers and browsers, nothing that a compiler resolves.
    const options = ['--format', 'ascii', '--no-emoji', '--exclude-entrypoints', './core.wasm'];
    const said = await output(process.execPath, [attw, await tarball(), ...options], here);
    assert.match(said, /No problems found/);
  });

  test('has the files that it is made of, and nothing else', async () => {
    const inside = (await readdir(folder, { recursive: true })).filter((name) => name !== 'dist').sort();
    const dist = ['core-base64.mjs', 'core.wasm', 'index.d.cts', 'index.d.mts', 'index.d.ts', 'node.mjs', 'node.mjs.map', 'package.json'];
    const bundles = ['trtc-calling.js', 'trtc-calling.js.map', 'trtc-calling.mjs', 'trtc-calling.mjs.map'];
    const papers = ['API.md', 'CHANGELOG.md', 'LICENSE', 'MIGRATION.md', 'README.ko.md', 'README.md', 'THIRD-PARTY-LICENSES', 'package.json'];
    assert.deepEqual(inside, [...papers, ...[...dist, ...bundles].map((name) => `dist/${name}`)].sort());
  });

  test('needs nothing else, and does nothing when it is installed', async () => {
    const manifest = JSON.parse(await read('package.json')) as Record<string, object | undefined>;
    for (const key of ['dependencies', 'peerDependencies', 'optionalDependencies']) assert.equal(manifest[key], undefined);
    assert.deepEqual(Object.keys(manifest['scripts'] ?? {}).filter((name) => /install|^prepare$/.test(name)), []);
    assert.equal(manifest['module'], undefined, 'webpack 4 would read modern syntax there');
  });

  test('has a main file of ES2015 syntax that makes no code from strings', async () => {
    const main = await read('dist/trtc-calling.js');
    parse(main, { ecmaVersion: 2015, sourceType: 'script' });
    for (const banned of [/\beval\(/, /\bnew Function\b/, /\bimport\b/]) assert.doesNotMatch(main, banned);
  });

  test('asks no other host for anything', async () => {
    for (const file of ['trtc-calling.js', 'trtc-calling.mjs', 'node.mjs']) {
      const hosts = [...(await read(`dist/${file}`)).matchAll(/\b(?:https?|wss?):\/\/[\w.-]+/g)].map(String);
      assert.deepEqual(hosts, [], file);
    }
  });

  test('names no folder of the machine that built it', async () => {
    for (const file of await readdir(folder, { recursive: true })) {
      const path = join(folder, file);
      if ((await stat(path)).isFile()) assert.ok(!(await readFile(path, 'latin1')).includes(root), file);
    }
  });

  test('carries its licence, and those of what is inside', async () => {
    assert.equal(await read('LICENSE'), await readFile(join(root, 'LICENSE'), 'utf8'));
    const others = await read('THIRD-PARTY-LICENSES');
    for (const part of ['nlohmann/json', 'Emscripten', 'musl', 'libc++', 'libc++abi', 'compiler-rt']) {
      assert.match(others, new RegExp(`^- .*${part.replace(/\+/g, '\\+')}.*: \\S`, 'm'));
    }
  });
});
