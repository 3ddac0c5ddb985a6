import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { groups, type Groups } from '../auth/groups.js';
import { natsAccounts, type NatsAccounts } from '../auth/nats.js';
import type { LogLevel } from '../log.js';
import { apps } from './apps.js';
import * as read from './readers.js';
import type { AppKeys, IceServer, Reader } from './readers.js';

/** Who somebody is and what they may do: all that is needed to answer another broker's questions. */
export interface AuthSettings {
  apps: AppKeys;
  groups: Groups;
  devMode: boolean | undefined;
  stateDir: string;
  clockSkewSeconds: number;
  failedLoginsPerMinute: number;
  failedLoginBurst: number;
}

/** The listening socket and HTTP. */
export interface HttpSettings {
  host: string;
  port: number;
  tlsCert: string;
  tlsKey: string;
  allowedOrigins: readonly string[];
  trustedProxies: readonly string[];
  metricsFrom: readonly string[];
  demoDir: string;
  sdkDir: string;
  logLevel: LogLevel;
}

/** What clients are told about STUN and TURN. */
export interface TurnSettings {
  iceServers: readonly IceServer[];
  turnUrls: readonly string[];
  turnSecret: string;
  turnSeconds: number;
  iceRequestsPerMinute: number;
}

/** The embedded broker and its sockets. */
export interface BrokerSettings {
  connectSeconds: number;
  pingSeconds: number;
  maxKeepaliveSeconds: number;
  drainSeconds: number;
  closeSeconds: number;
  connectionsPerSecond: number;
  connectionBurst: number;
  maxConnections: number;
  maxConnectionsPerAccount: number;
  maxPendingPerAddress: number;
  maxMessageBytes: number;
  maxBufferedBytes: number;
  maxSubscriptions: number;
  messagesPerSecond: number;
  messageBurst: number;
}

/** Working for a broker that is not ours. */
export interface ForeignBrokerSettings {
  authService: boolean;
  authFrom: readonly string[];
  mqttServers: readonly string[];
  natsAccounts: NatsAccounts;
}

/** Everything an operator can choose. Names in a file and in code; `TRTC_UPPER_CASE` in the environment, `--kebab-case` as flags. */
export interface Settings extends AuthSettings, HttpSettings, TurnSettings, BrokerSettings, ForeignBrokerSettings {}

export interface Definition<T> extends Reader<T> {
  readonly about: string;
  readonly default: T;
  /** Command lines are visible to every user of the machine. */
  readonly secret?: boolean;
}

const define = <T>(reader: Reader<T>, fallback: NoInfer<T>, about: string): Definition<T> => ({ ...reader, about, default: fallback });

type Definitions<S> = { readonly [K in keyof S]: Definition<S[K]> };

const auth: Definitions<AuthSettings> = {
  apps: { ...define(apps, new Map(), 'SDKAppID:key pairs, or SDKAppID/keyID:key; repeat an SDKAppID while its key is being changed; none: development mode'), secret: true },
  groups: define(groups, 'open', 'who belongs to which group: open (everybody to every one), or a JSON object of group ids and lists of user ids'),
  devMode: define(read.optional(read.flag), undefined, 'issue demo UserSigs at /dev/usersig, on loopback only; default: only if there are no apps'),
  stateDir: define(read.text, defaultStateDir(), 'where development mode keeps its key'),
  clockSkewSeconds: define(read.integer(0, 3600), 10, 'time that a UserSig is accepted after its end'),
  failedLoginsPerMinute: define(read.number(0.1, 1e6), 10, 'failed logins of one address, sustained'),
  failedLoginBurst: define(read.integer(1, 1e6), 20, 'failed logins of one address, at once; then it is refused'),
};

const http: Definitions<HttpSettings> = {
  host: define(read.text, '127.0.0.1', 'address to listen on; 0.0.0.0 for all'),
  port: define(read.integer(0, 65_535), 8080, 'port to listen on; 0 takes a free one'),
  tlsCert: define(read.anyText, '', 'PEM file with the certificate and its chain; with tlsKey: https and wss'),
  tlsKey: define(read.anyText, '', 'PEM file with the private key of the certificate'),
  allowedOrigins: define(read.list, [], 'web origins that may connect besides the page\'s own, like https://app.example.com'),
  trustedProxies: define(read.addresses, [], 'addresses or subnets whose X-Forwarded-For, -Host and -Proto are believed'),
  metricsFrom: define(read.addresses, ['127.0.0.0/8', '::1'], 'addresses or subnets that may read /metrics'),
  demoDir: define(read.text, inRepository('demo'), 'files served at /'),
  sdkDir: define(read.text, inRepository('sdk/dist'), 'files served at /sdk/'),
  logLevel: define(read.logLevel, 'info', 'least level that is logged'),
};

