import type { AppKey, AppKeys, Reader } from './readers.js';

/** One key as it was found: its name is missing where none was given. */
interface Entry {
  readonly app: string;
  readonly id?: string;
  readonly key: unknown;
}

export const apps: Reader<AppKeys> = {
  expects: 'SDKAppID:key or SDKAppID/keyID:key pairs separated by commas, or an object like {"1400000001": "key"}, '
    + '{"1400000001": ["new key", "old key"]} or {"1400000001": {"2026-07": "new key", "2026-01": "old key"}}',
  read(value) {
    const entries = entriesOf(value);
    if (!entries) return undefined;
    const keys = new Map<number, AppKey[]>();
    for (const { app, id, key } of entries) {
      const sdkAppID = /^(0|[1-9][0-9]{0,9})$/.test(app) ? Number(app) : Infinity;
      if (sdkAppID > 2 ** 32 - 1 || typeof key !== 'string' || key === '') return undefined;
      const others = keys.get(sdkAppID) ?? [];
      const name = id ?? String(others.length + 1);
      if (!/^[A-Za-z0-9._-]{1,32}$/.test(name) || others.some((other) => other.id === name)) return undefined;
      keys.set(sdkAppID, [...others, { id: name, key }]);
    }
    return keys;
  },
};

function entriesOf(value: unknown): Entry[] | undefined {
  if (typeof value === 'string') return value.split(',').map((pair) => pair.trim()).filter(Boolean).map(entryOfPair);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const pairs: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
  return pairs.flatMap(([app, keys]) => keysOf(keys).map((entry) => ({ app: String(app), ...entry })));
}

/** `1400000001:key` or `1400000001/2026-07:key`; keys may contain anything but a comma. */
function entryOfPair(pair: string): Entry {
  const colon = Math.max(0, pair.indexOf(':'));
  const [app = '', ...rest] = pair.slice(0, colon).split('/');
  return { app, ...(rest.length > 0 ? { id: rest.join('/') } : {}), key: pair.slice(colon + 1) };
}

function keysOf(keys: unknown): Omit<Entry, 'app'>[] {
  if (Array.isArray(keys)) return keys.map((key: unknown) => (isAppKey(key) ? key : { key }));
  if (typeof keys !== 'object' || keys === null) return [{ key: keys }];
  return Object.entries(keys).map(([id, key]) => ({ id, key: key as unknown }));
}

/** As this reader has made it: settings that have been read may be given again. */
function isAppKey(value: unknown): value is AppKey {
  return typeof value === 'object' && value !== null && 'id' in value && 'key' in value && typeof value.id === 'string';
}
