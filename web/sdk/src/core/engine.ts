// The core as the driver sees it: typed inputs and effects over the strings and bytes of the boundary.
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

/** The embind class `Engine`. */
export interface RawEngine {
  handle(now: number, inputJson: string): string;
  receive(now: number, socket: number, bytes: Uint8Array): string;
  output(index: number): Uint8Array;
  deadline(): number;
  delete(): void;
}

/** What the Emscripten factory resolves with. */
export interface CoreModule {
  Engine: new (configJson: string) => RawEngine;
}

export function createEngine(module: CoreModule, config: EngineConfig): CoreEngine {
  const raw = new module.Engine(JSON.stringify(config));
  const read = (batch: string): Effect[] => JSON.parse(batch) as Effect[];
  return {
    handle: (now, input) => read(raw.handle(now, JSON.stringify(input))),
    receive: (now, socket, bytes) => read(raw.receive(now, socket, bytes)),
    // A copy: the next call may move the memory that the view looks at.
    output: (index) => raw.output(index).slice(),
    deadline: () => {
      const at = raw.deadline();
      return at < 0 ? undefined : at;
    },
    dispose: () => raw.delete(),
  };
}
