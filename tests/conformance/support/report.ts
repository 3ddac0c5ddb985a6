// The table in README.md: which test proves which clause.
import type { Row } from './suite.js';

const head = `# Conformance

Clauses of the behaviour document, proved through the public class over the compiled core, in virtual time. The table is
generated: \`CONFORMANCE_WRITE=1 node --import tsx --test tests/conformance/conformance.test.ts\` writes it, and the suite
fails where it is out of date. Verdicts are the document's; \`D…\` are its decisions.

| Clause | Verdict | Test | File |
|---|---|---|---|
`;

export const reportOf = (rows: readonly Row[]): string =>
  head + rows.map(({ row, verdict, chapter, name }) => `| ${row} | ${verdict} | ${name} | chapters/${chapter}.ts |\n`).join('');
