// A core whose answers a test writes.
import type { CoreEngine, EngineConfig } from '../core/engine.js';
import type { Effect, Input } from '../core/protocol.js';

type Rule = (input: Input) => Effect[];

export class ScriptedEngine implements CoreEngine {
  /** Everything that came in, in order, with its time. */
  readonly inputs: Input[] = [];
  readonly times: number[] = [];
  /** What `output(index)` answers. */
  readonly outputs: Uint8Array[] = [];
  config: EngineConfig | undefined;
  wakeAt: number | undefined;
  disposed = false;
  private readonly rules = new Map<Input['type'], Rule>();

  /** What inputs of this type are answered with, from now on. Without a rule: nothing. */
  on<Type extends Input['type']>(type: Type, rule: (input: Extract<Input, { type: Type }>) => Effect[]): this {
    this.rules.set(type, rule as Rule);
    return this;
  }

  handle(now: number, input: Input): Effect[] {
    this.inputs.push(input);
    this.times.push(now);
    return this.rules.get(input.type)?.(input) ?? [];
  }

  receive(now: number, socket: number, bytes: Uint8Array): Effect[] {
    return this.handle(now, { type: 'SocketReceived', socket, bytes });
  }

  output(index: number): Uint8Array {
    const bytes = this.outputs[index];
    if (bytes === undefined) throw new RangeError(`no output ${index}`);
    return bytes.slice();
  }

  deadline(): number | undefined {
    return this.wakeAt;
  }

  dispose(): void {
    this.disposed = true;
  }
}
