// What an export must not tell, and that what is taken out leaves everything else in its place.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fromText, toText } from '../../src/trace/bytes.js';
import { Redactor } from '../../src/trace/redact.js';

const redact = (text: string, redactor = new Redactor()): string => toText(redactor.json(fromText(text)));
const redacted = <T>(value: T, redactor?: Redactor): T => JSON.parse(redact(JSON.stringify(value), redactor)) as T;
const sizeOf = (text: string): number => new TextEncoder().encode(text).length;

describe('Redaction', () => {
  for (const key of ['user_sig', 'user_data', 'nick', 'avatar', 'a_text_of_a_later_version']) {
    test(`takes ${key} away and keeps its size`, () => {
      for (const text of ['', 'a', 'Alice Liddell', '앨리스 🙂', '{"id":"42"}', 'two\nlines\u0001', 'https://x.example/a?b']) {
        const { [key]: now = '' } = redacted({ [key]: text });
        assert.equal(sizeOf(now), sizeOf(text));
        assert.doesNotMatch(now, /[^x"\\\n\u0001]/);
      }
    });
  }

  test('reads a text in whatever way JSON may write it, and keeps the size of the whole', () => {
    const usual = redacted({ nick: '한é/ "🙂"\n' });
    for (const other of ['\\ud55c\\u00e9\\/ \\"\\ud83d\\ude42\\"\\u000a', '\\uD55C\u00e9\\u002f\\u0020\\u0022🙂\\"\\n']) {
      const text = `{ "nick" : "${other}" , "v": 1 }`;
      const now = redact(text);
      assert.deepEqual(JSON.parse(now), { ...usual, v: 1 });
      assert.equal(sizeOf(now), sizeOf(text));
    }
  });

  test('leaves ids and the words of the protocol alone', () => {
    const golden = ['inputs', 'effects'].flatMap((name) => {
      const file = new URL(`../../../../tests/contract/${name}.jsonl`, import.meta.url);
      return readFileSync(file, 'utf8').split('\n').filter((line) => line !== '');
    });
    const changed = new Set<string>();
    const compare = (before: unknown, after: unknown, key: string): void => {
      if (typeof before === 'string' && before !== after) changed.add(key);
      if (typeof before !== 'object' || before === null) return;
      for (const [name, value] of Object.entries(before)) {
        compare(value, (after as Record<string, unknown>)[name], Array.isArray(before) ? key : name);
      }
    };
    for (const line of golden) compare(JSON.parse(line), JSON.parse(redact(line)), '');
    assert.deepEqual([...changed].sort(), ['avatar', 'candidate', 'fragment', 'nick', 'sdp', 'url', 'user_data', 'user_sig', 'why']);
  });

  test('takes addresses, fingerprints and credentials out of a description, and leaves the rest', () => {
    const sdp = [
      'v=0', 'o=- 4611 2 IN IP4 192.168.1.20', 'a=group:BUNDLE 0 1', 'm=audio 9 UDP/TLS/RTP/SAVPF 111 63', 'c=IN IP6 2001:db8::7',
      'a=rtcp:9 IN IP4 0.0.0.0', 'a=candidate:1 1 udp 2122 fe80::1c:2 50000 typ host ufrag Yx3f', 'a=ice-ufrag:Yx3f',
      'a=ice-pwd:s3cretPassw0rdOf24Letters', 'a=fingerprint:sha-256 1A:2B:3C:4D:5E:6F:70:81', 'a=setup:actpass',
      'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level', 'a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10;useinbandfec=1',
      'a=candidate:2 1 udp 2113 6f2b8a1c-4d3e-4f5a-8b6c-7d8e9f0a1b2c.local 50001 typ srflx raddr 10.0.0.3 rport 9',
      'a=candidate:3 1 udp 1 ::ffff:198.51.100.4 9 typ host',
    ].join('\r\n');
    const now = redacted({ sdp }).sdp;
    assert.equal(now.length, sdp.length);
    assert.doesNotMatch(now, /192\.168|2001|0\.0\.0|fe80|Yx3f|s3cret|1A:2B|\.local|10\.0|ffff|100\.4/);
    for (const kept of ['m=audio 9 UDP/TLS/RTP/SAVPF 111 63', 'a=setup:actpass', 'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level', 'a=fmtp:111 minptime=10;useinbandfec=1', 'raddr 9']) {
      assert.ok(now.includes(kept), `${kept} in ${now}`);
    }
  });

  test('calls equal tokens equal, wherever they are', () => {
    const redactor = new Redactor();
    const one = redacted({ sdp: 'a=ice-ufrag:Yx3f\r\na=ice-ufrag:Qq9z' }, redactor).sdp;
    const { fragment, candidate } = redacted({ fragment: 'Yx3f', candidate: 'candidate:1 1 udp 1 192.0.2.7 9 ufrag Qq9z' }, redactor);
    assert.equal(one, `a=ice-ufrag:${fragment}\r\na=ice-ufrag:${candidate.slice(-4)}`);
    assert.notEqual(fragment, candidate.slice(-4));
  });

  test('remembers a bounded number of tokens', () => {
    const redactor = new Redactor();
    for (let port = 0; port < 5000; port += 1) redacted({ fragment: `fragment-${port}` }, redactor);
    assert.equal(redacted({ fragment: 'fragment-1' }, redactor).fragment, '2xxxxxxxxx');
    assert.equal(redacted({ fragment: 'fragment-4999' }, redactor).fragment, '0xxxxxxxxxxxx');
  });

  test('takes addresses out of what browsers and servers say, and the address of the server', () => {
    const { message, reason, url, why } = redacted({
      message: 'Failed to parse a=ice-pwd:s3cretPassw0rd near 10.1.2.3',
      reason: 'gone to 2001:db8::1',
      url: 'wss://calls.example/mqtt?token=s3cret',
      why: 'turns:turn.example:5349: 401 Unauthorized',
    });
    assert.equal(message, 'Failed to parse a=ice-pwd:1xxxxxxxxxxxxx near 2xxxxxxx');
    assert.equal(reason, 'gone to 3xxxxxxxxxx');
    assert.match(url, /^wss:\/\/4x+$/);
    assert.match(why, /^turns:5x+ 401 Unauthorized$/);
  });

  test('does not lose its place in lists, nor in what is no JSON', () => {
    const odd = { users: ['a', ':', 'b'], notes: ['secret', ':', 'x'], list: [{ nick: 'Bob', mid: '0' }], nick: 'Al' };
    const now = redacted(odd);
    assert.deepEqual(now, { users: ['a', ':', 'b'], notes: ['xxxxxx', 'x', 'x'], list: [{ nick: 'xxx', mid: '0' }], nick: 'xx' });
    for (const text of ['{"nick":"unfinished', '"""\\', '{"nick":"a\\', '\u0000']) assert.equal(sizeOf(redact(text)), sizeOf(text));
  });
});

describe('Redaction of packets', () => {
  const string = (text: string) => String.fromCharCode(text.length >> 8, text.length & 255) + text;

  test('takes the password out of CONNECT', () => {
    const body = `${string('MQTT')}\u0004\u00c6\u0000<${string('id')}${string('on/alice')}${string('{"v":1}')}${string('alice')}`;
    const now = new Redactor().packet(`\u0010\u0000${body}${string('signature')}`, 2);
    assert.equal(now, `\u0010\u0000${body}${string('xxxxxxxxx')}`);
  });

  test('looks into the payload of PUBLISH, and only there', () => {
    const topic = string('trtc/v1/in/1_a/1_b');
    const now = new Redactor().packet(`0\u0000${topic}{"body":{"nick":"Bob"}}`, 2);
    assert.equal(now, `0\u0000${topic}{"body":{"nick":"xxx"}}`);
  });
});
