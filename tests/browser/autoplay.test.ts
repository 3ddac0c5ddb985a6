// The autoplay policy as users have it. A page that captures may play in both browsers, so this one only listens.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { browserNames, closePage, launch, newPage, serveLab, type Site } from './browsers.js';

declare const lab: typeof import('./page/lab.js');

for (const name of browserNames) {
  describe(name, () => {
    let site: Site;
    let browser: Browser;

    before(async () => {
      site = await serveLab();
      browser = await launch(name, { strictAutoplay: true });
    });
    after(async () => {
      await browser.close();
      await site.close();
    });

    test('sound that is blocked is told once and starts with the next click', async () => {
      const page = await newPage(browser);
      const blocked: string[] = [];
      const told = new Promise<void>((resolve) => {
        page.on('console', (message) => {
          if (!message.text().startsWith('blocked')) return;
          blocked.push(message.text());
          resolve();
        });
      });
      // What a driver evaluates counts as a gesture of the user; a script that comes with the page does not.
      await page.evaluateOnNewDocument(() => {
        addEventListener('load', () => {
          const view = lab.createView();
          const stream = lab.tone();
          Object.assign(globalThis, { view });
          view.onAutoplayBlocked = (userID) => console.log(`blocked ${userID}`);
          const update = (): void => view.update({ local: undefined, remote: () => stream, users: ['bob'] });
          update();
          setTimeout(update, 200);
        });
      });
      await page.goto(site.url);
      await told;
      await page.mouse.click(5, 5);
      await page.evaluate(async () => {
        await lab.until(() => lab.sounding().length === 1);
      });
      assert.deepEqual(blocked, ['blocked bob']);
      await closePage(page);
    });

    test('a user who is unmuted before any click is told of and starts with it', async () => {
      const page = await newPage(browser);
      const lines: string[] = [];
      const told = new Promise<void>((resolve) => {
        page.on('console', (message) => {
          lines.push(message.text());
          if (message.text().startsWith('blocked')) resolve();
        });
      });
      await page.evaluateOnNewDocument(() => {
        addEventListener('load', () => {
          const view = lab.createView();
          const stream = lab.tone();
          Object.assign(globalThis, { view });
          view.onAutoplayBlocked = (userID) => console.log(`blocked ${userID}`);
          view.setRender('bob', { muted: true });
          view.update({ local: undefined, remote: () => stream, users: ['bob'] });
          setTimeout(() => {
            console.log('unmuted');
            view.setRender('bob', { muted: false });
          }, 500);
        });
      });
      await page.goto(site.url);
      await told;
      await page.mouse.click(5, 5);
      await page.evaluate(async () => {
        await lab.until(() => lab.sounding().length === 1);
      });
      assert.deepEqual(lines, ['unmuted', 'blocked bob']);
      await closePage(page);
    });
  });
}
