import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppKeys } from '../settings/readers.js';
import { isUserID } from './account.js';
import { StartError, codeOf } from '../errors.js';
import { signUserSig } from './usersig.js';

export const devAppID = 1_400_000_000;
const defaultExpire = 86_400;
const longestExpire = 180 * 86_400;

export interface DevUserSig {
  readonly sdkAppID: number;
  readonly userID: string;
  readonly userSig: string;
  /** Seconds. */
  readonly expire: number;
}

/** The key is kept, so that a restart of the server does not sign out the tabs that are open. */
export function devKey(stateDir: string): string {
  const file = join(stateDir, 'dev-key');
  try {
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
    const fresh = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
    const key = readKey(file);
    if (key !== undefined) return checked(key, file);
    writeFileSync(fresh, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    try {
      // Fails if another process was faster, and never shows anybody half a key.
      linkSync(fresh, file);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    } finally {
      unlinkSync(fresh);
    }
    return checked(readKey(file) ?? '', file);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`the key of development mode cannot be kept in ${stateDir} (${codeOf(error) ?? 'unknown error'})`, 'Set TRTC_STATE_DIR to a directory that this user may write', { cause: error });
  }
}

/** Answers `GET /dev/usersig?userID=alice[&expire=seconds][&sdkAppID=number]`; undefined: bad parameters. */
export function devUserSig(query: URLSearchParams, apps: AppKeys, now: number): DevUserSig | undefined {
  const userID = query.get('userID') ?? '';
  const sdkAppID = wholeNumber(query.get('sdkAppID')) ?? apps.keys().next().value;
  const expire = query.has('expire') ? wholeNumber(query.get('expire')) : defaultExpire;
  const key = sdkAppID === undefined ? undefined : apps.get(sdkAppID)?.[0]?.key;
  if (!isUserID(userID) || sdkAppID === undefined || key === undefined) return undefined;
  if (expire === undefined || expire > longestExpire) return undefined;
  return { sdkAppID, userID, userSig: signUserSig({ sdkAppID, key, userID, expire, time: Math.floor(now / 1000) }), expire };
}

function readKey(file: string): string | undefined {
  try {
    const key = readFileSync(file, 'utf8').trim();
    chmodSync(file, 0o600);
    return key;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function checked(key: string, file: string): string {
  if (/^[0-9a-f]{64}$/.test(key)) return key;
  throw new StartError(`${file} does not hold a key`, 'Delete it; a new one is made (and open tabs have to sign in again)');
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^[0-9]{1,10}$/.test(text) ? Number(text) : undefined;
}
