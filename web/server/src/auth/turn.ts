import { createHmac } from 'node:crypto';
import type { TurnSettings } from '../settings/settings.js';
import type { IceServer } from '../settings/readers.js';

export interface IceConfiguration {
  /** As RTCPeerConnection takes them. */
  readonly iceServers: readonly IceServer[];
  /** Seconds until the credentials in it end; ask again before. */
  readonly ttl: number;
}

/**
 * Short-lived TURN credentials as coturn's `use-auth-secret` checks them: the name is `expiry:user`, the password the
 * HMAC-SHA1 of the name. The TURN server shares the secret and knows no user.
 *
 * @param now milliseconds since 1970
 */
export function iceConfiguration(user: string, settings: TurnSettings, now: number): IceConfiguration {
  const { iceServers, turnUrls, turnSecret, turnSeconds } = settings;
  if (turnUrls.length === 0) return { iceServers, ttl: turnSeconds };
  const username = `${Math.floor(now / 1000) + turnSeconds}:${user}`;
  const credential = createHmac('sha1', turnSecret).update(username).digest('base64');
  return { iceServers: [...iceServers, { urls: turnUrls, username, credential }], ttl: turnSeconds };
}
