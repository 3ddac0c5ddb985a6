// The DOM of the views (behaviour document, 8.3).
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Participant } from './harness/participant.ts';
import { connect, expectEnd, Stage } from './harness/stage.ts';

const stage = Stage.open();

interface Shape {
  player: { style: Record<string, string>; children: string[] };
  audio: { autoplay: string | null; playsinline: string | null; muted: boolean };
  video: { autoplay: string | null; playsinline: string | null; muted: boolean; controls: boolean; style: Record<string, string> };
  siblings: number;
}

function shapeOf(participant: Participant, container: string): Promise<Shape> {
  return participant.evaluate(`(() => {
    const styles = (node, names) => Object.fromEntries(names.map((name) => [name, node.style[name]]));
    const place = document.getElementById('${container}');
    const player = place.querySelector(':scope > [id^="player_"]');
    const [audio, video] = ['audio', 'video'].map((name) => player.querySelector(name));
    const media = (node) => ({
      autoplay: node.getAttribute('autoplay'), playsinline: node.getAttribute('playsinline'), muted: node.muted, controls: node.controls,
    });
    return {
      player: {
        style: styles(player, ['width', 'height', 'position', 'backgroundColor', 'overflow']),
        children: [...player.children].map((child) => child.id.replace(/_.*/, '')),
      },
      audio: media(audio),
      video: { ...media(video), style: styles(video, ['width', 'height', 'objectFit', 'transform']) },
      siblings: place.querySelectorAll('.name').length,
    };
  })()`);
}

for (const browser of ['chromium', 'firefox'] as const) {
  describe(browser, () => {
    test('a view appends one player, sound first, and leaves what is in the container', async (t) => {
      const [alice, bob] = await stage.pair(t, { caller: browser, callee: browser });
      await connect(alice, bob);
      await Promise.all([alice.frames('remote'), alice.frames('local')]);
      const [local, remote] = [await shapeOf(alice, 'local'), await shapeOf(alice, 'remote')];
      for (const { player, audio, video, siblings } of [local, remote]) {
        assert.deepEqual(player.children, ['audio', 'video']);
        assert.deepEqual(player.style, { width: '100%', height: '100%', position: 'relative', backgroundColor: 'black', overflow: 'hidden' });
        assert.deepEqual([audio.autoplay, audio.playsinline], ['autoplay', 'playsinline']);
        assert.deepEqual([video.autoplay, video.playsinline, video.muted, video.controls], ['autoplay', 'playsinline', true, false]);
        assert.deepEqual([video.style['width'], video.style['height'], video.style['objectFit']], ['100%', '100%', 'cover']);
        assert.equal(siblings, 1);
      }
      assert.deepEqual([local.audio.muted, remote.audio.muted], [true, false]);
      // Firefox's fake camera says that it is a phone's back camera, and nobody wants that mirrored.
      const mirrored = browser === 'chromium' ? 'scaleX(-1)' : '';
      assert.deepEqual([local.video.style['transform'], remote.video.style['transform']], [mirrored, '']);
      await alice.hangup();
      await expectEnd(alice, bob);
    });

    test('starting a view again keeps its player, and another container gets the same one', async (t) => {
      const [alice, bob] = await stage.pair(t, { caller: browser, callee: browser });
      await connect(alice, bob);
      await alice.frames('remote');
      const idIn = (container: string) => alice.evaluate<string | undefined>(`document.querySelector('#${container} > [id^="player_"]')?.id`);
      const first = await idIn('remote');
      await alice.show(bob);
      assert.equal(await idIn('remote'), first);
      assert.equal(await alice.evaluate('document.querySelectorAll("#remote video").length'), 1);
      await alice.invoke('startRemoteView', { userID: bob.userID, videoViewDomID: 'other' });
      assert.equal(await idIn('other'), first);
      assert.equal(await alice.evaluate('document.querySelectorAll("#remote video").length'), 0);
    });

    test('stopping a remote view removes the picture and keeps the sound', async (t) => {
      const [alice, bob] = await stage.pair(t, { caller: browser, callee: browser });
      await connect(alice, bob);
      await alice.frames('remote');
      await alice.invoke('stopRemoteView', { userID: bob.userID });
      assert.equal(await alice.evaluate('document.querySelectorAll("#remote video, #remote audio").length'), 0);
      await alice.hears(bob);
      await alice.invoke('startRemoteView', { userID: bob.userID, videoViewDomID: 'remote' });
      await Promise.all([alice.frames('remote'), alice.hears('remote')]);
      await bob.hangup();
      await expectEnd(bob, alice);
    });
  });
}
