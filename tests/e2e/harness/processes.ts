// Child processes of a test: started with their output kept, and never left behind.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface Running {
  readonly child: ChildProcess;
  /** What it has written so far. */
  output(): string;
  /** Resolves with the first line that `pattern` matches; rejects if the process ends or `ms` pass before. */
  line(pattern: RegExp, ms?: number): Promise<RegExpMatchArray>;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<void>;
}

export function start(command: string, args: readonly string[], env: Record<string, string> = {}): Running {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  running.add(child);
  let text = '';
  const changed = new Set<() => void>();
  const append = (chunk: Buffer) => {
    text += chunk.toString();
    for (const look of changed) look();
  };
  child.stdout.on('data', append);
  child.stderr.on('data', append);
  const ended = once(child, 'exit').then(() => {
    running.delete(child);
    for (const look of changed) look();
  });

  const line = (pattern: RegExp, ms = 10_000) =>
    new Promise<RegExpMatchArray>((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        changed.delete(look);
        act();
      };
      const refuse = (why: string) => settle(() => reject(new Error(`${command}: ${why} before ${pattern}\n${text}`)));
      const look = () => {
        const found = text.split('\n').map((one) => one.match(pattern)).find((match) => match !== null);
        if (found) settle(() => resolve(found));
        else if (child.exitCode !== null || child.signalCode !== null) refuse('ended');
      };
      const timer = setTimeout(() => refuse(`${ms} ms passed`), ms);
      changed.add(look);
      child.once('error', (error) => refuse(error.message));
      look();
    });

  return {
    child,
    output: () => text,
    line,
    async end(signal) {
      if (running.has(child)) child.kill(signal);
      await ended;
    },
  };
}
