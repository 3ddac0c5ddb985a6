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

    test('the player fills its container, its picture is laid out, and the own one is mirrored but for a back camera', async () => {
      const { seen, facing } = await page.evaluate(async () => {
        const [alice] = await lab.pair();
        const mirror = lab.container('mirror');
        alice.view.startLocal({ userID: 'alice', videoViewDomID: 'mirror' });
        await lab.frames(mirror);
        const seen = [mirror, alice.place()].map((place) => {
          const video = place.querySelector('video');
          if (video === null) throw new Error('no video');
          const { width, height } = video.getBoundingClientRect();
          const { objectFit, transform } = getComputedStyle(video);
          return [place.clientWidth === width, place.clientHeight === height, objectFit, transform];
        });
        return { seen, facing: alice.media.localStream?.getVideoTracks()[0]?.getSettings().facingMode };
      });
      // Firefox says that its fake camera is a back one.
      assert.deepEqual(seen, [
        [true, true, 'cover', facing === 'environment' ? 'none' : 'matrix(-1, 0, 0, 1, 0, 0)'],
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

    test('fit and mirror are as the application asks, also before there is a view', async () => {
      const seen = await page.evaluate(async () => {
        const [alice] = await lab.pair();
        const look = (place: HTMLElement) => {
          const { objectFit, transform } = getComputedStyle(place.querySelector('video') as HTMLVideoElement);
          return `${objectFit} ${transform}`;
        };
        alice.view.stopRemote('bob');
        alice.view.setRender('bob', { objectFit: 'contain', mirror: true });
        const looks = [look(alice.watch('again'))];
        const own = { userID: 'alice', videoViewDomID: lab.container('own') };
        alice.view.startLocal({ ...own, render: { objectFit: 'fill', mirror: false } });
        looks.push(look(own.videoViewDomID));
        alice.view.setRender(undefined, { mirror: true });
        looks.push(look(own.videoViewDomID));
        alice.view.update({ local: alice.media.localStream, remote: () => undefined, users: [], localScreen: true });
        looks.push(look(own.videoViewDomID));
        return looks;
      });
      assert.deepEqual(seen, [
        'contain matrix(-1, 0, 0, 1, 0, 0)',
        'fill none',
        'fill matrix(-1, 0, 0, 1, 0, 0)',
        'fill none',
      ]);
    });

    test('a muted user is not heard and still seen, and is heard again', async () => {
      const counts = await page.evaluate(async () => {
        const [alice] = await lab.pair();
        alice.view.setRender('bob', { muted: true });
        const muted = lab.sounding().length;
        await lab.frames(alice.place());
        alice.view.stopRemote('bob');
        alice.view.startRemote({ userID: 'bob', videoViewDomID: alice.place() });
        const again = lab.sounding().length;
        alice.view.setRender('bob', { muted: false });
        await Promise.all(lab.sounding().map((audio) => lab.advances(audio)));
        return [muted, again, lab.sounding().length];
      });
      assert.deepEqual(counts, [1, 1, 2]);
    });

    test('a container that is exchanged for one with the same id keeps sound and picture', async () => {
      const seen = await page.evaluate(async () => {
        const [alice] = await lab.pair();
        const player = alice.place().firstElementChild;
        const fresh = lab.container('of-alice');
        alice.place().replaceWith(fresh);
        await lab.frames(fresh);
        await Promise.all(lab.sounding().map((audio) => lab.advances(audio)));
        return { same: fresh.firstElementChild === player, count: lab.sounding().length };
      });
      assert.deepEqual(seen, { same: true, count: 2 });
    });

    test('an element of a frame shows the picture, and gives it back', async () => {
      const seen = await page.evaluate(async () => {
        const [alice] = await lab.pair();
        const frame = document.createElement('iframe');
        document.body.append(frame);
        const there = frame.contentDocument?.createElement('div');
        if (there === undefined) throw new Error('no frame');
        frame.contentDocument?.body.append(there);
        alice.view.startRemote({ userID: 'bob', videoViewDomID: there });
        await lab.frames(there);
        const [audio] = there.querySelectorAll('audio');
        if (audio === undefined) throw new Error('no sound');
        await lab.advances(audio);
        const seen = [there instanceof HTMLElement, there.childElementCount];
        alice.view.startRemote({ userID: 'bob', videoViewDomID: 'of-alice' });
        await Promise.all([lab.frames(alice.place()), lab.advances(audio)]);
        return [...seen, there.childElementCount, lab.sounding().includes(audio)];
      });
      assert.deepEqual(seen, [false, 1, 0, true]);
    });

    test('a frame that is thrown away takes the picture along, not the sound', async () => {
      const counts = await page.evaluate(async () => {
        const [alice] = await lab.pair();
        const frame = document.createElement('iframe');
        document.body.append(frame);
        const there = frame.contentDocument?.body;
        if (there === undefined) throw new Error('no frame');
        alice.view.startRemote({ userID: 'bob', videoViewDomID: there });
        await lab.frames(there);
        frame.remove();
        alice.refresh();
        await Promise.all(lab.sounding().map((audio) => lab.advances(audio)));
        return [lab.sounding().length, there.childElementCount];
      });
      assert.deepEqual(counts, [2, 0]);
    });

    test('an element in a proxy is the element, and what is none disturbs nothing', async () => {
      const seen = await page.evaluate(async () => {
        const [alice] = await lab.pair();
        const element = lab.container('other');
        const likeVue = new Proxy(element, {
          get: (target, key, self) => (key === '__v_raw' ? target : Reflect.get(target, key, self)),
        });
        const bound = new Proxy(element, {
          get(target, key) {
            const value: unknown = Reflect.get(target, key);
            return typeof value === 'function' ? value.bind(target) : value;
          },
        });
        const players: number[] = [];
        for (const proxy of [likeVue, bound]) {
          alice.view.startRemote({ userID: 'bob', videoViewDomID: proxy });
          await lab.frames(element);
          players.push(element.childElementCount);
        }
        const opaque = new Proxy(element, {});
        const text = document.createTextNode('') as unknown as HTMLElement;
        for (const odd of [opaque, text, {} as HTMLElement, document.createElement('div')]) {
          alice.view.startRemote({ userID: 'bob', videoViewDomID: odd });
          players.push(element.childElementCount);
        }
        return [...players, lab.sounding().length];
      });
      assert.deepEqual(seen, [1, 1, 0, 0, 0, 0, 2]);
    });

    test('two SDK objects show the same user in one container and do not disturb each other', async () => {
      const counts = await page.evaluate(async () => {
        const [alice] = await lab.pair();
        const view = lab.createView();
        view.startRemote({ userID: 'bob', videoViewDomID: 'of-alice' });
        view.update({ local: undefined, remote: (user) => alice.media.remoteStream(user), users: ['bob'] });
        const both = [alice.place().childElementCount, lab.sounding().length];
        view.dispose();
        await lab.frames(alice.place());
        await Promise.all(lab.sounding().map((audio) => lab.advances(audio)));
        return [...both, alice.place().childElementCount, lab.sounding().length];
      });
      assert.deepEqual(counts, [2, 3, 1, 2]);
    });

    test('everybody sounds at the speaker that is chosen, and a refused choice changes nothing', async (t) => {
      const seen = await page.evaluate(async () => {
        const [alice] = await lab.pair();
        const sinks = () => [...document.querySelectorAll('audio')].map((audio) => audio.sinkId);
        const refusal = await alice.view.useSpeaker('no such speaker').then(
          () => 0,
          ({ code }: { code: number }) => code,
        );
        const before = sinks();
        const devices = await navigator.mediaDevices.enumerateDevices();
        const speaker = devices.filter(({ kind }) => kind === 'audiooutput').pop()?.deviceId;
        if (speaker === undefined) return { refusal, before };
        await alice.view.useSpeaker(speaker);
        const follows = (user: string) => {
          const place = `_trtc_calling_audio_call-${user}`;
          return lab.until(() => document.getElementById(place)?.querySelector('audio')?.sinkId === speaker);
        };
        alice.view.stopRemote('bob');
        await follows('bob');
        alice.view.update({ local: undefined, remote: () => lab.tone(), users: ['bob', 'eve'] });
        await follows('eve');
        await alice.view.useSpeaker('');
        return { refusal, before, after: sinks() };
      });
      assert.deepEqual([seen.refusal, seen.before], [61024, ['', '']]);
      if (seen.after === undefined) t.diagnostic('this browser has no speaker here: only the refusal was tested');
      else assert.deepEqual(seen.after, ['', '', '']);
    });
  });
}
