import { parseAccount, parseClientID, type Account } from './account.js';
import type { TopicRules } from './acl.js';
import { verifyAccount, type UserSigSettings } from './login.js';
import type { AppKey } from '../settings/readers.js';

export interface LoginQuestion {
  readonly userName: string;
  readonly password: string;
  /** Undefined where the broker does not tell; it then has to keep other accounts' client ids apart by itself. */
  readonly clientID: string | undefined;
}

export interface PublishQuestion {
  readonly userName: string;
  readonly topic: string;
  readonly retain?: boolean;
  readonly qos?: number;
}

export type LoginAnswer =
  | { readonly ok: true; readonly account: Account; readonly key: AppKey; /** Milliseconds since 1970. */ readonly expiresAt: number }
  | { readonly ok: false; readonly reason: string };

/** What another broker asks about its clients. It has verified who they are before it asks for topics. */
export interface Questions {
  login(question: LoginQuestion): LoginAnswer;
  mayPublish(question: PublishQuestion): boolean;
  maySubscribe(userName: string, filter: string): boolean;
  /** Has the name the form of an account of an application that is configured? */
  isAccount(userName: string): boolean;
}

/** @param now milliseconds since 1970 */
export function questions(settings: UserSigSettings, rules: TopicRules, now: () => number): Questions {
  const accountOf = (userName: string): Account | undefined => {
    const account = parseAccount(userName);
    return account && settings.apps.has(account.sdkAppID) ? account : undefined;
  };
  return {
    login({ userName, password, clientID }) {
      const verified = verifyAccount(userName, password, settings, now());
      if (!verified.ok) return verified;
      // Another account's client id would end that account's connection.
      if (clientID !== undefined && parseClientID(clientID)?.account !== verified.account.name) return { ok: false, reason: 'client id not allowed' };
      return verified;
    },
    mayPublish({ userName, topic, retain = false, qos = 0 }) {
      const account = accountOf(userName);
      return account !== undefined && !retain && qos < 2 && rules.judgePublish(account, topic) === 'deliver';
    },
    maySubscribe(userName, filter) {
      const account = accountOf(userName);
      return account !== undefined && rules.maySubscribe(account, filter);
    },
    isAccount: (userName) => accountOf(userName) !== undefined,
  };
}
