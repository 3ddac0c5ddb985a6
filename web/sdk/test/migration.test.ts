// MIGRATION.md is written by hand. Its tables name everything that there is, once, and nothing else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { EVENT } from '../src/constants.js';
import { readSource } from '../tools/api-reference.js';
import { readModel } from '../tools/api-model.js';

const text = readFileSync(new URL('../MIGRATION.md', import.meta.url), 'utf8');
const model = readModel(readSource);
const methods = model.groups.flatMap((group) => group.methods.map(({ name }) => name));

const section = (heading: string): string => text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
const rows = (heading: string): string[][] =>
  [...section(heading).matchAll(/^\| (`.*) \|$/gm)].map((match) => String(match[1]).split(' | '));
const named = (cell = ''): string[] => [...cell.matchAll(/`([\w.]+)/g)].map((match) => String(match[1]));

/** What 3.1.7 of the successor has (behaviour document, 11). */
const successor = {
  methods: [
    ...['createInstance', 'destroyInstance', 'init', 'login', 'call', 'groupCall', 'inviteUser', 'joinInGroupCall', 'accept', 'reject', 'hangup'],
    ...['openCamera', 'closeCamera', 'openMicrophone', 'closeMicrophone', 'startRemoteView', 'stopRemoteView', 'setVideoRenderParams'],
    ...['setVideoQuality', 'switchCallMediaType', 'getDeviceList', 'getCurrentDevice', 'switchDevice', 'switchCamera', 'setSelfInfo'],
    ...['enableAIVoice', 'setBlurBackground', 'setVirtualBackground', 'enableMultiDeviceAbility', 'getTRTCCloudInstance'],
    ...['setLogLevel', 'on', 'off', 'extractCallingInfoFromMessage'],
  ],
  events: [
    ...['ON_CALL_BEGIN', 'ON_CALL_RECEIVED', 'ON_CALL_CANCELED', 'CALLING_END', 'NO_RESP', 'CALLING_TIMEOUT', 'LINE_BUSY', 'USER_ACCEPT'],
    ...['CALL_TYPE_CHANGED', 'DEVICED_UPDATED', 'ON_USER_NETWORK_QUALITY_CHANGED', 'MESSAGE_SENT_BY_ME', 'USER_VOICE_VOLUME'],
  ],
};

for (const [heading, existing] of [
  ['Every method', methods],
  ['Every event', Object.keys(EVENT)],
] as const) {
  describe(`"${heading}" of the migration guide`, () => {
    const listed = rows(heading).flatMap(([here]) => named(here));

    test('names each of them once, and nothing that does not exist', () => {
      assert.deepEqual([...listed].sort(), [...existing].sort());
    });

    test('says of each what it was in all three', () => {
      for (const row of rows(heading)) {
        assert.equal(row.length, 4, row.join(' | '));
        for (const cell of row) assert.notEqual(cell.trim(), '', row.join(' | '));
      }
    });
  });
}

describe('The migration guide', () => {
  test("knows every name of the successor's", () => {
    const known = new Set(named(text));
    assert.deepEqual([...successor.methods, ...successor.events].filter((name) => !known.has(name)), []);
  });

  test('marks what 1.0.6 had as what it had', () => {
    for (const [here = '', , old = ''] of rows('Every event')) {
      if (/^(–|1\.0\.8)/.test(old)) continue;
      for (const key of named(here)) assert.match(ofVersion106, new RegExp(`\\b${key}\\b`), `${key}: ${old}`);
    }
  });

  test('has only links that lead somewhere', () => {
    for (const [, file = '', anchor = ''] of text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)) {
      const target = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
      const anchors = [...target.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
        heading.toLowerCase().replace(/[^\w -]/g, '').replace(/ /g, '-'),
      );
      if (anchor !== '') assert.ok(anchors.includes(anchor), `${file}#${anchor}`);
    }
  });
});

/** The keys of 1.0.6 (behaviour document, 1.3). */
const ofVersion106 =
  'ERROR SDK_READY INVITED USER_ACCEPT USER_ENTER USER_LEAVE REJECT NO_RESP LINE_BUSY CALLING_CANCEL KICKED_OUT CALLING_TIMEOUT ' +
  'CALL_END CALLING_END USER_VIDEO_AVAILABLE USER_AUDIO_AVAILABLE USER_VOICE_VOLUME GROUP_CALL_INVITEE_LIST_UPDATE';
