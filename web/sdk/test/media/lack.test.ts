import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { bench } from './fake-browser.js';

function setGlobal(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

afterEach(() => Reflect.deleteProperty(globalThis, 'isSecureContext'));

test('a browser with WebRTC and devices lacks nothing', () => assert.equal(bench().media.lack, undefined));

test('a browser without WebRTC lacks it', () => {
  const { media } = bench();
  setGlobal('RTCPeerConnection', undefined);
  assert.equal(media.lack, 'UNSUPPORTED');
});

for (const [isSecure, lack] of [[false, 'INSECURE_PAGE'], [true, 'UNSUPPORTED']] as const) {
  test(`without devices ${isSecure ? 'a secure page is in an old browser' : 'a page lacks HTTPS'}`, () => {
    const { media } = bench();
    setGlobal('navigator', {});
    setGlobal('isSecureContext', isSecure);
    assert.equal(media.lack, lack);
  });
}
