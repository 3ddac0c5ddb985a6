// How long a page needs from the start of its script to "ready to log in", beside what the SDK replaces, in one run.
// Prints times, ratios and what is downloaded, and asserts nothing.
//
// usage: node --import tsx tests/bench/start-up/bench.ts [ROUNDS]
//
// Every page load has a browser context of its own: no cache of code or files. Ours is ready when the Wasm is compiled and
// instantiated and the core asks for its socket; the others when their object is made, which is before they can log in.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Browser } from 'puppeteer-core';
import { launch } from '../../e2e/harness/browsers.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const rounds = Number(process.argv[2] ?? 15);
const OURS = 'ours-module';
const NAMES = [OURS, 'ours-script', 'trtc-calling-js', 'tuicall-engine-webrtc'];
const PATIENCE = 20_000;

interface File {
  type: string;
  bytes: Uint8Array;
}

/** What a page of `name` downloads, by path. */
async function filesOf(name: string): Promise<Map<string, File>> {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'entries', `${name}.js`)],
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2020',
    outdir: '/out',
    write: false,
    logLevel: 'error',
  });
  const files = new Map<string, File>(outputFiles.map(({ path, contents }) => [basename(path), { type: 'text/javascript', bytes: contents }]));
  const page = `<!doctype html><script type="module">performance.mark('start')</script><script type="module" src="${name}.js"></script>`;
  files.set('', { type: 'text/html', bytes: Buffer.from(page) });
  if (name === OURS) files.set('core.wasm', { type: 'application/wasm', bytes: await wasm() });
  return files;
}

const wasm = (): Promise<Uint8Array> => readFile(join(here, '../../../web/sdk/dist/core.wasm'));

/** Milliseconds from the start of the page's script to its call of ready(). */
async function measure(browser: Browser, url: string): Promise<number> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  let tell: (at: number) => void = () => undefined;
  const ready = new Promise<number>((resolve, reject) => {
    tell = resolve;
    page.on('pageerror', reject);
    setTimeout(reject, PATIENCE, new Error(`${url} is never ready`)).unref();
  });
  await page.exposeFunction('ready', (at: number) => tell(at));
  await page.goto(url);
  const at = await ready;
  const start = (await page.evaluate('performance.getEntriesByName("start")[0].startTime')) as number;
  await context.close();
  return at - start;
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

if (!existsSync(join(here, 'node_modules'))) execFileSync('npm', ['ci', '--ignore-scripts', '--prefix', here], { stdio: 'inherit' });
const pages = new Map(await Promise.all(NAMES.map(async (name) => [name, await filesOf(name)] as const)));
const asked = new Map(NAMES.map((name) => [name, new Set<string>()]));
const server = createServer((request, response) => {
  const [, name = '', path = ''] = new URL(request.url ?? '', 'http://x').pathname.split('/');
  const file = pages.get(name)?.get(path);
  if (file !== undefined) asked.get(name)?.add(path);
  response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain', 'cache-control': 'no-store' }).end(file?.bytes);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const browser = await launch('chromium');
const times = new Map<string, number[]>(NAMES.map((name) => [name, []]));
try {
  // Round by round, so that what disturbs the machine disturbs all of them.
  for (let round = 0; round < rounds; round += 1) {
    for (const name of NAMES) times.get(name)?.push(await measure(browser, `http://127.0.0.1:${port}/${name}/`));
  }
} finally {
  await browser.close();
  server.close();
}

const base = median(times.get(OURS) ?? []);
const column = (value: string): string => value.padStart(12);
console.log(`${'median of ' + rounds + ' cold loads'.padEnd(16)}${['ms', 'ratio', 'kB brotli'].map(column).join('')}`);
for (const name of NAMES) {
  const ms = median(times.get(name) ?? []);
  const bytes = [...(asked.get(name) ?? [])].filter((path) => path !== '').map((path) => pages.get(name)?.get(path)?.bytes ?? new Uint8Array());
  const size = bytes.reduce((sum, one) => sum + brotliCompressSync(one).length, 0) / 1000;
  console.log(`${name.padEnd(26)}${[ms.toFixed(1), (ms / base).toFixed(2), size.toFixed(0)].map(column).join('')}`);
}
