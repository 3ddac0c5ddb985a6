// Names of the original's inside that applications use (behaviour document, 1.5). All of them read, but for the TURN
// servers; what cannot be done here is said in the console. On the prototype, so that no object shows them.
import { clientOf, hide } from './api/inside.js';
import type { Client } from './client.js';
import { streamLike } from './tracks.js';

/** The RTC SDK's form of a TURN server has an address without a scheme; nothing where it has none. */
function iceServersOf(server: unknown): RTCIceServer[] {
  const { url, urls = url, ...secrets } = Object(server) as { url?: unknown; urls?: unknown };
  if (typeof urls !== 'string') return [];
  return [{ ...secrets, urls: /^(stun|turn)s?:/.test(urls) ? urls : `turn:${urls}` }];
}

function rtcClient({ log, settings }: Client) {
  const not = (method: string) => () => {
    log.warn(`${method}() has no effect here`);
    return Promise.resolve();
  };
  return {
    setTurnServer(servers: unknown): void {
      const list: unknown[] = Array.isArray(servers) ? servers : [servers];
      settings.media.iceServers = list.flatMap(iceServersOf);
    },
    setProxyServer: not('setProxyServer'),
    join: not('join'),
    leave: not('leave'),
  };
}

function rtc(client: Client) {
  const { runtime } = client;
  const { facts } = runtime;
  return {
    _localStream: streamLike(() => runtime.media?.localStream, facts.self),
    _remoteStreams: facts.users.map((user) => streamLike(() => runtime.media?.remoteStream(user), user)),
    _roomID: facts.current?.room ?? 0,
    _client: rtcClient(client),
  };
}

const aliases: Readonly<Record<string, (client: Client) => unknown>> = {
  _trtcClient: rtc,
  _roomID: ({ runtime }) => runtime.facts.current?.room ?? 0,
  _timClient: ({ settings }) => ({ _tim: settings.tim }),
  _tsignalingClient: ({ settings }) => ({ _tsignaling: { _tim: settings.tim } }),
};

/** What set the original's inside, and sets nothing here. */
const setters =
  'setCallType setInviteeList setUnHandledInviteeList setIsGroupCall setGroupID setInviterInviteID ' +
  'delInviterInviteID setInviterID setSwitchCallModeStatus changeCallStatus';

export function hideAliases(prototype: object): void {
  for (const [name, read] of Object.entries(aliases)) {
    Object.defineProperty(prototype, name, {
      get(this: object) {
        return read(clientOf(this));
      },
      // Assigning does nothing, and does not throw in strict code.
      set: () => undefined,
      configurable: true,
    });
  }
  for (const name of setters.split(' ')) hide(prototype, name, () => undefined);
}
