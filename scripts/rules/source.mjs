// Reads the project's files the way the rules need them.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const SKIPPED = new Set(['.git', '.cache', 'build', 'dist', 'node_modules', 'corpus']);
const TEXT = /\.(cpp|hpp|h|ts|mts|mjs|js|json|css|html|cmake|sh|md|yml|yaml|svg)$|^[^.]+$/;

/** Every text file below `root`: `{path, text, lines}`, paths with forward slashes. */
export function readTree(root) {
  const files = [];
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const full = join(folder, entry.name);
      const path = relative(root, full).split(sep).join('/');
      if (entry.isDirectory()) {
        // web/sdk/build holds the build script; only the top folder of that name is output.
        if (!SKIPPED.has(entry.name) || path === 'web/sdk/build') walk(full);
      } else if (entry.isFile() && TEXT.test(entry.name)) {
        const text = readFileSync(full, 'utf8');
        files.push({ path, text, lines: text.split('\n') });
      }
    }
  };
  walk(root);
  return files;
}

/** The text with comments and literals blanked, line breaks kept: what is left are the names that the code uses. */
export function codeOnly(text) {
  // Comments, raw strings, strings, characters, template literals. Template expressions go too: a rule that a
  // `${document.title}` escapes is still kept by review.
  const pattern =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"([^(\s]*)\([\s\S]*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`/g;
  return text.replace(pattern, (found, _delimiter, offset) => {
    // 1'000'000 in C++ is a number, not a character.
    if (found[0] === "'" && /[0-9a-fA-F]/.test(text[offset - 1] ?? '')) return found;
    return found.replace(/[^\n]/g, ' ');
  });
}

/** `{line, target}` of each #include "…" and <…>. */
export function includes(lines) {
  const found = [];
  lines.forEach((line, index) => {
    const match = /^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)/.exec(line);
    if (match) found.push({ line: index + 1, target: match[1] ?? match[2], own: match[1] !== undefined });
  });
  return found;
}
