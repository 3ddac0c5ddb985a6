import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer, Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { accountName } from './auth/account.js';
import type { GroupPolicy } from './auth/acl.js';
import { forwarding, isLoopbackHost } from './http/addresses.js';
import { documents } from './http/documents.js';
import { systemClock, type Clock } from './clock.js';
import { devAppID, devKey } from './auth/dev-mode.js';
import { SettingsError, StartError, codeOf } from './errors.js';
import { Gateway } from './broker/gateway.js';
import { groupPolicy } from './auth/groups.js';
import { httpHandler, text, type Route } from './http/http.js';
import { icePath, iceRoute } from './http/ice.js';
import { AuthService } from './auth-service/service.js';
import { natsRoutes } from './http/nats.js';
import { originCheck } from './http/origin.js';
import { readCertificate, type Certificate } from './http/tls.js';
import { Metrics } from './metrics.js';
import { TokenBuckets } from './token-buckets.js';
import { settingsFrom, type SettingsInput } from './settings/load.js';
import { stdoutLog, type Log } from './log.js';
import type { AppKeys } from './settings/readers.js';
import type { Settings } from './settings/settings.js';
import { mqttPath, upgradeHandler } from './broker/upgrade.js';

/** Parts that only code can supply. */
export interface Ports {
  readonly log?: Log;
  readonly clock?: Clock;
  /** May this account write to and read from this group? Default: as the setting `groups` says. */
  readonly mayJoinGroup?: GroupPolicy;
  /** For /metrics; default: without those of the process. */
  readonly metrics?: Metrics;
}

export interface RunningServer {
  readonly host: string;
  readonly port: number;
  /** Of the demo, like `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** For MQTT, like `ws://127.0.0.1:8080/mqtt`; as an auth service the first of `mqttServers`, or empty. */
  readonly url: string;
  readonly sdkAppID: number;
  readonly devMode: boolean;
  /** Open WebSockets, signed in or not. */
  connections(): number;
  /** Cuts the sockets of one user, or all, as a network failure would; the server goes on. */
  drop(user?: { readonly sdkAppID: number; readonly userID: string }): void;
  /**
   * Reads the certificate's files again, for connections to come, and takes these keys from now on; whoever has signed in
   * with a key that is gone is closed with 4002. Throws, and changes nothing, if the files or keys cannot be used.
   */
  reload(changes?: Pick<Settings, 'apps'>): void;
  /** Takes no more connections, says goodbye to the open ones (1001), and resolves when the port is free. */
  close(): Promise<void>;
  /** As a crash would: no close frames, no wills. Resolves when the port is free. */
  kill(): Promise<void>;
}

/** Starts from settings given by code; the environment is not consulted. */
export async function startServer(input: SettingsInput = {}, ports: Ports = {}): Promise<RunningServer> {
  return run(settingsFrom(input), ports);
}

export async function run(configured: Settings, ports: Ports = {}): Promise<RunningServer> {
  const log = ports.log ?? stdoutLog(configured.logLevel);
  const clock = ports.clock ?? systemClock;
  const metrics = ports.metrics ?? new Metrics();
  const { settings, devMode } = withApps(configured, log);
  const certificate = readCertificate(settings);
  const failedLogins = new TokenBuckets(clock, settings.failedLoginsPerMinute / 60, settings.failedLoginBurst);
  const from = forwarding(settings.trustedProxies);
  const parts = { clock, log, metrics, from, failedLogins, mayJoinGroup: ports.mayJoinGroup ?? groupPolicy(settings.groups) };
  const front = settings.authService ? new AuthService(settings, parts) : await Gateway.create(settings, parts);
  const isAllowedOrigin = originCheck(settings.allowedOrigins, from);
  const bearer = { ...parts, isAllowedOrigin };
  const server = createHttpServer(settings, certificate, httpHandler({
    devMode,
    demoDir: settings.demoDir,
    sdkDir: settings.sdkDir,
    mqttServers: settings.mqttServers,
    routes: {
      ...documents(settings, { devMode, now: () => clock.now(), health: () => front, metrics, from }),
      [icePath]: iceRoute(settings, bearer),
      ...natsRoutes(settings, bearer),
      ...(front instanceof Gateway ? { [mqttPath]: mqttRoute } : front.routes),
    },
  }));
  if (front instanceof Gateway) server.on('upgrade', upgradeHandler(settings, devMode, front, log, metrics));

  const { address, port } = await listen(server, settings).catch(async (error: unknown) => {
    await front.kill();
    throw error;
  });
  const origin = `${certificate ? 'https' : 'http'}://${urlHost(settings.host)}:${port}`;
  log('info', 'listening', { origin, address, port, devMode, authService: settings.authService || undefined, apps: keyNames(settings.apps) });

  let stopped: Promise<void> | undefined;
  const stop = (how: string, leave: () => Promise<void>) => (stopped ??= (async () => {
    log('info', 'stopping', { how, connections: front.connections });
    // Listening goes on meanwhile: a load balancer is told that this server is not ready, and clients to come back later.
    await leave();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
    log('info', 'stopped');
  })());
  return {
    host: settings.host,
    port,
    origin,
    url: settings.authService ? settings.mqttServers[0] ?? '' : `${origin.replace(/^http/, 'ws')}${mqttPath}`,
    sdkAppID: settings.apps.keys().next().value!,
    devMode,
    connections: () => front.connections,
    drop: (user) => front.drop(user && accountName(user.sdkAppID, user.userID)),
    reload: (changes) => {
      const renewed = readCertificate(settings);
      // Never into development mode, which an empty list would mean at the start.
      const { apps } = changes && !devMode ? withApps({ ...configured, ...changes, devMode: false }, log).settings : settings;
      if (renewed && server instanceof HttpsServer) server.setSecureContext(renewed);
      settings.apps = apps;
      front.endRevoked();
      log('info', 'reloaded', { apps: keyNames(apps) });
    },
    close: () => stop('close', () => front.close(settings.closeSeconds * 1000)),
    kill: () => stop('kill', () => front.kill()),
  };
}

