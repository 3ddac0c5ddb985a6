import { aedes } from './aedes.ts';
import type { Broker } from './broker.ts';
import { ejabberd } from './ejabberd.ts';
import { mosquitto } from './mosquitto.ts';
import { nats } from './nats.ts';
import { rabbitmq } from './rabbitmq.ts';

/** The columns of the matrix. */
export const brokers = {
  Aedes: aedes,
  Mosquitto: mosquitto,
  ejabberd: () => ejabberd(),
  RabbitMQ: () => rabbitmq(),
  NATS: nats,
} satisfies Record<string, () => Promise<Broker>>;

export type BrokerName = keyof typeof brokers;
export const brokerNames = Object.keys(brokers) as BrokerName[];
