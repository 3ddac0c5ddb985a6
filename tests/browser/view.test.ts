// The players in a real page: what moving and removing them does to sound and picture, under a strict content security policy.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { browserNames, closePage, launch, openLab, serveLab, type Site } from './browsers.js';

declare const lab: typeof import('./page/lab.js');

for (const name of browserNames) {
  describe(name, () => {
    let site: Site;
    let browser: Browser;
    let page: Page;

    before(async () => {
      site = await serveLab();
      browser = await launch(name);
    });
    after(async () => {
      await browser.close();
      await site.close();
    });
    beforeEach(async () => {
      page = await openLab(browser, site);
    });
    // A style that the policy forbids is a complaint of the page and fails the test.
    afterEach(() => closePage(page));

    test('the player fills its container, its picture is laid out, and the local one is mirrored', async () => {
      const seen = await page.evaluate(async () => {
        const [alice] = await lab.pair();
        const mirror = lab.container('mirror');
        alice.view.startLocal({ userID: 'alice', videoViewDomID: 'mirror' });
        await lab.frames(mirror);
        return [mirror, alice.place()].map((place) => {
          const video = place.querySelector('video');
          if (video === null) throw new Error('no video');
          const { width, height } = video.getBoundingClientRect();
          const { objectFit, transform } = getComputedStyle(video);
          return [place.clientWidth === width, place.clientHeight === height, objectFit, transform];
        });
      });
      assert.deepEqual(seen, [
        [true, true, 'cover', 'matrix(-1, 0, 0, 1, 0, 0)'],
        [true, true, 'cover', 'none'],
      ]);
    });

    test('one element sounds for a remote user, and moving it does not interrupt it', async () => {
      const seen = await page.evaluate(async () => {
        const [alice] = await lab.pair();
        const pauses: string[] = [];
        const [audio] = lab.sounding();
        if (audio === undefined) throw new Error('silence');
        audio.addEventListener('pause', () => pauses.push('pause'));
        const counts = [lab.sounding().length];
        alice.view.stopRemote('bob');
        await lab.advances(audio);
        counts.push(lab.sounding().length, alice.place().querySelectorAll('audio, video').length);
        alice.view.startRemote({ userID: 'bob', videoViewDomID: 'of-alice' });
        await Promise.all([lab.advances(audio), lab.frames(alice.place())]);
        alice.view.startRemote({ userID: 'bob', videoViewDomID: lab.container('other') });
        await Promise.all([lab.advances(audio), lab.frames(lab.element('other'))]);
        counts.push(lab.sounding().length);
        return { counts, pauses, same: lab.sounding().includes(audio) };
      });
      // Both participants live in this page, and each hears the other.
      assert.deepEqual(seen, { counts: [2, 2, 0, 2], pauses: [], same: true });
    });

    test('a container that is thrown away takes the picture along, not the sound', async () => {
      const counts = await page.evaluate(async () => {
        const [alice] = await lab.pair();
        alice.place().remove();
        const inLayer = () => lab.sounding().find((audio) => audio.closest('[id="_trtc_calling_audio_call-bob"]') !== null);
        const audio = await lab.until(inLayer);
        await lab.advances(audio);
        const again = lab.container('of-alice');
        alice.refresh();
        await Promise.all([lab.frames(again), lab.advances(audio)]);
        return [lab.sounding().length, document.querySelectorAll('video').length];
      });
      assert.deepEqual(counts, [2, 2]);
    });

    test('the hidden layer comes back when the application empties the body', async () => {
      await page.evaluate(async () => {
        const [alice, bob] = await lab.pair();
        for (const side of [alice, bob]) side.view.stopRemote(side === alice ? 'bob' : 'alice');
        document.body.textContent = '';
        await lab.until(() => lab.sounding().length === 2 && lab.sounding().every(({ isConnected }) => isConnected));
        await Promise.all(lab.sounding().map((audio) => lab.advances(audio)));
      });
    });

    test('a camera that is said to be closed is black, and its picture comes back', async () => {
      const seen = await page.evaluate(async () => {
        const [alice, bob] = await lab.pair();
        alice.execute({ type: 'CloseCamera' });
        bob.closedCameras.add('alice');
        bob.refresh();
        const video = bob.place().querySelector('video');
        const black = video !== null && video.srcObject === null;
        await alice.open(true, false);
        bob.closedCameras.delete('alice');
        bob.refresh();
        await lab.frames(bob.place());
        return { black, same: bob.place().querySelector('video') === video };
      });
      assert.deepEqual(seen, { black: true, same: true });
    });
  });
}
