// The command: scripts/mutate --help says what it takes, README.md beside this what it means.
import { appendFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { mutants, staleMutants } from './mutants.mjs';
import { Tree } from './tree.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const scratch = join(root, 'build/mutation');
const results = join(scratch, 'results.jsonl');
const WANTED = 95;

// In this order, each only for what the earlier ones let through. `enough`: the words of a failure, after which a
// stage need not go on. The runs are those of scripts/test.
const STAGES = [
  { name: 'unit', program: 'trtc_unit', source: 'tests/unit/main.cpp', runs: [['--abort-after=1']] },
  {
    name: 'swarm',
    program: 'trtc_swarm',
    source: 'tests/swarm/main.cpp',
    runs: [['--seeds', '120'], ['--seed', '5000', '--clients', '50', '--seeds', '3', '--jobs', '1']],
    enough: 'FAILED  ',
  },
  { name: 'explorer', program: 'trtc_explore', source: 'tests/explore/main.cpp', runs: [[]], enough: 'FAILED  ' },
];

function options() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      stage: { type: 'string', multiple: true, default: [] },
      jobs: { type: 'string', default: '1' },
      list: { type: 'boolean', default: false },
    },
  });
  for (const name of values.only) {
    if (!mutants.some((mutant) => mutant.name === name)) throw new Error(`no mutant is called ${name}`);
  }
  for (const name of values.stage) {
    if (!STAGES.some((stage) => stage.name === name)) throw new Error(`no stage is called ${name}`);
  }
  return { ...values, jobs: Math.max(1, Number(values.jobs) || 1) };
}

/** All runs of a stage, up to the first that fails. */
async function runStage(tree, { program, runs, enough, limit }) {
  let seconds = 0;
  for (const args of runs) {
    const result = await tree.test(program, args, { seconds: limit, enough });
    seconds += result.seconds;
    if (!result.ok) return { ...result, seconds };
  }
  return { ok: true, output: '', seconds };
}

/** The stages that exist here. One that the unbroken core fails says nothing, so that is an error. */
async function soundStages(tree, wanted) {
  const sound = [];
  for (const stage of STAGES) {
    if (wanted.length > 0 && !wanted.includes(stage.name)) continue;
    if (!existsSync(join(root, stage.source))) {
      console.log(`skipped  ${stage.name}: there is no ${stage.source} in this tree`);
      continue;
    }
    const built = await tree.build(stage.program);
    if (!built.ok) throw new Error(`${stage.program} does not build\n${built.output}`);
    const { ok, output, seconds } = await runStage(tree, stage);
    if (!ok) throw new Error(`the unbroken core fails in ${stage.name}\n${output}`);
    console.log(`sound    ${stage.name}: passes without a mutant in ${seconds.toFixed(1)} s`);
    // A mutant may hang. Ten times of what is needed, because the machine may be busy.
    sound.push({ ...stage, limit: Math.max(60, 10 * seconds) });
  }
  return sound;
}

/** By which stage the mutant was caught: none, one, or an error that makes it no mutant. */
async function tryOne(tree, mutant, stages) {
  return tree.broken(mutant, async () => {
    for (const stage of stages) {
      const built = await tree.build(stage.program);
      if (!built.ok) return { error: `does not build\n${built.output.split('\n').slice(-25).join('\n')}` };
      const { ok, timedOut, output } = await runStage(tree, stage);
      if (!ok) return { caught: timedOut ? `${stage.name}, hung` : stage.name, by: firstWords(output) };
    }
    return {};
  });
}

/** What failed first: doctest's name of the case, or the line of a seed or a world. */
function firstWords(output) {
  const found = /TEST CASE: +(.*)/.exec(output) ?? /FAILED +(.*)/.exec(output);
  return found ? found[1].slice(0, 120) : '';
}

async function work(tree, queue, stages, done) {
  for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
    const started = performance.now();
    const outcome = await tryOne(tree, mutant, stages);
    const line = { name: mutant.name, ...outcome, seconds: Math.round((performance.now() - started) / 1000) };
    done.push(line);
    appendFileSync(results, `${JSON.stringify(line)}\n`);
    const word = outcome.error ? 'ERROR' : outcome.caught ? 'caught' : 'SURVIVED';
    const detail = outcome.error ?? (outcome.caught ? `${outcome.caught}: ${outcome.by}` : mutant.why);
    console.log(`${word.padEnd(8)} ${mutant.name.padEnd(34)} ${String(line.seconds).padStart(4)} s  ${detail}`);
  }
}

function summary(done) {
  const counts = new Map();
  for (const { caught } of done) if (caught) counts.set(caught, (counts.get(caught) ?? 0) + 1);
  const caught = done.filter((line) => line.caught).length;
  const errors = done.filter((line) => line.error).length;
  const share = (100 * caught) / Math.max(1, done.length);
  const each = [...counts].map(([stage, count]) => `${stage} ${count}`).join(', ');
  console.log(`${done.length} mutants: ${caught} caught (${each}), ${done.length - caught - errors} survived, ${errors} errors`);
  console.log(`${share.toFixed(1)} % caught, ${WANTED} % wanted`);
  return errors === 0 && share >= WANTED;
}

async function main() {
  const { only, stage, jobs, list } = options();
  if (list) {
    for (const { name, file, why } of mutants) console.log(`${name.padEnd(34)} ${file.padEnd(32)} ${why}`);
    return true;
  }
  const stale = staleMutants(root);
  if (stale.length > 0) throw new Error(`stale mutants\n${stale.join('\n')}`);

  mkdirSync(scratch, { recursive: true });
  rmSync(results, { force: true });
  const queue = mutants.filter((mutant) => only.length === 0 || only.includes(mutant.name));
  const trees = Array.from({ length: Math.min(jobs, queue.length) }, (_, i) => new Tree(root, join(scratch, `tree${i + 1}`)));
  for (const tree of trees) await tree.prepare();
  const stages = await soundStages(trees[0], stage);
  const done = [];
  await Promise.all(trees.map((tree) => work(tree, queue, stages, done)));
  return summary(done);
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(`mutate: ${error.message}`);
  process.exitCode = 2;
}
