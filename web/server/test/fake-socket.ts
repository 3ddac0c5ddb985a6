import { EventEmitter } from 'node:events';
import type { TestContext } from 'node:test';
import packets, { type Packet } from 'mqtt-packet';
import type { WebSocket } from 'ws';
import type { Clock } from '../src/index.js';
import { Metrics } from '../src/metrics.js';
import { TokenBuckets } from '../src/token-buckets.js';
import { Gateway } from '../src/broker/gateway.js';
import { settingsFrom, type SettingsInput } from '../src/settings/load.js';
import { app, credentials, key, TestClock, type Person } from './helpers.js';

/**
 * The server's end of a WebSocket, without a network: the kernel swallows megabytes before a reader counts as frozen, and
 * decides by itself what arrives together.
 */
export class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  closedWith: number | undefined;
  readonly sent: Packet[] = [];
  /** Sends take until it thaws. */
  isFrozen = false;
  readonly #stuck: (() => void)[] = [];
  readonly #parser = packets.parser({ protocolVersion: 4 }).on('packet', (packet) => {
    this.sent.push(packet);
    this.emit('sent', packet);
  });

  send(data: Buffer, _options: object, done: () => void): void {
    const arrive = () => {
      this.#parser.parse(data);
      setImmediate(done);
    };
    if (this.isFrozen) this.#stuck.push(arrive);
    else arrive();
  }

  /** Reads on, from where it stopped. */
  thaw(): void {
    this.isFrozen = false;
    for (const arrive of this.#stuck.splice(0)) arrive();
  }

  close(code: number): void {
    this.closedWith ??= code;
    this.ended(1006);
  }

  terminate(): void {
    this.ended(1006);
  }

  pause(): void {}
  resume(): void {}
  ping(): void {}

  receive(...received: Packet[]): void {
    this.emit('message', Buffer.concat(received.map((packet) => packets.generate(packet))), true);
  }

  ended(code: number): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    setImmediate(() => this.emit('close', code, Buffer.alloc(0)));
  }

  next(cmd: Packet['cmd']): Promise<Packet> {
    return new Promise((resolve) => {
      const check = () => {
        const index = this.sent.findIndex((packet) => packet.cmd === cmd);
        if (index < 0) return;
        this.off('sent', check);
        resolve(this.sent.splice(index, 1)[0]!);
      };
      this.on('sent', check);
      check();
    });
  }

  subscribe(topic: string): Promise<Packet> {
    this.receive({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 0 }] });
    return this.next('suback');
  }

  publish(topic: string, payload: string | Buffer): void {
    this.receive({ cmd: 'publish', topic, payload, qos: 0, dup: false, retain: false });
  }
}

export function connectPacket(person: Person, clock: TestClock): Packet {
  const { password, ...names } = credentials({ ...person, time: clock.seconds });
  const will = person.will && { topic: person.will.topic, payload: Buffer.from(person.will.payload), qos: 0 as const, retain: false };
  return { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 60, ...names, password: Buffer.from(password), ...(will ? { will } : {}) };
}

export async function gatewayWithoutNetwork(t: TestContext, settings: SettingsInput, clock: Clock): Promise<{ gateway: Gateway; open(): FakeSocket }> {
  const failedLogins = new TokenBuckets(clock, 1, 100);
  const gateway = await Gateway.create(settingsFrom({ apps: { [app]: key }, ...settings }), { clock, log: () => {}, metrics: new Metrics(), mayJoinGroup: () => true, failedLogins });
  t.after(() => gateway.kill());
  return {
    gateway,
    open() {
      const socket = new FakeSocket();
      gateway.accept(socket as unknown as WebSocket, '192.0.2.1');
      return socket;
    },
  };
}
