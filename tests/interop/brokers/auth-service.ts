// The server without its broker, for brokers that ask over HTTP.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { start } from '../../e2e/harness/processes.ts';
import { settings } from './broker.ts';
import { programOf } from './shipped.ts';

export interface AuthService {
  /** Without a slash at its end. */
  readonly origin: string;
  stop(): Promise<void>;
}

export async function authService(folder: string, more: Readonly<Record<string, unknown>> = {}): Promise<AuthService> {
  const file = join(folder, 'server.json');
  writeFileSync(file, JSON.stringify({ ...settings, port: 0, authService: true, ...more }), { mode: 0o600 });
  const running = start(process.execPath, [programOf('main'), `--config=${file}`]);
  const [, origin] = await running.line(/"event":"listening","origin":"(http:[^"]+)"/);
  return { origin: origin!, stop: () => running.end('SIGTERM') };
}
