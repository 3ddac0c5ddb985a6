// trtc-bot, run as an operator runs it: arguments, environment, JSON lines, exit status.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { start } from '../e2e/harness/processes.ts';

const program = fileURLToPath(new URL('../../build/native/trtc-bot', import.meta.url));
assert.ok(existsSync(program), 'trtc-bot is missing: cmake --preset native && cmake --build build/native --target trtc_bot');

export interface Line {
  at: number;
  type: string;
  [member: string]: unknown;
}

export class Bot {
  private readonly process;

  /** `env` carries the credentials. */
  constructor(args: string[], env: Record<string, string> = {}) {
    this.process = start(program, args, { BOT_KEY: '', BOT_USER_SIG: '', ...env });
  }

  /** The first line of this type in which the members are as given. */
  async line(type: string, members: Record<string, unknown> = {}, ms?: number): Promise<Line> {
    const wanted = JSON.stringify({ type, ...members }).slice(1, -1);
    return JSON.parse((await this.process.line(new RegExp(`^.*${wanted}.*$`), ms))[0]) as Line;
  }

  get lines(): Line[] {
    return this.process.output().split('\n').filter((text) => text.startsWith('{')).map((text) => JSON.parse(text) as Line);
  }

  /** Everything it wrote, on standard error, too. */
  get output(): string {
    return this.process.output();
  }

  /** Its exit status. */
  async status(): Promise<number | null> {
    const { child } = this.process;
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child.exitCode;
  }

  end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    return this.process.end(signal);
  }
}
