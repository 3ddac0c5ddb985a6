import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Input } from '../src/core/protocol.js';
import { watchPage } from '../src/page.js';

describe('The page', () => {
  const globals = { window: new EventTarget(), navigator: { onLine: true } };
  let reported: (Input | 'hidden' | 'restored')[];
  const watch = () =>
    watchPage({
      report: (input) => reported.push(input),
      onPageHide: () => reported.push('hidden'),
      onPageRestored: () => reported.push('restored'),
    });

  beforeEach(() => {
    reported = [];
    globals.navigator.onLine = true;
    for (const [name, value] of Object.entries(globals)) {
      Object.defineProperty(globalThis, name, { value, configurable: true });
    }
  });
  afterEach(() => {
    for (const name of Object.keys(globals)) Reflect.deleteProperty(globalThis, name);
  });

  test('reports the network, its visibility and its end until it is left alone', () => {
    const stop = watch();
    for (const name of ['online', 'offline', 'visibilitychange', 'pagehide']) window.dispatchEvent(new Event(name));
    const change = { type: 'NetworkChanged', online: true };
    assert.deepEqual(reported, [change, change, change, 'hidden']);
    stop();
    window.dispatchEvent(new Event('online'));
    assert.equal(reported.length, 4);
  });

  test('comes back only from the back/forward cache', () => {
    const stop = watch();
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
    assert.deepEqual(reported, []);
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    assert.deepEqual(reported, ['restored']);
    stop();
  });

  test('knows when it is offline', () => {
    globals.navigator.onLine = false;
    const stop = watch();
    window.dispatchEvent(new Event('offline'));
    stop();
    assert.deepEqual(reported, [{ type: 'NetworkChanged', online: false }]);
  });

  test('is not there outside of browsers', () => {
    Reflect.deleteProperty(globalThis, 'window');
    watch()();
  });
});
