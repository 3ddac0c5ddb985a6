import type { AppKey } from '../settings/readers.js';
import type { AuthSettings } from '../settings/settings.js';
import { parseAccount, parseClientID, type Account } from './account.js';
import type { TopicRules } from './acl.js';
import { verifyUserSig, type UserSigVerdict } from './usersig.js';

export interface Identity {
  readonly account: Account;
  readonly session: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** Which has signed. */
  readonly key: AppKey;
}

export type LoginFailure = 'account' | 'userSig' | 'expired' | 'clientID' | 'will';

export type Login =
  | { readonly ok: true; readonly identity: Identity }
  | { readonly ok: false; readonly failure: LoginFailure; /** For the client's developer. */ readonly reason: string };

export interface Will {
  readonly topic: string;
  readonly retain?: boolean;
  readonly qos?: number;
}

export interface Credentials {
  readonly clientID: string;
  readonly userName: string | undefined;
  readonly password: Buffer | undefined;
  readonly will: Will | undefined;
}

/** What is needed to verify a UserSig. */
export type UserSigSettings = Pick<AuthSettings, 'apps' | 'clockSkewSeconds'>;

export type Verified =
  | { readonly ok: true; readonly account: Account; readonly expiresAt: number; readonly key: AppKey }
  | { readonly ok: false; readonly failure: 'account' | 'userSig' | 'expired'; readonly reason: string };

/** Is this the UserSig of that account? */
export function verifyAccount(name: string, userSig: string, settings: UserSigSettings, now: number): Verified {
  const account = parseAccount(name);
  if (!account) return { ok: false, failure: 'account', reason: 'malformed user name' };
  const keys = settings.apps.get(account.sdkAppID);
  const verdict = verifyUserSig(userSig, account, keys?.map(({ key }) => key), now, settings.clockSkewSeconds * 1000);
  if (!verdict.ok) return userSigRefused(verdict);
  return { ok: true, account, expiresAt: verdict.expiresAt, key: keys![verdict.keyIndex]! };
}

/** Who is this? Decided from CONNECT alone. */
export function judgeLogin(given: Credentials, settings: UserSigSettings, rules: TopicRules, now: number): Login {
  const verified = verifyAccount(given.userName ?? '', given.password?.toString('latin1') ?? '', settings, now);
  if (!verified.ok) return verified;
  const { account, expiresAt, key } = verified;

  // Another account's client id would end that account's connection.
  const clientID = parseClientID(given.clientID);
  if (clientID?.account !== account.name) return { ok: false, failure: 'clientID', reason: 'client id not allowed' };

  // The broker would accept any will now and drop it silently when it is due.
  if (given.will) {
    if (!rules.mayLeaveWill(account, given.will.topic)) return { ok: false, failure: 'will', reason: 'will topic not allowed' };
    if (given.will.retain || given.will.qos === 2) return { ok: false, failure: 'will', reason: 'will must not be retained, nor QoS 2' };
  }
  return { ok: true, identity: { account, session: clientID.session, expiresAt, key } };
}

function userSigRefused({ reason }: Extract<UserSigVerdict, { ok: false }>): Verified {
  return reason === 'expired'
    ? { ok: false, failure: 'expired', reason: 'UserSig expired' }
    : { ok: false, failure: 'userSig', reason: `UserSig refused: ${reason}` };
}
