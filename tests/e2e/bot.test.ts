// A page and trtc-bot, which has no media and says so: an acceptance test of a deployment may call real people.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Bot } from '../interop/bots.ts';
import { Stage } from './harness/stage.ts';

const stage = Stage.open();

async function bot(t: TestContext, userID: string, more: string[]): Promise<Bot> {
  const { sdkAppID, userSig } = await stage.server.userSig(userID);
  const url = `${stage.server.url.replace('http', 'ws')}mqtt`;
  const one = new Bot(['--server', url, '--app', String(sdkAppID), '--user', userID, ...more], { BOT_USER_SIG: userSig });
  t.after(() => one.end('SIGKILL'));
  return one;
}

test('a bot rings a page, is seen without sound and picture, and hangs up', async (t) => {
  const alice = await stage.join(t, 'alice');
  const caller = await bot(t, 'caller', ['--call', alice.userID, '--type', 'video', '--talk', '2']);
  await alice.waitFor('INVITED', { sponsor: 'caller' });
  await alice.accept();
  await alice.waitFor('USER_ENTER', { userID: 'caller' });
  await alice.waitFor('USER_VIDEO_AVAILABLE', { userID: 'caller', isVideoAvailable: false });
  await alice.waitFor('CALLING_END');
  assert.equal(await caller.status(), 0, caller.output);
  await alice.expectNothingLeft();
});

test('a page rings a bot, which answers, and the page hangs up', async (t) => {
  const alice = await stage.join(t, 'alice');
  const callee = await bot(t, 'callee', []);
  await callee.line('Ready');
  await alice.invoke('call', { userID: 'callee', type: 2, timeout: 30 });
  await alice.waitFor('USER_ENTER', { userID: 'callee' });
  await callee.line('CallBegan');
  await alice.hangup();
  assert.equal(await callee.status(), 0, callee.output);
  assert.ok(!(await alice.allEvents()).some(({ key }) => key === 'ERROR'));
  await alice.expectNothingLeft();
});
