// The packed package in the tools of applications: each one's real output logs a user in.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { start } from '../e2e/harness/processes.ts';
import { application, here } from './support/packed.ts';
import { assertLoggedIn, carrierOf, visit } from './support/pages.ts';
import { openPlace } from './support/place.ts';
import { tools, vite } from './support/tools.ts';

const place = openPlace();
const app = join(here, 'app');
const folderName = (tool: string): string => tool.toLowerCase().replace(/\W+/g, '-');

describe('An application bundled with', () => {
  for (const [name, { build, carrier }] of Object.entries(tools)) {
    test(`${name} logs in, and gets the Wasm with ${carrier}`, async () => {
      const page = await build(await application(folderName(name), app));
      const seen = await visit(place.browser, place.address(folderName(name), page));
      assertLoggedIn(seen);
      assert.equal(carrierOf(seen), carrier, seen.files.join(' '));
    });
  }
});

describe("An application on the development server of", () => {
  for (const [name, version, carrier] of [
    ['Vite 8', 'vite', 'core.wasm'],
    // It moves the script away from the file.
    ['Vite 7', 'vite-7', 'a script of its own'],
  ] as const) {
    test(`${name} logs in, and gets the Wasm with ${carrier}`, async () => {
      const folder = await application(`${folderName(name)}-dev`, app);
      const env = { SERVER: place.server.url, NO_COLOR: '1' };
      const running = start(process.execPath, [vite(version), folder, '--config', join(folder, 'vite.config.js'), '--port', '5310'], env);
      try {
        const [, url = ''] = await running.line(/Local: +(http:\S+)/, 30_000);
        const seen = await visit(place.browser, url);
        assertLoggedIn(seen);
        const wasm = seen.files.includes('core.wasm');
        assert.equal(carrierOf(seen), carrier, seen.files.join(' '));
        assert.ok(wasm, 'the file is asked for first');
      } finally {
        await running.end('SIGTERM');
      }
    });
  }
});
