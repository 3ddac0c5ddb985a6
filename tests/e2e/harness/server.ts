// The real server in a process of its own, so that killing it is what a crash is.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { start, type Running } from './processes.ts';

const program = fileURLToPath(new URL('../../../web/server/dist/main.js', import.meta.url));
/** The page of the tests instead of the demo. */
export const labPage = fileURLToPath(new URL('../page', import.meta.url));

export interface ServerOptions {
  /** Files at `/`; the demo where it is missing. */
  demoDir?: string;
  /** Further settings, as flags. */
  flags?: string[];
}

export class Server {
  private process: Running | undefined;
  private port = 0;
  // Its own key: a server that runs on this machine stays what it is.
  private readonly state = mkdtempSync(join(tmpdir(), 'trtc-e2e-'));

  static async start(options: ServerOptions = {}): Promise<Server> {
    const server = new Server(options);
    await server.start();
    return server;
  }

  private constructor(private readonly options: ServerOptions) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  get address(): { host: string; port: number } {
    return { host: '127.0.0.1', port: this.port };
  }

  /** Again on the port of the first time. */
  async start(): Promise<void> {
    const { demoDir, flags: more = [] } = this.options;
    const flags = ['--host=127.0.0.1', `--port=${this.port}`, '--dev-mode=true', `--state-dir=${this.state}`, ...more];
    this.process = start(process.execPath, [program, ...flags, ...(demoDir ? [`--demo-dir=${demoDir}`] : [])]);
    const [, port] = await this.process.line(/"origin":"http:\/\/127\.0\.0\.1:(\d+)"/);
    this.port = Number(port);
  }

  /** As a crash: the sockets are cut, nothing is said. */
  async kill(): Promise<void> {
    await this.process?.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.process?.end('SIGTERM');
    rmSync(this.state, { recursive: true, force: true });
  }

  log(): string {
    return this.process?.output() ?? '';
  }

  async userSig(userID: string): Promise<{ sdkAppID: number; userSig: string }> {
    const answer = await fetch(`${this.url}dev/usersig?userID=${userID}`);
    if (!answer.ok) throw new Error(`no UserSig for ${userID}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { sdkAppID: number; userSig: string };
  }
}
