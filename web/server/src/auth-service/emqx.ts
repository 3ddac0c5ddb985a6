import { isTrue, qosOf, textOf, type Dialect } from './dialect.js';

/**
 * EMQX's HTTP authenticator and authorizer, with the bodies that brokers/emqx.md lists: JSON in, `{"result": "allow"}` or
 * `"deny"` out. NanoMQ and others have taken the form over.
 */
export const emqx: Dialect = {
  path: '/auth/emqx/',
  format: (allowed) => ({ type: 'application/json', body: JSON.stringify({ result: allowed ? 'allow' : 'deny', is_superuser: false }) }),
  read(path, fields) {
    const userName = textOf(fields, 'username');
    if (path === 'login') {
      const address = textOf(fields, 'peerhost');
      return { kind: 'login', userName, password: textOf(fields, 'password'), clientID: textOf(fields, 'clientid'), ...(address ? { address } : {}) };
    }
    if (path !== 'topic') return undefined;
    const topic = textOf(fields, 'topic');
    switch (textOf(fields, 'action')) {
      case 'publish': return { kind: 'publish', userName, topic, retain: isTrue(fields, 'retain'), qos: qosOf(fields) };
      case 'subscribe': return { kind: 'subscribe', userName, filters: [topic] };
      default: return { kind: 'refused', userName };
    }
  },
};
