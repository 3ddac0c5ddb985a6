// usage: node scripts/lib/serve.mjs PORT [COMMAND ARGUMENT...]
// Serves the demo in development mode on PORT or the next free one. With a command: runs it with the server's
// address as its last argument, then stops with the command's status.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { loadSettings, startServer } from '../../web/server/dist/index.js';

const [wanted, ...command] = process.argv.slice(2);
const { settings } = loadSettings({ flags: ['--dev-mode=true'], environment: { TRTC_LOG_LEVEL: 'warn', ...process.env } });

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

const server = await listen().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
const address = `http://localhost:${server.port}/`;

if (command.length > 0) {
  const [program, ...args] = command;
  const child = spawn(program, [...args, address], { stdio: 'inherit' });
  const [status] = await once(child, 'exit');
  await server.close();
  process.exit(status ?? 1);
}

console.log(`
  ${address}?user=alice
  ${address}?user=bob

Open both in two tabs and place a call from one to the other. Ctrl-C ends the server.`);
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    server.close().then(() => process.exit(0));
  });
}
