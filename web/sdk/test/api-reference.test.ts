import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EVENT } from '../src/constants.js';
import { describe as describeError } from '../src/errors.js';
import TRTCCalling from '../src/trtc-calling.js';
import { readModel, undocumented } from '../tools/api-model.js';
import { codes, readSource, reference } from '../tools/api-reference.js';

const page = reference();

/** What follows a heading, up to the next one of its level. */
const section = (heading: string): string => {
  const [, rest = ''] = page.split(`\n### ${heading}\n`);
  return rest.split(/\n##/)[0] ?? '';
};

/** Of the classes in api/; the class itself has only what applications are not to see. */
function publicNames(): string[] {
  const names: string[] = [];
  let prototype = Object.getPrototypeOf(TRTCCalling.prototype) as object;
  for (; prototype !== Object.prototype; prototype = Object.getPrototypeOf(prototype) as object) {
    names.push(...Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor'));
  }
  return names;
}

/** The sources, one of them with another text. */
const withChange = (file: string, before: string, after: string) =>
  readModel((name) => {
    const text = readSource(name);
    if (name !== file) return text;
    assert.ok(text.includes(before), `${file} has no ${before}`);
    return text.replace(before, after);
  });

describe('The API reference', () => {
  test('describes every public method', () => {
    const names = publicNames();
    assert.ok(names.includes('groupCall') && names.includes('roomID'));
    for (const name of names) assert.match(section(name), /^\n```ts\n.*\n```\n\n\S/, name);
  });

  test('describes every event with all fields of its payload', () => {
    const { types } = readModel(readSource);
    const payloads = new Map(types.get('EventMap')?.members.map(({ name, type }) => [name, type]));
    for (const [key, value] of Object.entries(EVENT)) {
      const name = key === 'CALLING_END' ? 'CALL_END' : key;
      const text = section(`EVENT.${name}`);
      assert.match(text, new RegExp(`^\n\`'${value}'\`(, also \`EVENT\\.\\w+\`)?\\. \\S`), key);
      for (const field of types.get(payloads.get(value) ?? '')?.members ?? []) {
        assert.match(text, new RegExp(`\n\\| \`${field.name}\\??\` \\| .+ \\| \\S.* \\|`), `${key}: ${field.name}`);
      }
    }
  });

  test('lists every error with what happened and what to do', () => {
    assert.ok(codes.includes(60005) && codes.includes(65535));
    for (const code of codes) {
      const { name, message } = describeError(code);
      assert.ok(page.includes(`<a id="error-${code}"></a>${code} | \`${name}\` | ${message} | `), name);
    }
  });

  test('leaves nothing without a description', () => {
    assert.deepEqual(undocumented(readModel(readSource)), []);
  });

  test('has only links that lead somewhere, and no heading twice', () => {
    const anchor = (heading = '') => heading.toLowerCase().replace(/[^\w -]/g, '').replace(/ /g, '-');
    const headings = [...page.matchAll(/^##+ (.*)$/gm)].map((match) => anchor(match[1]));
    assert.deepEqual(headings.filter((name, index) => headings.indexOf(name) !== index), []);
    const places = new Set([
      ...headings,
      ...[...page.matchAll(/<a id="([^"]+)">/g)].map((match) => match[1]),
    ]);
    const links = [...page.matchAll(/\]\(#([^)]*)\)/g)].map((match) => match[1]);
    assert.deepEqual(links.filter((link) => !places.has(link)), []);
  });

  test('is the same whenever it is made', () => assert.equal(reference(), page));
});

describe('What somebody forgets to describe is named:', () => {
  const faults: Readonly<Record<string, readonly [file: string, before: string, after: string]>> = {
    'CanceledInfo.reason': ['payloads.ts', '  /** Why. */\n', ''],
    'newMethod()': ['api/views.ts', '  resumeAudio(', '  resumeAudio(): void {}\n  newMethod('],
    'call(options)': ['api/calls.ts', '   * @param options - whom, audio or video, how long it rings\n', ''],
    NEWS: ['constants.ts', "  NO_MEDIA: 'onNoMedia',\n", "  NO_MEDIA: 'onNoMedia',\n  NEWS: 'onNews',\n"],
    "RosterStatus 'joined'": ['types.ts', '  /** In the call. */\n', ''],
    CallStats: ['meter/types.ts', "/** What is known about the call's connections. */\n", ''],
  };
  for (const [name, [file, before, after]] of Object.entries(faults)) {
    test(name, () => assert.ok(undocumented(withChange(file, before, after)).includes(name)));
  }

  test('and a source that the oldest supported compiler cannot parse stops everything', () => {
    const change = () => withChange('types.ts', 'export interface', 'class Newer { accessor x; } interface');
    assert.throws(change, /^Error: types\.ts: /);
  });
});
