// What the tests of one file share: one server, one process of each browser, and the participants of the running test.
import assert from 'node:assert/strict';
import { after, before, type TestContext } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { launch, type BrowserName, type BrowserOptions } from './browsers.ts';
import { Participant } from './participant.ts';
import { labPage, Server } from './server.ts';

export interface JoinOptions {
  browser?: BrowserName;
  /** Needs a browser process of its own kind. */
  browserOptions?: BrowserOptions;
  /** Address of the page; the server's own where it is missing. */
  url?: string;
  /** Further options of `new TRTCCalling`. */
  sdk?: Record<string, unknown>;
  /** Do not log in. */
  offline?: boolean;
}

export interface Pair {
  caller: BrowserName;
  callee: BrowserName;
}

export const chromiumPair: Pair = { caller: 'chromium', callee: 'chromium' };
export const everyPair: readonly Pair[] = [
  chromiumPair,
  { caller: 'firefox', callee: 'firefox' },
  { caller: 'chromium', callee: 'firefox' },
];

export const named = ({ caller, callee }: Pair) => `${caller} calls ${callee}`;

export class Stage {
  server!: Server;
  private readonly browsers = new Map<string, Promise<Browser>>();
  private readonly present = new Map<TestContext, Participant[]>();
  private count = 0;

  /** Registers the hooks of the file. `flags` of the server may have to wait for something. */
  static open(flags: string[] | (() => Promise<string[]>) = []): Stage {
    const stage = new Stage();
    before(async () => {
      stage.server = await Server.start({ demoDir: labPage, flags: typeof flags === 'function' ? await flags() : flags });
    });
    after(async () => {
      for (const browser of stage.browsers.values()) await (await browser).close();
      await stage.server.stop();
    });
    return stage;
  }

  /** A user who has logged in; who is unique even if the name is not. */
  async join(test: TestContext, name: string, options: JoinOptions = {}): Promise<Participant> {
    this.count += 1;
    const { participant, sig } = await this.arrive(test, `${name}-${this.count}`, options);
    if (!options.offline) {
      await participant.login(sig);
      await participant.expectEvents(['SDK_READY']);
    }
    return participant;
  }

  /** Another page of somebody who is there already. */
  async again(test: TestContext, participant: Participant, options: JoinOptions = {}): Promise<Participant> {
    return (await this.arrive(test, participant.userID, options)).participant;
  }

  /** Caller and callee, both logged in. */
  async pair(test: TestContext, { caller, callee }: Pair): Promise<[Participant, Participant]> {
    return Promise.all([this.join(test, 'alice', { browser: caller }), this.join(test, 'bob', { browser: callee })]);
  }

  async logIn(participant: Participant): Promise<void> {
    const { userSig } = await this.server.userSig(participant.userID);
    await participant.login(userSig);
    await participant.waitFor('SDK_READY');
  }

  private async arrive(test: TestContext, userID: string, options: JoinOptions) {
    const browser = await this.browser(options.browser ?? 'chromium', options.browserOptions ?? {});
    const context = await browser.createBrowserContext();
    // A window of its own: the browser neither throttles nor hides what is in front.
    const page = await context.newPage({ type: 'window' });
    const participant = new Participant(userID, page, context, options.browserOptions?.strictAutoplay ? await withoutGesture(page) : undefined);
    this.remember(test, participant);
    if ((options.browser ?? 'chromium') === 'chromium') await page.emulateFocusedPage?.(true);
    await page.goto(options.url ?? this.server.url);
    const { sdkAppID, userSig } = await this.server.userSig(userID);
    await participant.create(sdkAppID, options.sdk);
    await participant.invoke('setVideoQuality', { width: 320, height: 240, frameRate: 15, bitrate: 300 });
    return { participant, sig: userSig };
  }

  private browser(name: BrowserName, options: BrowserOptions): Promise<Browser> {
    const key = JSON.stringify([name, options]);
    const known = this.browsers.get(key) ?? launch(name, options);
    this.browsers.set(key, known);
    return known;
  }

  /** Everybody leaves when the test ends, and nobody may have had a problem on the page. */
  private remember(test: TestContext, participant: Participant): void {
    const others = this.present.get(test);
    if (others) {
      others.push(participant);
      return;
    }
    const everybody = [participant];
    this.present.set(test, everybody);
    test.after(async () => {
      this.present.delete(test);
      const problems: string[] = [];
      for (const one of everybody) {
        if (one.isGone) continue;
        problems.push(...(await one.problems()).map((problem) => `${one.userID}: ${problem}`));
        await one.close();
      }
      assert.deepEqual(problems, [], 'problems on the pages');
    });
  }
}

/** Scripts that the autoplay policy does not take for a user. Chromium only. */
async function withoutGesture(page: Page): Promise<<T>(script: string) => Promise<T>> {
  const session = await page.createCDPSession();
  return async (expression) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
}

/** Two participants in a call, both sides shown, all events of its beginning expected. */
export async function connect(alice: Participant, bob: Participant, type: 1 | 2 = 2): Promise<void> {
  await alice.call(bob, { type });
  await bob.expectEvents(['INVITED']);
  await bob.accept();
  const video = { isVideoAvailable: type === 2 };
  await alice.expectEvents([
    ['USER_ACCEPT', { userID: bob.userID }],
    ['USER_ENTER', { userID: bob.userID }],
    ['USER_VIDEO_AVAILABLE', { userID: bob.userID, ...video }],
    ['USER_AUDIO_AVAILABLE', { userID: bob.userID, isAudioAvailable: true }],
  ]);
  await bob.expectEvents([
    ['USER_ENTER', { userID: alice.userID }],
    ['USER_VIDEO_AVAILABLE', { userID: alice.userID, ...video }],
    ['USER_AUDIO_AVAILABLE', { userID: alice.userID, isAudioAvailable: true }],
  ]);
  await Promise.all([alice.show(bob), bob.show(alice)]);
}

/** Both see new pictures and get new sound. */
export async function expectMedia(...participants: Participant[]): Promise<void> {
  await Promise.all(participants.map((one) => one.frames('remote', 10)));
  await Promise.all(participants.map((one) => one.grows({ framesDecoded: 5, audioReceived: 20 })));
}

/** The call is over on both sides, once, and nothing is left of it. */
export async function expectEnd(whoHungUp: Participant, other: Participant): Promise<void> {
  for (const [one, peer] of [[whoHungUp, other], [other, whoHungUp]] as const) {
    await one.expectEvents([['USER_LEAVE', { userID: peer.userID }], 'CALLING_END']);
    await one.expectNothingLeft();
    await one.expectNoMoreEvents();
  }
}
