// The tables of tests/scenarios/README.md: every test that they name exists, and every scene is named.

const TABLES = 'tests/scenarios/README.md';
const SCENES = /^tests\/scenarios\/(rfc5407|checklist_\w+)\.cpp$/;

/** The names of the tests in a file, each with its line. */
function testsOf({ path, text }) {
  const pattern = path.endsWith('.cpp')
    ? /TEST_CASE\(\s*((?:"(?:\\.|[^"\\])*"\s*)+)\)/g
    : /\b(?:test|proves|emits)\(\s*'((?:\\.|[^'\\])*)'/g;
  return [...text.matchAll(pattern)].map((found) => ({
    name: found[1].replace(/^"|"\s*$/g, '').replace(/"\s*"/g, '').replace(/\\(.)/g, '$1'),
    line: text.slice(0, found.index).split('\n').length,
  }));
}

/** What the last column of each table names. */
function* named(file) {
  for (const [index, line] of file.lines.entries()) {
    const cells = line.split('|');
    if (!line.startsWith('|') || cells.length < 4 || line.includes('---')) continue;
    for (const [, name] of cells.at(-2).matchAll(/`([^`]+)`/g)) yield { name, line: index + 1 };
  }
}

export function* scenarioTables(files) {
  const tables = files.find(({ path }) => path === TABLES);
  if (!tables) return;
  const isTest = ({ path }) => /^tests\/.*\.(cpp|ts)$|^web\/.*\.test\.ts$/.test(path);
  const known = new Set(files.filter(isTest).flatMap((file) => testsOf(file).map(({ name }) => name)));
  const mentioned = new Set();
  // The first table maps words of protocols; those of tests hold sentences.
  for (const { name, line } of named(tables)) {
    if (!name.includes(' ')) continue;
    mentioned.add(name);
    if (!known.has(name)) yield { rule: 'scenario-table', path: TABLES, line, message: `no test is called "${name}"` };
  }
  for (const file of files.filter(({ path }) => SCENES.test(path))) {
    for (const { name, line } of testsOf(file)) {
      if (mentioned.has(name)) continue;
      yield { rule: 'scenario-table', path: file.path, line, message: `"${name}" is in no table of ${TABLES}` };
    }
  }
}
