#!/usr/bin/env node
import { SettingsError, StartError } from './errors.js';
import { helpText, loadSettings } from './load-settings.js';
import { stdoutLog } from './log.js';
import { run } from './server.js';

async function main(): Promise<void> {
  const command = loadSettings({ flags: process.argv.slice(2), environment: process.env });
  if (command.run === 'help') {
    process.stdout.write(helpText());
    return;
  }
  const log = stdoutLog(command.settings.logLevel);
  for (const name of command.unknown) log('warn', 'unknown setting', { name });
  const server = await run(command.settings, { log });
  let isStopping = false;
  const stop = (signal: string) => {
    // Asked twice means now.
    if (isStopping) process.exit(1);
    isStopping = true;
    log('info', 'signal', { signal });
    void server.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const expected = error instanceof SettingsError || error instanceof StartError;
  process.stderr.write(`${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(expected ? 2 : 1);
});
