// Sections 3.10, 8.3 and 8.4: what appears in the page, over the view of the package and a document in Node.
import { chapter, equal, refused } from '../support/suite.js';
import { pair, ringing, talking, type Pair } from '../support/calls.js';
import type { World } from '../support/world.js';
import type { CallType } from '../../../web/sdk/src/types.js';

const proves = chapter('views', '3.10, 8.3, 8.4 Views');

const BODY = '<div id="local"><span>me</span></div><div id="remote"><span>bob</span></div><div id="other"></div><p id="text"></p>';

/** alice and bob talk; only alice looks. */
async function looking(world: World, type: CallType = 2) {
  const page = world.openPage(BODY);
  const both = await talking(world, type);
  return { ...both, page, element: (id: string) => page.element(id) };
}

const shows = (world: World, { alice }: Pair, id = 'remote') =>
  world.until(alice.sdk.startRemoteView({ userID: 'bob', videoViewDomID: id }));
const showsOneself = (world: World, { alice }: Pair, id = 'local') =>
  world.until(alice.sdk.startLocalView({ userID: 'alice', videoViewDomID: id }));

for (const method of ['startLocalView', 'startRemoteView'] as const) {
  for (const wrong of [{ userID: 'bob' }, { videoViewDomID: 'remote' }, { userID: '', videoViewDomID: '' }]) {
    proves(`3.10 ${method}(${JSON.stringify(wrong)})`, 'KEEP', 'rejects', async (world) => {
      const { alice } = await pair(world);
      equal((await refused(world.until(alice.sdk[method](wrong as never)))).code, 61001);
    });
  }
}

proves('3.10 startRemoteView of nobody', 'KEEP', 'resolves, and shows nothing', async (world) => {
  const { alice, page } = await looking(world);
  equal(await world.until(alice.sdk.startRemoteView({ userID: 'carol', videoViewDomID: 'remote' })), undefined);
  equal(page.shape('remote'), '');
});

proves('3.10 userID of the own view', 'KEEP', 'is not compared with anything', async (world) => {
  const { alice, page } = await looking(world);
  await world.until(alice.sdk.startLocalView({ userID: 'nobody', videoViewDomID: 'local' }));
  equal(page.shape('local'), 'player(audio video)');
});

proves('3.10 stop*View', 'KEEP', 'takes the DOM id of the older generation, and ignores it', async (world) => {
  const it = await looking(world);
  await shows(world, it);
  await showsOneself(world, it);
  await world.until(it.alice.sdk.stopLocalView({ userID: 'alice', videoViewDomID: 'remote' }));
  await world.until(it.alice.sdk.stopRemoteView({ userID: 'bob', videoViewDomID: 'local' }));
  equal([it.page.shape('local'), it.page.shape('remote')], ['', '']);
});

proves('3.10 stop, then start', 'KEEP', 'another user may have the same container', async (world) => {
  const it = await looking(world);
  await shows(world, it, 'other');
  await world.until(it.alice.sdk.stopRemoteView({ userID: 'bob' }));
  await showsOneself(world, it, 'other');
  equal(it.page.shape('other'), 'player(audio video)');
});

proves('8.3 player', 'KEEP', 'is one element behind what the container holds, and fills it', async (world) => {
  const it = await looking(world);
  await shows(world, it);
  const [name, player, ...others] = [...it.element('remote').children] as HTMLElement[];
  equal([name?.textContent, player?.localName, others.length], ['bob', 'div', 0]);
  equal(/^player_[0-9a-f-]{36}$/.test(player?.id ?? ''), true);
  const { width, height, position, overflow, backgroundColor } = player?.style as CSSStyleDeclaration;
  equal([width, height, position, overflow, backgroundColor], ['100%', '100%', 'relative', 'hidden', 'black']);
});

