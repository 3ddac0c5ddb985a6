// Devices, screens, limits and statistics of real browsers, in calls between two participants in one page.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import type { FlowCounters } from '../../web/sdk/src/ports.js';
import { type BrowserName, browserNames, closePage, launch, openLab, serveLab, type Site } from './browsers.js';

declare const lab: typeof import('./page/lab.js');

/** Chromium with three cameras, of which the second is one for depth only; Firefox fakes one of each. */
function launchWithDevices(name: BrowserName): Promise<Browser> {
  if (name === 'firefox') return launch(name);
  return puppeteer.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    pipe: true,
    protocolTimeout: 60_000,
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream=device-count=3',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
}

function assertGrown(before: FlowCounters | undefined, now: FlowCounters | undefined, codec: string): void {
  assert.ok(before !== undefined && now !== undefined, codec);
  assert.ok(now.packets > before.packets && now.bytes > before.bytes, codec);
  assert.ok(now.frames === undefined || now.frames > (before.frames ?? 0), codec);
  assert.equal(now.codec, codec);
}

for (const name of browserNames) {
  describe(name, () => {
    let site: Site;
    let browser: Browser;
    let page: Page;
    const only = (wanted: BrowserName, reason: string) => (name === wanted ? {} : { skip: `${name}: ${reason}` });

    before(async () => {
      site = await serveLab();
      browser = await launchWithDevices(name);
    });
    after(async () => {
      await browser.close();
      await site.close();
    });
    beforeEach(async () => {
      page = await openLab(browser, site);
    });
    afterEach(() => closePage(page));

    test('devices are listed with names while something is captured, and the current ones are those in use', async () => {
      const seen = await page.evaluate(async () => {
        const [{ media }] = await lab.pair();
        const { devices } = media;
        const kinds = ['audioinput', 'videoinput'] as const;
        const used = (media.localStream?.getTracks() ?? []).map((track) => track.getSettings().deviceId);
        const current = await Promise.all(kinds.map(async (kind) => (await devices.current(kind))?.deviceId));
        const all = (await Promise.all(kinds.map((kind) => devices.list(kind)))).flat();
        return { used, current, ids: all.map(({ deviceId }) => deviceId), labels: all.map(({ label }) => label) };
      });
      assert.deepEqual(seen.current, seen.used);
      assert.ok(seen.used.every((id) => id !== undefined && seen.ids.includes(id)));
      assert.ok(!seen.ids.includes('communications') && !seen.labels.includes(''));
    });

    test('every device can be selected, and an unknown one cannot', async () => {
      const seen = await page.evaluate(async () => {
        const [alice] = await lab.pair();
        const { devices } = alice.media;
        const results: boolean[] = [];
        for (const kind of ['audioinput', 'videoinput'] as const) {
          for (const { deviceId } of await devices.list(kind)) {
            await devices.select(kind, deviceId);
            results.push((await devices.current(kind))?.deviceId === deviceId);
          }
        }
        const code = await devices.select('videoinput', 'nobody').catch((error: { code: number }) => error.code);
        return { results, code, tracks: alice.media.localStream?.getTracks().map(({ readyState }) => readyState) };
      });
      assert.ok(seen.results.length >= 2 && seen.results.every((result) => result));
      assert.deepEqual([seen.code, seen.tracks], [61024, ['live', 'live']]);
    });

    test('a device that was chosen and does not exist any more is replaced', async () => {
      const opened = await page.evaluate(async () => {
        const alice = new lab.Side('alice', 'bob');
        // Before anything is captured ids may be hidden, and any is believed; Chromium's fakes are never hidden.
        const ids = { list: () => Promise.resolve([{ deviceId: 'gone' } as MediaDeviceInfo]) };
        Object.assign(alice.media.devices, ids);
        await alice.media.devices.select('videoinput', 'gone');
        await alice.media.devices.select('audioinput', 'gone');
        return alice.open();
      });
      assert.deepEqual(opened, { type: 'MediaOpened', capture: 1, microphone: true, camera: true, camera_failed: false });
    });

    test('another camera takes over without a negotiation', only('chromium', 'there is one fake camera'), async () => {
      const seen = await page.evaluate(async () => {
        const [alice, bob] = await lab.pair();
        const { devices, localStream } = alice.media;
        const [old] = localStream?.getVideoTracks() ?? [];
        const other = (await devices.list('videoinput'))[2];
        await devices.select('videoinput', other?.deviceId ?? '');
        const sent = () => lab.connections[0]?.getSenders()[1]?.track?.getSettings().deviceId;
        await lab.until(() => sent() === other?.deviceId);
        // The old camera has stopped: what moves is the new one's picture.
        await lab.frames(bob.place(), 15);
        const offers = [...alice.types(), ...bob.types()].filter((type) => type === 'OfferCreated').length;
        return { old: old?.readyState, offers, same: alice.media.localStream === localStream };
      });
      assert.deepEqual(seen, { old: 'ended', offers: 1, same: true });
    });

    test('a screen is seen by the other side, and then the camera again', only('chromium', 'no screen without a display'), async () => {
      const seen = await page.evaluate(async () => {
        const [alice, bob] = await lab.pair();
        const camera = alice.media.localStream?.getVideoTracks()[0];
        const sizes = [await lab.untilWidth(bob.place(), (width) => width === 320)];
        const opened = await alice.share();
        const shared = alice.media.localStream?.getVideoTracks()[0];
        sizes.push(await lab.untilWidth(bob.place(), (width) => width > 320));
        alice.execute({ type: 'CloseScreen' });
        sizes.push(await lab.untilWidth(bob.place(), (width) => width === 320));
        const offers = [...alice.types(), ...bob.types()].filter((type) => type === 'OfferCreated').length;
        return {
          opened,
          sizes: sizes.map((width) => width > 320),
          back: alice.media.localStream?.getVideoTracks()[0] === camera,
          states: [camera?.readyState, shared?.readyState],
          hint: shared?.contentHint,
          offers,
        };
      });
      assert.deepEqual(seen, {
        opened: { type: 'MediaOpened', capture: 2, microphone: false, camera: false, camera_failed: false },
        sizes: [false, true, false],
        back: true,
        states: ['live', 'ended'],
        hint: 'detail',
        offers: 1,
      });
    });

    test('a screen that cannot be had is a failure in words', only('firefox', 'there is a fake screen'), async () => {
      const seen = await page.evaluate(async () => {
        const [alice] = await lab.pair();
        const failed = await alice.share();
        return { failed, camera: alice.media.localStream?.getVideoTracks()[0]?.readyState };
      });
      assert.equal(seen.failed.type, 'MediaFailed');
      assert.equal(seen.camera, 'live');
    });

    test('limits reach the encoder, and the picture shrinks', async () => {
      const seen = await page.evaluate(async () => {
        const [alice, bob] = await lab.pair();
        alice.execute({ type: 'LimitVideo', bitrate: 120, scale: 200 });
        const width = await lab.untilWidth(bob.place(), (pixels) => pixels === 160);
        const encoding = lab.connections[0]?.getSenders()[1]?.getParameters().encodings[0];
        return [width, encoding?.maxBitrate, encoding?.scaleResolutionDownBy];
      });
      assert.deepEqual(seen, [160, 120_000, 2]);
    });

    test('a screen keeps its size under a limit', only('chromium', 'no screen without a display'), async () => {
      const seen = await page.evaluate(async () => {
        const [alice] = await lab.pair();
        alice.execute({ type: 'LimitVideo', bitrate: 500, scale: 200 });
        await alice.share();
        const scale = () => lab.connections[0]?.getSenders()[1]?.getParameters().encodings[0]?.scaleResolutionDownBy;
        await lab.until(() => scale() === 1);
        alice.execute({ type: 'CloseScreen' });
        return lab.until(() => scale() === 2);
      });
      assert.ok(seen);
    });

    test('statistics grow and know the way', async () => {
      const seen = await page.evaluate(async () => {
        const [alice, bob] = await lab.pair();
        const first = await alice.media.measure();
        await Promise.all([lab.frames(alice.place(), 15), lab.frames(bob.place(), 15)]);
        return [...first, ...(await alice.media.measure())];
      });
      const [first, second] = seen;
      assert.ok(first !== undefined && second !== undefined && seen.length === 2);
      for (const direction of ['sent', 'received'] as const) {
        assertGrown(first[direction].audio, second[direction].audio, 'opus');
        assertGrown(first[direction].video, second[direction].video, 'VP8');
      }
      for (const { video } of [second.sent, second.received]) assert.deepEqual([video?.width, video?.height], [320, 240]);
      assert.deepEqual([second.userID, second.candidateType, second.protocol], ['bob', 'host', 'udp']);
      assert.ok(second.roundTrip !== undefined && second.roundTrip < 1000);
      const { audioLevel, packetsLost, jitter } = second.received.audio ?? {};
      assert.ok(audioLevel !== undefined && packetsLost !== undefined && jitter !== undefined);
    });

    test('the own microphone is heard, unless it is muted', only('chromium', 'without a sound card no sound is processed'), async () => {
      const seen = await page.evaluate(async () => {
        const [alice] = await lab.pair();
        // The fake beeps about once a second.
        const loud = await lab.untilLoud(alice);
        alice.execute({ type: 'MuteMicrophone', muted: true });
        return [loud > 0 && loud <= 100, alice.media.localLevel()];
      });
      assert.deepEqual(seen, [true, 0]);
    });

    test('a level that cannot be told is no failure', async () => {
      const levels = await page.evaluate(async () => {
        const [{ media }] = await lab.pair();
        await media.measure();
        return [media.localLevel(), media.localLevel()];
      });
      assert.ok(levels.every((level) => level >= 0 && level <= 100));
    });
  });
}
