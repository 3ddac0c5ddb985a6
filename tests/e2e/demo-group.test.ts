// Calls of several in the demo page: pictures, roster, people who refuse, who are added, who enter by a link.
import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launch } from './harness/browsers.ts';
import { click, close, type DemoOptions, type DemoUser, fill, openDemo, problemsOf, see, sees, wordsOf } from './harness/demo.ts';
import { Server } from './harness/server.ts';

let server: Server;
let browser: Browser;

before(async () => {
  server = await Server.start();
  browser = await launch('chromium');
});
after(async () => {
  await browser.close();
  await server.stop();
});

async function open(t: TestContext, name: string, options: DemoOptions = {}): Promise<DemoUser> {
  const user = await openDemo(browser, server.url, name, options);
  t.after(() => close(user));
  return user;
}

/** Everybody is shown to everybody, and what is shown moves. */
async function expectMesh(...members: DemoUser[]): Promise<void> {
  const pairs = members.flatMap((one) => members.filter((other) => other !== one).map((other) => [one, other] as const));
  await Promise.all(pairs.map(([one, other]) => sees(one, other, 5)));
}

const member = (user: DemoUser, status: string) => `[data-user="${user.userID}"][data-status="${status}"]`;

test('three see each other although one refused first, and the roster tells what became of everybody', async (t) => {
  const [alice, bob, carol] = await Promise.all([open(t, 'alice'), open(t, 'bob'), open(t, 'carol')]);
  // This machine encodes six pictures and decodes six: small ones.
  const small = 'trtcCalling.setVideoQuality({ width: 320, height: 240, frameRate: 10, bitrate: 200 })';
  await Promise.all([alice, bob, carol].map(({ page }) => page.evaluate(small)));
  await fill(alice, 'callee', 'bob, carol');
  await see(alice, 'chip', '[data-user="bob"]');
  await click(alice, 'call-video');
  await see(alice, 'tile', '[data-user="bob"]');
  await click(bob, 'accept');
  await expectMesh(alice, bob);
  await click(carol, 'decline');
  await see(carol, 'home');
  await alice.page.waitForSelector('[data-testid="tile"][data-user="carol"]', { hidden: true });
  for (const one of [alice, bob]) {
    await click(one, 'people-toggle');
    await see(one, 'member', member(carol, 'rejected'));
  }
  await see(alice, 'member', member(bob, 'joined'));

  await click(bob, 'call-again', '[aria-label*="carol"]');
  await click(carol, 'accept');
  await expectMesh(alice, bob, carol);
  await see(alice, 'member', member(carol, 'joined'));

  await fill(alice, 'add-input', 'bob');
  await click(alice, 'add-submit');
  assert.match(await wordsOf(alice, 'add-error'), /bob is in the call/);
  await fill(alice, 'add-input', 'dave');
  await click(alice, 'add-submit');
  await see(alice, 'member', '[data-user="dave"][data-status="inviting"]');

  await click(bob, 'hangup');
  await see(bob, 'home');
  await see(alice, 'member', member(bob, 'left'));
  await expectMesh(alice, carol);
  // Two are left: the one who goes ends it for both.
  await click(alice, 'hangup');
  await Promise.all([see(alice, 'home'), see(carol, 'home')]);
  assert.match(await wordsOf(alice, 'notice-title'), /^Group call ended after/);
  assert.deepEqual(await problemsOf(alice, bob, carol), []);
});

test('a call through a group is entered by its link, without an invitation', async (t) => {
  const [erin, frank] = await Promise.all([open(t, 'erin'), open(t, 'frank')]);
  for (const one of [erin, frank]) {
    await fill(one, 'group-id', 'team');
    await click(one, 'group-join');
    await see(one, 'group', '[data-group="team"]');
  }
  await click(erin, 'group-call');
  await see(erin, 'via');
  await fill(erin, 'callee', 'frank');
  await click(erin, 'call-audio');
  await click(frank, 'accept');
  await see(frank, 'tile', member(erin, 'joined'));
  await click(erin, 'people-toggle');
  await see(erin, 'room');
  const [, room] = /room (\d+)/.exec(await wordsOf(erin, 'room'))!;
  const wishes = { group: 'team', room: room!, type: 'audio' };
  const grace = await open(t, 'grace', { wishes });
  for (const one of [erin, frank]) {
    await see(one, 'tile', member(grace, 'joined'));
    await see(grace, 'tile', member(one, 'joined'));
  }
  await grace.page.evaluate('media.grows({ audioReceived: 50 }, 20000)');
  assert.doesNotMatch(grace.page.url(), /room/, 'a reload does not enter again');
  await click(grace, 'hangup');
  await see(erin, 'member', member(grace, 'left'));
  await click(erin, 'hangup');
  await Promise.all([erin, frank, grace].map((one) => see(one, 'home')));
  assert.deepEqual(await problemsOf(erin, frank, grace), []);
});
