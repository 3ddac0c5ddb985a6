import { questions } from '../auth/questions.js';
import { guarded, topicRules, type GroupPolicy } from '../auth/acl.js';
import type { Clock } from '../clock.js';
import type { Forwarding } from '../http/addresses.js';
import type { Routes } from '../http/http.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import type { Settings } from '../settings/settings.js';
import type { TokenBuckets } from '../token-buckets.js';
import { authServiceRoutes } from './routes.js';

export interface AuthServiceParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly from: Forwarding;
  readonly failedLogins: TokenBuckets;
  readonly mayJoinGroup: GroupPolicy;
}

/** Stands where the embedded broker would: nobody connects here, other brokers ask. */
export class AuthService {
  readonly connections = 0;
  readonly signedIn = 0;
  readonly routes: Routes;
  isStopping = false;

  constructor(settings: Settings, parts: AuthServiceParts) {
    const rules = topicRules(guarded(parts.mayJoinGroup, parts.log));
    this.routes = authServiceRoutes(settings, { ...parts, questions: questions(settings, rules, () => parts.clock.now()) });
  }

  /** The sessions are another broker's, which ends none of them. */
  drop(): void {}
  endRevoked(): void {}

  async close(): Promise<void> {
    this.isStopping = true;
  }

  async kill(): Promise<void> {
    this.isStopping = true;
  }
}