function createHttpServer(settings: Settings, certificate: Certificate | undefined, handler: RequestListener): Server {
  const limits = {
    maxHeaderSize: 8192,
    headersTimeout: 5000,
    requestTimeout: 10_000,
    keepAliveTimeout: 5000,
    connectionsCheckingInterval: 2000,
  };
  const server = certificate ? createSecureServer({ ...limits, ...certificate, handshakeTimeout: 10_000 }, handler) : createServer(limits, handler);
  // Beyond the WebSockets, room for pages being loaded.
  server.maxConnections = settings.maxConnections + 1024;
  server.maxRequestsPerSocket = 1000;
  // Idle ones only, and only until they become WebSockets.
  server.timeout = 30_000;
  return server;
}

/** Like `1400000001/2026-07,1400000001/2026-01`. */
function keyNames(apps: AppKeys): string {
  return [...apps].flatMap(([sdkAppID, keys]) => keys.map(({ id }) => `${sdkAppID}/${id}`)).join(',');
}

const mqttRoute: Route = {
  answer(_, response) {
    response.setHeader('Upgrade', 'websocket');
    text(response, 426, 'MQTT over WebSocket lives here');
  },
};

function withApps(configured: Settings, log: Log): { settings: Settings; devMode: boolean } {
  const devMode = configured.devMode ?? configured.apps.size === 0;
  if (!devMode && configured.apps.size === 0) {
    throw new SettingsError('apps', 'empty', 'set TRTC_APPS="SDKAppID:key", or allow development mode');
  }
  if (configured.turnUrls.length > 0 && configured.turnSecret.length < 16) throw new SettingsError('turnSecret', 'empty or shorter than 16 characters', 'give the secret that the TURN server has, too');
  for (const [sdkAppID, keys] of configured.apps) {
    for (const { id } of keys.filter(({ key }) => key.length < 32)) log('warn', 'short key', { sdkAppID, key: id, warning: 'whoever guesses the key can sign in as anybody' });
  }
  if (!devMode) return { settings: { ...configured }, devMode };
  // Whoever can reach this server can sign in as anybody.
  if (!isLoopbackHost(configured.host)) {
    throw new SettingsError('host', `"${configured.host}" in development mode`, 'set TRTC_APPS="SDKAppID:key" to serve others, or listen on 127.0.0.1');
  }
  const apps = configured.apps.size > 0 ? configured.apps : new Map([[devAppID, [{ id: 'dev', key: devKey(configured.stateDir) }]]]);
  log('warn', 'development mode', { warning: 'ANYBODY ON THIS MACHINE CAN SIGN IN AS ANY USER. Set TRTC_APPS for anything else.' });
  return { settings: { ...configured, apps }, devMode };
}

function listen(server: Server, { host, port }: Settings): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(startError(error, host, port)));
    server.listen({ host, port }, () => resolve(server.address() as AddressInfo));
  });
}

function startError(error: Error, host: string, port: number): StartError {
  const place = `${urlHost(host)}:${port}`;
  switch (codeOf(error)) {
    case 'EADDRINUSE': return new StartError(`${place} is in use`, 'Stop the other program or set TRTC_PORT to another port (0 takes a free one)', { cause: error });
    case 'EACCES': return new StartError(`${place} is reserved`, 'Set TRTC_PORT to a port above 1023', { cause: error });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND': return new StartError(`${host} is not an address of this machine`, 'Correct TRTC_HOST', { cause: error });
    default: return new StartError(`listening on ${place} failed (${error.message})`, 'Check TRTC_HOST and TRTC_PORT', { cause: error });
  }
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
