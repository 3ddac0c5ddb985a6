import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { createEngine } from '../src/core/engine.js';
import type { CoreEngine, EngineConfig, RawEngine } from '../src/core/engine.js';

const config: EngineConfig = { sdk_app_id: 1, servers: ['ws://h/mqtt'], seed: '00'.repeat(32), fast_connect: false };

/** The embind class, as far as the wrapper sees it. */
class StubEngine implements RawEngine {
  static made: StubEngine[] = [];
  readonly memory = new Uint8Array([1, 2, 3]);
  readonly calls: unknown[][] = [];
  answer = '[]';
  wakeAt = -1;
  deleted = false;

  constructor(readonly configJson: string) {
    StubEngine.made.push(this);
  }
  handle(...call: [number, string]): string {
    this.calls.push(call);
    return this.answer;
  }
  receive(...call: [number, number, Uint8Array]): string {
    this.calls.push(call);
    return this.answer;
  }
  output(index: number): Uint8Array | undefined {
    return index === 0 ? this.memory.subarray(1) : undefined;
  }
  deadline(): number {
    return this.wakeAt;
  }
  checkpoint(): string {
    return '';
  }
  delete(): void {
    this.deleted = true;
  }
}

describe('The engine wrapper', () => {
  let raw: StubEngine;
  let engine: CoreEngine;

  beforeEach(() => {
    engine = createEngine({ Engine: StubEngine }, config);
    raw = StubEngine.made.at(-1) as StubEngine;
  });

  test('speaks JSON with the core', () => {
    raw.answer = '[{"type":"Ready"}]';
    assert.deepEqual(engine.handle(5, { type: 'NetworkChanged', online: true }), [{ type: 'Ready' }]);
    assert.deepEqual(raw.calls, [[5, '{"type":"NetworkChanged","online":true}']]);
    assert.deepEqual(JSON.parse(raw.configJson), config);
  });

  test('hands bytes over as bytes', () => {
    const bytes = new Uint8Array([7]);
    engine.receive(6, 2, bytes);
    assert.deepEqual(raw.calls, [[6, 2, bytes]]);
  });

  test('copies outputs out of the core, whose memory moves', () => {
    const bytes = engine.output(0);
    raw.memory.fill(0);
    assert.deepEqual(bytes, new Uint8Array([2, 3]));
    assert.throws(() => engine.output(1), RangeError);
  });

  test('answers a verb that the core cannot read, instead of leaving its promise open', () => {
    raw.answer = 'null';
    assert.deepEqual(engine.handle(0, { type: 'HangUp', op: 4 }), [
      { type: 'Ignored', why: 'unreadable', what: 'HangUp' },
      { type: 'Failed', op: 4, error: { code: 61001, detail: 'a value that the core cannot read' } },
    ]);
    assert.deepEqual(engine.handle(0, { type: 'TimePassed' }), [
      { type: 'Ignored', why: 'unreadable', what: 'TimePassed' },
    ]);
  });

  test('has a deadline or none', () => {
    assert.equal(engine.deadline(), undefined);
    raw.wakeAt = 0;
    assert.equal(engine.deadline(), 0);
    raw.wakeAt = 250;
    assert.equal(engine.deadline(), 250);
  });

  test('gives the memory back', () => {
    engine.dispose();
    assert.ok(raw.deleted);
  });
});
