import type { IncomingMessage, ServerResponse } from 'node:http';
import { accountName } from '../auth/account.js';
import { verifyAccount, type Verified } from '../auth/login.js';
import { natsUser } from '../auth/nats.js';
import { readClaims } from '../auth/usersig.js';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import type { Settings } from '../settings/settings.js';
import { TokenBuckets } from '../token-buckets.js';
import { addressKey, type Forwarding } from './addresses.js';
import { json, text, type Route } from './http.js';

export interface BearerPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly from: Forwarding;
  readonly isAllowedOrigin: (request: IncomingMessage) => boolean;
  /** By address; shared with the logins over MQTT, so that guessing here saves nothing. */
  readonly failedLogins: TokenBuckets;
}

/** What is handed out, for the log and the metrics. */
export interface Goods {
  readonly metric: 'ice' | 'nats';
  readonly event: string;
}

type Login = Pick<Extract<Verified, { ok: true }>, 'account' | 'expiresAt'>;

interface Refusal {
  readonly status: 401 | 403 | 429;
  readonly reason: string;
  readonly retryAfterSeconds?: number;
}

/** A document for whoever sends `Authorization: Bearer <UserSig>`, or the token of NATS for which it was swapped, also to pages of allowed origins. Undefined: there is none for this application. */
export function bearerRoute(settings: Settings, ports: BearerPorts, goods: Goods, documentFor: (login: Login) => object | undefined): Route {
  const { clock, log, metrics, from, isAllowedOrigin, failedLogins } = ports;
  const requests = new TokenBuckets(clock, settings.iceRequestsPerMinute / 60, settings.iceRequestsPerMinute);

  const judge = (request: IncomingMessage, key: string): Login | Refusal => {
    if (!failedLogins.has(key)) return { status: 429, reason: 'too many failed logins', retryAfterSeconds: Math.ceil(60 / settings.failedLoginsPerMinute) };
    const userSig = /^Bearer ([^\s]{1,4096})$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const claims = readClaims(userSig);
    const login = claims
      ? verifyAccount(accountName(claims.sdkAppID, claims.userID), userSig, settings, clock.now())
      : natsUser(userSig, settings.natsAccounts, clock.now());
    if (!login || !('account' in login)) {
      failedLogins.take(key);
      return { status: 401, reason: login?.reason ?? 'UserSig refused: malformed' };
    }
    const retryAfterSeconds = Math.ceil(60 / settings.iceRequestsPerMinute);
    return requests.take(login.account.name) ? login : { status: 429, reason: 'too many requests', retryAfterSeconds };
  };

  return {
    methods: ['GET', 'HEAD', 'OPTIONS'],
    answer(request, response) {
      if (!isAllowedOrigin(request)) return text(response, 403, 'origin not allowed');
      allowOrigin(request, response);
      if (request.method === 'OPTIONS') return void response.writeHead(204).end();
      const address = from.address(request);
      const verdict = judge(request, addressKey(address));
      if ('account' in verdict) {
        const document = documentFor(verdict);
        return document ? json(response, 200, document) : text(response, 404, 'nothing for this application');
      }
      const { status, reason, retryAfterSeconds } = verdict;
      log('warn', goods.event, { address, status, reason });
      metrics.refused(goods.metric, reason);
      if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', retryAfterSeconds);
      if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
      text(response, status, reason);
    },
  };
}

/** For pages of other origins, which have passed the check. No cookies are involved. */
function allowOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Vary', 'Origin');
  if (headers.origin === undefined) return;
  response.setHeader('Access-Control-Allow-Origin', headers.origin);
  response.setHeader('Access-Control-Allow-Methods', 'GET');
  response.setHeader('Access-Control-Allow-Headers', 'Authorization');
  response.setHeader('Access-Control-Max-Age', '600');
}
