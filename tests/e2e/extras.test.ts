// What calls can do besides: screens, other cameras, volume, quality, statistics, names, looks.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BrowserName } from './harness/browsers.ts';
import type { Participant } from './harness/participant.ts';
import { chromiumPair, connect, expectMedia, Stage } from './harness/stage.ts';

const stage = Stage.open();
const browsers: readonly BrowserName[] = ['chromium', 'firefox'];

/** Waits until the width of the peer's picture fulfils the condition. */
const widthOf = (one: Participant, condition: string) =>
  one.evaluate<number>(`media.until('a width ${condition}', 15000, () => {
    const width = document.querySelector('#remote video')?.videoWidth;
    return width ${condition} ? width : undefined;
  })`);

// Firefox without a display has no screen to share.
test('a shared screen is seen by the peer in the place of the camera, and then the camera again', async (t) => {
  const [alice, bob] = await stage.pair(t, chromiumPair);
  await connect(alice, bob);
  await widthOf(bob, '=== 320');
  assert.equal(await alice.invoke('startScreenShare'), true);
  await bob.waitFor('USER_SCREEN_AVAILABLE', { userID: alice.userID, isScreenAvailable: true });
  await widthOf(bob, '> 320');
  await bob.frames('remote', 2);
  assert.equal(await alice.invoke('stopScreenShare'), true);
  await bob.waitFor('USER_SCREEN_AVAILABLE', { userID: alice.userID, isScreenAvailable: false });
  await widthOf(bob, '=== 320');
  await bob.frames('remote');
  await alice.hangup();
  await alice.expectNothingLeft();
});

test('another camera takes over during a call without a negotiation', async (t) => {
  const alice = await stage.join(t, 'alice', { browserOptions: { cameras: 3 } });
  const bob = await stage.join(t, 'bob');
  await connect(alice, bob);
  await expectMedia(alice, bob);
  const settings = () =>
    alice.evaluate<string>(`watched.connections()[0].getSenders().find(({ track }) => track?.kind === 'video').track.getSettings().deviceId`);
  const descriptions = () => alice.evaluate<string>('watched.connections()[0].localDescription.sdp');
  const [camera, sdp] = [await settings(), await descriptions()];
  const cameras = await alice.invoke<{ deviceId: string }[]>('getCameras');
  // Chromium's second fake is a depth camera, whose pictures cannot be sent.
  const other = cameras[2];
  assert.ok(other && other.deviceId !== camera, 'a third camera');
  await alice.invoke('switchDevice', { deviceType: 'video', deviceId: other.deviceId });
  assert.deepEqual([await settings(), await descriptions()], [other.deviceId, sdp]);
  // The old camera has stopped: what moves is the new one's picture.
  assert.equal(await alice.evaluate(`watched.tracks().filter(({ kind }) => kind === 'video').length`), 1);
  await bob.frames('remote');
  await alice.waitFor('DEVICED_UPDATED', { currentCameraID: other.deviceId });
});

interface Volume {
  volumeMap: { userId: string; audioVolume: number }[];
}

test('the volume of both is told about once a second', async (t) => {
  const [alice, bob] = await stage.pair(t, chromiumPair);
  await connect(alice, bob, 1);
  const times: number[] = [];
  for (let count = 0; count < 4; count += 1) times.push((await alice.waitFor('USER_VOICE_VOLUME')).at);
  const apart = (times.at(-1)! - times[0]!) / (times.length - 1);
  assert.ok(apart > 700 && apart < 1500, `every ${Math.round(apart)} ms`);
  const told = (await alice.allEvents()).filter(({ key }) => key === 'USER_VOICE_VOLUME');
  const volumes = told.map(({ payload }) => (payload as unknown as Volume).volumeMap);
  for (const [index, userID] of [alice.userID, bob.userID].entries()) {
    assert.ok(volumes.every((map) => map[index]?.userId === userID), `${userID} in every list`);
    assert.ok(volumes.some((map) => map[index]!.audioVolume > 0), `${userID} is heard`);
  }
});

