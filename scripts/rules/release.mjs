// usage: node scripts/rules/release.mjs
// Version, changelog and tag agree: the packages have one version; a commit with a tag vX.Y.Z is version X.Y.Z, whose
// changelog is closed and dated; without a tag the version is not older than the changelog's newest one.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HEADING = /^## (?:(Unreleased)|(\d+\.\d+\.\d+) - \d{4}-\d{2}-\d{2})$/;

const numbers = (version) => version.split('.').map(Number);

function isOlder(version, other) {
  const [a, b] = [numbers(version), numbers(other)];
  const at = a.findIndex((number, index) => number !== b[index]);
  return at >= 0 && a[at] < b[at];
}

/** `{version, isEmpty}` of each section, `version` undefined for what is not released. */
function sections(changelog, say) {
  const found = [];
  for (const line of changelog.split('\n')) {
    if (line.startsWith('## ')) {
      const match = HEADING.exec(line);
      if (!match) say(`CHANGELOG.md: '${line}' is neither '## Unreleased' nor '## X.Y.Z - YYYY-MM-DD'`);
      found.push({ version: match?.[2], isEmpty: true });
    } else if (line.trim() !== '' && found.length > 0) {
      found[found.length - 1].isEmpty = false;
    }
  }
  return found;
}

/** What is wrong, one sentence each. `versions`: of each package by path; `tags`: those of this commit. */
export function disagreements({ versions, changelog, tags }) {
  const found = [];
  const [[, version], ...others] = Object.entries(versions);
  for (const [path, other] of others) if (other !== version) found.push(`${path} is version ${other}, not ${version}`);
  const [top, ...rest] = sections(changelog, (problem) => found.push(problem));
  const released = [top, ...rest].flatMap((section) => section?.version ?? []);
  for (const [index, older] of released.slice(1).entries()) {
    if (!isOlder(older, released[index])) found.push(`CHANGELOG.md: ${older} stands below ${released[index]}`);
  }
  if (released[0] !== undefined && isOlder(version, released[0])) found.push(`version ${version} is older than the changelog's ${released[0]}`);
  for (const tag of tags.filter((name) => /^v\d/.test(name))) {
    if (tag !== `v${version}`) found.push(`the tag ${tag} is not version ${version}`);
    if (top?.version === undefined && !top?.isEmpty) found.push(`the tag ${tag} has changes that are not released in CHANGELOG.md`);
    if (released[0] !== version) found.push(`CHANGELOG.md has no '## ${version} - YYYY-MM-DD' on top`);
  }
  return found;
}

function tagsOfHead() {
  try {
    return execFileSync('git', ['tag', '--points-at', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n');
  } catch {
    return []; // A copy without its history.
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const paths = ['web/sdk/package.json', 'web/server/package.json'];
  const versions = Object.fromEntries(paths.map((path) => [path, JSON.parse(readFileSync(path, 'utf8')).version]));
  const tags = tagsOfHead();
  const found = disagreements({ versions, changelog: readFileSync('CHANGELOG.md', 'utf8'), tags });
  for (const problem of found) console.log(problem);
  console.log(`release: version ${versions[paths[0]]}, ${tags.join(' ').trim() || 'no tag here'}`);
  process.exitCode = found.length > 0 ? 1 : 0;
}
