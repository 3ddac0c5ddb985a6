// usage: node scripts/lib/serve.mjs [--turn] PORT [COMMAND ARGUMENT...]
// Serves the demo in development mode on PORT or the next free one. With a command: runs it with the server's
// address as its last argument, then stops with the command's status. --turn starts coturn, too, and hands out its
// credentials.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { ownAddress, startTurn } from './turn.mjs';
import { loadSettings, startServer } from '../../web/server/dist/index.js';

const withTurn = process.argv[2] === '--turn';
const [wanted, ...command] = process.argv.slice(withTurn ? 3 : 2);
const { settings } = loadSettings({ flags: ['--dev-mode=true'], environment: { TRTC_LOG_LEVEL: 'warn', ...process.env } });

const complain = (error) => {
  console.error(error.message);
  process.exit(1);
};
const turn = withTurn ? await relay().catch(complain) : undefined;
if (turn) Object.assign(settings, { turnUrls: turn.urls, turnSecret: turn.secret });

async function relay() {
  const address = ownAddress();
  if (!address) throw new Error('--turn needs a network: browsers do not use loopback addresses for media');
  return startTurn({ address });
}

async function listen() {
  for (let port = Number(wanted); ; port += 1) {
    try {
      return await startServer({ ...settings, port });
    } catch (error) {
      const isTaken = error?.cause?.code === 'EADDRINUSE';
      if (!isTaken || port >= Number(wanted) + 20) throw error;
    }
  }
}

const server = await listen().catch(complain);
const address = `http://localhost:${server.port}/`;

if (command.length > 0) {
  const [program, ...args] = command;
  const child = spawn(program, [...args, address], { stdio: 'inherit' });
  const [status] = await once(child, 'exit');
  await server.close();
  await turn?.stop();
  process.exit(status ?? 1);
}

console.log(`
  ${address}?user=alice
  ${address}?user=bob

Open both in two tabs and place a call from one to the other. Ctrl-C ends the server.`);
if (turn) console.log(`
  TURN at ${turn.urls[0]}, with credentials from ${address}v1/ice`);
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    Promise.all([server.close(), turn?.stop()]).then(() => process.exit(0));
  });
}