interface Flow {
  bitrate: number;
  loss: number;
  codec?: string;
  width?: number;
}

interface Stats {
  users: { userID: string; roundTrip: number; sent: Record<string, Flow>; received: Record<string, Flow> }[];
}

for (const browser of browsers) {
  describe(browser, () => {
    test('a good connection is graded so, and its numbers are plausible', async (t) => {
      const [alice, bob] = await stage.pair(t, { caller: browser, callee: browser });
      await connect(alice, bob);
      await expectMedia(alice, bob);
      // The first measurement has nothing to compare with.
      for (let count = 0; count < 2; count += 1) await alice.waitFor('ON_USER_NETWORK_QUALITY_CHANGED');
      const { payload } = await alice.waitFor('ON_USER_NETWORK_QUALITY_CHANGED');
      const list = payload['networkQualityList'] as { userId: string; quality: number }[];
      assert.deepEqual(list.map(({ userId }) => userId), [alice.userID, bob.userID]);
      for (const { userId, quality } of list) assert.ok(quality >= 1 && quality <= 3, `${userId}: ${quality}`);

      const { users } = await alice.invoke<Stats>('getCallStats');
      assert.deepEqual(users.map(({ userID }) => userID), [bob.userID]);
      const [{ roundTrip, sent, received } = assert.fail('no user')] = users;
      assert.ok(roundTrip >= 0 && roundTrip < 1000, `round trip ${roundTrip} ms`);
      for (const { audio, video } of [sent, received]) {
        assert.deepEqual([audio?.codec, video?.width], ['opus', 320]);
        for (const flow of [audio!, video!]) {
          assert.ok(flow.bitrate > 0 && flow.bitrate < 2000, `${flow.bitrate} kbit/s`);
          assert.ok(flow.loss >= 0 && flow.loss < 0.2, `loss ${flow.loss}`);
        }
      }
    });

    test('a look is given with the view, and changed later', async (t) => {
      const [alice, bob] = await stage.pair(t, { caller: browser, callee: browser });
      await connect(alice, bob);
      const look = () =>
        alice.evaluate<string[]>(`(({ objectFit, transform }) => [objectFit, transform])(document.querySelector('#remote video').style)`);
      await alice.frames('remote');
      assert.deepEqual(await look(), ['cover', '']);
      const options = { objectFit: 'contain', mirror: true };
      await alice.invoke('startRemoteView', { userID: bob.userID, videoViewDomID: 'remote', options });
      assert.deepEqual(await look(), ['contain', 'scaleX(-1)']);
      await alice.invoke('setVideoRenderParams', { userID: bob.userID, objectFit: 'fill', mirror: false, muted: true });
      assert.deepEqual(await look(), ['fill', '']);
      assert.equal(await alice.evaluate(`document.querySelector('#remote audio').muted`), true);
    });
  });
}

test('names and pictures travel with the invitation and with everybody who comes', async (t) => {
  const [alice, bob] = await stage.pair(t, chromiumPair);
  await alice.invoke('setSelfInfo', { nickName: 'Alice 앨리스', avatar: '/alice.png' });
  await bob.invoke('setSelfInfo', { nickName: 'Bob' });
  await alice.call(bob, { type: 1 });
  const shown = { nickName: 'Alice 앨리스', avatar: '/alice.png' };
  await bob.expectEvents([['INVITED', shown]]);
  await bob.accept();
  await bob.waitFor('USER_ENTER', { userID: alice.userID, ...shown });
  await alice.waitFor('USER_ENTER', { userID: bob.userID, nickName: 'Bob', avatar: '' });
});

test('the message of a call can be shown in a chat list', async (t) => {
  const [alice, bob] = await stage.pair(t, chromiumPair);
  const placed = await alice.call(bob);
  const { message } = placed['data'] as { message: unknown };
  const texts = await Promise.all(['ko', 'en', 'zh', 'ja'].map((language) => alice.invoke<string>('extractCallingInfoFromMessage', message, language)));
  assert.ok(texts.every((text) => text.length > 0), texts.join());
  assert.equal(new Set(texts).size, texts.length, 'each language has its own words');
});
