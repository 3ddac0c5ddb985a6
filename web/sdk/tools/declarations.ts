// Joins what the compiler declares about the public files into one declaration file per module system. The class and a
// namespace of all its types have one name, so that `import TRTCCalling, { InvitedInfo } from …` works in both.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** In the order of the result; each imports only from those before it. */
const FILES = [
  'meter/types',
  'types',
  'payloads',
  'constants',
  ...['session', 'calls', 'media', 'views', 'state'].map((part) => `api/${part}`),
  'trtc-calling',
];

async function emit(sdk: string, folder: string): Promise<void> {
  const options = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rootDir', 'src', '--outDir', folder];
  try {
    await promisify(execFile)('npx', ['--no-install', 'tsc', '-p', 'tsconfig.json', ...options], { cwd: sdk });
  } catch (error) {
    throw new Error((error as { stdout?: string }).stdout || String(error));
  }
}

/** One file's declarations without its imports and exports. */
const plain = (text: string): string =>
  text
    .replace(/^import [^;]*;\n/gm, '')
    .replace(/^export default \w+;\n/gm, '')
    .replace(/^export declare /gm, 'declare ')
    .replace(/^export (?=interface|type)/gm, '')
    .replace(/^export \{\};\n/gm, '')
    .trim();

/** Everything that applications may name. */
const typeNames = (text: string): string[] =>
  [...text.matchAll(/^export (?:interface|type) (\w+)/gm)].map((match) => match[1] as string);

export async function declarations(sdk: string, dist: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'trtc-calling-'));
  try {
    await emit(sdk, folder);
    const texts = await Promise.all(FILES.map((file) => readFile(join(folder, `${file}.d.ts`), 'utf8')));
    const names = texts.flatMap(typeNames).sort();
    const body = texts.map(plain).join('\n\n');
    const namespace = `declare namespace TRTCCalling {\n  export { ${names.join(', ')} };\n}`;
    const common = `${body}\n\n${namespace}\n`;
    const script = `${common}export = TRTCCalling;\nexport as namespace TRTCCalling;\n`;
    // Compilers older than 4.7 know neither `exports` nor the ending of the second one.
    for (const name of ['index.d.ts', 'index.d.cts']) await writeFile(join(dist, name), script);
    await writeFile(join(dist, 'index.d.mts'), `${common}export default TRTCCalling;\nexport { ${names.join(', ')} };\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
