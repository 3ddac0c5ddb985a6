// The connection to the broker breaks, and users do not notice.
import { describe, test } from 'node:test';
import { Proxy } from './harness/proxy.ts';
import { chromiumPair, connect, everyPair, expectEnd, expectMedia, named, Stage } from './harness/stage.ts';

const stage = Stage.open();

for (const pair of everyPair) {
  describe(named(pair), () => {
    test('the broker dies and comes back while it rings, and the call is accepted', async (t) => {
      const [alice, bob] = await stage.pair(t, pair);
      await alice.call(bob);
      await bob.expectEvents(['INVITED']);
      await stage.server.kill();
      await Promise.all([alice.waitFor('CONNECTION_STATE_CHANGED', { state: 'reconnecting' }), bob.waitFor('CONNECTION_STATE_CHANGED', { state: 'reconnecting' })]);
      await stage.server.start();
      await bob.accept();
      await alice.waitFor('USER_AUDIO_AVAILABLE', { userID: bob.userID, isAudioAvailable: true });
      await bob.waitFor('USER_AUDIO_AVAILABLE', { userID: alice.userID, isAudioAvailable: true });
      await Promise.all([alice.show(bob), bob.show(alice)]);
      await expectMedia(alice, bob);
      await alice.hangup();
      await expectEnd(alice, bob);
    });

    test('the broker dies during a call, and pictures and sound go on without it', async (t) => {
      const [alice, bob] = await stage.pair(t, pair);
      await connect(alice, bob);
      await expectMedia(alice, bob);
      await stage.server.kill();
      await Promise.all([alice.waitFor('CONNECTION_STATE_CHANGED', { state: 'reconnecting' }), bob.waitFor('CONNECTION_STATE_CHANGED', { state: 'reconnecting' })]);
      await expectMedia(alice, bob);
      await stage.server.start();
      await Promise.all([alice.waitFor('CONNECTION_STATE_CHANGED', { state: 'connected' }), bob.waitFor('CONNECTION_STATE_CHANGED', { state: 'connected' })]);
      await expectMedia(alice, bob);
      // Signaling works again, too.
      await bob.invoke('setMicMute', true);
      await alice.expectEvents([['USER_AUDIO_AVAILABLE', { userID: bob.userID, isAudioAvailable: false }]]);
      await bob.hangup();
      await expectEnd(bob, alice);
    });
  });
}

test('an invitation that is placed while the broker is away arrives when it is back', async (t) => {
  const [alice, bob] = await stage.pair(t, chromiumPair);
  await stage.server.kill();
  await alice.waitFor('CONNECTION_STATE_CHANGED', { state: 'reconnecting' });
  const placed = alice.call(bob);
  await stage.server.start();
  await placed;
  await bob.waitFor('INVITED', { sponsor: alice.userID });
});

test('a router that forgets all connections interrupts nothing', async (t) => {
  const proxy = await Proxy.start(stage.server.address);
  t.after(() => proxy.close());
  const alice = await stage.join(t, 'alice', { url: proxy.url });
  const bob = await stage.join(t, 'bob');
  await connect(alice, bob);
  proxy.cut();
  await alice.waitFor('CONNECTION_STATE_CHANGED', { state: 'connected' });
  await expectMedia(alice, bob);
  await alice.hangup();
  await expectEnd(alice, bob);
});

test('a call goes on while the signaling of one side is stalled, and hangs up once it flows', async (t) => {
  const proxy = await Proxy.start(stage.server.address);
  t.after(() => proxy.close());
  const alice = await stage.join(t, 'alice', { url: proxy.url });
  const bob = await stage.join(t, 'bob');
  await connect(alice, bob);
  proxy.stall();
  await expectMedia(alice, bob);
  await alice.hangup();
  await alice.expectEvents([['USER_LEAVE', { userID: bob.userID }], 'CALLING_END']);
  proxy.resume();
  await bob.expectEvents([['USER_LEAVE', { userID: alice.userID }], 'CALLING_END']);
  await Promise.all([alice.expectNothingLeft(), bob.expectNothingLeft()]);
});

test('login waits for a server that refuses connections at first', async (t) => {
  const proxy = await Proxy.start(stage.server.address);
  t.after(() => proxy.close());
  const alice = await stage.join(t, 'alice', { url: proxy.url, offline: true });
  proxy.refuse(true);
  const loggedIn = stage.logIn(alice);
  proxy.refuse(false);
  await loggedIn;
});
