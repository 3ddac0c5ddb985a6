// The tables in README.md: which test proves which clause.
import type { Row } from './suite.js';

const head = `# Conformance

Clauses of the behaviour document, proved through the public class over the compiled core, in virtual time. The tables are
generated: \`CONFORMANCE_WRITE=1 node --import tsx --test tests/conformance/conformance.test.ts\` writes them, and the suite
fails where they are out of date. A test's name is its clause, a colon, and what it says.

Verdicts are the document's: KEEP, as 1.0.6; FIX, its defect is not here; SUPERSET, as 1.0.6 and more; \`D…\`, decisions.
`;

const isDecision = (verdict: string): boolean => /^D\d/.test(verdict);

function summary(rows: readonly Row[]): string {
  const verdicts = ['KEEP', 'FIX', 'SUPERSET'] as const;
  const counts = verdicts.map((verdict) => `${rows.filter((row) => row.verdict === verdict).length} ${verdict}`);
  const decided = rows.filter(({ verdict }) => isDecision(verdict)).length;
  return `\n${rows.length} tests: ${counts.join(', ')}, ${decided} of decisions.\n`;
}

function table(chapter: Row['chapter'], rows: readonly Row[]): string {
  const lines = rows.map(({ row, verdict, what }) => `| ${row} | ${verdict} | ${what} |\n`).join('');
  return `\n## ${chapter.title}\n\n[chapters/${chapter.file}.ts](chapters/${chapter.file}.ts)\n\n| Clause | Verdict | Test |\n|---|---|---|\n${lines}`;
}

export function reportOf(rows: readonly Row[]): string {
  const chapters = [...new Set(rows.map(({ chapter }) => chapter))];
  const tables = chapters.map((chapter) => table(chapter, rows.filter((row) => row.chapter === chapter)));
  return head + summary(rows) + tables.join('');
}
