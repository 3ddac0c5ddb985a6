// usage: node scripts/rules/run.mjs [FOLDER]
// Prints what breaks a rule of the project, one line each, and fails if anything does.
import { findings } from './rules.mjs';
import { readTree } from './source.mjs';

const files = readTree(process.argv[2] ?? '.');
const found = findings(files);
for (const { rule, path, line, message, warning } of found) {
  console.log(`${path}:${line}: ${warning ? 'warning: ' : ''}${message} [${rule}]`);
}
const errors = found.filter(({ warning }) => !warning).length;
console.log(`rules: ${files.length} files, ${errors} broken, ${found.length - errors} warnings`);
process.exitCode = errors > 0 ? 1 : 0;
