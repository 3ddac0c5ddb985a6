import type { ConnectPacket } from 'aedes';
import { parseAccount, parseClientID } from './account.js';
import type { TopicRules } from './acl.js';
import { CloseCode, closings, type Closing } from './close-codes.js';
import type { Identity } from './connection.js';
import type { Settings } from './settings.js';
import { verifyUserSig } from './usersig.js';

/** MQTT 3.1.1 section 3.2.2.3. */
export const ConnackCode = { identifierRejected: 2, serverUnavailable: 3, badUserNameOrPassword: 4, notAuthorized: 5 } as const;

export type Login =
  | { readonly ok: true; readonly identity: Identity }
  | { readonly ok: false; readonly connack: number; readonly closing: Closing; readonly reason: string };

export type Will = NonNullable<ConnectPacket['will']>;

export interface Credentials {
  readonly clientID: string;
  readonly userName: string | undefined;
  readonly password: Buffer | undefined;
  readonly will: Will | undefined;
}

/** Who is this? Decided from CONNECT alone; the answer's reason reaches the client, for its developer. */
export function judgeLogin(given: Credentials, settings: Settings, rules: TopicRules, now: number): Login {
  const account = parseAccount(given.userName ?? '');
  if (!account) return refuse(ConnackCode.badUserNameOrPassword, 'malformed user name');

  const keys = settings.apps.get(account.sdkAppID);
  const token = given.password?.toString('latin1') ?? '';
  const verdict = verifyUserSig(token, account, keys, now, settings.clockSkewSeconds * 1000);
  if (!verdict.ok) {
    return verdict.reason === 'expired'
      ? refuse(ConnackCode.notAuthorized, 'UserSig expired', closings.userSigExpired)
      : refuse(ConnackCode.badUserNameOrPassword, `UserSig refused: ${verdict.reason}`);
  }

  // Another account's client id would end that account's connection.
  const clientID = parseClientID(given.clientID);
  if (clientID?.account !== account.name) return refuse(ConnackCode.identifierRejected, 'client id not allowed');

  // The broker would accept any will now and drop it silently when it is due.
  if (given.will) {
    if (!rules.mayLeaveWill(account, given.will.topic)) return refuse(ConnackCode.notAuthorized, 'will topic not allowed');
    if (given.will.retain || given.will.qos === 2) return refuse(ConnackCode.notAuthorized, 'will must not be retained, nor QoS 2');
  }
  return { ok: true, identity: { account, session: clientID.session, expiresAt: verdict.expiresAt } };
}

function refuse(connack: number, reason: string, closing: Closing = { code: CloseCode.loginRefused, reason }): Login {
  return { ok: false, connack, closing, reason };
}
