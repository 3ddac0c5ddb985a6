// The table of behaviours and brokers. Run as a program it prints web/server/brokers/README.md with the table that
// expected.ts means: `scripts/check --only generated` compares.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { behaviours } from './behaviours/index.ts';
import { brokerNames, type BrokerName } from './brokers/index.ts';
import { shortcomings } from './expected.ts';

type Cell = (row: string, column: BrokerName) => string;

export function matrix(names: readonly BrokerName[], cell: Cell): string {
  return [
    `| | ${names.join(' | ')} |`,
    `|---|${names.map(() => '---|').join('')}`,
    ...behaviours.map(({ name }) => `| ${name} | ${names.map((column) => cell(name, column)).join(' | ')} |`),
  ].join('\n');
}

/** With numbers at each "no", and what they stand for below. */
function documented(): string {
  const reasons = [...new Set(behaviours.flatMap(({ name }) => brokerNames.flatMap((column) => shortcomings[name]?.[column] ?? [])))];
  const table = matrix(brokerNames, (row, column) => {
    const why = shortcomings[row]?.[column];
    return why === undefined ? 'yes' : `**no** (${reasons.indexOf(why) + 1})`;
  });
  return `${table}\n\n${reasons.map((why, index) => `${index + 1}. ${why.charAt(0).toUpperCase()}${why.slice(1)}.`).join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const row of Object.keys(shortcomings)) {
    if (!behaviours.some(({ name }) => name === row)) throw new Error(`expected.ts names "${row}", which is no behaviour`);
  }
  const page = readFileSync(new URL('../../web/server/brokers/README.md', import.meta.url), 'utf8');
  const [start, end] = ['<!-- matrix -->\n', '\n<!-- /matrix -->'];
  const [before, rest = ''] = page.split(start);
  const [, after] = rest.split(end);
  if (after === undefined) throw new Error('brokers/README.md has no place for the matrix');
  process.stdout.write(`${before}${start}${documented()}${end}${after}`);
}
