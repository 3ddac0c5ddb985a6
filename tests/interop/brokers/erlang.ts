// Erlang's nodes on one machine: a cookie, a name service, and ports of their own, all on loopback.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { start, type Running } from '../../e2e/harness/processes.ts';
import { freePort, temporaryFolder, type Folder } from './broker.ts';

export interface ErlangWorld {
  readonly folder: Folder;
  /** For each process that belongs to it. */
  readonly env: Readonly<Record<string, string>>;
  /** Evaluates an expression on a node, and returns what it is, as text. */
  evaluate(node: string, expression: string): Promise<string>;
  end(): Promise<void>;
}

export async function erlangWorld(name: string): Promise<ErlangWorld> {
  const folder = temporaryFolder(name);
  const port = await freePort();
  // In a file: command lines are visible to others.
  writeFileSync(join(folder.path, '.erlang.cookie'), randomBytes(16).toString('hex'), { mode: 0o400 });
  const env = { HOME: folder.path, ERL_EPMD_PORT: String(port), ERL_EPMD_ADDRESS: '127.0.0.1' };
  const names: Running = start('epmd', ['-d', '-d', '-port', String(port), '-address', '127.0.0.1'], env);
  await names.line(/entering the main select/);
  return {
    folder,
    env,
    async evaluate(node, expression) {
      const controller = `controller${randomBytes(4).toString('hex')}@localhost`;
      const ask = `io:format("~nanswer ~0p~n", [rpc:call('${node}', erlang, apply, [fun() -> ${expression} end, []])]), halt(0).`;
      const running = start('erl', ['-sname', controller, '-hidden', '-noinput', ...onLoopback, '-eval', ask], env);
      const [, answer] = await running.line(/^answer (.*)$/, 60_000);
      await running.end('SIGKILL');
      return answer!;
    },
    async end() {
      await names.end('SIGKILL');
      folder.remove();
    },
  };
}

/** The distribution listens on loopback only; two nodes that lose each other do not part from the others. */
export const onLoopback = ['-kernel', 'inet_dist_use_interface', '{127,0,0,1}'];
