// Starts the browsers of the distribution with fake devices, and serves them the page with the adapters.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';

/** Whoever waits in a page gives up long before. */
const protocolTimeout = 60_000;

export type BrowserName = 'chromium' | 'firefox';
export const browserNames: readonly BrowserName[] = ['chromium', 'firefox'];

export interface LaunchOptions {
  /** Leave the browser's autoplay policy as users have it. */
  strictAutoplay?: boolean;
}

export function launch(name: BrowserName, options: LaunchOptions = {}): Promise<Browser> {
  return name === 'chromium' ? launchChromium(options) : launchFirefox(options);
}

function launchChromium({ strictAutoplay = false }: LaunchOptions): Promise<Browser> {
  return puppeteer.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    pipe: true,
    protocolTimeout,
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      ...(strictAutoplay ? [] : ['--autoplay-policy=no-user-gesture-required']),
    ],
  });
}

function launchFirefox({ strictAutoplay = false }: LaunchOptions): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    protocolTimeout,
    executablePath: process.env['FIREFOX'] ?? '/usr/bin/firefox-esr',
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
      ...(strictAutoplay ? { 'media.autoplay.default': 1 } : { 'media.autoplay.default': 0, 'media.autoplay.blocking_policy': 0 }),
    },
  });
}

export interface Site {
  url: string;
  close(): Promise<void>;
}

/** One page under the strictest content security policy that the package promises to work with. */
export async function serveLab(): Promise<Site> {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('page/lab.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'lab',
    target: 'es2020',
  });
  const script = bundle.outputFiles[0]?.text ?? '';
  const server = createServer((request, response) => {
    const isScript = request.url === '/lab.js';
    response.writeHead(200, {
      'content-type': isScript ? 'text/javascript' : 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'self'; script-src 'self'",
    });
    response.end(isScript ? script : '<!doctype html><title>lab</title><body><script src="/lab.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What went wrong in a page on its own: script errors and violations of the content security policy. */
const complaints = new WeakMap<Page, string[]>();

export async function newPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  const found: string[] = [];
  complaints.set(page, found);
  page.on('pageerror', (error) => found.push(String(error)));
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) found.push(message.text());
  });
  return page;
}

export async function openLab(browser: Browser, site: Site): Promise<Page> {
  const page = await newPage(browser);
  await page.goto(site.url);
  return page;
}

export async function closePage(page: Page): Promise<void> {
  const found = complaints.get(page) ?? [];
  await page.close();
  assert.deepEqual(found, []);
}
