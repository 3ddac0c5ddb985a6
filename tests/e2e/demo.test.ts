// The demo page, as it is served, under the server's content security policy.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launch, type BrowserName } from './harness/browsers.ts';
import { click, close, fill, openDemo, placeDemoCall, problemsOf, sees, waitForPhase } from './harness/demo.ts';
import { Server } from './harness/server.ts';

let server: Server;
const browsers = new Map<BrowserName, Browser>();
const patient = { timeout: 20_000 };

before(async () => {
  server = await Server.start();
});
after(async () => {
  for (const browser of browsers.values()) await browser.close();
  await server.stop();
});

async function browser(name: BrowserName): Promise<Browser> {
  const found = browsers.get(name) ?? (await launch(name));
  browsers.set(name, found);
  return found;
}

test('the demo is served with a policy that forbids inline scripts and eval', async () => {
  const { headers } = await fetch(server.url);
  assert.equal(headers.get('content-security-policy'), "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'");
});

for (const name of ['chromium', 'firefox'] as const) {
  test(`two demo pages in ${name} sign in by their link and see and hear each other`, async () => {
    const running = await browser(name);
    const [alice, bob] = await Promise.all([openDemo(running, server.url, 'alice'), openDemo(running, server.url, 'bob')]);
    const call = await placeDemoCall(alice, bob);
    for (const side of [call.caller, call.callee]) {
      assert.ok(side.width > 0 && side.framesDecoded >= 30 && side.audioPackets >= 50, JSON.stringify(side));
    }
    assert.deepEqual(await problemsOf(alice, bob), []);
    await close(alice, bob);
  });
}

test('a picture that stops on its way is told in words until it comes again', async () => {
  const running = await browser('chromium');
  const [alice, bob] = await Promise.all([openDemo(running, server.url, 'alice'), openDemo(running, server.url, 'bob')]);
  await fill(alice, 'callee', 'bob');
  await click(alice, 'call-video');
  await click(bob, 'accept');
  await sees(alice, bob, 5);
  const send = (track: string) =>
    bob.page.evaluate(`watched.connections()[0].getSenders().find(({ dtmf }) => !dtmf).replaceTrack(${track})`);
  const warned = (isWarned: boolean) =>
    alice.page.waitForFunction(
      (wanted) => (document.getElementById('call-status')?.textContent === 'No picture arrives from bob') === wanted,
      patient,
      isWarned,
    );
  await send('null');
  await warned(true);
  await send(`watched.tracks().find(({ kind }) => kind === 'video')`);
  await warned(false);
  assert.deepEqual(await problemsOf(alice, bob), []);
  await close(alice, bob);
});

test('a screen that one page shares is marked on the other until it ends, and the quality is shown', async () => {
  const running = await browser('chromium');
  const [alice, bob] = await Promise.all([openDemo(running, server.url, 'alice'), openDemo(running, server.url, 'bob')]);
  // There is no screen to choose without a window system: a canvas takes its place.
  await alice.page.evaluate(`navigator.mediaDevices.getDisplayMedia = async () => {
    const canvas = document.createElement('canvas');
    setInterval(() => canvas.getContext('2d').fillRect(Math.random() * 200, 0, 20, 20), 60);
    return canvas.captureStream(15);
  }`);
  await fill(alice, 'callee', 'bob');
  await click(alice, 'call-video');
  await click(bob, 'accept');
  await Promise.all([waitForPhase(alice, 'connected'), waitForPhase(bob, 'connected')]);
  await click(alice, 'screen');
  await bob.page.waitForSelector('[data-testid="remote-screen"]', { visible: true, timeout: 20_000 });
  await bob.page.waitForSelector('[data-testid="quality"][data-quality]', { visible: true, timeout: 20_000 });
  await alice.page.waitForSelector('[data-testid="screen"][aria-pressed="true"]');
  await click(alice, 'screen');
  await bob.page.waitForSelector('[data-testid="remote-screen"]', { hidden: true, timeout: 20_000 });
  await alice.page.waitForSelector('[data-testid="screen"][aria-pressed="false"]');
  // The browser's own button ends it, too.
  await click(alice, 'screen');
  await alice.page.waitForSelector('[data-testid="screen"][aria-pressed="true"]');
  await alice.page.evaluate(`trtcCalling.getLocalStream().getVideoTracks()[0].dispatchEvent(new Event('ended'))`);
  await alice.page.waitForSelector('[data-testid="screen"][aria-pressed="false"]');
  await bob.page.waitForSelector('[data-testid="remote-screen"]', { hidden: true, timeout: 20_000 });
  assert.deepEqual(await problemsOf(alice, bob), []);
  await close(alice, bob);
});
