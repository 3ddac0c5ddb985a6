// How many users and calls one core carries: our server, a relay that does nothing else, and Mosquitto, in one run.
// Prints a table, and asserts nothing. The users are engines of the native core, on real sockets.
//
// usage: node --import tsx tests/bench/load/bench.ts [--users=10000] [--rate=200] [--seconds=20] [--only=NAME]
//
//   --users     logged in at the same time
//   --rate      calls placed per second, whatever becomes of the earlier ones
//   --seconds   in which calls are placed
//   --only      one of: server, relay, mosquitto, "mosquitto, TCP"
//
// Needs cmake --preset native -DTRTC_MOSQUITTO_PLUGIN=ON && cmake --build build/native --target trtc_load trtc_usersig,
// and `ulimit -n` of twice the users.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measure, targets, type Load, type Row } from './rows.ts';

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '10000' },
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '20' },
    only: { type: 'string' },
  },
});
const load: Load = {
  users: Number(values.users),
  rate: Number(values.rate),
  calling: Number(values.seconds) * 1000,
  atOnce: 200,
  idle: 10_000,
  talk: 2000,
  pinned: cpus().length > 1,
};

const COLUMNS = ['', 'logins/s', 'MB empty', 'MB idle', 'kB a user', 'calls/s', 'ring p50', 'ring p99', 'set-up p50', 'set-up p99', 'core in calls', 'generator', 'failed'];

const number = (value: string | number | undefined, digits = 0): string => Number(value).toFixed(digits);
const ms = (us: string | number | undefined): string => `${number(Number(us) / 1000, 1)} ms`;

function cells(name: string, { logins, calls, memory, processor }: Row): string[] {
  const seconds = load.calling / 1000;
  const share = (processor: number) => `${number((processor / (seconds + load.talk / 1000)) * 100)} %`;
  return [
    name,
    number(load.users / (Number(logins['ms']) / 1000)),
    number(memory.empty),
    number(memory.idle),
    number(((memory.idle - memory.empty) * 1024) / load.users, 1),
    number(Number(calls['set_up']) / seconds),
    ms(calls['ring_p50_us']),
    ms(calls['ring_p99_us']),
    ms(calls['set_up_p50_us']),
    ms(calls['set_up_p99_us']),
    share(processor.calls),
    share(processor.generator),
    number(Number(calls['failed']) + Number(calls['unplaced']) + Number(calls['unfinished'])),
  ];
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
console.log(`${load.users} users, ${load.rate} calls a second for ${load.calling / 1000} s; ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}\n`);
console.log(line(COLUMNS));
console.log(line(COLUMNS.map(() => '---')));
for (const [name, open] of Object.entries(targets)) {
  if (values.only !== undefined && values.only !== name) continue;
  const target = await open(load);
  try {
    console.log(line(cells(name, await measure(target, load))));
  } finally {
    await target.stop();
  }
}
