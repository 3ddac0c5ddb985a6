// The recorder around a core that only answers what it is told to.
import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { EngineConfig, RawEngine } from '../../src/core/engine.js';
import { digest, fromBytes, fromText, toBytes, toText } from '../../src/trace/bytes.js';
import { LIMIT, Recorder } from '../../src/trace/recorder.js';

const config: EngineConfig = { sdk_app_id: 1, servers: ['wss://h.example/mqtt'], seed: '00'.repeat(32), fast_connect: false };

class Core implements RawEngine {
  answer = '[]';
  outputs: Uint8Array[] = [];
  failure: Error | undefined;
  handle(): string {
    if (this.failure !== undefined) throw this.failure;
    return this.answer;
  }
  receive(): string {
    return this.handle();
  }
  output(index: number): Uint8Array | undefined {
    return this.outputs[index];
  }
  deadline(): number {
    return 77;
  }
  state = '';
  checkpoint(): string {
    return this.state;
  }
  delete(): void {}
}

const time = '{"type":"TimePassed"}';

describe('The flight recorder', () => {
  let core: Core;
  let recorder: Recorder;
  let engine: RawEngine;
  const lines = (): string[] => recorder.text().trimEnd().split('\n');
  const make = (full = false): void => {
    core = new Core();
    recorder = new Recorder(config, full, 1000);
    engine = recorder.tap(core);
  };
  beforeEach(() => make());

  test('begins with how the core was made', () => {
    const servers = ['wss://1xxxxxxxxxxxxx'];
    assert.deepEqual(lines().map((line) => JSON.parse(line)), [{ trace: 1, at: 1000, redacted: true, config: { ...config, servers } }]);
  });

  test('writes a line for each input, and hands everything through', () => {
    core.answer = '[{"type":"Ready"}]';
    core.outputs = [new Uint8Array([0xc0, 0])];
    assert.equal(engine.handle(5, time), core.answer);
    assert.equal(engine.receive(6, 2, new Uint8Array([0xd0, 0])), core.answer);
    assert.equal(engine.output(0), core.outputs[0]);
    assert.equal(engine.deadline(), 77);
    const [, one = '', two = ''] = lines();
    assert.match(one, /^\{"t":5,"in":\{"type":"TimePassed"\},"d":"[0-9a-f]{1,8}"\}$/);
    assert.match(two, /^\{"t":6,"socket":2,"bytes":"Ð\\u0000","d":"[0-9a-f]{1,8}"\}$/);
  });

  test('goes on from digest to digest over line, effects and bytes', () => {
    core.answer = '[{"type":"SendBytes","socket":1,"bytes":0}]';
    core.outputs = [new Uint8Array([0xc0, 0])];
    engine.handle(5, time);
    const [header = '', line = ''] = lines();
    const expected = [header, '{"t":5,"in":{"type":"TimePassed"}', core.answer, '\u00c0\u0000'].reduce((seed, text) => digest(text, seed), 0x811c9dc5);
    assert.ok(line.endsWith(`,"d":"${expected.toString(16)}"}`));
  });

  test('shows nobody the signature, texts and addresses, in inputs and in packets', () => {
    engine.handle(1, '{"type":"Login","op":1,"user":"alice","user_sig":"s3cret-signature"}');
    engine.handle(2, '{"type":"SetSelfInfo","profile":{"nick":"Alice Liddell","avatar":"https://pictures.example/alice"}}');
    const payload = '{"v":1,"type":"invite","body":{"user_data":"geheim ☎","offer":"a=ice-pwd:abcdefgh\\u000d\\u000ac=IN IP4 192.0.2.1"}}';
    const packet = toBytes(`0${String.fromCharCode(3 + fromText(payload).length)}\u0000\u0001t${fromText(payload)}`);
    engine.receive(3, 1, packet);
    const text = recorder.text();
    assert.doesNotMatch(text, /s3cret|Liddell|pictures|geheim|☎|abcdefgh|192\.0/);
    assert.match(text, /"user":"alice"/);
  });

  test('shows everything to those who asked for it', () => {
    make(true);
    engine.handle(1, '{"type":"Login","op":1,"user":"alice","user_sig":"s3cret-signature ☎"}');
    assert.match(recorder.text(), /"redacted":false[^]*wss:\/\/h\.example\/mqtt[^]*s3cret-signature ☎/);
  });

  test('waits for the rest of a packet, and keeps the order', () => {
    engine.receive(1, 1, new Uint8Array([0x30, 4, 0]));
    engine.handle(2, time);
    assert.equal(lines().length, 1, 'nothing yet');
    engine.receive(3, 1, new Uint8Array([1, 116, 33]));
    assert.deepEqual(lines().slice(1).map((line) => (JSON.parse(line) as { t: number }).t), [1, 2, 3]);
  });

  for (const [how, end] of [
    ['the socket is closed', (): void => void engine.handle(2, '{"type":"SocketClosed","socket":1,"code":1006,"reason":""}')],
    ['the core closes it', (): void => {
      core.answer = '[{"type":"CloseSocket","socket":1}]';
      engine.handle(2, time);
    }],
  ] as const) {
    test(`does not wait any more when ${how}`, () => {
      engine.receive(1, 1, new Uint8Array([0x30, 9, 0, 1, 116, 65, 66]));
      end();
      assert.match(lines()[1] ?? '', /"bytes":"0\\t\\u0000\\u0001txx"/);
      assert.equal(lines().length, 3);
    });
  }

  test('ends with the input that has crashed the core, without a digest', () => {
    engine.handle(1, time);
    core.failure = new Error('unreachable');
    assert.throws(() => engine.handle(2, time), core.failure);
    assert.equal(lines().at(-1), '{"t":2,"in":{"type":"TimePassed"}}');
  });

  test('never disturbs a call: what goes wrong in it ends the trace', () => {
    engine.handle(1, time);
    core.answer = '[{"type":"SendBytes","socket":1,"bytes":0}]';
    core.output = () => assert.fail('out of memory');
    assert.equal(engine.handle(2, time), core.answer);
    assert.equal(engine.handle(3, time), core.answer);
    assert.equal(lines().length, 2);
  });

  test('leaves out what the core could not read, because it has changed nothing', () => {
    core.answer = 'null';
    engine.handle(1, '{"type":"Login","op":1,"user":"\\ud800"}');
    assert.equal(lines().length, 1);
  });

  test('never exports more than 256 kB, and tells what it has dropped', () => {
    const long = `{"type":"OfferCreated","peer":1,"negotiation":1,"sdp":"${'한'.repeat(2000)}"}`;
    for (let now = 0; now < 200; now += 1) {
      engine.handle(now, long);
      if (now % 25 === 24) assert.ok(fromText(recorder.text()).length <= LIMIT);
    }
    const [, dropped = '', first = '', ...rest] = lines().map((line) => JSON.parse(line) as Record<string, number>);
    assert.ok(rest.length > 30);
    assert.deepEqual(dropped, { dropped: (first as { t: number }).t });
    assert.equal(rest.at(-1)?.['t'], 199);
  });

  const big = `{"type":"OfferCreated","peer":1,"negotiation":1,"sdp":"${'x'.repeat(5000)}"}`;
  const feed = (from: number, count: number): void => {
    for (let now = from; now < from + count; now += 1) engine.handle(now, big);
  };
  const atRest = '"state":[1,"alice","wss://h.example/mqtt"],"texts":["secret"]';

  test('notes what the core remembers when there is much to keep and nothing under way, without what users have written', () => {
    feed(0, 20);
    assert.equal(lines().length, 21);
    core.state = atRest;
    feed(20, 20);
    const rests = lines().filter((line) => line.includes('"state"'));
    assert.equal(rests.length, 2);
    assert.match(rests[0] ?? '', /^\{"state":\[1,"alice","wss:\/\/1xxxxxxxxxxxxx"\],"texts":\["xxxxxx"\],"d":"[0-9a-f]{1,8}"\}$/);
    const [header = '', rest = ''] = [lines()[0], rests[0]];
    assert.equal(rest.match(/"d":"(.*)"/)?.[1], digest(rest.slice(0, rest.lastIndexOf(',"d"')), digest(header)).toString(16));
  });

  test('begins with such a moment once the beginning was too much, and counts the inputs that are gone', () => {
    core.state = atRest;
    feed(0, 200);
    assert.ok(fromText(recorder.text()).length <= LIMIT);
    const [, dropped = '', first = '', second = ''] = lines();
    assert.match(first, /^\{"state"/);
    assert.equal((JSON.parse(dropped) as { dropped: number }).dropped, (JSON.parse(second) as { t: number }).t);
    assert.ok(lines().length > 35, `${lines().length} lines are left`);
  });

  test('keeps most of a long call, although it can only be drawn, when the next rest is far', () => {
    feed(0, 60);
    core.state = atRest;
    feed(60, 1);
    assert.ok(lines().length > 45, `${lines().length} lines are left`);
    assert.match(lines().at(-1) ?? '', /^\{"state"/);
  });

  test('counts bytes as UTF-8', () => {
    assert.equal(toText(fromText('한 ☎')), '한 ☎');
    assert.equal(fromBytes(toBytes('\u0000ÿ')), '\u0000ÿ');
    assert.equal(fromText('한').length, 3);
  });
});
