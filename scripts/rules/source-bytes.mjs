// Which source every part of a bundle comes from, by its source map (ECMA-426: base64 VLQ, relative numbers).
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function numbersOf(segment) {
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (const letter of segment) {
    const digit = DIGITS.indexOf(letter);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}

/**
 * @param {string} code
 * @param {{ sources: string[], mappings: string }} map
 * @returns {Map<string, string>} the text of the bundle that each source has become; what none has: under "bundle"
 */
export function bytesBySource(code, { sources, mappings }) {
  const texts = new Map();
  const add = (name, text) => text && texts.set(name, (texts.get(name) ?? '') + text);
  const lines = code.split('\n');
  let source = 0;
  mappings.split(';').forEach((line, number) => {
    const text = lines[number] ?? '';
    let from = 0;
    let name = 'bundle';
    let column = 0;
    for (const segment of line === '' ? [] : line.split(',')) {
      const [step = 0, next] = numbersOf(segment);
      column += step;
      add(name, text.slice(from, column));
      from = column;
      if (next !== undefined) source += next;
      name = next === undefined ? 'bundle' : sources[source];
    }
    add(name, text.slice(from));
  });
  return texts;
}
