// What can be checked of files that run elsewhere.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { validate } from 'dockerfile-utils';
import { environmentName, settingNames } from '../src/settings/settings.js';

const folder = new URL('../deploy/', import.meta.url);
const repository = new URL('../../../', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const variables = new Set(['TRTC_CONFIG', ...settingNames.map(environmentName)]);

test('every setting that a file names exists', () => {
  for (const name of ['trtc-calling.service', 'Containerfile', 'nginx.conf', 'Caddyfile', 'turnserver.conf', 'README.md', 'THREATS.md']) {
    for (const [variable] of read(name).matchAll(/\bTRTC_[A-Z_]+/g)) assert.ok(variables.has(variable), `${name}: ${variable}`);
  }
  const documents = read('README.md') + read('THREATS.md');
  for (const [, word = ''] of documents.matchAll(/`((?:[a-z]+[A-Z]|turn[A-Z])[A-Za-z]+)`/g)) {
    assert.ok((settingNames as string[]).includes(word) || ['iceTransportPolicy', 'fastConnect'].includes(word), word);
  }
});

test('the pages have only links that lead somewhere', () => {
  for (const name of ['README.md', 'THREATS.md', '../README.md']) {
    for (const [, file = ''] of read(name).matchAll(/\]\((?!https?:)([^)#]+)/g)) assert.ok(existsSync(new URL(file, new URL(name, folder))), `${name}: ${file}`);
  }
});

test('the container file is one, copies what exists, and runs without rights or secrets', () => {
  const text = read('Containerfile');
  assert.deepEqual(validate(text), []);
  for (const [, from = ''] of text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)) {
    for (const file of from.split(' ')) assert.ok(existsSync(new URL(file, repository)), file);
  }
  for (const [, image = ''] of text.matchAll(/^FROM (\S+)/gm)) assert.match(image, /:\d[\w.-]+$/, 'a version, not "latest"');
  const last = text.slice(text.lastIndexOf('\nFROM '));
  assert.match(last, /^USER (?!root)/m);
  assert.match(last, /^HEALTHCHECK /m);
  assert.match(last, /^ENTRYPOINT \[/m, 'the program itself gets the signals');
  assert.doesNotMatch(text, /TRTC_(APPS|TURN_SECRET)=|^ADD /m);
});

const systemd = '/usr/bin/systemd-analyze';
test('systemd understands the unit', { skip: existsSync(systemd) ? false : 'systemd-analyze is not installed' }, () => {
  const unit = fileURLToPath(new URL('trtc-calling.service', folder));
  const { stdout, stderr } = spawnSync(systemd, ['verify', '--recursive-errors=no', unit], { encoding: 'utf8' });
  // Of a machine on which the server is not installed it says so; of a unit that is wrong it names the line.
  const complaints = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('trtc-calling.service') && !/is not executable/.test(line));
  assert.deepEqual(complaints, []);
});
