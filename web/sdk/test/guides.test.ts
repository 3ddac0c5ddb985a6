// README.md and README.ko.md are written by hand; what can be checked of them is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { EVENT } from '../src/constants.js';
import TRTCCalling from '../src/trtc-calling.js';
import { codes } from '../tools/api-reference.js';

const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

/** As GitHub makes them from the headings: of two that are the same, the second one gets a number. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of text.matchAll(/^#+ (.*)$/gm)) {
    const anchor = heading.toLowerCase().replace(/[^\p{L}\p{N}_ -]/gu, '').replace(/ /g, '-');
    anchors.add(anchors.has(anchor) ? `${anchor}-1` : anchor);
  }
  return anchors;
}

const calling = new TRTCCalling({ SDKAppID: 1 });

for (const name of ['README.md', 'README.ko.md']) {
  describe(name, () => {
    const text = read(name);

    test('calls only methods that exist', () => {
      const called = [...text.matchAll(/(?<!-)\b(?:trtcC|c)alling\.(\w+)/g)].map((match) => String(match[1]));
      assert.ok(called.length > 3);
      assert.deepEqual(called.filter((member) => !(member in calling)), []);
    });

    test('names only events that exist', () => {
      const named = [...text.matchAll(/\bEVENT\.(\w+)/g)].map((match) => String(match[1]));
      assert.deepEqual(named.filter((key) => !(key in EVENT)), []);
    });

    test('has only links that lead somewhere', () => {
      for (const [, file = '', anchor = ''] of text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)) {
        const target = file === '' ? text : read(file);
        if (anchor !== '') assert.ok(anchorsOf(target).has(anchor), `${file}#${anchor}`);
      }
    });
  });
}

describe('The Korean guide', () => {
  const text = read('README.ko.md');

  test('explains every event', () => {
    assert.deepEqual(Object.keys(EVENT).filter((key) => !new RegExp(`\\b${key}\\b`).test(text)), []);
  });

  test('explains every error', () => {
    const rows = [...text.matchAll(/^\| ([\d, ]+) \| \S.* \| \S.* \|$/gm)].flatMap((match) => match[1]?.split(', ') ?? []);
    assert.deepEqual(codes.map(String).filter((code) => !rows.includes(code)), []);
  });
});
