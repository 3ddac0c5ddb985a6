// One row of the table: a broker, the load generator, and what the machine says about both.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { start } from '../../e2e/harness/processes.ts';
import { aedes } from '../../interop/brokers/aedes.ts';
import { apps, sdkAppID } from '../../interop/brokers/broker.ts';
import { mosquitto } from '../../interop/brokers/mosquitto.ts';

const generator = fileURLToPath(new URL('../../../build/native/trtc_load', import.meta.url));
const relayProgram = fileURLToPath(new URL('relay.mjs', import.meta.url));

export interface Load {
  users: number;
  /** Logins under way at the same time. */
  atOnce: number;
  /** Milliseconds of quiet between logins and calls. */
  idle: number;
  /** Calls placed per second. */
  rate: number;
  /** Milliseconds in which calls are placed. */
  calling: number;
  /** Milliseconds from the beginning of a call to its end. */
  talk: number;
  /** Broker and generator get a core each, where there are two. */
  pinned: boolean;
}

export interface Target {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** What a phase of the generator tells; times in microseconds where the name says `us`. */
interface Phase {
  phase: string;
  [figure: string]: string | number;
}

export interface Row {
  logins: Phase;
  calls: Phase;
  /** MB of the broker before anybody was there, with everybody idle, and after the calls. */
  memory: { empty: number; idle: number; after: number };
  /** Seconds of processor time in the logins, in the quiet (per 1000 s of it), and in the calls. */
  processor: { logins: number; idle: number; calls: number; generator: number };
}

export const targets: Record<string, (load: Load) => Promise<Target>> = {
  // The limits are about strangers; here one address has all users, and they come at once.
  async server({ users }) {
    const limits = { maxConnections: users + 100, maxPendingPerAddress: users + 100, connectionsPerSecond: 1e6, connectionBurst: 1e6 };
    const broker = await aedes(limits);
    return { url: broker.url, pid: broker.pid!()!, stop: () => broker.stop() };
  },
  async relay() {
    const running = start(process.execPath, [relayProgram]);
    const [, port] = await running.line(/^relay on port (\d+)$/);
    return { url: `ws://127.0.0.1:${port}/`, pid: running.child.pid!, stop: () => running.end('SIGTERM') };
  },
  async mosquitto() {
    const broker = await mosquitto();
    return { url: broker.url, pid: broker.pid!()!, stop: () => broker.stop() };
  },
  async 'mosquitto, TCP'() {
    const broker = await mosquitto();
    return { url: broker.plainUrl, pid: broker.pid!()!, stop: () => broker.stop() };
  },
};

export async function measure(target: Target, load: Load): Promise<Row> {
  const { users, atOnce, idle, rate, calling, talk } = load;
  if (load.pinned) pin(target.pid, 0);
  const memory = { empty: memoryOf(target.pid), idle: 0, after: 0 };
  const begin = processorOf(target.pid);
  const args = [target.url, sdkAppID, users, atOnce, idle, rate, calling, talk].map(String);
  const running = start(generator, args, { LOAD_KEY: apps[String(sdkAppID)] as string });
  if (load.pinned) pin(running.child.pid!, 1);
  const phase = async (name: string, ms: number) => JSON.parse((await running.line(new RegExp(`^.*"phase":"${name}".*$`), ms))[0]) as Phase;
  try {
    const logins = await phase('logins', 300_000);
    const loggedIn = processorOf(target.pid);
    await phase('calling', idle + 30_000);
    memory.idle = memoryOf(target.pid);
    const [quiet, generatorQuiet] = [processorOf(target.pid), processorOf(running.child.pid!)];
    const calls = await phase('calls', calling + talk + 60_000);
    memory.after = memoryOf(target.pid);
    const processor = {
      logins: loggedIn - begin,
      idle: ((quiet - loggedIn) / (idle / 1000)) * 1000,
      calls: processorOf(target.pid) - quiet,
      generator: processorOf(running.child.pid!) - generatorQuiet,
    };
    return { logins, calls, memory, processor };
  } finally {
    await running.end('SIGTERM');
  }
}

/** All its threads. */
function pin(pid: number, core: number): void {
  execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(pid)], { stdio: 'ignore' });
}

/** Resident, in MB. */
function memoryOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/** Seconds, of user and system; the kernel counts hundredths. */
function processorOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
