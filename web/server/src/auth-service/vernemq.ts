import { isTrue, qosOf, textOf, type Dialect, type Fields } from './dialect.js';

/**
 * VerneMQ's webhooks (vmq_webhooks) for MQTT 3.1.1: JSON in, the kind of question in the header `vernemq-hook`,
 * `{"result": "ok"}` or an error out. A subscription to several topics stands or falls as one.
 */
export const vernemq: Dialect = {
  path: '/auth/vernemq/',
  format: (allowed) => ({ type: 'application/json', body: JSON.stringify({ result: allowed ? 'ok' : { error: 'not_allowed' } }) }),
  read(path, fields, hook) {
    if (path !== '') return undefined;
    const userName = textOf(fields, 'username');
    switch (hook) {
      case 'auth_on_register': {
        const address = textOf(fields, 'peer_addr');
        return { kind: 'login', userName, password: textOf(fields, 'password'), clientID: textOf(fields, 'client_id'), ...(address ? { address } : {}) };
      }
      case 'auth_on_publish': return { kind: 'publish', userName, topic: textOf(fields, 'topic'), retain: isTrue(fields, 'retain'), qos: qosOf(fields) };
      case 'auth_on_subscribe': return { kind: 'subscribe', userName, filters: filtersOf(fields) };
      default: return undefined;
    }
  },
};

/** Whatever is not a filter becomes one that nobody may have. */
function filtersOf(fields: Fields): string[] {
  const topics: unknown = Object.hasOwn(fields, 'topics') ? fields['topics'] : undefined;
  return Array.isArray(topics) ? topics.map((entry: unknown) => (typeof entry === 'object' && entry !== null ? textOf(entry as Fields, 'topic') : '')) : [];
}
