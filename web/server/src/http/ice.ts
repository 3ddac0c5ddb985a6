import { iceConfiguration } from '../auth/turn.js';
import type { Settings } from '../settings/settings.js';
import { bearerRoute, type BearerPorts } from './bearer.js';
import type { Route } from './http.js';

export const icePath = '/v1/ice';

/** `GET /v1/ice` with `Authorization: Bearer <UserSig>`: STUN and TURN servers, with credentials for a while. */
export function iceRoute(settings: Settings, ports: BearerPorts): Route {
  const goods = { metric: 'ice', event: 'ICE servers refused' } as const;
  return bearerRoute(settings, ports, goods, ({ account }) => iceConfiguration(account.name, settings, ports.clock.now()));
}
