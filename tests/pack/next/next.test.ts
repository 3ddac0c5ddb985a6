// The packed package in Next.js: rendered on the server, alive in the browser. Only with PACK=all.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { launch } from '../../e2e/harness/browsers.ts';
import { start } from '../../e2e/harness/processes.ts';
import { Server } from '../../e2e/harness/server.ts';
import { applicationIn, here, output } from '../support/packed.ts';
import { assertLoggedIn, carrierOf, visit } from '../support/pages.ts';

const PORT = '5320';
const folder = join(here, 'next');
const next = join(folder, 'node_modules/next/dist/bin/next');

test('A page of Next.js is rendered on the server and logs in in the browser, with core.wasm', async () => {
  const origin = `http://localhost:${PORT}`;
  const server = await Server.start({ flags: [`--allowed-origins=${origin}`] });
  const browser = await launch('chromium');
  try {
    const site = await applicationIn(join(folder, '.cache'), 'site', join(folder, 'site'));
    const { sdkAppID } = await server.userSig('nobody');
    const env = {
      NEXT_TELEMETRY_DISABLED: '1',
      NODE_ENV: 'production',
      NEXT_PUBLIC_SDK_APP_ID: String(sdkAppID),
      NEXT_PUBLIC_SERVER: `${server.url}mqtt`,
    };
    await output(process.execPath, [next, 'build'], site, env);
    const running = start(process.execPath, [next, 'start', site, '--port', PORT], { ...env, NO_COLOR: '1' });
    try {
      await running.line(/Ready in/, 30_000);
      const html = await (await fetch(origin)).text();
      assert.match(html, /rendered on the server: onInvited/);
      const seen = await visit(browser, origin, undefined, async (userID) => ({ sig: (await server.userSig(userID)).userSig }));
      assertLoggedIn(seen);
      assert.equal(carrierOf(seen), 'core.wasm', seen.files.join(' '));
    } finally {
      await running.end('SIGTERM');
    }
  } finally {
    await browser.close();
    await server.stop();
  }
});
