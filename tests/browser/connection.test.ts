// Two participants in one page: the real media adapters, wired back to back.
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
    afterEach(() => closePage(page));

    test('picture and sound arrive on both sides, and the reports come in a useful order', async () => {
      const seen = await page.evaluate(async () => {
        const [alice, bob] = await lab.pair();
        // Both fakes beep about once a second.
        const heard = await Promise.all(lab.connections.map((connection) => lab.energy(connection, 1500)));
        await lab.until(() => alice.flows(1).length > 0 && bob.flows(1).length > 0);
        return { heard, alice: alice.types(), bob: bob.types(), states: [alice.states(1), bob.states(1)] };
      });
      assert.ok(seen.heard.every((energy) => energy > 0), `energy ${seen.heard.join(', ')}`);
      for (const types of [seen.alice, seen.bob]) {
        const description = types.findIndex((type) => type === 'OfferCreated' || type === 'AnswerCreated');
        assert.ok(description < types.indexOf('CandidatesFound'), 'a candidate before its description would fit nothing');
        assert.ok(types.filter((type) => type === 'CandidatesFound').length <= 4, 'candidates travel in batches');
        assert.ok(types.indexOf('ConnectionChanged') < types.indexOf('MediaFlowChanged'));
        assert.ok(!types.includes('NegotiationFailed'));
      }
      assert.deepEqual(seen.states, [
        ['connecting', 'connected'],
        ['connecting', 'connected'],
      ]);
    });

    test('nothing is sent before StartSending', async () => {
      const packets = await page.evaluate(async () => {
        const [alice, bob] = [new lab.Side('alice', 'bob'), new lab.Side('bob', 'alice')];
        lab.wire(alice, bob);
        await Promise.all([alice.open(), bob.open()]);
        bob.execute({ type: 'CreatePeer', peer: 1, user: 'alice', offerer: false });
        alice.execute({ type: 'CreatePeer', peer: 1, user: 'bob', offerer: true }, { type: 'CreateOffer', peer: 1, negotiation: 1, ice_restart: false });
        await lab.until(() => [alice, bob].every((side) => side.states(1).includes('connected')));
        // Two looks at the traffic.
        await new Promise((resolve) => setTimeout(resolve, 1100));
        const before = [alice.flows(1), bob.flows(1)];
        for (const side of [alice, bob]) side.execute({ type: 'StartSending', peer: 1 });
        await lab.until(() => [alice, bob].every((side) => side.flows(1).includes(true)));
        return before;
      });
      assert.deepEqual(packets, [[], []]);
    });

    test('the camera closes and opens again without a negotiation', async () => {
      const seen = await page.evaluate(async () => {
        const [alice, bob] = await lab.pair();
        const camera = alice.media.localStream?.getVideoTracks()[0];
        alice.execute({ type: 'CloseCamera' });
        const state = camera?.readyState;
        await lab.until(() => lab.connections[0]?.getSenders().every(({ track }) => track?.kind !== 'video'));
        const stopped = await lab.standsStill(bob.place());
        const opened = await alice.open(true, false);
        await lab.frames(bob.place());
        return { state, stopped, opened, types: [...alice.types(), ...bob.types()] };
      });
      assert.equal(seen.state, 'ended');
      assert.ok(seen.stopped);
      assert.deepEqual(seen.opened, { type: 'MediaOpened', capture: 2, microphone: true, camera: true, camera_failed: false });
      assert.equal(seen.types.filter((type) => type === 'OfferCreated').length, 1);
    });

    test('a muted microphone is silence, and packets go on', async () => {
      const seen = await page.evaluate(async () => {
        const [alice, bob] = await lab.pair();
        alice.execute({ type: 'MuteMicrophone', muted: true }, { type: 'CloseCamera' });
        await lab.until(() => bob.flows(1).length > 0);
        // What was under way when the microphone was muted is still heard.
        await new Promise((resolve) => setTimeout(resolve, 700));
        const muted = await lab.energy(lab.connections[1], 1500);
        alice.execute({ type: 'MuteMicrophone', muted: false });
        return { muted, open: await lab.energy(lab.connections[1], 1500), flows: bob.flows(1) };
      });
      assert.ok(seen.muted < seen.open / 100, `energy: muted ${seen.muted}, open ${seen.open}`);
      assert.deepEqual(seen.flows, [true]);
    });

    test('the encoders are limited', async () => {
      const limits = await page.evaluate(async () => {
        await lab.pair();
        return lab.connections.map((pc) => pc.getSenders().map((sender) => sender.getParameters().encodings[0]?.maxBitrate));
      });
      assert.deepEqual(limits, [
        [40_000, 300_000],
        [40_000, 300_000],
      ]);
    });

    test('an ICE restart changes the credentials and keeps the picture', async () => {
      const seen = await page.evaluate(async () => {
        const [alice, bob] = await lab.pair();
        const fragment = () => /a=ice-ufrag:(.*)/.exec(lab.connections[0]?.currentLocalDescription?.sdp ?? '')?.[1];
        const first = fragment();
        lab.restart(alice, 1, 2);
        await lab.until(() => bob.find('AnswerCreated', ({ negotiation }) => negotiation === 2));
        await lab.until(() => fragment() !== first);
        // The other way round: whoever answered may restart, too.
        lab.restart(bob, 1, 3);
        await lab.until(() => alice.find('AnswerCreated', ({ negotiation }) => negotiation === 3));
        await Promise.all([lab.frames(alice.place(), 10), lab.frames(bob.place(), 10)]);
        const lines = lab.connections.map((pc) => pc.getTransceivers().length);
        return { lines, states: [alice.states(1).at(-1), bob.states(1).at(-1)], failed: [...alice.types(), ...bob.types()].includes('NegotiationFailed') };
      });
      assert.deepEqual(seen, { lines: [2, 2], states: ['connected', 'connected'], failed: false });
    });

    test('a rebuilt connection goes on in the same stream', async () => {
      const same = await page.evaluate(async () => {
        const [alice, bob] = await lab.pair();
        const streams = [alice.media.remoteStream('bob'), bob.media.remoteStream('alice')];
        for (const side of [alice, bob]) side.execute({ type: 'ClosePeer', peer: 1 });
        lab.call(alice, bob, 2);
        await lab.until(() => [alice, bob].every((side) => side.states(2).includes('connected')));
        await Promise.all([lab.frames(alice.place()), lab.frames(bob.place())]);
        return streams[0] === alice.media.remoteStream('bob') && streams[1] === bob.media.remoteStream('alice');
      });
      assert.ok(same);
    });

    test('an offer gives way to the other side’s', async () => {
      const lines = await page.evaluate(async () => {
        const [alice, bob] = [new lab.Side('alice', 'bob'), new lab.Side('bob', 'alice')];
        await Promise.all([alice.open(), bob.open()]);
        // Both offer; bob is the polite one, alice never hears of his offer.
        for (const [side, user] of [[alice, 'bob'], [bob, 'alice']] as const) {
          side.execute({ type: 'CreatePeer', peer: 1, user, offerer: true }, { type: 'StartSending', peer: 1 }, { type: 'CreateOffer', peer: 1, negotiation: 1, ice_restart: false });
        }
        const offer = await lab.until(() => alice.find('OfferCreated'));
        await lab.until(() => bob.find('OfferCreated'));
        bob.execute({ type: 'CreateAnswer', peer: 1, negotiation: 2, sdp: offer.sdp });
        const answer = await lab.until(() => bob.find('AnswerCreated'));
        alice.execute({ type: 'ApplyAnswer', peer: 1, negotiation: 2, sdp: answer.sdp });
        for (const [from, to] of [[alice, bob], [bob, alice]] as const) {
          const forward = () => from.takeCandidates().forEach((candidates) => to.execute({ type: 'AddCandidates', peer: 1, candidates }));
          forward();
          from.onInput = () => queueMicrotask(forward);
        }
        await Promise.all([lab.frames(alice.watch('a')), lab.frames(bob.watch('b'))]);
        lab.restart(bob, 1, 3);
        const next = await lab.until(() => bob.find('OfferCreated', ({ negotiation }) => negotiation === 3));
        return next.sdp.match(/^m=/gm)?.length;
      });
      assert.equal(lines, 2);
    });

    test('a description that makes no sense is reported', async () => {
      const failed = await page.evaluate(async () => {
        const alice = new lab.Side('alice', 'bob');
        alice.execute({ type: 'CreatePeer', peer: 1, user: 'bob', offerer: false }, { type: 'CreateAnswer', peer: 1, negotiation: 9, sdp: 'nonsense' });
        return lab.until(() => alice.find('NegotiationFailed'));
      });
      assert.deepEqual([failed.peer, failed.negotiation], [1, 9]);
      assert.match(failed.message, /Error: /);
    });

    test('nothing is left when the call is over', async () => {
      const left = await page.evaluate(async () => {
        const [alice, bob] = await lab.pair();
        const tracks = [alice, bob].flatMap(({ media }) => media.localStream?.getTracks() ?? []);
        for (const side of [alice, bob]) side.execute({ type: 'ClosePeer', peer: 1 }, { type: 'CloseMedia' });
        await lab.until(() => alice.media.remoteStream('bob') === undefined && bob.media.remoteStream('alice') === undefined);
        await lab.until(() => document.querySelector('[id^=player_], #_trtc_calling_layer') === null);
        return {
          live: tracks.filter(({ readyState }) => readyState === 'live').length,
          connections: lab.connections.map(({ connectionState }) => connectionState),
          streams: [alice.media.localStream, bob.media.localStream].filter((stream) => stream !== undefined).length,
        };
      });
      assert.deepEqual(left, { live: 0, connections: ['closed', 'closed'], streams: 0 });
    });
  });
}