for (const side of ['remote', 'local'] as const) {
  proves(`8.3 ${side} media elements`, 'KEEP', 'sound first, then a picture without controls', async (world) => {
    const it = await looking(world);
    await (side === 'remote' ? shows : showsOneself)(world, it);
    const [audio, video] = [...(it.element(side).lastElementChild as HTMLElement).children] as [HTMLMediaElement, HTMLMediaElement];
    equal([audio.localName, video.localName], ['audio', 'video']);
    equal([/^audio_/.test(audio.id), /^video_/.test(video.id)], [true, true]);
    for (const element of [audio, video]) {
      equal(['autoplay', 'playsinline', 'controls', 'muted'].map((name) => element.hasAttribute(name)), [true, true, false, false]);
      equal(element.srcObject === null, false);
    }
    equal([audio.muted, video.muted], [side === 'local', true]);
    const { width, height, objectFit, transform } = video.style;
    equal([width, height, objectFit], ['100%', '100%', 'cover']);
    equal(transform || '', side === 'local' ? 'scaleX(-1)' : '');
  });
}

proves('8.3 start again, same id', 'KEEP', 'changes nothing', async (world) => {
  const it = await looking(world);
  await shows(world, it);
  const before = it.element('remote').lastElementChild;
  await shows(world, it);
  equal(it.element('remote').childElementCount, 2);
  equal(it.element('remote').lastElementChild === before, true);
});

proves('8.3 start again, other id', 'KEEP', 'moves the same player', async (world) => {
  const it = await looking(world);
  await shows(world, it);
  const player = it.element('remote').lastElementChild;
  await shows(world, it, 'other');
  equal(it.element('other').lastElementChild === player, true);
  equal(it.element('remote').childElementCount, 1);
});

proves('8.3 closed camera', 'KEEP', 'its element stays, black, and shows the picture again', async (world) => {
  const it = await looking(world);
  await shows(world, it);
  const video = it.element('remote').querySelector('video') as HTMLVideoElement;
  await world.until(it.bob.sdk.closeCamera());
  equal([it.page.shape('remote'), video.srcObject], ['player(audio video)', null]);
  await world.until(it.bob.sdk.openCamera());
  equal([it.element('remote').querySelector('video') === video, video.srcObject === null], [true, false]);
});

proves('8.3 remote leaves', 'KEEP', 'the players are removed, and the containers stay as they were', async (world) => {
  const it = await looking(world);
  await shows(world, it);
  await showsOneself(world, it);
  await world.until(it.bob.sdk.hangup());
  equal(['local', 'remote'].map((id) => it.element(id).innerHTML), ['<span>me</span>', '<span>bob</span>']);
});

proves('8.3 one of several leaves', 'KEEP', "only that user's player is removed", async (world) => {
  const it = await looking(world);
  const carol = await world.online('carol');
  await world.until(it.alice.sdk.inviteUser({ userIDList: ['carol'] }));
  await world.until(carol.sdk.accept());
  await world.pass(1000);
  await shows(world, it);
  await world.until(it.alice.sdk.startRemoteView({ userID: 'carol', videoViewDomID: 'other' }));
  await world.until(carol.sdk.hangup());
  equal([it.page.shape('remote'), it.page.shape('other')], ['player(audio video)', '']);
});

for (const id of ['nowhere', 'video-12 3', 'video-张三']) {
  proves(`8.3 id ${JSON.stringify(id)}`, 'FIX', 'resolves, and is shown within a second once there is such an element', async (world) => {
    const it = await looking(world);
    equal(await shows(world, it, id), undefined);
    it.page.add(id);
    await world.pass(1100);
    equal(it.page.shape(id), 'player(audio video)');
  });
}

proves('8.3 element', 'KEEP', 'the element itself will do', async (world) => {
  const it = await looking(world);
  await world.until(it.alice.sdk.startRemoteView({ userID: 'bob', videoViewDomID: it.element('other') }));
  equal(it.page.shape('other'), 'player(audio video)');
});

