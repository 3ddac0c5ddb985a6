// The configuration files of web/server/brokers, as a test has to have them: what differs is replaced, nothing else.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('../../../web/server/brokers/', import.meta.url);

export const programOf = (name: 'main' | 'extauth' | 'nats-keys') => fileURLToPath(new URL(`../dist/${name}.js`, folder));

/** Writes a shipped file to `target`. Every text to be replaced must be in it: what is documented is what is tested. */
export function shipped(name: string, target: string, replacements: Readonly<Record<string, string>>): void {
  let text = readFileSync(new URL(name, folder), 'utf8');
  for (const [from, to] of Object.entries(replacements)) {
    if (!text.includes(from)) throw new Error(`brokers/${name} does not contain ${from}`);
    text = text.replaceAll(from, to);
  }
  writeFileSync(target, text);
}
