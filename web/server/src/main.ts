#!/usr/bin/env node
import { SettingsError, StartError } from './errors.js';
import { helpText, loadSettings } from './settings/load.js';
import { stdoutLog } from './log.js';
import { Metrics } from './metrics.js';
import { run } from './server.js';

async function main(): Promise<void> {
  const command = loadSettings({ flags: process.argv.slice(2), environment: process.env });
  if (command.run === 'help') {
    process.stdout.write(helpText());
    return;
  }
  const log = stdoutLog(command.settings.logLevel);
  for (const name of command.unknown) log('warn', 'unknown setting', { name });
  const metrics = new Metrics();
  metrics.watchProcess();
  const server = await run(command.settings, { log, metrics });
  let isStopping = false;
  const stop = (signal: string) => {
    // Asked twice means now.
    if (isStopping) process.exit(1);
    isStopping = true;
    log('info', 'signal', { signal });
    void server.close().then(() => process.exit(0));
  };
  process.on('SIGHUP', () => {
    try {
      const again = loadSettings({ flags: process.argv.slice(2), environment: process.env });
      server.reload(again.run === 'serve' ? again.settings : undefined);
    } catch (error) {
      // What works is kept.
      log('error', 'reload failed', { error: messageOf(error) });
    }
  });
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(isExpected(error) ? 2 : 1);
});

function messageOf(error: unknown): string {
  return isExpected(error) ? error.message : String(error instanceof Error ? error.stack : error);
}

function isExpected(error: unknown): error is SettingsError | StartError {
  return error instanceof SettingsError || error instanceof StartError;
}
