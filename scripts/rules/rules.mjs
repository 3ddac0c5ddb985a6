// What the compilers cannot refuse. Each rule yields {rule, path, line, message}; `warning: true` does not fail.
import { codeOnly, includes } from './source.mjs';
import { scenarioTables } from './tables.mjs';

const CPP = /\.(cpp|hpp|h)$/;
const CODE = /\.(cpp|hpp|h|ts|mts|mjs|js|css|html|cmake|sh)$|^scripts\/[^.]+$/;
const GENERATED = /(^|\/)(package-lock\.json|STATES\.md|[^/]*\.generated\.[^/]+)$/;

const isCore = (path) => path.startsWith('src/') && CPP.test(path);
const isSdk = (path) => path.startsWith('web/sdk/src/') && path.endsWith('.ts');

function* matches(file, text, pattern) {
  for (const [index, line] of text.split('\n').entries()) {
    const found = pattern.exec(line);
    if (found) yield { path: file.path, line: index + 1, found: found[0].trim() };
  }
}

// ---- The core has no platform: time, chance and the outside world come in as inputs. ----

const BANNED = [
  [/::now\s*\(/, 'time comes in with every input'],
  [/\b(system_clock|steady_clock|high_resolution_clock)\b/, 'time comes in with every input'],
  [/\brandom_device\b|\bs?rand\s*\(/, 'randomness comes from the seed'],
  [/\bstd::j?thread\b/, 'the core is a function'],
  [/\bstd::function\b/, 'never call back: return effects'],
  [/<(iostream|cstdio|fstream)>|\bstd::c(out|err)\b/, 'no input or output in the core'],
  [/\bv?[fs]?n?printf\s*\(/, 'no input or output in the core'],
  [/\bemscripten\b/, 'the platform belongs to bindings/embind.cpp'],
  [/\bthrow\b|\btry\s*\{|\bcatch\s*\(/, 'no exceptions: return an error'],
];

function* banned(files) {
  for (const file of files) {
    const native = /^bindings\/w(ire|ords)/.test(file.path);
    if (!isCore(file.path) && !native) continue;
    const code = codeOnly(file.text);
    for (const [pattern, why] of BANNED) {
      for (const { path, line, found } of matches(file, code, pattern)) {
        yield { rule: 'banned-word', path, line, message: `${found}: ${why}` };
      }
    }
  }
}

// ---- Tests share one parse of the core's headers in two of three builds (tests/CMakeLists.txt). ----

const SHADOW = /^(?!using |namespace )\w[\w:<>,*& ]*[ *&](?:session|call|transport|mqtt|input|effect|message|topic)\s*[(={;]/;

function* shadowedNamespaces(files) {
  for (const file of files) {
    if (!/^tests\/(unit|contract|scenarios|sim|replay)\/.*\.cpp$/.test(file.path)) continue;
    for (const { path, line, found } of matches(file, codeOnly(file.text), SHADOW)) {
      yield { rule: 'namespace', path, line, message: `${found} has the name of a namespace of the core, and is ambiguous in two builds` };
    }
  }
}

const JSON_READERS = new Set(['src/json_tree.cpp']);

function* jsonIncludes(files) {
  for (const file of files) {
    if (!CPP.test(file.path) || !/^(src|bindings)\//.test(file.path) || JSON_READERS.has(file.path)) continue;
    for (const { line, target } of includes(file.lines)) {
      if (!target.startsWith('nlohmann/')) continue;
      yield { rule: 'json-include', path: file.path, line, message: 'only json_tree.cpp includes nlohmann/json: its templates are large' };
    }
  }
}

// ---- Dependency direction: words → call, session, signaling, mqtt → engine → bindings. ----

const PARTS = new Set(['call', 'session', 'signaling', 'mqtt']);
const LEVEL_NAMES = ['the vocabulary', 'a part of the core', 'the engine', 'the bindings'];

/** `path` is relative to the repository. */
function layer(path) {
  if (path.startsWith('bindings/')) return { level: 3, part: 'bindings' };
  const [first, ...rest] = path.replace(/^src\//, '').split('/');
  if (rest.length > 0) return { level: 1, part: first };
  return /^(engine|checkpoint)\./.test(first) ? { level: 2, part: 'engine' } : { level: 0, part: 'vocabulary' };
}

function resolveInclude(target, known) {
  return [`src/${target}`, `bindings/${target}`].find((path) => known.has(path));
}

function* direction(files) {
  const known = new Set(files.map((file) => file.path));
  const edges = new Map();
  for (const file of files) {
    if (!CPP.test(file.path) || !/^(src|bindings)\//.test(file.path)) continue;
    const from = layer(file.path);
    if (from.level === 1 && !PARTS.has(from.part)) {
      const message = `${from.part}/ is not a part of the core: ${[...PARTS].join(', ')}`;
      yield { rule: 'layout', path: file.path, line: 1, message };
    }
    for (const { line, target, own } of includes(file.lines)) {
      if (!own) continue;
      const found = resolveInclude(target, known);
      if (!found) {
        const message = `"${target}" is not a file of src/ or bindings/ (write the path from there)`;
        yield { rule: 'direction', path: file.path, line, message };
        continue;
      }
      const to = layer(found);
      if (to.level > from.level) {
        const message = `${LEVEL_NAMES[from.level]} must not include ${LEVEL_NAMES[to.level]} (${target})`;
        yield { rule: 'direction', path: file.path, line, message };
      } else if (from.level === 1 && to.level === 1 && from.part !== to.part) {
        const key = `${from.part}>${to.part}`;
        if (!edges.has(key)) edges.set(key, { from: from.part, to: to.part, path: file.path, line });
      }
    }
  }
  yield* cycles(edges);
}

/** Parts may use one another, one way only. */
function* cycles(edges) {
  const reaches = (start, goal, seen = new Set()) =>
    [...edges.values()].some(({ from, to }) => {
      if (from !== start || seen.has(to)) return false;
      return to === goal || reaches(to, goal, seen.add(to));
    });
  for (const { from, to, path, line } of edges.values()) {
    if (!reaches(to, from)) continue;
    yield { rule: 'direction', path, line, message: `${from}/ and ${to}/ include one another` };
  }
}

// ---- The SDK's doors: one folder names each piece of the browser. ----

const DOORS = [
  [/\bRTCPeerConnection\b/, /^media\//, 'only media/ names RTCPeerConnection'],
  [/\bgetUserMedia\b/, /^media\//, 'only media/ opens devices'],
  [/\bdocument\b/, /^view\//, 'only view/ names document'],
  [/\bWebSocket\b/, /^socket\//, 'only socket/ names WebSocket'],
  [/\bWebAssembly\b/, /^core\/loader\b/, 'only core/loader names WebAssembly'],
];

function* doors(files) {
  for (const file of files) {
    if (!isSdk(file.path)) continue;
    const inside = file.path.slice('web/sdk/src/'.length);
    const code = codeOnly(file.text);
    for (const [pattern, home, message] of DOORS) {
      if (home.test(inside)) continue;
      for (const { path, line } of matches(file, code, pattern)) yield { rule: 'door', path, line, message };
    }
  }
}

// ---- Every file. ----

const SOFT_LINES = 300;
const HARD_LINES = 500;

function* length(files) {
  for (const file of files) {
    if (!CODE.test(file.path) || GENERATED.test(file.path)) continue;
    const count = file.lines.at(-1) === '' ? file.lines.length - 1 : file.lines.length;
    if (count <= SOFT_LINES) continue;
    const warning = count <= HARD_LINES;
    const message = `${count} lines (soft limit ${SOFT_LINES}, hard limit ${HARD_LINES}): one idea a file`;
    yield { rule: 'length', path: file.path, line: count, message, warning };
  }
}

// Put together so that this file keeps the rule itself.
const MARKS = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME'].join('|')})\\b`);
// Somebody's home or work folder; Debian's own places are the same on every machine.
const PRIVATE = new RegExp(`(^|[\\s"'\`=(:])/(${['home', 'root', 'work', 'Users', 'mnt', 'opt', 'srv'].join('|')})/[\\w.-]`);

function* marks(files) {
  for (const file of files) {
    if (GENERATED.test(file.path)) continue;
    for (const { path, line, found } of matches(file, file.text, MARKS)) {
      yield { rule: 'mark', path, line, message: `${found}: do it, or write an issue` };
    }
    for (const { path, line, found } of matches(file, file.text, PRIVATE)) {
      yield { rule: 'absolute-path', path, line, message: `${found}…: a path of one machine` };
    }
  }
}

export function findings(files) {
  return [banned, shadowedNamespaces, jsonIncludes, direction, doors, length, marks, scenarioTables].flatMap((rule) => [...rule(files)]);
}
