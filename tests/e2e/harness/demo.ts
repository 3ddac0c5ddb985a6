// The demo page as a user drives it, and one whole call through it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { labPage } from './server.ts';

const PATIENCE = 20_000;

export interface DemoUser {
  userID: string;
  page: Page;
  context: BrowserContext;
  /** What the browser or the page wrote to the console as an error. */
  consoleErrors: string[];
}

const part = (name: string) => `[data-testid="${name}"]`;

/** Script errors, unhandled rejections, errors in the console, and what the content security policy forbade. */
export async function problemsOf(...users: DemoUser[]): Promise<string[]> {
  const all = await Promise.all(users.map(({ page }) => page.evaluate('watched.problems') as Promise<string[]>));
  return [...all.flat(), ...users.flatMap(({ consoleErrors }) => consoleErrors)];
}

export interface DemoOptions {
  /** Further parameters of the address. */
  wishes?: Record<string, string>;
  /** What the user prefers, such as `ko-KR`; the browser's own, unless told. Chromium only. */
  language?: string;
}

/** Opens the link that the page itself shows: it signs in at once. */
export async function openDemo(browser: Browser, url: string, userID: string, options: DemoOptions = {}): Promise<DemoUser> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage({ type: 'window' });
  if (options.language) await prefer(page, options.language);
  await page.emulateFocusedPage(true).catch(() => undefined);
  for (const script of ['watch.js', 'media.js']) await page.evaluateOnNewDocument(readFileSync(join(labPage, script), 'utf8'));
  const consoleErrors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(`console: ${message.text()}`);
  });
  await page.goto(`${url}?${new URLSearchParams({ user: userID, ...options.wishes })}`);
  const user = { userID, page, context, consoleErrors };
  if (!options.wishes) await see(user, 'home');
  return user;
}

async function prefer(page: Page, language: string): Promise<void> {
  const session = await page.createCDPSession();
  const userAgent = await page.browser().userAgent();
  await session.send('Emulation.setUserAgentOverride', { userAgent, acceptLanguage: language });
}

/** Waits until a part of the page is visible; `which` narrows the choice, such as `[data-user="bob"]`. */
export async function see({ page }: DemoUser, name: string, which = ''): Promise<void> {
  await page.waitForSelector(`${part(name)}${which}`, { visible: true, timeout: PATIENCE });
}

export async function wordsOf({ page }: DemoUser, name: string): Promise<string> {
  return page.$eval(part(name), (node) => node.textContent?.trim() ?? '');
}

export async function fill({ page }: DemoUser, name: string, words: string): Promise<void> {
  await page.locator(part(name)).fill(words);
}

export async function click(user: DemoUser, name: string, which = ''): Promise<void> {
  const element = await user.page.waitForSelector(`${part(name)}${which}`, { visible: true, timeout: PATIENCE });
  await element!.click();
}

export async function close(...users: DemoUser[]): Promise<void> {
  await Promise.all(users.map(({ context }) => context.close()));
}

export async function waitForPhase(user: DemoUser, phase: string): Promise<void> {
  await user.page.waitForSelector(`${part('call-screen')}[data-phase="${phase}"]`, { timeout: PATIENCE });
}

export interface DemoMedia {
  framesDecoded: number;
  audioPackets: number;
  width: number;
  height: number;
}

/** Waits until so many new frames of `peer` were presented. */
export async function sees(user: DemoUser, peer: DemoUser, frames: number): Promise<{ width: number; height: number }> {
  const { page } = user;
  await see(user, 'tile', `[data-user="${peer.userID}"][data-picture="yes"]`);
  return (await page.evaluate(`media.frames('view-${peer.userID}', ${frames}, ${PATIENCE})`)) as DemoMedia;
}

/** Waits until pictures are presented and sound arrives; gives what has been received so far. */
async function received(user: DemoUser, peer: DemoUser): Promise<DemoMedia> {
  const { page } = user;
  const { width, height } = await sees(user, peer, 15);
  await page.evaluate(`media.grows({ framesDecoded: 15, audioReceived: 30 }, ${PATIENCE})`);
  const stats = (await page.evaluate('media.stats()')) as { framesDecoded: number; audioReceived: number };
  return { width, height, framesDecoded: stats.framesDecoded, audioPackets: stats.audioReceived };
}

export interface DemoCall {
  /** From the click on Accept until both pages presented the other's picture. */
  setUpMs: number;
  caller: DemoMedia;
  callee: DemoMedia;
}

/** A video call from one page to the other, hung up by the caller. */
export async function placeDemoCall(caller: DemoUser, callee: DemoUser): Promise<DemoCall> {
  await fill(caller, 'callee', callee.userID);
  await click(caller, 'call-video');
  await callee.page.waitForSelector(part('accept'), { visible: true, timeout: PATIENCE });
  const accepted = performance.now();
  await click(callee, 'accept');
  await Promise.all([sees(caller, callee, 1), sees(callee, caller, 1)]);
  const setUpMs = Math.round(performance.now() - accepted);
  const [atCaller, atCallee] = await Promise.all([received(caller, callee), received(callee, caller)]);
  await click(caller, 'hangup');
  await Promise.all([see(caller, 'home'), see(callee, 'home')]);
  return { setUpMs, caller: atCaller, callee: atCallee };
}
