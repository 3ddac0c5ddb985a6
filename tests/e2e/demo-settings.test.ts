// What a user of the demo page sets: language, name, devices; and the words in every language.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { launch } from './harness/browsers.ts';
import { click, close, type DemoUser, fill, openDemo, problemsOf, see, waitForPhase, wordsOf } from './harness/demo.ts';
import { Server } from './harness/server.ts';

const demo = fileURLToPath(new URL('../../web/demo', import.meta.url));

type Table = Record<string, string>;
const table = async (tag: string): Promise<Table> =>
  ((await import(new URL(`../../web/demo/texts.${tag}.js`, import.meta.url).href)) as Record<string, Table>)[tag]!;

describe('words', () => {
  test('every language has the same keys, none empty, with the same values to fill in', async () => {
    const [en, ko] = await Promise.all([table('en'), table('ko')]);
    assert.deepEqual(Object.keys(ko), Object.keys(en));
    const values = (words: string) => (words.match(/\{\w+\}/g) ?? []).sort();
    for (const [key, words] of Object.entries(en)) {
      assert.ok(words && ko[key], key);
      assert.deepEqual(values(ko[key]!), values(words), key);
    }
  });

  test('every word that the page asks for by name is there', async () => {
    const en = await table('en');
    const sources = readdirSync(demo).filter((name) => /\.(js|html)$/.test(name) && !name.startsWith('texts.'));
    const asked = sources.flatMap((name) => {
      const source = readFileSync(`${demo}/${name}`, 'utf8');
      const inMarkup = [...source.matchAll(/data-(?:text|label|placeholder|title)="([^"]+)"/g)];
      const inCode = [...source.matchAll(/\btext\('([^']+)'/g)];
      return [...inMarkup, ...inCode].map(([, key]) => `${name}: ${key}`);
    });
    assert.ok(asked.length > 100, 'the search finds them');
    assert.deepEqual(asked.filter((one) => !Object.hasOwn(en, one.split(': ')[1]!)), []);
  });
});

describe('in Chromium', () => {
  let server: Server;
  let browser: Browser;

  before(async () => {
    server = await Server.start();
    // The second of its fake cameras is a depth camera, whose pictures cannot be sent.
    browser = await launch('chromium', { cameras: 3 });
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });

  test('the page speaks the language of the browser, another one when told, and remembers it', async () => {
    const alice = await openDemo(browser, server.url, 'alice', { language: 'ko-KR' });
    assert.equal(await wordsOf(alice, 'call-video'), '영상 통화');
    assert.equal(await alice.page.evaluate('document.documentElement.lang'), 'ko');
    await alice.page.select('[data-testid="language"]', 'en');
    assert.equal(await wordsOf(alice, 'call-video'), 'Video call');
    assert.equal(await alice.page.evaluate('document.documentElement.lang'), 'en');
    await fill(alice, 'callee', 'alice');
    await click(alice, 'call-video');
    assert.match(await wordsOf(alice, 'callee-error'), /That is you/);
    await alice.page.reload();
    await see(alice, 'home');
    assert.equal(await wordsOf(alice, 'call-video'), 'Video call');
    assert.deepEqual(await problemsOf(alice), []);
    await close(alice);
  });

  const options = ({ page }: DemoUser, kind: string) =>
    page.$$eval(`[data-testid="device-${kind}"] option`, (nodes) => nodes.map((node) => (node as HTMLOptionElement).value));

  const chosen = ({ page }: DemoUser, kind: string) =>
    page.$eval(`[data-testid="device-${kind}"]`, (node) => (node as HTMLSelectElement).value);

  const listed = ({ page }: DemoUser, kind: string, count: number) =>
    page.waitForFunction(
      (selector, wanted) => document.querySelectorAll(selector).length === wanted,
      { timeout: 20_000 },
      `[data-testid="device-${kind}"] option`,
      count,
    );

  test('devices are chosen before and during a call, and the lists follow what is plugged in', async () => {
    const [alice, bob] = await Promise.all([openDemo(browser, server.url, 'alice'), openDemo(browser, server.url, 'bob')]);
    await click(alice, 'open-settings');
    await listed(alice, 'camera', 3);
    for (const kind of ['microphone', 'speaker']) assert.ok((await options(alice, kind)).length > 1, kind);
    const cameras = await options(alice, 'camera');
    await alice.page.select('[data-testid="device-camera"]', cameras[2]!);
    await alice.page.waitForSelector('[data-testid="device-camera"]:enabled');
    await fill(alice, 'nick', 'Alice Kim');
    await click(alice, 'nick-save');
    assert.equal(await wordsOf(alice, 'me'), 'Alice Kim');
    await click(alice, 'settings-close');

    await fill(alice, 'callee', 'bob');
    await click(alice, 'call-video');
    await see(bob, 'incoming-name');
    assert.deepEqual([await wordsOf(bob, 'incoming-name'), await wordsOf(bob, 'incoming-id')], ['Alice Kim', 'alice']);
    await click(bob, 'accept');
    await waitForPhase(alice, 'connected');
    const inUse = () =>
      alice.page.evaluate('trtcCalling.getLocalStream().getVideoTracks()[0].getSettings().deviceId') as Promise<string>;
    assert.equal(await inUse(), cameras[2]);

    await click(alice, 'call-settings');
    await listed(alice, 'camera', 3);
    assert.equal(await chosen(alice, 'camera'), cameras[2]);
    await alice.page.select('[data-testid="device-camera"]', cameras[0]!);
    await alice.page.waitForSelector('[data-testid="device-camera"]:enabled', { timeout: 20_000 });
    assert.equal(await inUse(), cameras[0]);
    // Nothing can be unplugged in a browser without a desk: the list tells it.
    await alice.page.evaluate(`(() => {
      const list = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
      navigator.mediaDevices.enumerateDevices = async () =>
        (await list()).filter(({ deviceId }) => deviceId !== ${JSON.stringify(cameras[2])});
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    })()`);
    await listed(alice, 'camera', 2);
    assert.deepEqual(await options(alice, 'camera'), cameras.slice(0, 2));
    await click(alice, 'settings-close');

    await click(alice, 'stats-toggle');
    await see(alice, 'stats-user', '[data-user="bob"]');
    await click(alice, 'switch-type');
    await bob.page.waitForSelector('[data-testid="call-screen"][data-kind="audio"]', { timeout: 20_000 });
    await bob.page.waitForSelector('[data-testid="camera"]', { hidden: true });
    await click(bob, 'switch-type');
    await alice.page.waitForSelector('[data-testid="call-screen"][data-kind="video"]', { timeout: 20_000 });
    await alice.page.evaluate(`media.frames('view-bob', 5, 20000)`);
    await alice.page.waitForSelector('[data-testid="local-tile"][data-picture="yes"]', { timeout: 20_000 });
    assert.deepEqual(await problemsOf(alice, bob), []);
    await close(alice, bob);
  });
});
