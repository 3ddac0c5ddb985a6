// What each broker does not do, and why. Measured: brokers.test.ts fails where one of them does it after all. A behaviour
// that is not here holds on all of them.
import type { BrokerName } from './brokers/index.ts';

const patterns = 'its rule is a pattern, and a pattern takes a wildcard in a filter for a level';
const noMembership = 'its rule is a pattern, which knows no list of members';
const anySize = 'it has no limit for this; the core drops what is longer than 64 kB unread';
const never = 'it asks at the login only; a newer login ends the session';
const keeps = 'it cannot be told not to; an invitation that was kept rings again at each login, under the name of whoever sent it';

export const shortcomings: Readonly<Record<string, Partial<Record<BrokerName, string>>>> = {
  'nobody is thrown out by another account that uses its client id': {
    NATS: 'its client ids belong to nobody; whoever has got a message of a session knows its id and can interrupt the connection, which comes back by itself',
  },
  'a session ends with its UserSig': { ejabberd: never, RabbitMQ: never },
  'the will of a client that says goodbye is not delivered': {
    RabbitMQ: 'its MQTT over WebSocket takes every end for a crash (upstream issue 4061); presence makes the core look, and proves nothing to it',
  },
  'the presence of all people at once cannot be heard': { ejabberd: patterns, NATS: patterns },
  'another application cannot be written to': { ejabberd: 'its rule is a pattern, which cannot compare parts of a level: one ejabberd for each application' },
  'retained messages are not kept': { ejabberd: keeps, NATS: keeps },
  'a message of 1 MB is refused': { ejabberd: anySize, RabbitMQ: anySize, NATS: anySize },
  'a group with a list of members is closed to others': { ejabberd: noMembership, NATS: noMembership },
  'the messages of all groups at once cannot be heard': { ejabberd: patterns, NATS: patterns },
};
