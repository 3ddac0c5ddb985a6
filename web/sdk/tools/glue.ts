// Cuts from Emscripten's glue what this package never uses of it: it is two thirds of it, and half of our JavaScript.
//
// Every cut names a statement of the glue, what takes its place, and a digest of the statement that somebody has read.
// Where the statement is another one the build fails: the cut has to be looked at again. That holds for the Emscripten
// that the project builds with; the glue of another one is used as it is.
import { parse } from 'acorn';
import type { AnyNode, Function as FunctionNode, Program, Statement } from 'acorn';
import { createHash } from 'node:crypto';
import { cuts, imports } from './glue-cuts.js';
import type { Cut } from './glue-cuts.js';

/** Words of 3.1.6; its successors say it differently. */
const KNOWN = 'Build with -s ASSERTIONS=1 for more info.';

export const isKnown = (glue: string): boolean => glue.includes(KNOWN);

/** The page compiles, which Emscripten only lets it do with another build: core/loader.ts hands `instantiate` in. */
export function hostedGlue(glue: string): string {
  const parts = glue.split('WebAssembly.instantiate(');
  if (parts.length !== 2) throw new Error(`the glue instantiates the core in ${parts.length - 1} places`);
  // Nor does it fetch: where the address of a script is not known, newer glue would fail while it asks for the core's.
  return parts.join('Module["instantiate"](').replace(/new URL\("core\.wasm",\s*import\.meta\.url\)\.href/, '"core.wasm"');
}

export function trimGlue(glue: string, list: readonly Cut[] = cuts): string {
  if (!isKnown(glue)) return hostedGlue(glue);
  const factory = factoryOf(read(glue));
  const statements = factory.map(({ start, end }) => glue.slice(start, end));
  refuseUnknownImports(statements);
  for (const cut of list) apply(cut, statements);
  const first = factory[0] as Statement;
  const last = factory[factory.length - 1] as Statement;
  // Which script this is would only tell where the Wasm is.
  const opening = glue.slice(0, first.start).replace(/^ *var _scriptDir = .*;\n/m, '');
  return opening + sweep(statements).join('\n') + glue.slice(last.end);
}

const read = (text: string): Program => parse(text, { ecmaVersion: 2022, sourceType: 'module', allowReturnOutsideFunction: true });

/** `var createCore = (() => { …; return function (createCore) { THESE } })();` */
function factoryOf(program: Program): Statement[] {
  const functions: FunctionNode[] = [];
  visit(program, (node) => {
    if (node.type === 'FunctionExpression' && node.params.length === 1) functions.push(node);
  });
  const [factory] = functions;
  if (factory?.body.type !== 'BlockStatement') throw new Error('the glue has no factory');
  return factory.body.body;
}

/** The core may use more of embind one day than was looked at here. */
function refuseUnknownImports(statements: string[]): void {
  const [, list = ''] = /^var asmLibraryArg=\{(.*)\};$/.exec(statements.find((text) => text.startsWith('var asmLibraryArg=')) ?? '') ?? [];
  const names = [...list.matchAll(/"\w+":(\w+)/g)].map((match) => match[1] as string);
  const unknown = names.filter((name) => !imports.includes(name));
  if (names.length === 0 || unknown.length > 0) {
    throw new Error(`the core imports ${unknown.join(', ') || 'nothing'}: see whether the cuts in tools/glue-cuts.ts still hold`);
  }
}

/** Emscripten shortens the names of what the core exports anew in every build. */
export const digestOf = (text: string): string =>
  createHash('sha256').update(text.replace(/\["asm"\]\["\w+"\]/g, '["asm"][]')).digest('hex').slice(0, 12);

function apply({ statement, digest, put }: Cut, statements: string[]): void {
  const found = statements.flatMap((text, index) => (text.startsWith(statement) ? [index] : []));
  const [index] = found;
  if (index === undefined || found.length > 1) throw new Error(`the glue has ${found.length} statements '${statement}'`);
  const text = statements[index] as string;
  if (digestOf(text) !== digest) {
    throw new Error(`the glue's '${statement}' is not what was read (${digestOf(text)}): see whether its cut still holds`);
  }
  statements[index] = typeof put === 'string' ? put : put(text);
}

/** Leaves out functions and constants that nobody names any more, until everything left is named. */
function sweep(statements: string[]): string[] {
  let parts = statements.filter((text) => text !== '').flatMap(split);
  for (;;) {
    const used = new Map<string, number>();
    for (const { names } of parts) for (const name of names) used.set(name, (used.get(name) ?? 0) + 1);
    const left = parts.filter(({ declares }) => declares === undefined || (used.get(declares) ?? 0) > 0);
    if (left.length === parts.length) return parts.map(({ text }) => text);
    parts = left;
  }
}

interface Part {
  text: string;
  /** What it declares, if leaving it out changes nothing else. */
  declares: string | undefined;
  /** Every identifier in it but its own. */
  names: Set<string>;
}

function split(text: string): Part[] {
  return read(text).body.flatMap((node): Part[] => {
    if (node.type === 'FunctionDeclaration') return [part(text.slice(node.start, node.end), node, node.id.name)];
    if (node.type !== 'VariableDeclaration') return [part(text.slice(node.start, node.end), node, undefined)];
    return node.declarations.map((one) => {
      const name = one.id.type === 'Identifier' && isPure(one.init) ? one.id.name : undefined;
      return part(`${node.kind} ${text.slice(one.start, one.end)};`, one, name);
    });
  });
}

function part(text: string, node: AnyNode, declares: string | undefined): Part {
  const names = new Set<string>();
  visit(node, (inner) => {
    if (inner.type === 'Identifier' && inner.name !== declares) names.add(inner.name);
  });
  return { text, declares, names };
}

function isPure(node: AnyNode | null | undefined): boolean {
  if (!node) return true;
  if (node.type === 'ArrayExpression') return node.elements.every((element) => element !== null && isPure(element));
  if (node.type === 'ObjectExpression') return node.properties.every((one) => one.type === 'Property' && !one.computed && isPure(one.value));
  return ['Literal', 'Identifier', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node.type);
}

function visit(node: AnyNode, see: (node: AnyNode) => void): void {
  see(node);
  for (const value of Object.values(node) as unknown[]) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof (child as AnyNode | null)?.type === 'string') visit(child as AnyNode, see);
    }
  }
}
