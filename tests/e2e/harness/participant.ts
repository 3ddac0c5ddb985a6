// One user in one page of one browser.
import assert from 'node:assert/strict';
import type { BrowserContext, Page } from 'puppeteer-core';

/** A name, or a name and members that the payload must have (deeply, other members are free). */
export type Expected = string | readonly [key: string, payload: Record<string, unknown>];

export interface SeenEvent {
  key: string;
  payload: Record<string, unknown>;
  /** performance.now() of the page. */
  at: number;
}

type Answer =
  | { ok: true; value: unknown; started: number; settled: number }
  | { ok: false; name: string; message: string; code: number | null };

/** What a method of the SDK rejected with. */
export class Refused extends Error {
  constructor(readonly method: string, readonly code: number | null, message: string) {
    super(`${method}: ${message} (${code})`);
  }
}

/** The events that every application sees. Others count only where a test names them. */
const MAIN = [
  'SDK_READY', 'INVITED', 'USER_ACCEPT', 'USER_ENTER', 'USER_LEAVE', 'REJECT', 'NO_RESP', 'LINE_BUSY', 'CALLING_CANCEL',
  'KICKED_OUT', 'CALLING_TIMEOUT', 'CALLING_END', 'USER_VIDEO_AVAILABLE', 'USER_AUDIO_AVAILABLE', 'ERROR',
];
const ALIASES: Readonly<Record<string, string>> = { CALL_END: 'CALLING_END' };

const PATIENCE = 15_000;

export interface StatsGrowth {
  framesDecoded?: number;
  framesSent?: number;
  audioReceived?: number;
  audioSent?: number;
}

export interface Remains {
  connections: number;
  tracks: number;
  players: number;
  media: number;
  layer: number;
}

export const nothing: Remains = { connections: 0, tracks: 0, players: 0, media: 0, layer: 0 };

export class Participant {
  /** Events before this one have been expected. */
  private cursor = 0;

  constructor(
    readonly userID: string,
    readonly page: Page,
    private readonly context: BrowserContext,
    /** Runs a script in the page; Puppeteer's own way counts as a gesture of the user. */
    readonly evaluate: <T>(script: string) => Promise<T> = (script) => page.evaluate(script) as never,
  ) {}

  // ---- The SDK. ----

  async create(sdkAppID: number, options: Record<string, unknown> = {}): Promise<void> {
    await this.evaluate(`lab.create(${JSON.stringify({ SDKAppID: sdkAppID, ...options })})`);
  }

  /** Calls a method of the SDK and waits until it settles. */
  async invoke<T = Record<string, unknown>>(method: string, ...args: unknown[]): Promise<T> {
    return (await this.timed<T>(method, ...args)).value;
  }

  /** The same, with the page's clock before and after. */
  async timed<T>(method: string, ...args: unknown[]): Promise<{ value: T; started: number; settled: number }> {
    const answer = await this.evaluate<Answer>(`lab.invoke('${method}', ${JSON.stringify(args)})`);
    if (!answer.ok) throw new Refused(method, answer.code, answer.message);
    return { value: answer.value as T, started: answer.started, settled: answer.settled };
  }

  login(userSig: string) {
    return this.invoke('login', { userID: this.userID, userSig });
  }

  async call(callee: Participant, options: Record<string, unknown> = {}) {
    return this.invoke('call', { userID: callee.userID, type: 2, ...options });
  }

  accept() {
    return this.invoke('accept');
  }

  reject() {
    return this.invoke('reject');
  }

  hangup() {
    return this.invoke<unknown>('hangup');
  }

  async show(peer: Participant): Promise<void> {
    await this.invoke('startLocalView', { userID: this.userID, videoViewDomID: 'local' });
    await this.invoke('startRemoteView', { userID: peer.userID, videoViewDomID: 'remote' });
  }

  /** In a container of the peer's own. */
  async showRemote(peer: Participant): Promise<void> {
    await this.evaluate(`lab.containerFor('${peer.userID}')`);
    await this.invoke('startRemoteView', { userID: peer.userID, videoViewDomID: `remote-${peer.userID}` });
  }

  // ---- Events. ----

  /** The next events, exactly these, in this order. */
  async expectEvents(expected: readonly Expected[], within = PATIENCE): Promise<SeenEvent[]> {
    const names = expected.map((one) => (typeof one === 'string' ? one : one[0]));
    const keys = [...new Set([...MAIN, ...names])];
    const { events } = await this.eventsAfter(keys, expected.length, within);
    const next = events.slice(0, expected.length);
    const shown = events.map(({ key, payload }) => `${key} ${JSON.stringify(payload)}`).join('\n  ');
    assert.deepEqual(next.map(({ key }) => nameOf(key)), names.map(nameOf), `events of ${this.userID}:\n  ${shown}`);
    expected.forEach((one, index) => {
      if (typeof one === 'string') return;
      assertHolds(next[index]!.payload, one[1], `${one[0]} of ${this.userID}`);
    });
    const last = next.at(-1);
    if (last) this.cursor = (await this.allEvents()).findIndex(({ at, key }) => at === last.at && key === last.key) + 1;
    return next;
  }

