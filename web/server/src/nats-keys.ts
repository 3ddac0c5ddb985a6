#!/usr/bin/env node
// Makes the keys that NATS and the auth service share (brokers/nats).
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newNatsKeys } from './auth/nats.js';
import { codeOf } from './errors.js';

const usage = `Usage: trtc-calling-nats-keys FOLDER SDKAPPID...
Writes FOLDER/keys.conf, which nats-server.conf includes, and FOLDER/nats.json, settings for trtc-calling-server (secret).
Neither may exist.
`;

const [folder, ...apps] = process.argv.slice(2);
if (folder === undefined || folder.startsWith('-') || apps.length === 0 || !apps.every((app) => /^[1-9][0-9]{0,9}$/.test(app))) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const { configuration, natsAccounts } = newNatsKeys(apps.map(Number), Date.now());
  try {
    mkdirSync(folder, { recursive: true });
    // Whoever overwrites keys signs everybody out.
    writeFileSync(join(folder, 'nats.json'), `${JSON.stringify({ natsAccounts }, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
    writeFileSync(join(folder, 'keys.conf'), configuration, { flag: 'wx' });
  } catch (error) {
    process.stderr.write(`The keys cannot be written to ${folder}: ${codeOf(error) ?? String(error)}\n`);
    process.exitCode = 1;
  }
}
