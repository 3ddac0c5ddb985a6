// What a TRTCCalling object needs from the place it runs in. Browsers provide it; tests replace it, in whole or part.
import { browserClock } from './clock.js';
import type { Clock } from './clock.js';
import type { CoreEngine, EngineConfig, Tap } from './core/engine.js';
import { loadEngine } from './core/loader.js';
import type { CorePlace, CoreSource } from './core/loader.js';
import type { FetchIce } from './ice.js';
import { createMedia } from './media/index.js';
import type { MediaOptions } from './media/index.js';
import { watchPage } from './page.js';
import type { PageEvents } from './page.js';
import type { MediaPort, Report, SocketPort, ViewPort } from './ports.js';
import { createSocketPort } from './socket/socket.js';
import { createView } from './view/index.js';

export interface Platform {
  createEngine(config: EngineConfig, place: CorePlace, tap?: Tap): Promise<CoreEngine>;
  createSocket(report: Report): SocketPort;
  createMedia(report: Report, options: MediaOptions): MediaPort;
  createView(): ViewPort;
  watchPage(events: PageEvents): () => void;
  clock: Clock;
  /** Asks a server for ICE servers; see ice.ts. */
  fetchIce: FetchIce;
  /** 64 hexadecimal digits that nobody can guess. */
  seed(): string;
  /** The page's address; undefined where there is no page. */
  pageAddress(): string | undefined;
}

let core: CoreSource | undefined;

/** Tells where the compiled core is; the entry of the bundles does it. */
export function provideCore(source: CoreSource): void {
  core = source;
}

async function createEngine(config: EngineConfig, place: CorePlace, tap?: Tap): Promise<CoreEngine> {
  if (core === undefined) throw new Error('this bundle has no core');
  return loadEngine(core, config, place, tap);
}

function seed(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function fetchIce(address: string, userSig: string): Promise<unknown> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), 3000);
  try {
    const headers = { Authorization: `Bearer ${userSig}` };
    const response = await fetch(address, { headers, cache: 'no-store', credentials: 'omit', signal: abort.signal });
    return response.ok ? await response.json() : undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** Nothing here touches a global before it is called. */
export const browserPlatform: Platform = {
  createEngine,
  createSocket: createSocketPort,
  createMedia,
  createView,
  watchPage,
  clock: browserClock,
  fetchIce,
  seed,
  pageAddress: () => (typeof location === 'undefined' ? undefined : location.href),
};
