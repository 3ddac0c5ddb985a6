// Calls between two networks that only the server's TURN relay connects: the real coturn, credentials of the real server.
import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { startTurn } from '../../scripts/lib/turn.mjs';
import { signUserSig } from '../../web/server/src/auth/usersig.ts';
import { launch } from './harness/browsers.ts';
import { hubAddress, Networks, type Place } from './harness/networks.ts';
import { Participant } from './harness/participant.ts';
import { start, type Running } from './harness/processes.ts';
import { labPage } from './harness/server.ts';
import { connect, expectEnd, expectMedia } from './harness/stage.ts';

const program = fileURLToPath(new URL('../../web/server/dist/main.js', import.meta.url));
const app = { sdkAppID: 1400000001, key: '0123456789abcdef'.repeat(4) };
const port = 8080;
const url = `http://${hubAddress}:${port}/`;

const why = Networks.whyNot();
if (why) console.log(`skipped: ${why}`);

describe('two networks and a relay', { skip: why ?? false }, () => {
  let networks: Networks;
  let turn: Awaited<ReturnType<typeof startTurn>>;
  let server: Running;
  const browsers = new Map<Place, Browser>();

  before(async () => {
    networks = Networks.create();
    turn = await startTurn({ address: hubAddress, prefix: networks.prefix('hub') });
    for (const place of ['left', 'right'] as const) {
      browsers.set(place, await launch('chromium', { namespace: networks.name(place), trustedOrigin: url.slice(0, -1) }));
    }
  });
  after(async () => {
    for (const browser of browsers.values()) await browser.close();
    await turn?.stop();
    networks?.remove();
  });

  /** The server that hands out credentials made with this secret. */
  async function serve(test: TestContext, turnSecret: string): Promise<void> {
    const [command, ...args] = networks.prefix('hub');
    const settings = { TRTC_APPS: `${app.sdkAppID}:${app.key}`, TRTC_TURN_SECRET: turnSecret, TRTC_TURN_URLS: turn.urls.join(','), TRTC_DEMO_DIR: labPage };
    server = start(command!, [...args, process.execPath, program, `--host=${hubAddress}`, `--port=${port}`, '--close-seconds=1'], settings);
    test.after(() => server.end('SIGTERM'));
    await server.line(/"event":"listening"/);
  }

  async function join(test: TestContext, userID: string, place: Place, sdk: Record<string, unknown> = {}): Promise<Participant> {
    const context = await browsers.get(place)!.createBrowserContext();
    const page = await context.newPage({ type: 'window' });
    const participant = new Participant(userID, page, context);
    test.after(() => participant.close());
    await page.emulateFocusedPage?.(true);
    await page.goto(url);
    await participant.create(app.sdkAppID, sdk);
    await participant.invoke('setVideoQuality', { width: 320, height: 240, frameRate: 15, bitrate: 300 });
    await participant.login(signUserSig({ ...app, userID, expire: 600 }));
    await participant.expectEvents(['SDK_READY']);
    return participant;
  }

  /** The kinds of both ends of the path that media takes. */
  function path(participant: Participant): Promise<string[]> {
    return participant.evaluate<string[]>(`(async () => {
      const [connection] = watched.connections();
      const report = await connection.getStats();
      const transport = [...report.values()].find(({ type }) => type === 'transport');
      const { localCandidateId, remoteCandidateId } = report.get(transport.selectedCandidatePairId);
      return [localCandidateId, remoteCandidateId].map((id) => report.get(id).candidateType);
    })()`);
  }

  it('talk over it, whether only relays are allowed or everything', async (test) => {
    await serve(test, turn.secret);
    const [alice, bob] = [await join(test, 'alice', 'left', { iceTransportPolicy: 'relay' }), await join(test, 'bob', 'right')];
    await connect(alice, bob);
    await expectMedia(alice, bob);
    assert.equal((await path(alice))[0], 'relay');
    assert.ok((await path(bob)).includes('relay'), 'there is no other way');
    await alice.hangup();
    await expectEnd(alice, bob);
  });

  it('a wrong secret is told at once by ERROR 61025, with the word of the TURN server', async (test) => {
    await serve(test, 'not the secret of coturn');
    const [alice, bob] = [await join(test, 'alice', 'left', { iceTransportPolicy: 'relay' }), await join(test, 'bob', 'right')];
    await alice.call(bob);
    const { payload } = await alice.waitFor('ERROR', { code: 61025 });
    assert.match(String(payload['msg']), /turn:10\.77\.0\.1:3478.*: 401/);
    await alice.hangup();
  });

  it('a TURN server that is missing is told at once by ERROR 61025', async (test) => {
    await serve(test, turn.secret);
    const [alice, bob] = [await join(test, 'alice', 'left', { iceTransportPolicy: 'relay', iceServers: [] }), await join(test, 'bob', 'right')];
    await alice.call(bob);
    const { payload } = await alice.waitFor('ERROR', { code: 61025 });
    assert.match(String(payload['msg']), /no TURN server is known/);
    await alice.hangup();
  });
});
