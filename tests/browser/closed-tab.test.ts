// Two tabs: what the one sees when the other goes away, and how soon.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { browserNames, closePage, launch, openLab, serveLab, type Site } from './browsers.js';

declare const lab: typeof import('./page/lab.js');
declare const side: import('./page/lab.js').Side;

/** A connection from `stays` to `goes`, with traffic on it. `goes` closes it in pagehide, as PageClosed makes the core do. */
async function connectTabs(stays: Page, goes: Page, says: 'goodbye' | 'nothing'): Promise<void> {
  const join = (page: Page, user: string, other: string, offerer: boolean): Promise<void> =>
    page.evaluate(
      async (user, other, offerer) => {
        const side = new lab.Side(user, other);
        Object.assign(globalThis, { side });
        lab.wireToOtherTab(side, 'tabs');
        await side.open();
        side.execute({ type: 'CreatePeer', peer: 1, user: other, offerer }, { type: 'StartSending', peer: 1 });
        if (offerer) side.execute({ type: 'CreateOffer', peer: 1, negotiation: 1, ice_restart: false });
      },
      user,
      other,
      offerer,
    );
  await join(goes, 'bob', 'alice', false);
  await join(stays, 'alice', 'bob', true);
  await stays.evaluate(() => lab.until(() => side.flows(1).length > 0));
  if (says === 'goodbye') await goes.evaluate(() => addEventListener('pagehide', () => side.execute({ type: 'ClosePeer', peer: 1 })));
}

/** Milliseconds from `since` to the first report that fits, on the clock of the machine. */
function delay(page: Page, since: number, type: 'ConnectionChanged' | 'MediaFlowChanged', value: string | boolean): Promise<number> {
  return page.evaluate(
    async (since, type, value) => {
      const found = await lab.until(() =>
        side.seen.find(({ at, input }) => at >= since && input.type === type && ('state' in input ? input.state : 'flowing' in input && input.flowing) === value),
      );
      return found.at - since;
    },
    since,
    type,
    value,
  );
}

for (const name of browserNames) {
  describe(name, () => {
    let site: Site;
    let browser: Browser;
    let stays: Page;

    before(async () => {
      site = await serveLab();
      browser = await launch(name);
    });
    after(async () => {
      await browser.close();
      await site.close();
    });
    afterEach(() => closePage(stays));

    test('a tab that closes its connections as it goes is noticed at once', async () => {
      stays = await openLab(browser, site);
      const goes = await openLab(browser, site);
      await connectTabs(stays, goes, 'goodbye');
      const since = Date.now();
      await goes.close();
      const failed = await delay(stays, since, 'ConnectionChanged', 'failed');
      assert.ok(failed < 1000, `failed after ${failed} ms`);
    });

    test('a tab that vanishes is noticed by its silence', async () => {
      stays = await openLab(browser, site);
      const goes = await openLab(browser, site);
      await connectTabs(stays, goes, 'nothing');
      const since = Date.now();
      await goes.close();
      const silent = await delay(stays, since, 'MediaFlowChanged', false);
      assert.ok(silent < 2500, `silent after ${silent} ms`);
    });
  });
}
