import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SettingsError, codeOf } from '../errors.js';
import { definitions, environmentName, flagName, settingNames, type Settings } from './settings.js';

/** What code may pass: any setting, in any form that a file could hold. */
export type SettingsInput = { readonly [K in keyof Settings]?: Settings[K] | (K extends 'apps' ? Readonly<Record<number, string | readonly string[] | Readonly<Record<string, string>>>> : never) };

export interface Sources {
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export type Command = { readonly run: 'serve'; readonly settings: Settings; /** Variables that look like settings and are none. */ readonly unknown: readonly string[] } | { readonly run: 'help' };

/** Flags win over the environment, the environment over the file, the file over defaults. */
export function loadSettings({ flags, environment }: Sources): Command {
  const given = parseFlags(flags);
  if (given['help']) return { run: 'help' };
  const file = given['config'] ?? environment['TRTC_CONFIG'];
  const settings = defaults();
  if (typeof file === 'string' && file !== '') apply(settings, readFile(file), (name) => `${name} (in ${file})`);
  apply(settings, pick((name) => environment[environmentName(name)] || undefined), environmentName);
  apply(settings, pick((name) => given[flagName(name)]), (name) => `--${flagName(name)}`);
  const known = new Set(['TRTC_CONFIG', ...settingNames.map(environmentName)]);
  return { run: 'serve', settings, unknown: Object.keys(environment).filter((name) => name.startsWith('TRTC_') && !known.has(name)) };
}

export function settingsFrom(input: SettingsInput): Settings {
  const settings = defaults();
  rejectUnknown(input, 'one of the settings that the README lists');
  apply(settings, input, (name) => name);
  return settings;
}

export function helpText(): string {
  const rows = settingNames.map((name) => {
    const { about, secret } = definitions[name];
    const fallback = definitions[name].default;
    const shown = secret || fallback === undefined || (Array.isArray(fallback) && fallback.length === 0) ? '' : ` (${String(fallback)})`;
    return `  ${(secret ? '' : `--${flagName(name)}`).padEnd(32)}${environmentName(name).padEnd(34)}${about}${shown}`;
  });
  return ['Usage: trtc-calling-server [--config=file.json] [--setting=value ...]', '', 'Settings, as flag and in the environment (and by the same words in the file):', '',
    `  ${'--config'.padEnd(32)}${'TRTC_CONFIG'.padEnd(34)}JSON file with settings`, ...rows, ''].join('\n');
}

function defaults(): Settings {
  return Object.fromEntries(settingNames.map((name) => [name, definitions[name].default])) as unknown as Settings;
}

function pick(of: (name: keyof Settings) => unknown): Record<string, unknown> {
  return Object.fromEntries(settingNames.map((name) => [name, of(name)]));
}

function apply(settings: Settings, values: Readonly<Record<string, unknown>>, shownAs: (name: keyof Settings) => string): void {
  for (const name of settingNames) {
    const value = values[name];
    if (value !== undefined) set(settings, name, value, shownAs(name));
  }
}

function set<K extends keyof Settings>(settings: Settings, name: K, value: unknown, shownAs: string): void {
  const { read, expects, secret, culprit } = definitions[name];
  const result = read(value);
  if (result === undefined) throw new SettingsError(shownAs, secret ? 'what was given (hidden)' : show(culprit?.(value) ?? value), `give ${expects}`);
  settings[name] = result;
}

function parseFlags(flags: readonly string[]): Record<string, string | boolean | undefined> {
  const names = settingNames.filter((name) => !definitions[name].secret).map(flagName);
  const options = Object.fromEntries([...names, 'config'].map((name) => [name, { type: 'string' as const }]));
  try {
    return parseArgs({ args: [...flags], options: { ...options, help: { type: 'boolean' } }, strict: true }).values;
  } catch (error) {
    const flag = flags.find((text) => !names.includes(/^--([^=]*)/.exec(text)?.[1] ?? '')) ?? flags.at(-1) ?? '';
    const secret = settingNames.find((name) => definitions[name].secret && flag.split('=')[0] === `--${flagName(name)}`);
    if (secret) throw new SettingsError(`--${flagName(secret)}`, 'a flag', `other users of the machine would see it; use ${environmentName(secret)} or the file`);
    throw new SettingsError(flag.split('=')[0]!, 'understood', `see --help (${(error as Error).message})`);
  }
}

function readFile(path: string): Record<string, unknown> {
  const problem = (what: string, remedy: string) => new SettingsError('TRTC_CONFIG', `${show(path)} (${what})`, remedy);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // The parser's own message quotes the file, and the file holds keys.
    throw error instanceof SyntaxError
      ? problem('not JSON', 'correct the file')
      : problem(codeOf(error) ?? 'unreadable', 'name a JSON file that this user may read');
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw problem('not an object', 'put the settings into { }');
  rejectUnknown(content, `one of ${settingNames.join(', ')}`);
  return content as Record<string, unknown>;
}

function rejectUnknown(values: object, known: string): void {
  const unknown = Object.keys(values).find((name) => !(settingNames as string[]).includes(name));
  if (unknown !== undefined) throw new SettingsError(unknown, 'used (there is no such setting)', `use ${known}`);
}

function show(value: unknown): string {
  const shown = JSON.stringify(value) ?? String(value);
  return shown.length > 80 ? `${shown.slice(0, 80)}…` : shown;
}
