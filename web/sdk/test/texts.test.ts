// Behaviour document, 3.14.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { calling } from './support/calling.js';
import { calledBob } from './support/calls.js';

const message = (outer: object, inner: unknown = {}) => ({
  type: 'TIMCustomElem',
  payload: {
    data: JSON.stringify({ businessID: 1, ...outer, data: typeof inner === 'string' ? inner : JSON.stringify(inner) }),
  },
});

const ended = message({ actionType: 1 }, { call_end: 3725 });
const cases = [
  ['a call that has ended', ended, 'Call ended after 01:02:05'],
  ['a call that has ended within a second', message({ actionType: 1 }, { call_end: 0.4 }), 'Call ended after 00:00:00'],
  ['a call that has begun', message({ actionType: 1 }, { room_id: 77 }), 'Call started'],
  ['a call that ended unanswered', message({ actionType: 1 }, { room_id: 77, call_end: 0 }), 'Call ended'],
  ['an end without anything', message({ actionType: 1 }), 'Call ended'],
  ['a cancellation', message({ actionType: 2 }), 'Call cancelled'],
  ['an answer', message({ actionType: 3 }), 'Call answered'],
  ['a refusal', message({ actionType: 4 }), 'Call declined'],
  ['silence', message({ actionType: 5 }), 'No answer'],
  ['an inner payload that does not parse', message({ actionType: 1 }, '{'), 'Call ended'],
  ['an inner payload of null', message({ actionType: 1 }, 'null'), 'Call ended'],
  ['a refusal whose inner payload does not parse', message({ actionType: 4 }, '{'), 'Call declined'],
] as const;

describe('extractCallingInfoFromMessage()', () => {
  const { sdk } = calling();
  for (const [title, given, text] of cases) {
    test(`tells of ${title}`, () => assert.equal(sdk.extractCallingInfoFromMessage(given, 'en'), text));
  }

  for (const foreign of [
    undefined,
    null,
    0,
    '',
    'text',
    [],
    {},
    () => undefined,
    { type: 'TIMCustomElem' },
    { type: 'TIMCustomElem', payload: null },
    { type: 'TIMCustomElem', payload: { data: '{' } },
    { type: 'TIMCustomElem', payload: { data: 'null' } },
    { ...ended, type: 'TIMTextElem' },
    message({ businessID: 'other', actionType: 2 }),
    ...[undefined, 0, -1, 6, 1.5, '1', 'length', {}].map((actionType) => message({ actionType })),
  ]) {
    test(`says nothing of ${JSON.stringify(foreign)}`, () => {
      assert.equal(sdk.extractCallingInfoFromMessage(foreign, 'en'), '');
    });
  }

  test('says nothing of an object that throws', () => {
    const hostile = new Proxy({}, { get: () => assert.fail() });
    assert.equal(sdk.extractCallingInfoFromMessage(hostile), '');
  });

  for (const [language, text] of [
    ['ko', '통화 시간 01:02:05'],
    ['en', 'Call ended after 01:02:05'],
    ['zh', '通话时长 01:02:05'],
    ['ja', '通話時間 01:02:05'],
    ['ko-KR', '통화 시간 01:02:05'],
    ['ZH_tw', '通话时长 01:02:05'],
  ] as const) {
    test(`speaks ${language}`, () => assert.equal(sdk.extractCallingInfoFromMessage(ended, language), text));
  }

  test('has every text in every language', () => {
    for (const language of ['ko', 'en', 'zh', 'ja']) {
      const texts = cases.map(([, given]) => sdk.extractCallingInfoFromMessage(given, language).split(' 0')[0]);
      assert.equal(new Set(texts).size, 7, language);
    }
  });

  test('prefers the argument, then the option, then the browser, and falls back to English', (t) => {
    const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
    const browser = (value: unknown) => Object.defineProperty(globalThis, 'navigator', { value, configurable: true });
    t.after(() => {
      Reflect.deleteProperty(globalThis, 'navigator');
      if (before) Object.defineProperty(globalThis, 'navigator', before);
    });
    browser({ language: 'ja-JP' });
    const korean = calling({ language: 'ko' }).sdk;
    const missed = message({ actionType: 5 });
    assert.equal(korean.extractCallingInfoFromMessage(missed, 'zh'), '无应答');
    assert.equal(korean.extractCallingInfoFromMessage(missed), '응답 없음');
    assert.equal(korean.extractCallingInfoFromMessage(missed, 'xx'), '응답 없음');
    assert.equal(sdk.extractCallingInfoFromMessage(missed), '応答なし');
    browser({ language: 'fr' });
    assert.equal(sdk.extractCallingInfoFromMessage(missed), 'No answer');
    browser(undefined);
    assert.equal(sdk.extractCallingInfoFromMessage(missed), 'No answer');
  });

  test('reads what call() resolves with', async () => {
    const { sdk: own, result } = await calledBob();
    assert.equal(own.extractCallingInfoFromMessage(result.data.message, 'en'), 'Call started');
  });
});
