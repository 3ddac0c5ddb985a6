import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { SettingsError, startServer, type Settings } from '../src/index.js';
import { helpText, loadSettings, settingsFrom } from '../src/settings/load.js';
import { definitions, environmentName, flagName, settingNames } from '../src/settings/settings.js';

function load(environment: Record<string, string> = {}, flags: string[] = []): Settings {
  const command = loadSettings({ flags, environment });
  assert.ok(command.run === 'serve');
  return command.settings;
}

function configFile(t: TestContext, content: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'trtc-settings-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const file = join(dir, 'config.json');
  writeFileSync(file, content);
  return file;
}

function problem(action: () => unknown): SettingsError {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof SettingsError, String(error));
    return error;
  }
  assert.fail('should have been refused');
}

test('without any settings the server listens on loopback, without applications', () => {
  const { host, port, apps, devMode } = load();
  assert.deepEqual([host, port, apps.size, devMode], ['127.0.0.1', 8080, 0, undefined]);
});

test('settings come from the environment', () => {
  const settings = load({ TRTC_HOST: '0.0.0.0', TRTC_PORT: '9000', TRTC_APPS: '1400000001:key, 1400000002:key:2,1400000001:old', TRTC_ALLOWED_ORIGINS: 'https://a.example, https://b.example', TRTC_DEV_MODE: 'true', TRTC_ICE_SERVERS: '[{"urls":"stun:s.example"}]', TRTC_MAX_MESSAGE_BYTES: '2048' });
  assert.deepEqual([settings.host, settings.port, settings.devMode, settings.maxMessageBytes], ['0.0.0.0', 9000, true, 2048]);
  assert.deepEqual([...settings.apps], [[1400000001, [{ id: '1', key: 'key' }, { id: '2', key: 'old' }]], [1400000002, [{ id: '1', key: 'key:2' }]]]);
  assert.deepEqual(settings.allowedOrigins, ['https://a.example', 'https://b.example']);
  assert.deepEqual(settings.iceServers, [{ urls: 'stun:s.example' }]);
});

test('settings come from a file, too, whose lists and objects are JSON', (t) => {
  const file = configFile(t, JSON.stringify({ port: 1, apps: { 5: ['a', 'b'], 6: 'c' }, allowedOrigins: ['https://a.example'], devMode: false }));
  const settings = load({ TRTC_CONFIG: file });
  assert.deepEqual([settings.port, settings.devMode, [...settings.apps]], [1, false, [[5, [{ id: '1', key: 'a' }, { id: '2', key: 'b' }]], [6, [{ id: '1', key: 'c' }]]]]);
});

test('keys may have names, in the environment, the file and code', (t) => {
  const named = [[5, [{ id: '2026-07', key: 'new:/key' }, { id: 'old', key: 'b' }]]];
  assert.deepEqual([...load({ TRTC_APPS: '5/2026-07:new:/key,5/old:b' }).apps], named);
  assert.deepEqual([...load({ TRTC_CONFIG: configFile(t, '{"apps":{"5":{"2026-07":"new:/key","old":"b"}}}') }).apps], named);
  const settings = settingsFrom({ apps: { 5: { '2026-07': 'new:/key', old: 'b' } } });
  assert.deepEqual([...settings.apps], named);
  assert.deepEqual([...settingsFrom(settings).apps], named, 'what has been read can be given again');
});

test('groups are open by default, or a table of members from the environment, a flag, the file or code', (t) => {
  const table = { team: ['alice', 'Bob-1'], '@TGS#2': [] };
  const text = JSON.stringify(table);
  assert.equal(load().groups, 'open');
  assert.equal(load({ TRTC_CONFIG: configFile(t, '{"groups":{}}'), TRTC_GROUPS: 'open' }).groups, 'open');
  assert.deepEqual(load({ TRTC_GROUPS: text }).groups, table);
  assert.deepEqual(load({}, [`--groups=${text}`]).groups, table);
  assert.deepEqual(load({ TRTC_CONFIG: configFile(t, `{"groups":${text}}`) }).groups, table);
  assert.deepEqual(settingsFrom({ groups: table }).groups, table);
});

test('a table of groups that cannot be used is refused, and shows the group and the members that are wrong', () => {
  const long = Array.from({ length: 50 }, (_, i) => `user${i}`);
  for (const [groups, wrong] of [
    [{ fine: long, team: ['alice', 'b.ob', 7] }, { team: ['b.ob', 7] }],
    [{ fine: long, 'my team': ['alice'] }, { 'my team': [] }],
    [{ fine: long, ['g'.repeat(49)]: [] }, { ['g'.repeat(49)]: [] }],
    [{ fine: long, team: 'alice' }, { team: 'alice' }],
  ]) {
    const { setting, value, remedy } = problem(() => load({ TRTC_GROUPS: JSON.stringify(groups) }));
    assert.deepEqual([setting, value], ['TRTC_GROUPS', JSON.stringify(wrong)]);
    assert.match(remedy, /^give "open", or a JSON object/);
  }
  for (const text of ['closed', '[]', 'null', '{', '7']) {
    assert.equal(problem(() => load({ TRTC_GROUPS: text })).value, JSON.stringify(text));
  }
});

