import { Aedes, type AuthenticateError, type Client, type ConnectPacket, type PublishPacket } from 'aedes';
import type { Account } from '../auth/account.js';
import type { TopicRules } from '../auth/acl.js';
import { closings, type Closing } from './close-codes.js';
import type { Connection } from './connection.js';
import type { Credentials } from '../auth/login.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import type { BrokerSettings } from '../settings/settings.js';

export type Authentication =
  | { readonly ok: true; /** Must have left the broker before the new one enters. */ readonly replaces?: Connection }
  | { readonly ok: false; readonly connack: number };

/** What the broker asks of the rest of the server. */
export interface BrokerPolicy {
  readonly rules: TopicRules;
  connectionOf(client: Client): Connection | undefined;
  /** Undefined: the socket has been closed, there is nothing to answer. */
  authenticate(connection: Connection, credentials: Credentials, keepaliveSeconds: number): Authentication | undefined;
}

/** Aedes, with its hooks bound to our rules and its defaults changed where they hurt on the open internet. */
export async function createBroker(settings: BrokerSettings, policy: BrokerPolicy, log: Log, metrics: Metrics): Promise<Aedes> {
  const connects = new WeakMap<Client, ConnectPacket>();
  const accountOf = (client: Client | null): Account | undefined => (client ? policy.connectionOf(client)?.identity?.account : undefined);

  const broker = await Aedes.createBroker({
    // No limit on deliveries under way: with one, as many messages to clients that do not read stop the whole broker.
    // What they can pile up is limited for each client instead (`isStuck`, drainTimeout).
    concurrency: 0,
    drainTimeout: settings.drainSeconds * 1000,
    // Ours counts from the opening of the socket and has a close code; this one is only a safety net.
    connectTimeout: settings.connectSeconds * 1000 + 60_000,

    preConnect(client, packet, done) {
      // A session kept for a client that never returns would queue for ever.
      packet.clean = true;
      connects.set(client, packet);
      done(null, true);
    },

    authenticate(client, userName, password, done) {
      const connection = policy.connectionOf(client);
      if (!connection) return;
      const { will, keepalive = 0 } = connects.get(client) ?? {};
      connects.delete(client);
      const result = policy.authenticate(connection, { clientID: client.id, userName, password, will }, keepalive);
      if (!result) return;
      if (!result.ok) return done(refusal(result.connack), false);
      const older = result.replaces?.client;
      if (!older || older.closed) return done(null, true);
      older.close(() => done(null, true));
    },

    authorizePublish(client, packet, done) {
      const connection = client ? policy.connectionOf(client) : undefined;
      const account = connection?.identity?.account;
      metrics.message('in', Buffer.byteLength(packet.payload));
      // The wills of those who are sent away at shutdown would look like the end of their calls.
      const isFarewell = connection?.stream.closing === closings.goingAway;
      const verdict = isFarewell ? 'drop' : account ? policy.rules.judgePublish(account, packet.topic) : 'refuse';
      const problem = verdict === 'refuse' ? closings.topicNotAllowed : problemOf(packet, settings.maxMessageBytes);
      if (problem) {
        metrics.refused('publish', problem.reason);
        connection?.stream.fail(problem);
        return done(new Error(problem.reason));
      }
      if (verdict === 'drop') {
        if (!isFarewell) {
          log('info', 'message dropped', { account: account?.name, topic: shorten(packet.topic) });
          metrics.refused('publish', 'not a member of the group');
        }
        packet.topic = nowhere;
      }
      done(null);
    },

    authorizeSubscribe(client, subscription, done) {
      const account = accountOf(client);
      const held = subscriptionsOf(client);
      const allowed = account !== undefined && policy.rules.maySubscribe(account, subscription.topic)
        && (subscription.topic in held || Object.keys(held).length < settings.maxSubscriptions);
      if (!allowed) {
        log('info', 'subscription refused', { account: account?.name, topic: shorten(subscription.topic) });
        metrics.refused('subscribe', 'topic not allowed, or too many');
      }
      // No error: that would end the connection. Null is answered with 0x80 for this one topic.
      done(null, allowed ? subscription : null);
    },

    authorizeForward(client, packet) {
      const connection = policy.connectionOf(client);
      if (!connection?.isStuck) {
        metrics.message('out', Buffer.byteLength(packet.payload));
        return packet;
      }
      connection.stream.fail(closings.readsTooSlowly);
      return null;
    },
  });
  // An error event that nobody listens for ends the process.
  broker.on('error' as 'closed', ((error: Error) => log('error', 'broker error', { error: error.message })) as () => void);
  return broker;
}

/**
 * Where dropped messages go: nobody may subscribe to it. An error would end the connection, and MQTT 3.1.1 knows no other
 * refusal: what is not authorized is acknowledged all the same, or the connection is closed [MQTT-3.3.5-2].
 */
const nowhere = 'nowhere';

function problemOf(packet: PublishPacket, maxBytes: number): Closing | undefined {
  if (packet.retain) return closings.retainNotAllowed;
  if (packet.qos === 2) return closings.qosNotAllowed;
  return Buffer.byteLength(packet.payload) > maxBytes ? closings.tooBig : undefined;
}

function refusal(returnCode: number): AuthenticateError {
  return Object.assign(new Error('login refused'), { returnCode });
}

/** Public in the library's documentation, absent from its types. An object without prototype. */
function subscriptionsOf(client: Client): Readonly<Record<string, unknown>> {
  return (client as Client & { subscriptions: Record<string, unknown> }).subscriptions;
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
