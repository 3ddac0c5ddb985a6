// The package as `npm publish` would send it, installed the way an application installs it.
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const root = fileURLToPath(new URL('../../../', import.meta.url));
export const here = fileURLToPath(new URL('../', import.meta.url));
/** Applications are built in here: the tools are found in tests/pack/node_modules, the package in their own. */
const scratch = join(here, '.cache');

/** Two names for one file: its own, and that of the package which it replaces. */
const ALIASES = ['trtc-calling-wasm', 'trtc-calling-js'];

/** The stage has packed it. */
export async function tarball(): Promise<string> {
  const folder = join(root, 'build/pack');
  const [name] = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new Error('build/pack is empty: scripts/pack');
  return join(folder, name);
}

/** What a command printed; where it failed, an error with that. */
export async function output(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  try {
    const { stdout, stderr } = await run(command, args, { cwd, env: { ...process.env, ...env }, maxBuffer: 2 ** 26 });
    return stdout + stderr;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${[command, ...args].join(' ')}\n${stdout}${stderr}`);
  }
}

/** A folder with the package installed and a copy of `sources` beside it. */
export const application = (name: string, ...sources: string[]): Promise<string> => applicationIn(scratch, name, ...sources);

export async function applicationIn(base: string, name: string, ...sources: string[]): Promise<string> {
  const folder = join(base, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const source of sources) await cp(source, folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, private: true, type: 'module' }));
  await install(folder);
  return folder;
}

/** Installing takes npm a second, and the result is the same for everybody. */
let installed: Promise<string> | undefined;

async function install(folder: string): Promise<void> {
  installed ??= installOnce();
  await cp(await installed, join(folder, 'node_modules'), { recursive: true });
}

async function installOnce(): Promise<string> {
  const folder = join(scratch, `installed-${process.pid}`);
  const file = `file:${await tarball()}`;
  await mkdir(folder, { recursive: true });
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const dependencies = Object.fromEntries(ALIASES.map((alias) => [alias, file]));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'installed', private: true, dependencies }));
  await output('npm', ['install', '--offline', '--no-package-lock', '--ignore-scripts'], folder);
  return join(folder, 'node_modules');
}
