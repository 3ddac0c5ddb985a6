#!/usr/bin/env node
// The program that ejabberd starts to have UserSigs verified (brokers/ejabberd). Standard output belongs to ejabberd.
import { topicRules } from './auth/acl.js';
import type { UserSigSettings } from './auth/login.js';
import { questions } from './auth/questions.js';
import { readAgain, serveExtauth } from './auth-service/extauth.js';
import { systemClock } from './clock.js';
import { SettingsError } from './errors.js';
import { loadSettings } from './settings/load.js';

const usage = 'Usage: trtc-calling-extauth [--config=file.json]\nSettings as of trtc-calling-server; of them apps and clockSkewSeconds count.\n';

function load(): UserSigSettings | undefined {
  const command = loadSettings({ flags: process.argv.slice(2), environment: process.env });
  if (command.run === 'help') return undefined;
  if (command.settings.apps.size === 0) throw new SettingsError('apps', 'empty', 'name the file that holds them: --config=file.json');
  return command.settings;
}

function complain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}

try {
  const settings = load();
  if (settings) {
    // Topics are ejabberd's own business: its configuration holds the rule.
    serveExtauth(process.stdin, process.stdout, questions(settings, topicRules(() => false), Date.now));
    readAgain(settings, () => load() ?? settings, systemClock, complain);
  } else {
    process.stderr.write(usage);
  }
} catch (error) {
  complain(error);
  process.exitCode = 2;
}
