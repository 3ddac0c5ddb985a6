// The JavaScript half of embind, as far as bindings/embind.cpp needs it: one class, whose methods take and return numbers,
// text, bytes and views of the core's memory. Emscripten's own half, which tests compare it with, would be a fifth of all JavaScript.
import type { CoreModule } from './engine.js';
import type { CoreModuleArg } from './loader.js';

/** A number of the core: an integer, or the address of what does not fit into one. */
type Wire = number;
type Invoke = (target: Wire, ...wires: Wire[]) => Wire;

/** How values of one type cross the boundary. What has to be allocated for a call is freed after it. */
interface Type {
  give(value: unknown, allocated: Wire[]): Wire;
  take(wire: Wire): unknown;
}

interface Exports {
  memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  table: { get(index: Wire): Invoke };
  start(): void;
  malloc(bytes: number): Wire;
  free(address: Wire): void;
}

type Types = Map<Wire, Type>;

/** Memory grows by pages. */
const PAGE = 65536;
/** What embind calls an array of bytes. */
const UINT8 = 1;

/** Growing replaces the buffer: nobody keeps what these two return. */
const bytesOf = ({ memory }: Exports): Uint8Array<ArrayBuffer> => new Uint8Array(memory.buffer);
const wordsOf = ({ memory }: Exports, address: Wire, count: number): Uint32Array => new Uint32Array(memory.buffer, address, count);

const textOf = (core: Exports, start: Wire, end: Wire): string => new TextDecoder().decode(bytesOf(core).subarray(start, end));

const number: Type = { give: Number, take: (wire) => wire };

/** The length, and the letters behind it; whoever takes a string frees it. */
const stringOf = (core: Exports): Type => ({
  give(value, allocated) {
    const letters = typeof value === 'string' ? new TextEncoder().encode(value) : (value as Uint8Array);
    const address = core.malloc(4 + letters.length);
    if (address === 0) throw new RangeError('the core has no memory left');
    allocated.push(address);
    wordsOf(core, address, 1)[0] = letters.length;
    bytesOf(core).set(letters, address + 4);
    return address;
  },
  take(address) {
    const [length = 0] = wordsOf(core, address, 1);
    const letters = textOf(core, address + 4, address + 4 + length);
    core.free(address);
    return letters;
  },
});

/** Values that the core holds by a handle until it gives them back: views of its memory. */
function values(core: Exports, types: Types) {
  const held = new Map<Wire, { value: unknown; count: number }>();
  let last = 64; // The first few mean undefined, null and so on.
  const release = (handle: Wire): void => {
    const known = held.get(handle);
    if (known && (known.count -= 1) === 0) held.delete(handle);
  };
  const take = (handle: Wire): unknown => {
    const value = held.get(handle)?.value;
    release(handle);
    return value;
  };
  const view = (address: Wire): unknown => {
    const [length, start] = wordsOf(core, address, 2);
    return new Uint8Array(core.memory.buffer, start, length);
  };
  const hold = (type: Wire, address: Wire): Wire => {
    held.set((last += 1), { value: types.get(type)?.take(address), count: 1 });
    return last;
  };
  return {
    value: (type: Wire) => types.set(type, { ...number, take }),
    view: (type: Wire, kind: number) => kind === UINT8 && types.set(type, { ...number, take: view }),
    hold,
    /** Since Emscripten 4 in two steps: all that is invoked is to make a value of the one argument. */
    invoker: (_count: number, list: Wire) => wordsOf(core, list, 2)[1],
    invoke: (type: Wire, _handle: Wire, _method: Wire, _allocated: Wire, address: Wire) => hold(type, address),
    retain(handle: Wire) {
      const known = held.get(handle);
      if (known) known.count += 1;
    },
    release,
  };
}

/** Types may be registered after what they are used in: they are looked up in every call. */
function callable(core: Exports, types: Types, count: number, list: Wire, invoker: Wire, target: Wire) {
  const [result, ...parameters] = wordsOf(core, list, count).slice();
  const typeOf = (type = 0): Type => types.get(type) as Type;
  const invoke = core.table.get(invoker);
  return (...given: unknown[]): unknown => {
    const allocated: Wire[] = [];
    const wire = invoke(target, ...parameters.map((type, index) => typeOf(type).give(given[index], allocated)));
    for (const address of allocated) core.free(address);
    return typeOf(result).take(wire);
  };
}

function engineClass(core: Exports, types: Types) {
  let construct: (...given: unknown[]) => unknown;
  let destroy: Invoke;

  class Engine {
    address: Wire;

    constructor(...given: unknown[]) {
      this.address = construct(...given) as Wire;
    }

    delete(): void {
      destroy(this.address);
      this.address = 0;
    }
  }

  const give = (engine: unknown): Wire => {
    const { address } = engine as Engine;
    if (address === 0) throw new Error('the engine was deleted');
    return address;
  };

  const provided = {
    class(...given: Wire[]) {
      const [type = 0, pointer = 0, constant = 0] = given;
      for (const one of [type, pointer, constant]) types.set(one, { ...number, give });
      destroy = core.table.get(given[12] ?? 0);
    },
    constructed(_type: Wire, count: number, list: Wire, _signature: Wire, invoker: Wire, target: Wire) {
      construct = callable(core, types, count, list, invoker, target);
    },
    method(_type: Wire, name: Wire, count: number, list: Wire, _signature: Wire, invoker: Wire, target: Wire) {
      const call = callable(core, types, count, list, invoker, target);
      const method = function (this: Engine, ...given: unknown[]): unknown {
        return call(this, ...given);
      };
      Object.assign(Engine.prototype, { [textOf(core, name, bytesOf(core).indexOf(0, name))]: method });
    },
  };
  return { provided, module: { Engine } as unknown as CoreModule };
}

/** A fifth more than before, so that this is rare, else what is needed. */
function grow({ memory }: Exports, needed: number): number {
  const now = memory.buffer.byteLength;
  for (const size of [now * 1.2, 0]) {
    try {
      memory.grow(Math.ceil((Math.max(needed, size) - now) / PAGE));
      return 1;
    } catch {
      continue;
    }
  }
  return 0;
}

/** What the core calls, by our own names; the arguments are those of Emscripten's embind. */
function provide(core: Exports) {
  const types: Types = new Map();
  const { provided, module } = engineClass(core, types);
  const all = {
    ...provided,
    ...values(core, types),
    ignored: () => undefined,
    number: (type: Wire) => types.set(type, number),
    string: (type: Wire) => types.set(type, stringOf(core)),
    grow: (needed: number) => grow(core, needed >>> 0),
    abort() {
      throw new Error('the core has aborted');
    },
  };
  return { provided: all, module };
}

/** Emscripten shortens the names of what the core imports and exports anew in every build; tools/glue.ts reads them. */
export interface CoreNames {
  /** What the imports are in. */
  module: string;
  imports: Readonly<Record<string, keyof ReturnType<typeof provide>['provided']>>;
  exports: Readonly<Record<keyof Exports, string>>;
}

/** What `createCore` of Emscripten's glue is. */
export const createCoreOf =
  ({ module: from, imports, exports }: CoreNames) =>
  async ({ instantiate }: CoreModuleArg): Promise<CoreModule> => {
    const core = {} as Record<string, unknown>;
    const { provided, module } = provide(core as unknown as Exports);
    const named = Object.entries(imports).map(([name, what]) => [name, provided[what]] as const);
    const { instance } = await instantiate(0, { [from]: Object.fromEntries(named) });
    for (const [what, name] of Object.entries(exports)) core[what] = instance.exports[name];
    (core as unknown as Exports).start();
    return module;
  };