proves('8.3 autoplay blocked', 'FIX', 'AUTOPLAY_BLOCKED instead of a dialog, and the next click starts the sound', async (world) => {
  const page = world.openPage(BODY);
  page.policy.allowed = false;
  const { alice } = await talking(world);
  await world.pass(100);
  equal([alice.count('onAutoplayBlocked'), page.audible().length], [1, 0]);
  equal(alice.last('onAutoplayBlocked'), { userID: 'bob' });
  page.policy.allowed = true;
  page.gesture();
  await world.pass(100);
  equal(page.audible().length > 0, true);
});

proves('8.3 audio call', 'KEEP', 'sounds from the hidden layer, which is gone when the call is over', async (world) => {
  const { alice, page } = await looking(world, 1);
  const layer = page.element('_trtc_calling_layer');
  equal([layer.style.display, layer.parentElement === page.document.body], ['none', true]);
  equal(page.element('_trtc_calling_audio_call-bob').querySelectorAll('audio').length, 1);
  equal(page.audible().length, 2, 'both users are in this page');
  await world.until(alice.sdk.hangup());
  equal([page.document.getElementById('_trtc_calling_audio_call-bob'), page.audible().length], [null, 0]);
});

proves('8.3 sound of a video call', 'D10', 'plays before startRemoteView(), and stopRemoteView() leaves it on', async (world) => {
  const it = await looking(world);
  const sounds = () => it.page.audible().filter((element) => element.closest('#remote, #_trtc_calling_audio_call-bob')).length;
  equal(sounds(), 1);
  await shows(world, it);
  equal(sounds(), 1, 'one element sounds for a user');
  await world.until(it.alice.sdk.stopRemoteView({ userID: 'bob' }));
  equal([sounds(), it.page.shape('remote')], [1, '']);
});

proves('8.4 right after call()', 'KEEP', 'the own picture can be shown while it rings', async (world) => {
  const page = world.openPage(BODY);
  const both = await ringing(world);
  await showsOneself(world, both);
  equal(page.shape('local'), 'player(audio video)');
});

proves('8.4 before the camera is open', 'SUPERSET', 'the picture appears with it', async (world) => {
  const page = world.openPage(BODY);
  const both = await pair(world);
  both.alice.media.held = true;
  const call = both.alice.sdk.call({ userID: 'bob', type: 2 });
  await showsOneself(world, both);
  equal(page.shape('local'), '');
  both.alice.media.release();
  await world.until(call);
  equal(page.shape('local'), 'player(audio video)');
});

proves('8.4 before the user has come', 'SUPERSET', 'the picture appears with USER_ENTER', async (world) => {
  const page = world.openPage(BODY);
  const both = await ringing(world);
  await shows(world, both);
  await world.until(both.bob.sdk.accept());
  equal(page.shape('remote'), 'player(audio video)');
});

proves('8.4 in USER_ENTER', 'KEEP', 'both views may be started there', async (world) => {
  const page = world.openPage(BODY);
  const both = await ringing(world);
  both.alice.sdk.on('onUserEnter', ({ userID }) => {
    void both.alice.sdk.startLocalView({ userID: 'alice', videoViewDomID: 'local' });
    void both.alice.sdk.startRemoteView({ userID, videoViewDomID: 'remote' });
  });
  await world.until(both.bob.sdk.accept());
  equal([page.shape('local'), page.shape('remote')], ['player(audio video)', 'player(audio video)']);
});

proves('11.1 render options', 'SUPERSET', 'fit, mirror and silence, with the view and afterwards', async (world) => {
  const { alice, page } = await looking(world);
  const options = { objectFit: 'contain', mirror: true, muted: true } as const;
  await world.until(alice.sdk.startRemoteView({ userID: 'bob', videoViewDomID: 'remote', options }));
  const look = () => {
    const { style } = page.element('remote').querySelector('video') as HTMLVideoElement;
    return [style.objectFit, style.transform || '', page.audio('remote').muted];
  };
  equal(look(), ['contain', 'scaleX(-1)', true]);
  await world.until(alice.sdk.setVideoRenderParams({ userID: 'bob', objectFit: 'fill', mirror: false, muted: false }));
  equal(look(), ['fill', '', false]);
});
