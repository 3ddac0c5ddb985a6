#!/usr/bin/env node
// The program that ejabberd starts to have UserSigs verified (brokers/ejabberd). Standard output belongs to ejabberd.
import { topicRules } from './auth/acl.js';
import { questions } from './auth/questions.js';
import { serveExtauth } from './auth-service/extauth.js';
import { SettingsError } from './errors.js';
import { loadSettings } from './settings/load.js';

const usage = 'Usage: trtc-calling-extauth [--config=file.json]\nSettings as of trtc-calling-server; of them apps and clockSkewSeconds count.\n';

try {
  const command = loadSettings({ flags: process.argv.slice(2), environment: process.env });
  if (command.run === 'help') process.stderr.write(usage);
  else if (command.settings.apps.size === 0) throw new SettingsError('apps', 'empty', 'name the file that holds them: --config=file.json');
  // Topics are ejabberd's own business: its configuration holds the rule.
  else serveExtauth(process.stdin, process.stdout, questions(command.settings, topicRules(() => false), Date.now));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
