// The demo page as a user drives it, and one whole call through it.
import type { Browser, BrowserContext, Page } from 'puppeteer-core';

const PATIENCE = 20_000;

export interface DemoUser {
  userID: string;
  page: Page;
  context: BrowserContext;
  /** Script errors, and what the content security policy forbade. */
  problems: string[];
}

const part = (name: string) => `[data-testid="${name}"]`;

/** Opens the link that the page itself shows: it signs in at once. */
export async function openDemo(browser: Browser, url: string, userID: string): Promise<DemoUser> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String((error as Error).stack ?? error)));
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) problems.push(message.text());
  });
  await page.emulateFocusedPage(true).catch(() => undefined);
  await watchConnections(page);
  await page.goto(`${url}?user=${userID}`);
  await page.waitForSelector(part('home'), { visible: true, timeout: PATIENCE });
  return { userID, page, context, problems };
}

/** Keeps the peer connections of the page, for their statistics. */
async function watchConnections(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const connections: RTCPeerConnection[] = [];
    const Real = window.RTCPeerConnection;
    Object.assign(window, {
      seenConnections: connections,
      RTCPeerConnection: class extends Real {
        constructor(configuration?: RTCConfiguration) {
          super(configuration);
          connections.push(this);
        }
      },
    });
  });
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
export function received(user: DemoUser): Promise<DemoMedia> {
  return user.page.evaluate(async (patience: number) => {
    const deadline = performance.now() + patience;
    const connections = (window as unknown as { seenConnections: RTCPeerConnection[] }).seenConnections;
    const video = () => document.querySelector<HTMLVideoElement>('[data-testid="remote-view"] video');
    for (;;) {
      const seen = { framesDecoded: 0, audioPackets: 0, width: video()?.videoWidth ?? 0, height: video()?.videoHeight ?? 0 };
      for (const connection of connections) {
        for (const report of (await connection.getStats()).values()) {
          if (report.type !== 'inbound-rtp') continue;
          if (report.kind === 'video') seen.framesDecoded += report.framesDecoded ?? 0;
          else seen.audioPackets += report.packetsReceived ?? 0;
        }
      }
      if (seen.framesDecoded >= 30 && seen.audioPackets >= 50 && seen.width > 0 && video()!.currentTime > 0) return seen;
      if (performance.now() > deadline) throw new Error(`no media within ${patience} ms: ${JSON.stringify(seen)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }, PATIENCE);
}

export interface DemoCall {
  /** From the click on Accept until both pages presented the other's picture. */
  setUpMs: number;
  caller: DemoMedia;
  callee: DemoMedia;
}

const hasPicture = (user: DemoUser) =>
  user.page.waitForFunction(
    () => {
      const video = document.querySelector<HTMLVideoElement>('[data-testid="remote-view"] video');
      return video !== null && video.videoWidth > 0 && video.currentTime > 0;
    },
    { polling: 'raf', timeout: PATIENCE },
  );

/** A video call from one page to the other, hung up by the caller. */
export async function placeDemoCall(caller: DemoUser, callee: DemoUser): Promise<DemoCall> {
  await caller.page.locator(part('callee')).fill(callee.userID);
  await click(caller, 'call-video');
  await callee.page.waitForSelector(part('accept'), { visible: true, timeout: PATIENCE });
  const accepted = performance.now();
  await click(callee, 'accept');
  await Promise.all([hasPicture(caller), hasPicture(callee)]);
  const setUpMs = Math.round(performance.now() - accepted);
  const [atCaller, atCallee] = await Promise.all([received(caller), received(callee)]);
  await click(caller, 'hangup');
  await Promise.all([caller, callee].map((user) => user.page.waitForSelector(part('home'), { visible: true, timeout: PATIENCE })));
  return { setUpMs, caller: atCaller, callee: atCallee };
}