const turn: Definitions<TurnSettings> = {
  iceServers: define(read.iceServers, [], 'RTCIceServer objects handed to every client, as JSON: STUN servers, for example'),
  turnUrls: define(read.turnUrls, [], 'addresses of the TURN server, like turn:turn.example.com:3478,turns:turn.example.com:5349'),
  turnSecret: { ...define(read.anyText, '', 'secret shared with the TURN server (static-auth-secret of coturn), from which its credentials are made'), secret: true },
  turnSeconds: define(read.integer(60, 7 * 86_400), 3600, 'lifetime of TURN credentials'),
  iceRequestsPerMinute: define(read.number(0.1, 1e6), 12, 'requests for ICE servers of one account'),
};

const broker: Definitions<BrokerSettings> = {
  connectSeconds: define(read.integer(1, 3600), 5, 'time for a client to sign in after opening its socket'),
  pingSeconds: define(read.integer(1, 3600), 25, 'interval of WebSocket pings; one missed ends the connection'),
  maxKeepaliveSeconds: define(read.integer(1, 65_535), 300, 'longest MQTT keep alive that a client may ask for; 0 (none) is refused'),
  drainSeconds: define(read.number(0.01, 3600), 8, 'time for a client with a full buffer to read on'),
  closeSeconds: define(read.number(0, 3600), 8, 'time for all clients to leave at shutdown; their goodbyes are spread over three quarters of it'),
  connectionsPerSecond: define(read.number(0.1, 1e6), 500, 'new WebSockets of all addresses, sustained'),
  connectionBurst: define(read.integer(1, 1e6), 2000, 'new WebSockets of all addresses, at once; then they are asked to come back later'),
  maxConnections: define(read.integer(1, 1_000_000), 10_000, 'open WebSockets'),
  maxConnectionsPerAccount: define(read.integer(1, 1000), 4, 'sockets of one account, those that are closing included'),
  maxPendingPerAddress: define(read.integer(1, 1_000_000), 256, 'sockets of one address that have not signed in yet'),
  maxMessageBytes: define(read.integer(1024, 16 << 20), 65_536, 'largest payload of a message'),
  maxBufferedBytes: define(read.integer(65_536, 1 << 30), 1 << 20, 'unsent bytes at which a slow reader is disconnected'),
  maxSubscriptions: define(read.integer(1, 100_000), 64, 'subscriptions of one client'),
  messagesPerSecond: define(read.number(0.1, 1e6), 50, 'MQTT packets of one account, sustained'),
  messageBurst: define(read.integer(1, 1e6), 300, 'MQTT packets of one account, at once'),
};

const foreignBroker: Definitions<ForeignBrokerSettings> = {
  authService: define(read.flag, false, 'run without the broker, and answer the questions of another one at /auth/'),
  authFrom: define(read.addresses, ['127.0.0.0/8', '::1'], 'addresses or subnets of the brokers that may ask'),
  mqttServers: define(read.webSockets, [], 'where the demo finds the brokers, like wss://mqtt.example.com/mqtt; default: /mqtt on its own origin'),
  natsAccounts: { ...define(natsAccounts, new Map(), 'accounts and signing keys of NATS, as trtc-calling-nats-keys writes them: UserSigs are swapped for tokens at /v1/nats'), secret: true },
};

export const definitions: Definitions<Settings> = { ...http, ...auth, ...turn, ...broker, ...foreignBroker };

export const settingNames = Object.keys(definitions) as (keyof Settings)[];

export function environmentName(name: keyof Settings): string {
  return `TRTC_${name.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()}`;
}

export function flagName(name: keyof Settings): string {
  return name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
}

/** Beside this package in the repository; from `src` and from `dist` it is the same step. */
function inRepository(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}

function defaultStateDir(): string {
  const name = 'trtc-calling';
  switch (platform()) {
    case 'win32': return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), name);
    case 'darwin': return join(homedir(), 'Library', 'Application Support', name);
    default: return join(process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), name);
  }
}
