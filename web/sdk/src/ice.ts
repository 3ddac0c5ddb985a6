// STUN and TURN servers that the signaling server offers (GET v1/ice beside its WebSocket), with credentials for a while:
// fetched after login(), renewed before they end. Whoever names iceServers has chosen, and nothing is fetched.
import type { Clock } from './clock.js';
import { textOf } from './errors.js';
import type { Log } from './log.js';
import type { MediaOptions } from './media/index.js';

/** What the server answers; undefined where it offers nothing. */
export type FetchIce = (address: string, userSig: string) => Promise<unknown>;

const RETRY = 60_000;
/** A call that begins right after the login waits so long for the servers' answers; later ones serve the next negotiation. */
const PATIENCE = 3000;

export class IceServers {
  private run = 0;
  private timer: unknown;
  private fetched: RTCIceServer[] | undefined;

  constructor(
    private readonly media: MediaOptions,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly fetchIce: FetchIce,
  ) {}

  /** `servers`: the WebSocket addresses, of which the first that offers something counts. */
  start(servers: readonly string[], userSig: string): void {
    this.stop();
    if (this.media.iceServers !== this.fetched) return;
    // Connections wait for the first answer; a failure is one.
    this.media.ready = new Promise((resolve) => {
      const late = this.clock.set(resolve, PATIENCE);
      void this.refresh(this.run, servers, userSig).then(() => {
        this.clock.clear(late);
        resolve();
      });
    });
  }

  stop(): void {
    this.run += 1;
    this.clock.clear(this.timer);
  }

  private async refresh(run: number, servers: readonly string[], userSig: string): Promise<void> {
    let pause = this.fetched && RETRY;
    for (const server of servers) {
      try {
        const answer = await this.fetchIce(new URL('v1/ice', server.replace(/^ws/, 'http')).href, userSig);
        if (run !== this.run || this.media.iceServers !== this.fetched) return;
        const { iceServers, ttl } = Object(answer) as { iceServers?: RTCIceServer[]; ttl?: number };
        if (!Array.isArray(iceServers)) continue;
        this.media.iceServers = this.fetched = iceServers.filter((one) => one?.urls);
        pause = Math.max(Number(ttl) * 750 || 0, RETRY);
        break;
      } catch (thrown) {
        this.log.warn(`no ICE servers from ${server}: ${textOf(thrown)}`);
        pause = RETRY;
      }
    }
    if (run !== this.run || pause === undefined) return;
    this.timer = this.clock.set(() => void this.refresh(run, servers, userSig), pause);
  }
}
