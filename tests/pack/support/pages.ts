// Pages in Debian's Chromium, and what they asked the network for.
import assert from 'node:assert/strict';
import type { Browser, HTTPRequest, ResponseForRequest } from 'puppeteer-core';

export interface Visit {
  /** What the application says. */
  title: string;
  /** The files that arrived, without their folders. */
  files: string[];
  /** Errors that nobody caught, and what the page's policies have refused. */
  problems: string[];
}

/** Answers instead of the network, for some requests. */
export type Instead = (request: HTTPRequest) => Partial<ResponseForRequest> | 'nothing' | undefined;

/** As text, because the compiler that runs the tests adds to functions what only it knows. */
const SETTLED = `new Promise((resolve) => {
  const look = () => (document.title === 'not yet' ? setTimeout(look, 20) : resolve(document.title));
  look();
})`;

let count = 0;

/** Opens the application and waits until it knows whether it is logged in. `more` is for its address. */
export async function visit(
  browser: Browser,
  url: string,
  instead?: Instead,
  more: (userID: string) => Promise<Record<string, string>> = () => Promise.resolve({}),
): Promise<Visit & { userID: string }> {
  count += 1;
  const userID = `visitor-${process.pid}-${count}`;
  const page = await browser.newPage();
  const files: string[] = [];
  const problems: string[] = [];
  page.on('response', (response) => files.push(new URL(response.url()).pathname.split('/').pop() ?? ''));
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (/Content.Security.Policy|TrustedHTML|TrustedScript/i.test(message.text())) problems.push(message.text());
  });
  if (instead !== undefined) await intercept(page, instead);
  const address = new URL(url);
  const query = { user: userID, ...(await more(userID)) };
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  await page.goto(address.href);
  const title = (await page.evaluate(SETTLED)) as string;
  await page.close();
  return { title, files, problems, userID };
}

async function intercept(page: Awaited<ReturnType<Browser['newPage']>>, instead: Instead): Promise<void> {
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const answer = instead(request);
    if (answer === undefined) void request.continue();
    else if (answer === 'nothing') void request.abort();
    else void request.respond(answer);
  });
}

/** The user is logged in, and nothing went wrong on the way. */
export function assertLoggedIn({ title, userID, problems }: Visit & { userID: string }): void {
  assert.equal(title, `${userID} is logged in`);
  assert.deepEqual(problems, []);
}

/** Which file brought the Wasm. */
export function carrierOf({ files }: Visit): string {
  const isWasm = files.some((name) => name.endsWith('.wasm'));
  // Bundlers rename it; esbuild and Rollup leave the name in.
  const isScript = files.some((name) => /base64/.test(name));
  if (isScript) return 'a script of its own';
  return isWasm ? 'core.wasm' : 'the bundle';
}
