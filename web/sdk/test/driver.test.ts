import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { CoreError, Effect } from '../src/core/protocol.js';
import { Driver } from '../src/driver.js';
import { FakeClock, FakeMedia, FakeSocketHub, ScriptedEngine } from '../src/fakes/index.js';
import { Log } from '../src/log.js';
import { settled } from './support/calling.js';

describe('The driver', () => {
  let engine: ScriptedEngine;
  let clock: FakeClock;
  let hub: FakeSocketHub;
  let media: FakeMedia;
  let heard: string[];
  let crashes: CoreError[];
  let driver: Driver;
  /** What the listener of the application does. */
  let onEvent: (effect: Effect) => void;

  beforeEach(() => {
    engine = new ScriptedEngine();
    clock = new FakeClock();
    hub = new FakeSocketHub();
    media = new FakeMedia((input) => driver.submit(input));
    heard = [];
    crashes = [];
    onEvent = () => undefined;
    const log = new Log();
    log.level = 4;
    const socket = hub.createSocket((input) => driver.submit(input));
    driver = new Driver(
      { socket, media, clock },
      {
        onBatch: () => undefined,
        onEffect: (effect) => {
          heard.push(effect.type);
          onEvent(effect);
        },
        onCrash: (error) => crashes.push(error),
      },
      log,
    );
  });

  const answer = () => ({
    done: () => heard.push('done'),
    failed: ({ code, detail }: CoreError) => heard.push(`failed ${code} ${detail}`),
  });

  test('keeps inputs that come before the core is there, in their order', async () => {
    driver.submit({ type: 'NetworkChanged', online: true });
    driver.request({ type: 'HangUp' }, answer());
    await settled();
    assert.deepEqual(engine.inputs, []);
    driver.start(engine);
    await settled();
    assert.deepEqual(engine.inputs, [
      { type: 'NetworkChanged', online: true },
      { type: 'HangUp', op: 1 },
    ]);
  });

  test('never runs the core from inside submit', async () => {
    driver.start(engine);
    driver.submit({ type: 'TimePassed' });
    assert.equal(engine.inputs.length, 0);
    await settled();
    assert.equal(engine.inputs.length, 1);
  });

  test('executes a batch completely before the inputs that arise meanwhile', async () => {
    engine.on('PageClosed', () => [{ type: 'Ready' }, { type: 'KickedOut' }]);
    engine.on('TimePassed', () => [{ type: 'SignalingChanged', connected: true }]);
    onEvent = ({ type }) => {
      if (type === 'Ready') driver.submit({ type: 'TimePassed' });
    };
    driver.start(engine);
    driver.submit({ type: 'PageClosed' });
    await settled();
    assert.deepEqual(heard, ['Ready', 'KickedOut', 'SignalingChanged']);
  });

  test('runs the continuation of a settled promise before the next input', async () => {
    engine.on('HangUp', ({ op }) => [{ type: 'Done', op, result: { type: 'HungUp', cancelled: [] } }]);
    engine.on('TimePassed', () => [{ type: 'Ready' }]);
    driver.start(engine);
    const promise = new Promise<void>((resolve) => {
      driver.request({ type: 'HangUp' }, { done: () => resolve(), failed: () => undefined });
    });
    driver.submit({ type: 'TimePassed' });
    void promise.then(() => heard.push('then'));
    await settled();
    assert.deepEqual(heard, ['then', 'Ready']);
  });

  test('sends the bytes of a batch to their socket, and reports what comes back', async () => {
    engine.outputs.push(new Uint8Array([1, 2]), new Uint8Array([3]));
    engine.on('NetworkChanged', () => [{ type: 'OpenSocket', socket: 5, url: 'ws://h/mqtt' }]);
    engine.on('SocketOpened', ({ socket }) => [
      { type: 'SendBytes', socket, bytes: 0 },
      { type: 'SendBytes', socket, bytes: 1 },
    ]);
    driver.start(engine);
    driver.submit({ type: 'NetworkChanged', online: true });
    await settled();
    const [socket] = hub.sockets;
    socket?.open();
    await settled();
    assert.deepEqual(socket?.received, [new Uint8Array([1, 2]), new Uint8Array([3])]);
    socket?.send(new Uint8Array([9]));
    socket?.close(4001, 'replaced');
    await settled();
    assert.deepEqual(engine.inputs.slice(2), [
      { type: 'SocketReceived', socket: 5, bytes: new Uint8Array([9]) },
      { type: 'SocketClosed', socket: 5, code: 4001, reason: 'replaced' },
    ]);
  });

  test('hands media effects to the media port and its answers to the core', async () => {
    const profile = { width: 640, height: 480, frame_rate: 15, bitrate: 900 };
    const open: Effect = { type: 'OpenMedia', capture: 3, microphone: true, camera: true, profile };
    engine.on('TimePassed', () => [open]);
    driver.start(engine);
    driver.submit({ type: 'TimePassed' });
    await settled();
    assert.deepEqual(media.executed, [open]);
    assert.deepEqual(engine.inputs[1], {
      type: 'MediaOpened',
      capture: 3,
      microphone: true,
      camera: true,
      camera_failed: false,
    });
  });

  test('goes on with a batch when a port or a listener throws', async () => {
    media.execute = () => {
      throw new Error('no such device');
    };
    onEvent = () => {
      throw new Error('not mine');
    };
    engine.on('TimePassed', () => [{ type: 'CloseMedia' }, { type: 'Ready' }, { type: 'KickedOut' }]);
    driver.start(engine);
    driver.submit({ type: 'TimePassed' });
    await settled();
    assert.deepEqual(heard, ['Ready', 'KickedOut']);
    assert.deepEqual(crashes, []);
  });

  test('wakes the core at its deadline, and not before', async () => {
    engine.wakeAt = 250;
    driver.start(engine);
    driver.submit({ type: 'NetworkChanged', online: true });
    await settled();
    clock.advance(249);
    await settled();
    assert.equal(engine.inputs.length, 1);
    engine.wakeAt = undefined;
    clock.advance(1);
    await settled();
    assert.deepEqual(engine.inputs[1], { type: 'TimePassed' });
    assert.equal(engine.times[1], 250);
    assert.equal(clock.next(), undefined, 'no timer without a deadline');
  });

  test('wakes the core at once for a deadline that has passed', async () => {
    clock.advance(1000);
    engine.wakeAt = 400;
    driver.start(engine);
    driver.submit({ type: 'NetworkChanged', online: true });
    await settled();
    assert.equal(clock.next(), 1000);
  });

  test('never sets a timer that is longer than timers can be', async () => {
    engine.wakeAt = 2 ** 40;
    driver.start(engine);
    driver.submit({ type: 'TimePassed' });
    await settled();
    assert.equal(clock.next(), 2 ** 31 - 1);
  });

  test('handles everything that waits at once when it is flushed', () => {
    driver.start(engine);
    driver.submit({ type: 'TimePassed' });
    driver.submit({ type: 'PageClosed' });
    driver.flush();
    assert.deepEqual(engine.inputs, [{ type: 'TimePassed' }, { type: 'PageClosed' }]);
  });

  test('answers everything that waits with core_failed when the core crashes', async () => {
    engine.on('TimePassed', () => {
      throw new WebAssembly.RuntimeError('unreachable');
    });
    driver.start(engine);
    driver.request({ type: 'HangUp' }, answer());
    driver.submit({ type: 'TimePassed' });
    driver.request({ type: 'Logout' }, answer());
    await settled();
    assert.deepEqual(crashes, [{ code: 61020, detail: 'unreachable' }]);
    assert.deepEqual(heard, ['failed 61020 unreachable', 'failed 61020 unreachable']);
    assert.ok(media.disposed);
  });

  test('does not touch a core that has crashed', async () => {
    engine.wakeAt = 10;
    engine.on('TimePassed', () => {
      throw new Error('crash');
    });
    driver.start(engine);
    driver.submit({ type: 'TimePassed' });
    await settled();
    driver.submit({ type: 'NetworkChanged', online: true });
    driver.request({ type: 'HangUp' }, answer());
    driver.flush();
    clock.advance(1000);
    await settled();
    assert.equal(engine.inputs.length, 1);
    assert.ok(!engine.disposed);
    assert.deepEqual(heard, ['failed 61020 crash']);
  });

  test('answers early requests with core_failed when the core cannot be loaded', () => {
    driver.request({ type: 'HangUp' }, answer());
    driver.crash(new Error('blocked by policy'));
    assert.deepEqual(heard, ['failed 61020 blocked by policy']);
  });

  test('lets go of a core that comes too late', () => {
    driver.crash(new Error('crash'));
    driver.start(engine);
    assert.ok(engine.disposed);
  });

  test('ignores a second answer to the same request', async () => {
    engine.on('HangUp', ({ op }) => [
      { type: 'Done', op, result: { type: 'HungUp', cancelled: [] } },
      { type: 'Failed', op, error: { code: 61002, detail: '' } },
    ]);
    driver.start(engine);
    driver.request({ type: 'HangUp' }, answer());
    await settled();
    assert.deepEqual(heard, ['done']);
  });
});
