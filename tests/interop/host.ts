// One engine as the SDK runs it, with `ws` for its sockets and devices that are always there.
import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { browserClock } from '../../web/sdk/src/clock.js';
import { loadEngine } from '../../web/sdk/src/core/loader.js';
import type { EventEffect, Result } from '../../web/sdk/src/core/protocol.js';
import { Driver, type Request } from '../../web/sdk/src/driver.js';
import { FakeMedia } from '../../web/sdk/src/fakes/media.js';
import type { Report } from '../../web/sdk/src/ports.js';
import { createSocketPort } from '../../web/sdk/src/socket/socket.js';
import { builtCore } from '../../web/sdk/tools/built-core.js';

// Node 20 has none of its own. A browser's tells a failure by closing; `ws` would also throw an error nobody hears.
Object.assign(globalThis, {
  WebSocket: class extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol);
      this.on('error', () => {});
    }
  },
});

const core = await builtCore();

/** A broker of another kind may need its time to start again. */
const PATIENCE = 30_000;

type EventType = EventEffect['type'];

export class Host {
  readonly events: EventEffect[] = [];
  /** Called after each event and each change of the status. */
  readonly watchers = new Set<() => void>();
  status = { session: 'logged_out', call: 'idle' };
  private readonly driver: Driver;
  private readonly socket;
  private cursor = 0;
  private ahead = 0;

  static async start(userID: string, sdkAppID: number, ...servers: string[]): Promise<Host> {
    const host = new Host(userID);
    const seed = randomBytes(32).toString('hex');
    host.driver.start(await loadEngine(core, { sdk_app_id: sdkAppID, servers, seed, fast_connect: false }));
    return host;
  }

  private constructor(readonly userID: string) {
    const report: Report = (input) => this.driver.submit(input);
    this.socket = createSocketPort(report);
    const quiet = { debug() {}, info() {}, warn() {}, error: console.error };
    this.driver = new Driver(
      { socket: this.socket, media: new FakeMedia(report), clock: { ...browserClock, now: () => browserClock.now() + this.ahead } },
      {
        onEffect: (effect) => {
          if (effect.type === 'StatusChanged') {
            this.status = { session: effect.session, call: effect.call };
          } else {
            this.events.push(effect);
          }
          for (const look of this.watchers) look();
        },
        onBatch() {},
        onCrash: (error) => {
          throw new Error(`the core crashed: ${error.detail}`);
        },
      },
      quiet as never,
    );
  }

  ask(request: Request): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.driver.request(request, {
        done: resolve,
        failed: ({ code, detail }) => reject(Object.assign(new Error(`${request.type}: ${detail}`), { code })),
      });
    });
  }

  login(userSig: string) {
    return this.ask({ type: 'Login', user: this.userID, user_sig: userSig });
  }

  call(callee: Host, timeout = 30_000) {
    return this.ask({ type: 'Call', user: callee.userID, media: 'audio', timeout, user_data: '', room: 0 });
  }

  /** Waits for the next event of this type; what came before it is skipped. */
  async next<T extends EventType>(type: T): Promise<Extract<EventEffect, { type: T }>> {
    const find = () => this.events.findIndex((event, index) => index >= this.cursor && event.type === type);
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (find() < 0) return;
        clearTimeout(timer);
        this.watchers.delete(look);
        resolve();
      };
      const timer = setTimeout(() => {
        this.watchers.delete(look);
        reject(new Error(`${this.userID}: no ${type} within ${PATIENCE} ms, but ${this.events.map((event) => event.type).join(' ')}`));
      }, PATIENCE);
      this.watchers.add(look);
      look();
    });
    const index = find();
    this.cursor = index + 1;
    return this.events[index] as Extract<EventEffect, { type: T }>;
  }

  /** The host's clock jumps: so much time has passed for this engine. */
  pass(ms: number): void {
    this.ahead += ms;
    this.driver.submit({ type: 'TimePassed' });
  }

  count(type: EventType): number {
    return this.events.filter((event) => event.type === type).length;
  }

  /** Says goodbye and lets go of the sockets. */
  async close(): Promise<void> {
    await this.ask({ type: 'Logout' });
    this.socket.dispose();
  }
}
