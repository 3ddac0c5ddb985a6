import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Emitter } from '../src/emitter.js';
import { Log } from '../src/log.js';

describe('The emitter', () => {
  const owner = { name: 'owner' };
  let said: string[];
  let emitter: Emitter;

  beforeEach(() => {
    said = [];
    const log = new Log();
    log.warn = (text) => said.push(`warn ${text}`);
    log.error = (text, thrown) => said.push(`error ${text}: ${String(thrown)}`);
    emitter = new Emitter(owner, log);
  });

  test('calls listeners in the order of their registration, with one object', () => {
    const seen: unknown[] = [];
    emitter.on('e', (...given: unknown[]) => seen.push(1, ...given));
    emitter.on('e', () => seen.push(2));
    emitter.emit('e', { a: 1 });
    assert.deepEqual(seen, [1, { a: 1 }, 2]);
  });

  test('gives listeners their context as this, and its owner where there is none', () => {
    const seen: unknown[] = [];
    const context = {};
    function listener(this: unknown) {
      seen.push(this);
    }
    emitter.on('e', listener, context);
    emitter.on('e', listener);
    emitter.on('e', listener, null);
    emitter.emit('e', {});
    assert.deepEqual(
      seen.map((one) => [one === context, one === owner]),
      [
        [true, false],
        [false, true],
        [false, true],
      ],
    );
  });

  test('calls a listener twice that was registered twice, after a warning', () => {
    let calls = 0;
    const listener = () => (calls += 1);
    emitter.on('e', listener);
    emitter.on('e', listener);
    emitter.emit('e', {});
    assert.equal(calls, 2);
    assert.equal(said.length, 1);
    assert.match(said[0] as string, /^warn .*registered already/);
  });

  test('forgets all registrations of a listener at once, whatever their context', () => {
    let calls = 0;
    const listener = () => (calls += 1);
    emitter.on('e', listener, {});
    emitter.on('e', listener);
    emitter.on('e', () => (calls += 10));
    emitter.off('e', listener);
    emitter.emit('e', {});
    assert.equal(calls, 10);
  });

  for (const nothing of [undefined, null]) {
    test(`forgets all listeners of an event that is switched off with ${String(nothing)}`, () => {
      emitter.on('e', () => assert.fail('called'));
      emitter.off('e', nothing);
      emitter.emit('e', {});
    });
  }

  test('does not mind removing what was never registered', () => {
    emitter.off('e', () => undefined);
    emitter.on('e', () => undefined);
    emitter.off('e', () => undefined);
    emitter.off('other');
  });

  for (const wrong of [undefined, null, {}, 'text']) {
    test(`throws a TypeError for the listener ${JSON.stringify(wrong)}`, () => {
      assert.throws(() => emitter.on('e', wrong), TypeError);
    });
  }

  test('accepts names of events that do not exist', () => {
    emitter.on('onNothing', () => undefined);
    emitter.emit('onNobodyListens', {});
  });

  test('calls the next listener after one that removed itself', () => {
    const seen: number[] = [];
    const once = () => {
      seen.push(1);
      emitter.off('e', once);
    };
    emitter.on('e', once);
    emitter.on('e', () => seen.push(2));
    emitter.emit('e', {});
    emitter.emit('e', {});
    assert.deepEqual(seen, [1, 2, 2]);
  });

  test('does not call a listener in the round in which it was added', () => {
    let calls = 0;
    emitter.on('e', () => emitter.on('e', () => (calls += 1)));
    emitter.emit('e', {});
    assert.equal(calls, 0);
  });

  test('calls the next listener after one that threw, and logs it', () => {
    let called = false;
    emitter.on('e', () => {
      throw new Error('mine');
    });
    emitter.on('e', () => (called = true));
    emitter.emit('e', {});
    assert.ok(called);
    assert.deepEqual(said, ["error a listener of 'e' threw: Error: mine"]);
  });

  test('logs the rejection of an asynchronous listener', async () => {
    emitter.on('e', () => Promise.reject(new Error('later')));
    emitter.emit('e', {});
    await Promise.resolve();
    await Promise.resolve();
    assert.deepEqual(said, ["error a listener of 'e' threw: Error: later"]);
  });
});
