import { natsToken } from '../auth/nats.js';
import type { Settings } from '../settings/settings.js';
import { bearerRoute, type BearerPorts } from './bearer.js';
import { type Routes } from './http.js';

export const natsPath = '/v1/nats';

/**
 * `GET /v1/nats` with `Authorization: Bearer <UserSig>`: what `login()` takes as `userSig` where NATS carries the calls.
 * There is no such address without accounts of NATS.
 */
export function natsRoutes(settings: Settings, ports: BearerPorts): Routes {
  if (settings.natsAccounts.size === 0) return {};
  const { clock } = ports;
  const goods = { metric: 'nats', event: 'NATS token refused' } as const;
  return {
    [natsPath]: bearerRoute(settings, ports, goods, ({ account, expiresAt }) => {
      const natsAccount = settings.natsAccounts.get(account.sdkAppID);
      return natsAccount && { userSig: natsToken(account, natsAccount, clock.now(), expiresAt), ttl: Math.max(0, Math.floor((expiresAt - clock.now()) / 1000)) };
    }),
  };
}
