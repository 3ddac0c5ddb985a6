// What can be checked of the pages and configurations for other brokers without running one (tests/interop does).
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { environmentName, settingNames } from '../src/settings/settings.js';

const folder = new URL('../brokers/', import.meta.url);
const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
const pages = names.filter((name) => name.endsWith('.md'));
const variables = new Set(['TRTC_CONFIG', ...settingNames.map(environmentName)]);

test('each broker has a page, and the first page leads to all of them', () => {
  const first = readFileSync(new URL('README.md', folder), 'utf8');
  for (const { name } of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    assert.ok(existsSync(new URL(`${name}/README.md`, folder)), name);
    assert.ok(first.includes(`(${name}/README.md)`), name);
  }
});

test('the pages have only links that lead somewhere, and name only settings that exist', () => {
  for (const page of pages) {
    const text = readFileSync(page, 'utf8');
    for (const [, file = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)/g)) assert.ok(existsSync(new URL(file, `file://${page}`)), `${page}: ${file}`);
    for (const [variable] of text.matchAll(/\bTRTC_[A-Z_]+/g)) assert.ok(variables.has(variable), `${page}: ${variable}`);
  }
});

test('no configuration lets anybody in without a UserSig, or listens on all addresses', () => {
  for (const name of names.filter((name) => !pages.includes(name))) {
    const text = readFileSync(name, 'utf8');
    assert.doesNotMatch(text, /allow_anonymous\s*=?\s*true|0\.0\.0\.0|no_auth_user|auth_method: anonymous/, name);
  }
});
