import { parseClientID } from '../auth/account.js';
import { textOf, type Dialect, type Fields } from './dialect.js';

/**
 * RabbitMQ's rabbit_auth_backend_http: forms in, `allow` or `deny` out. Its MQTT plugin makes of each client a queue named
 * after the client id, which reads from the exchange amq.topic, to which everybody writes; who may use which topic is
 * asked by routing key, with dots for slashes and `*` for `+`.
 */
export const rabbitmq: Dialect = {
  path: '/auth/rabbitmq/',
  format: (allowed) => ({ type: 'text/plain', body: allowed ? 'allow' : 'deny' }),
  read(path, fields) {
    const userName = textOf(fields, 'username');
    switch (path) {
      case 'user': {
        const clientID = textOf(fields, 'client_id');
        // Without a client id it is no MQTT client: nobody has business there over other protocols.
        return { kind: 'login', userName, password: textOf(fields, 'password'), clientID };
      }
      case 'vhost': return { kind: 'account', userName };
      case 'resource': return isOwnResource(userName, fields) ? { kind: 'account', userName } : { kind: 'refused', userName };
      case 'topic': return topicQuestion(userName, fields);
      default: return undefined;
    }
  },
};

const exchange = 'amq.topic';

function isOwnResource(userName: string, fields: Fields): boolean {
  const [name, permission] = [textOf(fields, 'name'), textOf(fields, 'permission')];
  if (textOf(fields, 'resource') === 'exchange') return name === exchange && permission !== 'configure';
  const clientID = /^mqtt-(?:subscription-(.{1,200})qos[01]|will-(.{1,200}))$/.exec(name);
  return textOf(fields, 'resource') === 'queue' && parseClientID(clientID?.[1] ?? clientID?.[2] ?? '')?.account === userName;
}

function topicQuestion(userName: string, fields: Fields): ReturnType<Dialect['read']> {
  const topic = textOf(fields, 'routing_key').replaceAll('.', '/').replaceAll('*', '+');
  const isOurs = textOf(fields, 'name') === exchange && textOf(fields, 'resource') === 'topic';
  switch (isOurs && textOf(fields, 'permission')) {
    case 'write': return { kind: 'publish', userName, topic };
    case 'read': return { kind: 'subscribe', userName, filters: [topic] };
    default: return { kind: 'refused', userName };
  }
}
