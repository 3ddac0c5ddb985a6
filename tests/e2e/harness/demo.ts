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
}

const part = (name: string) => `[data-testid="${name}"]`;

/** Script errors, unhandled rejections, and what the content security policy forbade. */
export async function problemsOf(...users: DemoUser[]): Promise<string[]> {
  const all = await Promise.all(users.map(({ page }) => page.evaluate('watched.problems') as Promise<string[]>));
  return all.flat();
}

/** Opens the link that the page itself shows: it signs in at once. */
export async function openDemo(browser: Browser, url: string, userID: string): Promise<DemoUser> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage({ type: 'window' });
  await page.emulateFocusedPage(true).catch(() => undefined);
  for (const script of ['watch.js', 'media.js']) await page.evaluateOnNewDocument(readFileSync(join(labPage, script), 'utf8'));
  await page.goto(`${url}?user=${userID}`);
  await page.waitForSelector(part('home'), { visible: true, timeout: PATIENCE });
  return { userID, page, context };
}

export async function click(user: DemoUser, name: string): Promise<void> {
  const element = await user.page.waitForSelector(part(name), { visible: true, timeout: PATIENCE });
  await element!.click();
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

/** Waits until pictures are presented and sound arrives; gives what has been received so far. */
async function received({ page }: DemoUser): Promise<DemoMedia> {
  const { width, height } = (await page.evaluate(`media.frames('remote-view', 15, ${PATIENCE})`)) as DemoMedia;
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
  await caller.page.locator(part('callee')).fill(callee.userID);
  await click(caller, 'call-video');
  await callee.page.waitForSelector(part('accept'), { visible: true, timeout: PATIENCE });
  const accepted = performance.now();
  await click(callee, 'accept');
  await Promise.all([caller, callee].map(({ page }) => page.evaluate(`media.frames('remote-view', 1, ${PATIENCE})`)));
  const setUpMs = Math.round(performance.now() - accepted);
  const [atCaller, atCallee] = await Promise.all([received(caller), received(callee)]);
  await click(caller, 'hangup');
  await Promise.all([caller, callee].map((user) => user.page.waitForSelector(part('home'), { visible: true, timeout: PATIENCE })));
  return { setUpMs, caller: atCaller, callee: atCallee };
}
