// The core as the driver sees it: typed inputs and effects over the strings and bytes of the boundary.
import { codeOf } from '../errors.js';
import type { Effect, JsonInput } from './protocol.js';

/** What one engine is made with; its JSON is the constructor's argument in C++. */
export interface EngineConfig {
  sdk_app_id: number;
  /** WebSocket addresses, tried in turn. */
  servers: string[];
  /** 64 hexadecimal digits from a cryptographic source. */
  seed: string;
  fast_connect: boolean;
}

/** Times are milliseconds of one monotonic clock. Any method may throw when the Wasm code has crashed. */
export interface CoreEngine {
  handle(now: number, input: JsonInput): Effect[];
  receive(now: number, socket: number, bytes: Uint8Array): Effect[];
  /** The bytes of a SendBytes effect of the last batch; the caller owns them. */
  output(index: number): Uint8Array;
  /** When the core wants to hear TimePassed at the latest. */
  deadline(): number | undefined;
  dispose(): void;
}

/** The embind class `Engine` (bindings/embind.cpp). */
export interface RawEngine {
  /** A JSON array of effects; "null" where the text is not an input. */
  handle(now: number, inputJson: string): string;
  receive(now: number, socket: number, bytes: Uint8Array): string;
  /** A view of the core's memory, valid until the next call; undefined where there is no such output. */
  output(index: number): Uint8Array | undefined;
  deadline(): number;
  /** What the core remembers, as members of a JSON object: `"state":[…],"texts":[…]`; '' while something is under way. */
  checkpoint(): string;
  delete(): void;
}

/** What the Emscripten factory resolves with. */
export interface CoreModule {
  Engine: new (configJson: string) => RawEngine;
}

/** Stands between the core and its host, and sees the texts and bytes that they exchange. */
export type Tap = (raw: RawEngine) => RawEngine;

export function createEngine(module: CoreModule, config: EngineConfig, tap: Tap = (raw) => raw): CoreEngine {
  const raw = tap(new module.Engine(JSON.stringify(config)));
  return {
    handle: (now, input) => (JSON.parse(raw.handle(now, JSON.stringify(input))) as Effect[] | null) ?? unreadable(input),
    receive: (now, socket, bytes) => JSON.parse(raw.receive(now, socket, bytes)) as Effect[],
    output: (index) => {
      const view = raw.output(index);
      if (view === undefined) throw new RangeError(`the core has no output ${index}`);
      return view.slice(); // The next call may move the memory that the view looks at.
    },
    deadline: () => {
      const at = raw.deadline();
      return at < 0 ? undefined : at;
    },
    dispose: () => raw.delete(),
  };
}

/** Something that no struct of the core can hold, such as text that is not Unicode: the application's promise hears it. */
function unreadable(input: JsonInput): Effect[] {
  const ignored: Effect = { type: 'Ignored', why: 'unreadable', what: input.type };
  if (!('op' in input)) return [ignored];
  const error = { code: codeOf('INVALID_PARAMETER'), detail: 'a value that the core cannot read' };
  return [ignored, { type: 'Failed', op: input.op, error }];
}
