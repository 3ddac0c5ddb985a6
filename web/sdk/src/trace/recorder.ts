// The flight recorder. The core is a function of a seed and a log of inputs, so these are all that is kept, and of what it
// answered only a running digest: `scripts/replay` feeds the log to the native core and compares.
//
//   {"trace":1,"at":…,"redacted":true,"config":{…}}        how the core was made; `at`: the clock's zero, in epoch ms
//   {"t":5120,"in":{"type":"HangUp","op":7},"d":"8c1f02aa"}          t: ms of the clock
//   {"t":5133,"socket":1,"bytes":"…","d":"9d20b7c1"}                 one character a byte
//
//   {"state":[…],"texts":[…],"d":"8c1f02aa"}                         what the core remembered (src/checkpoint.hpp)
//
// `d` is FNV-1a over the line up to its own comma, the text of the effects and the bytes to send, going on from the line
// before; a line of the third kind goes on from the header, so that a trace can begin with it. A last line without it
// crashed the core. What is too much is taken away in the beginning, up to a line of the third kind, and {"dropped":…}
// below the header tells how many inputs. Only if the core was never at rest for most of the trace is there none: then
// what is left cannot run again, but it can be drawn.
import type { Clock } from '../clock.js';
import type { EngineConfig, RawEngine } from '../core/engine.js';
import { digest, fromBytes, fromText, toText } from './bytes.js';
import { PacketStream, redactAll } from './packets.js';
import { plain, Redactor } from './redact.js';

/** Bytes that an export has at most. */
export const LIMIT = 256_000;
/** Bytes after which the next moment of rest is noted. */
const PART = LIMIT / 4;
/** For the end of the header's line, and for the line that counts what was dropped. */
const ROOM = 32;

interface Entry {
  /** The line without its digest; undefined while the rest of a packet is still to come. */
  line: string | undefined;
  /** What the core answered. */
  answer: string | undefined;
}

export class Recorder {
  private readonly redactor;
  private readonly stream;
  private readonly header: string;
  private readonly lines: string[] = [];
  private size: number;
  /** Where a trace can begin anew, as indices of lines. */
  private rests: number[] = [];
  /** Bytes since then. */
  private sinceRest = 0;
  private dropped = 0;
  private last: number;
  /** Not written yet, because the packet that the first one has begun is not complete. */
  private queue: Entry[] = [];
  private broken = false;

  /** `at`: when the clock was zero. */
  constructor(config: EngineConfig, full: boolean, at: number) {
    this.redactor = full ? plain : new Redactor();
    this.stream = new PacketStream(this.redactor.packet);
    const header = JSON.stringify({ trace: 1, at, redacted: !full, config });
    this.header = this.redactor.json(fromText(header));
    this.size = this.header.length + ROOM;
    this.last = digest(this.header);
  }

  /** An engine that does what the given one does, and is recorded. */
  readonly tap = (raw: RawEngine): RawEngine => ({
    handle: (now, input) =>
      this.record(raw, () => raw.handle(now, input), (entry) => {
        if (input.includes('"SocketClosed"')) this.stream.end();
        entry.line = `{"t":${now},"in":${this.redactor.json(fromText(input))}`;
      }),
    receive: (now, socket, bytes) =>
      this.record(raw, () => raw.receive(now, socket, bytes), (entry) => {
        this.stream.push(fromBytes(bytes), (redacted) => {
          entry.line = `{"t":${now},"socket":${socket},"bytes":${fromText(JSON.stringify(redacted))}`;
        });
      }),
    output: (index) => raw.output(index),
    deadline: () => raw.deadline(),
    checkpoint: () => raw.checkpoint(),
    delete: () => raw.delete(),
  });

  /** One line of JSON for each input. */
  text(): string {
    this.settle();
    const crashed = this.queue[0]?.answer === undefined ? this.queue[0]?.line : undefined;
    const lines = [this.header, ...(this.dropped > 0 ? [`{"dropped":${this.dropped}}`] : []), ...this.lines];
    if (crashed !== undefined) lines.push(`${crashed}}`);
    return toText(lines.join('\n') + '\n');
  }

  private record(raw: RawEngine, act: () => string, write: (entry: Entry) => void): string {
    const entry: Entry = { line: undefined, answer: undefined };
    this.guard(() => {
      this.queue.push(entry);
      write(entry);
    });
    const effects = act();
    this.guard(() => this.note(raw, entry, effects));
    return effects;
  }

  private note(raw: RawEngine, entry: Entry, effects: string): void {
    if (effects === 'null') {
      // Not an input: the core has not seen it.
      this.queue.pop();
      return;
    }
    entry.answer = this.redactor.json(fromText(effects));
    const count = effects.split('"SendBytes"').length - 1;
    for (let index = 0; index < count; index += 1) {
      entry.answer += redactAll(fromBytes(raw.output(index) ?? new Uint8Array()), this.redactor.packet);
    }
    if (effects.includes('"CloseSocket"')) this.stream.end();
    this.settle();
    if (this.sinceRest > PART && this.queue.length === 0) this.rest(raw.checkpoint());
  }

  private rest(state: string): void {
    if (state === '') return;
    const line = this.redactor.json(fromText(`{${state}`));
    this.last = digest(line, digest(this.header));
    this.rests.push(this.lines.length);
    this.sinceRest = 0;
    this.keep(this.closed(line));
  }

  /** Whatever goes wrong in here costs the rest of the trace, never a call. */
  private guard(act: () => void): void {
    if (this.broken) return;
    try {
      act();
    } catch {
      this.broken = true;
      this.queue = [];
    }
  }

  private settle(): void {
    for (;;) {
      const { line, answer } = this.queue[0] ?? {};
      if (line === undefined || answer === undefined) return;
      this.queue.shift();
      this.last = digest(line + answer, this.last);
      this.keep(this.closed(line));
    }
  }

  private closed(line: string): string {
    return `${line},"d":"${this.last.toString(16)}"}`;
  }

  private keep(line: string): void {
    this.lines.push(line);
    this.size += line.length + 1;
    this.sinceRest += line.length + 1;
    if (this.size <= LIMIT) return;
    // Not one at a time, because what is in front of a list is dear to take away; and up to a rest, if it is not far.
    let count = 0;
    let gone = 0;
    const room = this.size - LIMIT * 0.9;
    for (; gone < room && count < this.lines.length; count += 1) gone += this.bytesOf(count);
    const rest = this.rests.find((at) => at >= count) ?? count;
    for (let at = count; at < rest; at += 1) gone += this.bytesOf(at);
    this.drop(gone < LIMIT / 2 ? rest : count);
  }

  private bytesOf(index: number): number {
    return (this.lines[index] ?? '').length + 1;
  }

  private drop(count: number): void {
    for (const line of this.lines.splice(0, count)) {
      this.size -= line.length + 1;
      if (line.startsWith('{"t"')) this.dropped += 1;
    }
    this.rests = this.rests.map((at) => at - count).filter((at) => at > 0);
  }
}

export const recorderOf = (trace: boolean | 'full', config: EngineConfig, clock: Clock): Recorder | undefined =>
  trace === false ? undefined : new Recorder(config, trace === 'full', Math.round(Date.now() - clock.now()));
