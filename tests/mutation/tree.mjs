// A copy of the tree that may be broken: what the native tests are built from, and its own build folder.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PARTS = ['CMakeLists.txt', 'CMakePresets.json', 'src', 'bindings', 'scripts', 'tests'];
// What the native build needs nothing of.
const ELSEWHERE = new Set(['node_modules', 'browser', 'conformance', 'e2e', 'interop', 'mutation', 'pack', 'corpus']);

// Nothing is debugged here: a thin archive and a binary without symbols are made in a fraction of the time.
const FAST = [
  '-DCMAKE_CXX_ARCHIVE_CREATE=<CMAKE_AR> qcT <TARGET> <LINK_FLAGS> <OBJECTS>',
  '-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=gold -Wl,--strip-debug',
];

// Each leads a process group, with its compilers in it. None outlives this process.
const running = new Set();
const killGroup = (child) => {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
};
process.on('exit', () => running.forEach(killGroup));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

/** Writes only what differs, so that ninja builds only what has changed since the last run. */
function mirror(from, to) {
  if (!statSync(from).isDirectory()) {
    if (!existsSync(to) || !readFileSync(from).equals(readFileSync(to))) cpSync(from, to);
    return;
  }
  mkdirSync(to, { recursive: true });
  const names = readdirSync(from).filter((name) => !ELSEWHERE.has(name));
  for (const name of readdirSync(to)) {
    if (!names.includes(name)) rmSync(join(to, name), { recursive: true });
  }
  for (const name of names) mirror(join(from, name), join(to, name));
}

/**
 * Runs a command until it ends, until its output contains `enough`, or for `seconds`.
 * Resolves with { ok, timedOut, output, seconds }.
 */
function run(command, args, { cwd, seconds = 3600, enough }) {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(command, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    let stopped = false;
    let timedOut = false;
    const stop = () => {
      if (stopped) return;
      stopped = true;
      killGroup(child);
    };
    const timer = setTimeout(() => {
      timedOut = true;
      stop();
    }, seconds * 1000);
    const hear = (text) => {
      output = (output + text).slice(-200_000);
      if (enough && output.includes(enough)) stop();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const end = (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ ok: code === 0 && !stopped, timedOut, output, seconds: (performance.now() - started) / 1000 });
    };
    child.on('error', (error) => {
      output += error.message;
      end(-1);
    });
    child.on('close', end);
  });
}

export class Tree {
  constructor(root, folder) {
    this.root = root;
    this.folder = folder;
  }

  /** Makes it equal to the tree that is tested, and configures it. */
  async prepare() {
    for (const part of PARTS) mirror(join(this.root, part), join(this.folder, part));
    if (existsSync(join(this.folder, 'build/native/build.ninja'))) return;
    const { ok, output } = await run('cmake', ['--preset', 'native', ...FAST], { cwd: this.folder });
    if (!ok) throw new Error(`configuring ${this.folder} failed\n${output}`);
  }

  build(target) {
    return run('cmake', ['--build', 'build/native', '--target', target], { cwd: this.folder });
  }

  test(program, args, options) {
    return run(join('build/native/tests', program), args, { cwd: this.folder, ...options });
  }

  /** Breaks one file while `body` runs. */
  async broken({ file, find, replace }, body) {
    const path = join(this.folder, file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(find, () => replace));
    try {
      return await body();
    } finally {
      writeFileSync(path, text);
    }
  }
}