  /** Waits for one event, whatever else comes; what came before it counts as expected. */
  async waitFor(key: string, payload: Record<string, unknown> = {}, within = PATIENCE): Promise<SeenEvent> {
    const deadline = Date.now() + within;
    for (let count = 1; ; count += 1) {
      const { events } = await this.eventsAfter([key], count, Math.max(0, deadline - Date.now()));
      const found = events.find((event) => holds(event.payload, payload));
      if (found) {
        this.cursor = (await this.allEvents()).findIndex(({ at, key: name }) => at === found.at && name === found.key) + 1;
        return found;
      }
      if (events.length < count) {
        const all = (await this.allEvents()).map(({ key: name }) => name).join(', ');
        throw new Error(`${this.userID}: no ${key} ${JSON.stringify(payload)} within ${within} ms, but ${all}`);
      }
    }
  }

  /** Nothing came that a test has not expected. */
  async expectNoMoreEvents(): Promise<void> {
    const { events } = await this.eventsAfter(MAIN, 0, 0);
    assert.deepEqual(events, [], `events of ${this.userID} that nobody expected`);
  }

  allEvents(): Promise<SeenEvent[]> {
    return this.evaluate<SeenEvent[]>('lab.events()');
  }

  private eventsAfter(keys: string[], count: number, ms: number): Promise<{ events: SeenEvent[] }> {
    const call = `lab.eventsAfter(${this.cursor}, ${JSON.stringify(keys)}, ${count}, ${ms})`;
    return this.evaluate<{ events: SeenEvent[] }>(call);
  }

  // ---- Media. ----

  /** Waits until so many new frames were presented in the container. */
  frames(container: 'local' | 'remote', count = 10, ms = PATIENCE): Promise<{ width: number; height: number }> {
    return this.evaluate<{ width: number; height: number }>(`media.frames('${container}', ${count}, ${ms})`);
  }

  framesOf(peer: Participant, count = 10, ms = PATIENCE): Promise<{ width: number; height: number }> {
    return this.evaluate<{ width: number; height: number }>(`media.frames('remote-${peer.userID}', ${count}, ${ms})`);
  }

  /** What the encoders of the picture were told, one entry for each connection. */
  videoEncodings(): Promise<{ maxBitrate?: number; scaleResolutionDownBy?: number }[]> {
    return this.evaluate<{ maxBitrate?: number; scaleResolutionDownBy?: number }[]>('media.videoEncodings()');
  }

  still(container: 'local' | 'remote', quiet = 600, ms = PATIENCE): Promise<void> {
    return this.evaluate<void>(`media.still('${container}', ${quiet}, ${ms})`);
  }

  /** Waits until the statistics of all connections have grown by so much. */
  grows(wanted: StatsGrowth, ms = PATIENCE): Promise<StatsGrowth> {
    return this.evaluate<StatsGrowth>(`media.grows(${JSON.stringify(wanted)}, ${ms})`);
  }

  /** Waits until something else than silence sounds: in a container, or of a user who has none. */
  hears(from: Participant | 'remote', ms = PATIENCE): Promise<number> {
    const place = from === 'remote' ? 'remote' : `_trtc_calling_audio_call-${from.userID}`;
    return this.evaluate<number>(`media.hears('${place}', ${ms})`);
  }

  remains(): Promise<Remains> {
    return this.evaluate<Remains>('media.remains()');
  }

  /** Waits until nothing of a call is left in the page. */
  async expectNothingLeft(ms = 3000): Promise<void> {
    const idle = JSON.stringify(nothing);
    const probe = `media.until('', ${ms}, () => JSON.stringify(media.remains()) === '${idle}' || undefined)`;
    await this.evaluate(`${probe}.catch(() => undefined)`);
    assert.deepEqual(await this.remains(), nothing, `left over at ${this.userID}`);
  }

  // ---- The page. ----

  now(): Promise<number> {
    return this.evaluate<number>('performance.now()');
  }

  /** Script errors, unhandled rejections and violations of the content security policy. */
  problems(): Promise<string[]> {
    return this.evaluate<string[]>('lab.problems()');
  }

  /** The tab is closed or crashed. */
  isGone = false;

  /** Closes the tab as a user does. */
  async close(): Promise<void> {
    this.isGone = true;
    if (!this.page.isClosed()) await this.page.close();
    await this.context.close().catch(() => undefined);
  }

  /** Kills the process behind the tab: nothing of the page runs any more. Chromium only. */
  async crash(): Promise<void> {
    this.isGone = true;
    const session = await this.page.createCDPSession();
    // Never answered: whoever would answer is gone.
    session.send('Page.crash').catch(() => undefined);
  }
}

function nameOf(key: string): string {
  return ALIASES[key] ?? key;
}

function holds(actual: unknown, expected: unknown): boolean {
  try {
    assertHolds(actual, expected, '');
    return true;
  } catch {
    return false;
  }
}

function assertHolds(actual: unknown, expected: unknown, what: string): void {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) {
    assert.deepEqual(actual, expected, what);
    return;
  }
  for (const [key, value] of Object.entries(expected)) {
    assertHolds((actual as Record<string, unknown> | null)?.[key], value, `${what}.${key}`);
  }
}
