// Puts fakes in the place of the browser's globals, and collects what a media port says.
import { afterEach } from 'node:test';
import type { Input } from '../../src/core/protocol.js';
import { createMedia, type MediaOptions } from '../../src/media/index.js';
import type { MediaEffect, MediaPort } from '../../src/ports.js';
import { FakeDevices, FakeStream, type Machine } from './fake-devices.js';
import { FakeConnection } from './fake-connection.js';

export const profile = { width: 640, height: 480, frame_rate: 15, bitrate: 900 };

export interface Bench {
  devices: FakeDevices;
  media: MediaPort;
  /** Every connection that was made, in order. */
  connections: FakeConnection[];
  inputs: Input[];
  execute(...effects: MediaEffect[]): void;
  open(capture: number, microphone: boolean, camera: boolean): void;
}

const media: MediaPort[] = [];

export function bench(machine: Machine = {}, options: MediaOptions = {}): Bench {
  const devices = new FakeDevices(machine);
  const connections: FakeConnection[] = [];
  replaceGlobal('navigator', { mediaDevices: devices });
  replaceGlobal('MediaStream', FakeStream);
  replaceGlobal(
    'RTCPeerConnection',
    class extends FakeConnection {
      constructor(configuration: RTCConfiguration) {
        super(configuration);
        connections.push(this);
      }
    },
  );
  const inputs: Input[] = [];
  const port = createMedia((input) => inputs.push(input), options);
  media.push(port);
  const execute = (...effects: MediaEffect[]): void => effects.forEach((effect) => port.execute(effect));
  const open = (capture: number, microphone: boolean, camera: boolean): void =>
    execute({ type: 'OpenMedia', capture, microphone, camera, profile });
  return { devices, media: port, connections, inputs, execute, open };
}

afterEach(() => {
  for (const port of media.splice(0)) port.dispose();
});

/** Lets everything happen that does not wait for a timer. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 3; round++) await new Promise((resolve) => setImmediate(resolve));
}

function replaceGlobal(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
