// The samples of web/demo/samples with the packed package: a real call between two pages of each.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { BrowserContext, Page } from 'puppeteer-core';
import { application, here, output, root } from './support/packed.ts';
import { openPlace } from './support/place.ts';
import { vite } from './support/tools.ts';

const folder = join(here, '.cache/samples');
const place = openPlace([`--sdk-dir=${join(folder, 'node_modules/trtc-calling-wasm/dist')}`]);
const PATIENCE = 20_000;

/** Whoever uses the application, by what is written on it. */
class User {
  readonly problems: string[] = [];
  private constructor(readonly name: string, readonly page: Page, private readonly context: BrowserContext) {
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.setDefaultTimeout(PATIENCE);
  }

  static async open(name: string, address: string): Promise<User> {
    const context = await place.browser.createBrowserContext();
    // A window of its own: the browser neither throttles nor hides what is in front.
    const user = new User(name, await context.newPage({ type: 'window' }), context);
    await user.page.goto(address);
    return user;
  }

  async submit(label: string, text: string, button: string): Promise<void> {
    await this.page.locator(`::-p-aria([name="${label}"][role="textbox"])`).fill(text);
    await this.click(button);
  }

  async click(button: string): Promise<void> {
    await this.page.locator(`::-p-aria([name="${button}"][role="button"])`).click();
  }

  async reads(text: string): Promise<void> {
    await this.page.locator(`::-p-text(${text})`).wait();
  }

  /** Pictures that move, from the other page in one place, of the own camera in the other. */
  async sees(id: string): Promise<void> {
    const moves = `new Promise((resolve) => {
      let seen = 0;
      const look = () => {
        const video = document.querySelector('#${id} video');
        if (video === null || video.videoWidth === 0) return setTimeout(look, 50);
        video.requestVideoFrameCallback(() => ((seen += 1) === 10 ? resolve() : look()));
      };
      look();
    })`;
    const late = new Promise((_, reject) => setTimeout(reject, PATIENCE, new Error(`${this.name} sees nothing in ${id}`)).unref());
    await Promise.race([this.page.evaluate(moves), late]);
  }

  players(): Promise<unknown> {
    return this.page.evaluate('document.querySelectorAll("video").length');
  }

  async leave(): Promise<void> {
    await this.context.close();
    assert.deepEqual(this.problems, []);
  }
}

async function call(alice: User, bob: User): Promise<void> {
  for (const user of [alice, bob]) {
    await user.submit('User', user.name, 'Log in');
    await user.reads(`Logged in as ${user.name}`);
  }
  await alice.submit('Callee', bob.name, 'Call');
  await bob.reads(`${alice.name} is calling`);
  await bob.click('Accept');
  await Promise.all([alice, bob].flatMap((user) => [user.sees('remote'), user.sees('local')]));
  await alice.reads(`In a call with ${bob.name}`);
  await alice.click('Hang up');
  await Promise.all([alice, bob].map((user) => user.reads('Call ended after')));
  assert.deepEqual(await Promise.all([alice.players(), bob.players()]), [0, 0]);

  await bob.submit('Callee', alice.name, 'Call');
  await alice.reads(`${bob.name} is calling`);
  await alice.click('Reject');
  await bob.reads(`${alice.name} has declined`);
}

describe('Two pages call each other in the sample', () => {
  before(async () => {
    await application('samples', join(root, 'web/demo/samples'));
    for (const name of ['vue', 'react']) {
      const sample = join(folder, name);
      await output(process.execPath, [vite('vite'), 'build', '--outDir', 'out'], sample);
    }
  });

  for (const [name, page] of [
    ['script-tag', 'script-tag/index.html'],
    ['vue', 'vue/out/index.html'],
    ['react', 'react/out/index.html'],
  ] as const) {
    test(`${name}, and decline a second call`, async () => {
      const address = place.address('samples', page);
      const [alice, bob] = await Promise.all([User.open(`alice-${name}`, address), User.open(`bob-${name}`, address)]);
      try {
        await call(alice, bob);
      } finally {
        await Promise.all([alice.leave(), bob.leave()]);
      }
    });
  }
});
