import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { disagreements } from './release.mjs';

const changelog = (...sections) => ['# Changelog', ...sections].join('\n\n');
const change = '### Added\n\n- Something.';
const is = (version, text, ...tags) => disagreements({ versions: { a: version, b: version }, changelog: text, tags });

describe('Version, changelog and tag agree', () => {
  test('before the first release', () => {
    assert.deepEqual(is('0.1.0', changelog('## Unreleased', change)), []);
  });

  test('at a release, whether or not a heading for the next one is there', () => {
    const release = ['## 0.1.0 - 2026-12-01', change];
    assert.deepEqual(is('0.1.0', changelog(...release), 'v0.1.0', 'demo-day'), []);
    assert.deepEqual(is('0.1.0', changelog('## Unreleased', ...release), 'v0.1.0'), []);
  });

  test('between two releases', () => {
    const text = changelog('## Unreleased', change, '## 0.1.0 - 2026-12-01', change);
    assert.deepEqual(is('0.1.0', text), []);
    assert.deepEqual(is('0.2.0', text), []);
  });
});

describe('It is said', () => {
  const released = changelog('## 0.10.0 - 2026-12-02', change, '## 0.9.0 - 2026-12-01', change);

  test('that the packages have different versions', () => {
    const versions = { a: '0.1.0', b: '0.2.0' };
    assert.deepEqual(disagreements({ versions, changelog: changelog('## Unreleased'), tags: [] }), ['b is version 0.2.0, not 0.1.0']);
  });

  test('that the version is older than the changelog', () => {
    assert.deepEqual(is('0.9.0', released), ["version 0.9.0 is older than the changelog's 0.10.0"]);
  });

  test('that a tag is another version', () => {
    assert.deepEqual(is('0.10.0', released, 'v0.9.0'), ['the tag v0.9.0 is not version 0.10.0']);
  });

  test('that a tagged version is not in the changelog', () => {
    assert.deepEqual(is('0.11.0', released, 'v0.11.0'), ["CHANGELOG.md has no '## 0.11.0 - YYYY-MM-DD' on top"]);
  });

  test('that a tagged commit has changes that belong to no release', () => {
    const text = changelog('## Unreleased', change, '## 0.1.0 - 2026-12-01', change);
    assert.deepEqual(is('0.1.0', text, 'v0.1.0'), ['the tag v0.1.0 has changes that are not released in CHANGELOG.md']);
  });

  test('that a heading is none', () => {
    assert.match(is('0.1.0', changelog('## 0.1.0', change)).join(), /'## 0\.1\.0' is neither/);
  });

  test('that releases are in disorder', () => {
    const text = changelog('## 0.1.0 - 2026-12-01', change, '## 0.2.0 - 2026-12-02', change);
    assert.deepEqual(is('0.2.0', text), ['CHANGELOG.md: 0.2.0 stands below 0.1.0']);
  });
});
