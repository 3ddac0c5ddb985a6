import { spawn, type ChildProcess } from 'node:child_process';
import type { TestContext } from 'node:test';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { LogBook, type LogLine } from './helpers.js';

export const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export interface Started extends LogBook {
  readonly child: ChildProcess;
  readonly origin: string;
  /** For MQTT. */
  readonly url: string;
}

/** The program as operators start it, which ends with the test. */
export async function startProgram(t: TestContext, environment: Record<string, string>): Promise<Started> {
  const child = spawn(process.execPath, ['--import', 'tsx', main, '--port=0'], { env: { PATH: process.env['PATH'], ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  const book = new LogBook();
  createInterface(child.stdout!).on('line', (text) => book.add(JSON.parse(text) as LogLine));
  const died = new Promise<never>((_, reject) => { child.once('exit', (code) => reject(new Error(`exited with ${code}`))); });
  died.catch(() => {});
  const line = await Promise.race([died, book.logged(({ event }) => event === 'listening')]);
  const origin = String(line['origin']);
  return Object.assign(book, { child, origin, url: `${origin.replace('http', 'ws')}/mqtt` });
}
