// The mutants, and what makes one of them stale.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { calls } from './mutants/calls.mjs';
import { ringing } from './mutants/ringing.mjs';
import { session } from './mutants/session.mjs';
import { signaling } from './mutants/signaling.mjs';

/** Each: a name, a file, a text that occurs in it once, what takes its place, and why that would matter. */
export const mutants = [...ringing, ...calls, ...signaling, ...session];

/** One line for each mutant that cannot be made of the tree in `root`. */
export function staleMutants(root, list = mutants) {
  const stale = [];
  const names = new Set();
  for (const { name, file, find, replace, why } of list) {
    const path = join(root, file);
    const times = existsSync(path) ? readFileSync(path, 'utf8').split(find).length - 1 : -1;
    if (names.has(name)) stale.push(`${name}: two have this name`);
    if (times < 0) stale.push(`${name}: there is no ${file}`);
    else if (times !== 1) stale.push(`${name}: its text occurs ${times} times in ${file}`);
    if (replace === find) stale.push(`${name}: changes nothing`);
    if (!why) stale.push(`${name}: does not say why it matters`);
    names.add(name);
  }
  return stale;
}
