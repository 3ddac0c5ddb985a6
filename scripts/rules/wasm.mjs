// Reads a Wasm module as far as its size is concerned (WebAssembly core specification, section 5).
const SECTIONS = ['custom', 'type', 'import', 'function', 'table', 'memory', 'global', 'export', 'start', 'element', 'code', 'data', 'data count'];
const FUNCTION_NAMES = 1;

class Cursor {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  byte() {
    return this.bytes[this.at++];
  }
  /** LEB128, unsigned. */
  number() {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
  take(size) {
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }
  text() {
    return this.take(this.number()).toString();
  }
  get done() {
    return this.at >= this.bytes.length;
  }
}

/**
 * @param {Buffer} bytes of a module whose imports are functions
 * @returns {{ sections: { name: string, bytes: Buffer }[], functions: { name: string, bytes: Buffer }[] }}
 *   functions without a name are called by their number
 */
export function readWasm(bytes) {
  const module = new Cursor(bytes);
  if (module.take(4).toString('latin1') !== '\0asm') throw new Error('not a Wasm module');
  module.take(4);
  const sections = [];
  while (!module.done) {
    const id = module.byte();
    const content = new Cursor(module.take(module.number()));
    const name = id === 0 ? `custom: ${content.text()}` : SECTIONS[id];
    sections.push({ name, bytes: content.bytes, content });
  }
  const contentOf = (name) => sections.find((section) => section.name === name)?.content;
  const imported = contentOf('import')?.number() ?? 0;
  const names = namesIn(contentOf('custom: name'));
  const bodies = bodiesIn(contentOf('code'));
  const functions = bodies.map((body, index) => ({ name: names.get(imported + index) ?? String(imported + index), bytes: body }));
  return { sections: sections.map(({ name, bytes: of }) => ({ name, bytes: of })), functions };
}

function bodiesIn(code) {
  return code ? Array.from({ length: code.number() }, () => code.take(code.number())) : [];
}

function namesIn(section) {
  const names = new Map();
  while (section && !section.done) {
    const kind = section.byte();
    const part = new Cursor(section.take(section.number()));
    if (kind !== FUNCTION_NAMES) continue;
    for (let left = part.number(); left > 0; left -= 1) names.set(part.number(), part.text());
  }
  return names;
}
