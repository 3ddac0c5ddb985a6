// A model of an MQTT 3.1.1 broker in virtual time: real bytes, one millisecond on the way in each direction. It routes by
// exact topic and by a trailing "+", publishes wills, and can lose messages and connections.
import type { FakeClock } from '../../../web/sdk/src/fakes/index.js';
import type { Report, SocketEffect, SocketPort } from '../../../web/sdk/src/ports.js';
import { connectOf, framed, Packets, publishOf, subscribeOf, unsubscribeOf, type Packet, type Will } from './packets.js';

const LATENCY = 1;

interface Link {
  user: string;
  filters: Set<string>;
  will: Will | undefined;
  packets: Packets;
  send(bytes: Uint8Array): void;
  end(): void;
}

export class Broker {
  /** Every publication on its way to one receiver; false loses it. */
  passes: (topic: string, receiver: string) => boolean = () => true;
  /** Users whose network is gone: nothing opens, nothing moves. */
  readonly unreachable = new Set<string>();
  /** Users whose UserSig is not accepted. */
  readonly refuses = new Set<string>();
  /** Groups that nobody may join. */
  readonly forbids = new Set<string>();
  /** How many connections were asked for. */
  connections = 0;
  private readonly links = new Set<Link>();

  constructor(private readonly clock: FakeClock) {}

  /** The sockets of one client, which belongs to `owner`. */
  portOf(owner: string, report: Report): SocketPort {
    const own = new Map<number, Link>();
    return {
      execute: (effect) => this.execute(owner, own, report, effect),
      send: (socket, bytes) => {
        const link = own.get(socket);
        this.later(() => {
          if (link !== undefined && this.links.has(link) && !this.unreachable.has(owner)) this.receive(link, bytes);
        });
      },
      dispose: () => own.forEach((link) => this.drop(link)),
    };
  }

  /** Ends every connection of a user without a word, and publishes the wills. */
  cut(user: string): void {
    for (const link of [...this.links].filter((each) => each.user === user)) {
      this.drop(link);
      link.end();
    }
  }

  /** A text in the inbox of a user, whoever it is from. */
  inject(user: string, from: string, text: string): void {
    for (const link of this.links) {
      const inbox = [...link.filters].find((filter) => link.user === user && filter.includes('/in/'));
      if (inbox === undefined) continue;
      const [topic, payload] = [inbox.replace(/\+$/, from), text].map((each) => [...new TextEncoder().encode(each)]) as [number[], number[]];
      link.send(framed(0x30, [topic.length >> 8, topic.length & 0xff, ...topic, ...payload]));
    }
  }

  private execute(owner: string, own: Map<number, Link>, report: Report, effect: SocketEffect): void {
    const { socket } = effect;
    const closed = () => report({ type: 'SocketClosed', socket, code: 1006, reason: '' });
    if (effect.type === 'CloseSocket') {
      const link = own.get(socket);
      // What was sent before arrives before the end does.
      return this.later(() => link && this.drop(link));
    }
    const link: Link = {
      user: '',
      filters: new Set(),
      will: undefined,
      packets: new Packets(),
      send: (bytes) =>
        this.later(() => {
          if (this.links.has(link) && !this.unreachable.has(owner)) report({ type: 'SocketReceived', socket, bytes });
        }),
      end: () => this.later(closed),
    };
    own.set(socket, link);
    this.connections += 1;
    this.later(() => {
      if (this.unreachable.has(owner)) return closed();
      this.links.add(link);
      report({ type: 'SocketOpened', socket });
    });
  }

  private later(act: () => void): void {
    this.clock.set(act, LATENCY);
  }

  private receive(link: Link, bytes: Uint8Array): void {
    for (const packet of link.packets.take(bytes)) this.handle(link, packet);
  }

  private handle(link: Link, { kind, body }: Packet): void {
    switch (kind) {
      case 1: {
        const { user, will } = connectOf(body);
        if (this.refuses.has(user)) return link.send(framed(0x20, [0, 4]));
        Object.assign(link, { user, will });
        return link.send(framed(0x20, [0, 0]));
      }
      case 3:
        return this.publish(publishOf(body).topic, body);
      case 8: {
        const { id, filters } = subscribeOf(body);
        const granted = filters.map((filter) => ![...this.forbids].some((group) => filter.endsWith(`${group}/+`)));
        filters.forEach((filter, index) => granted[index] && link.filters.add(filter));
        return link.send(framed(0x90, [...id, ...granted.map((isGranted) => (isGranted ? 0 : 0x80))]));
      }
      case 10: {
        const { id, filters } = unsubscribeOf(body);
        for (const filter of filters) link.filters.delete(filter);
        return link.send(framed(0xb0, [...id]));
      }
      case 12:
        return link.send(framed(0xd0, []));
      case 14:
        link.will = undefined;
        return this.drop(link);
      default:
        throw new Error(`no client of ours sends packets of kind ${kind}`);
    }
  }

  private publish(topic: string, body: Uint8Array): void {
    for (const link of this.links) {
      const wanted = [...link.filters].some((filter) => matches(filter, topic));
      if (wanted && this.passes(topic, link.user)) link.send(framed(0x30, [...body]));
    }
  }

  private drop(link: Link): void {
    if (!this.links.delete(link) || link.will === undefined) return;
    this.publish(link.will.topic, link.will.body);
  }
}

function matches(filter: string, topic: string): boolean {
  if (!filter.endsWith('+')) return filter === topic;
  const prefix = filter.slice(0, -1);
  return topic.startsWith(prefix) && !topic.slice(prefix.length).includes('/');
}
