// Users with the public class over the real compiled core, one server, and time that passes when a test says so.
import { loadEngine } from '../../../web/sdk/src/core/loader.js';
import type { CoreEngine } from '../../../web/sdk/src/core/engine.js';
import { FakeClock, FakePlatform } from '../../../web/sdk/src/fakes/index.js';
import type { MediaOptions } from '../../../web/sdk/src/media/index.js';
import type { EventMap } from '../../../web/sdk/src/payloads.js';
import type { Report } from '../../../web/sdk/src/ports.js';
import TRTCCalling from '../../../web/sdk/src/trtc-calling.js';
import type { Options } from '../../../web/sdk/src/types.js';
import { createView } from '../../../web/sdk/src/view/index.js';
import { TestPage } from '../../../web/sdk/test/view/page.js';
import { builtCore } from '../../../web/sdk/tools/built-core.js';
import { Broker } from './broker.js';
import { SwitchableMedia } from './media.js';

export type Seen = [name: string, payload: Record<string, unknown>];

const core = await builtCore();

/** How long an exchange of some messages takes at most. */
const EXCHANGE = 40;
/** Longer than anything that a method waits for. */
const PATIENCE = 60_000;

/** What comes by the clock and not because of the sequence under test. */
const PERIODIC = ['onUserVoiceVolume', 'onUserNetworkQualityChanged', 'onNoMedia', 'onUserConnectionStateChanged'];
const ROSTER = 'onGroupCallInviteeListUpdate';

/** Everything that waits in microtasks has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class User {
  readonly sdk: TRTCCalling;
  readonly platform = new FakePlatform();
  media!: SwitchableMedia;
  /** What connections are made with; read at every new one. */
  mediaOptions: MediaOptions | undefined;
  /** Every event since the beginning. */
  readonly all: Seen[] = [];
  private told = 0;

  constructor(
    readonly id: string,
    world: World,
    seed: number,
    options: Partial<Options>,
  ) {
    const platform = {
      ...this.platform,
      clock: world.clock,
      createEngine: (config: Parameters<FakePlatform['createEngine']>[0]) => world.starting(loadEngine(core, config)),
      createSocket: (report: Report) => world.broker.portOf(id, report),
      createMedia: (report: Report, mediaOptions: MediaOptions) => {
        this.mediaOptions = mediaOptions;
        return (this.media = new SwitchableMedia(report));
      },
      createView: () => (world.page === undefined ? this.platform.createView() : createView()),
      seed: () => seed.toString(16).padStart(64, '0'),
    };
    this.sdk = new TRTCCalling({ SDKAppID: 1400000000, server: 'ws://127.0.0.1:9/mqtt', ...options, platform });
    this.sdk.setLogLevel(4);
    for (const name of new Set(Object.values(TRTCCalling.EVENT))) {
      this.sdk.on(name as keyof EventMap, (payload) => this.all.push([name, payload as unknown as Seen[1]]));
    }
  }

  /** What has happened since the last look, without what comes by the clock, and without the roster's changes. */
  news(): Seen[] {
    const news = this.all.slice(this.told);
    this.told = this.all.length;
    return news.filter(([name]) => !PERIODIC.includes(name) && name !== ROSTER);
  }

  /** The latest of these. */
  last(name: string): Seen[1] | undefined {
    return this.all.filter((each) => each[0] === name).at(-1)?.[1];
  }

  count(name: string): number {
    return this.all.filter((each) => each[0] === name).length;
  }
}

export class World {
  readonly clock = new FakeClock();
  readonly broker = new Broker(this.clock);
  /** The page that all users are in; without one, views only take notes. */
  page: TestPage | undefined;
  private readonly engines: Promise<CoreEngine>[] = [];
  private users = 0;

  constructor() {
    this.clock.advance(1_700_000_000_000);
  }

  /** Opens a page for whoever comes from now on. */
  openPage(body: string): TestPage {
    return (this.page = new TestPage(body));
  }

  user(id: string, options: Partial<Options> = {}): User {
    this.users += 1;
    return new User(id, this, this.users, options);
  }

  /** A user who is logged in; the events of the login are looked at. */
  async online(id: string, options: Partial<Options> = {}): Promise<User> {
    const user = this.user(id, options);
    await this.login(user);
    user.news();
    return user;
  }

  login(user: User): Promise<unknown> {
    return this.until(user.sdk.login({ userID: user.id, userSig: 'sig' }));
  }

  starting(engine: Promise<CoreEngine>): Promise<CoreEngine> {
    this.engines.push(engine);
    return engine;
  }

  /** Lets time pass until a method has answered, and the messages that it has sent have come. */
  async until<T>(answer: Promise<T>): Promise<T> {
    let waiting = true;
    const over = () => void (waiting = false);
    answer.then(over, over);
    await Promise.all(this.engines);
    const end = this.clock.now() + PATIENCE;
    for (await settled(); waiting; await settled()) {
      const at = this.clock.next();
      if (at === undefined || at > end) throw new Error('a method does not answer');
      this.clock.advance(at - this.clock.now());
    }
    await this.pass();
    return answer;
  }

  /** Lets time pass, with everything that happens meanwhile. */
  async pass(milliseconds = EXCHANGE): Promise<void> {
    const end = this.clock.now() + milliseconds;
    await settled();
    for (let at = this.clock.next(); at !== undefined && at <= end; at = this.clock.next()) {
      this.clock.advance(at - this.clock.now());
      await settled();
    }
    this.clock.advance(end - this.clock.now());
    await settled();
  }
}