test('a flag wins over the environment, the environment over the file', (t) => {
  const file = configFile(t, '{"port": 1, "host": "127.0.0.2", "stateDir": "/file"}');
  const { port, host, stateDir } = load({ TRTC_CONFIG: file, TRTC_PORT: '2', TRTC_HOST: '127.0.0.3' }, ['--port=3']);
  assert.deepEqual([port, host, stateDir], [3, '127.0.0.3', '/file']);
});

test('a bad setting is refused with its name, its value and the remedy', () => {
  assert.equal(problem(() => load({ TRTC_PORT: '80a' })).message, 'Setting "TRTC_PORT" cannot be "80a": give a whole number from 0 to 65535');
  assert.equal(problem(() => load({}, ['--port=70000'])).setting, '--port');
  for (const [name, value] of [['TRTC_DEV_MODE', 'maybe'], ['TRTC_LOG_LEVEL', 'loud'], ['TRTC_ICE_SERVERS', '[{"urls":"http://x"}]'], ['TRTC_ICE_SERVERS', '{'], ['TRTC_TRUSTED_PROXIES', '10.0.0.0/99'], ['TRTC_MAX_CONNECTIONS', '0'], ['TRTC_MESSAGES_PER_SECOND', '-1']] as const) {
    const { setting, remedy } = problem(() => load({ [name]: value }));
    assert.equal(setting, name);
    assert.match(remedy, /^give /);
  }
});

test('a bad list of applications is refused without showing a key', () => {
  for (const apps of ['1400000001', 'x:supersecret', '-1:supersecret', '4294967296:supersecret', '1:', ':supersecret', '1/a/b:supersecret', '1/:supersecret', '1/a b:supersecret', '1/a:supersecret,1/a:supersecret', '1/2:supersecret,1:supersecret']) {
    const { message, setting } = problem(() => load({ TRTC_APPS: apps }));
    assert.equal(setting, 'TRTC_APPS');
    assert.ok(!message.includes('supersecret'), message);
  }
});

test('keys and secrets are not taken from the command line, where other users would see them', () => {
  for (const [flag, variable] of [['--apps=1:supersecret', 'TRTC_APPS'], ['--turn-secret=supersecret', 'TRTC_TURN_SECRET']] as const) {
    const { message } = problem(() => load({}, [flag]));
    assert.ok(message.includes(variable) && !message.includes('supersecret'), message);
  }
});

test('unknown names are refused in flags, in the file and in code', async (t) => {
  assert.equal(problem(() => load({}, ['--prot=1'])).setting, '--prot');
  assert.equal(problem(() => load({ TRTC_CONFIG: configFile(t, '{"prot":1}') })).setting, 'prot');
  await assert.rejects(startServer({ prot: 1 } as object), SettingsError);
});

test('a variable that looks like a setting and is none is reported, not fatal', () => {
  const command = loadSettings({ flags: [], environment: { TRTC_PROT: '1', PATH: '/bin', TRTC_CONFIG: '' } });
  assert.deepEqual(command.run === 'serve' && command.unknown, ['TRTC_PROT']);
});

test('a file that is missing, not JSON or not an object is refused without quoting it', (t) => {
  assert.match(problem(() => load({ TRTC_CONFIG: '/nowhere.json' })).message, /ENOENT/);
  for (const content of ['{"apps": {"1": "supersecret"', '[]', 'null', '"supersecret"']) {
    const { message, setting } = problem(() => load({ TRTC_CONFIG: configFile(t, content) }));
    assert.equal(setting, 'TRTC_CONFIG');
    assert.ok(!message.includes('supersecret'));
  }
});

test('without applications and with development mode switched off there is nothing to serve', async () => {
  await assert.rejects(startServer({ devMode: false, port: 0, logLevel: 'silent' }), { name: 'SettingsError', setting: 'apps' });
});

test('the help names every setting in both of its forms', () => {
  const help = helpText();
  for (const name of settingNames) {
    assert.ok(help.includes(environmentName(name)));
    assert.equal(help.includes(`--${flagName(name)} `), definitions[name].secret !== true, name);
  }
});

test('the README documents every setting, with its meaning', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  for (const name of settingNames) assert.ok(readme.includes(`| \`${environmentName(name)}\` | \`${name}\` |`) && readme.includes(definitions[name].about), name);
});
