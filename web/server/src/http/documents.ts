import { devUserSig } from '../auth/dev-mode.js';
import type { Metrics } from '../metrics.js';
import type { Settings } from '../settings/settings.js';
import { addressMatcher, type Forwarding } from './addresses.js';
import { json, send, text, type Routes } from './http.js';

export interface DocumentPorts {
  readonly devMode: boolean;
  readonly now: () => number;
  readonly health: () => { readonly isStopping: boolean; readonly connections: number; readonly signedIn: number };
  readonly metrics: Metrics;
  readonly from: Forwarding;
}

/** What the server tells about itself. */
export function documents(settings: Settings, { devMode, now, health, metrics, from }: DocumentPorts): Routes {
  const mayReadMetrics = addressMatcher(settings.metricsFrom);
  return {
    '/healthz': {
      answer(_, response) {
        const { connections, signedIn } = health();
        json(response, 200, { status: 'ok', connections, signedIn });
      },
    },
    '/readyz': {
      answer(_, response) {
        const { isStopping } = health();
        json(response, isStopping ? 503 : 200, { status: isStopping ? 'stopping' : 'ready' });
      },
    },
    '/metrics': {
      async answer(request, response) {
        // Behind a proxy that is not listed everybody would look like the proxy, which often is on loopback.
        if (from.isAnonymous(request) || !mayReadMetrics(from.address(request))) return text(response, 403, 'not for this address: see the setting metricsFrom');
        send(response, 200, metrics.contentType, await metrics.text());
      },
    },
    '/config.json': {
      answer: (_, response) => json(response, 200, {
        sdkAppID: settings.apps.keys().next().value,
        devMode,
        iceServers: settings.iceServers,
        ...(settings.mqttServers.length > 0 ? { servers: settings.mqttServers } : {}),
      }),
    },
    ...(devMode ? { '/dev/usersig': devUserSigRoute(settings, now) } : {}),
  };
}

function devUserSigRoute(settings: Settings, now: () => number): Routes[string] {
  return {
    answer(_, response, query) {
      const userSig = devUserSig(query, settings.apps, now());
      if (userSig) json(response, 200, userSig);
      else text(response, 400, 'userID must be 1 to 32 characters of A-Z a-z 0-9 _ -; expire, in seconds, and sdkAppID are optional');
    },
  };
}
