// Changing the key of an application while people talk: both keys are listed, then the old one goes.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { CloseCode, SettingsError } from '../src/index.js';
import { Probe, account, app, key, otherKey, serve } from './helpers.js';
import { startProgram } from './program.js';

const both = { [app]: { new: key, old: otherKey } };

async function refused(t: TestContext, server: { url: string }, person: object): Promise<number> {
  const probe = await Probe.open(t, server);
  probe.connect(person);
  return (await probe.closed).code;
}

test('either of two keys signs in, and the log names the one that has signed', async (t) => {
  const server = await serve(t, { apps: both });
  await Probe.signIn(t, server, { userID: 'alice', key });
  await Probe.signIn(t, server, { userID: 'bob', key: otherKey });
  const signedIn = server.lines.filter(({ event }) => event === 'signed in').map((line) => [line['account'], line['key']]);
  assert.deepEqual(signedIn, [[account('alice'), 'new'], [account('bob'), 'old']]);
  assert.equal(await refused(t, server, { userID: 'carol', key: 'a third'.repeat(8) }), CloseCode.loginRefused);
  assert.ok(!JSON.stringify(server.lines).includes(otherKey));
});

test('a key that goes ends the sessions that it has signed, and no others', async (t) => {
  const server = await serve(t, { apps: both });
  const alice = await Probe.signIn(t, server, { userID: 'alice', key });
  const bob = await Probe.signIn(t, server, { userID: 'bob', key: otherKey });
  server.reload({ apps: new Map([[app, [{ id: 'new', key }]]]) });
  assert.deepEqual((({ code, reason }) => [code, reason])(await bob.closed), [CloseCode.userSigExpired, 'key revoked']);
  await alice.roundTrip();
  assert.equal(await refused(t, server, { userID: 'bob', key: otherKey }), CloseCode.loginRefused);
});

test('reloading never opens development mode, and what is refused changes nothing', async (t) => {
  const server = await serve(t, { apps: both });
  const alice = await Probe.signIn(t, server, { userID: 'alice', key });
  assert.throws(() => server.reload({ apps: new Map() }), SettingsError);
  await alice.roundTrip();
  assert.equal((await fetch(`${server.origin}/dev/usersig?userID=alice`)).status, 404);
});

test('SIGHUP reads the file again, and a file that is broken is reported and ignored', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'trtc-keys-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const file = join(dir, 'config.json');
  const write = (apps: object) => writeFileSync(file, JSON.stringify({ apps }));
  write({ [app]: { old: otherKey } });
  const program = await startProgram(t, { TRTC_CONFIG: file });
  const bob = await Probe.signIn(t, program, { userID: 'bob', key: otherKey });

  writeFileSync(file, '{');
  program.child.kill('SIGHUP');
  assert.match(String((await program.logged(({ event }) => event === 'reload failed'))['error']), /TRTC_CONFIG.*not JSON/);
  await bob.roundTrip();

  write({ [app]: { new: key, old: otherKey } });
  program.child.kill('SIGHUP');
  assert.equal((await program.logged(({ event }) => event === 'reloaded'))['apps'], `${app}/new,${app}/old`);
  await Probe.signIn(t, program, { userID: 'alice', key });
  await bob.roundTrip();
});
