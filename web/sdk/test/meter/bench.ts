// A meter with a call that a test describes: totals that grow as told, in a time that passes as told.
import { FakeClock } from '../../src/fakes/clock.js';
import { Meter } from '../../src/meter/index.js';
import type { Expectation } from '../../src/meter/silence.js';
import type { NoMedia, UserQuality, UserVolume } from '../../src/meter/types.js';
import type { FlowCounters, Measurement } from '../../src/ports.js';

export type Flow = 'sentAudio' | 'sentVideo' | 'receivedAudio' | 'receivedVideo';

const flows: readonly Flow[] = ['sentAudio', 'sentVideo', 'receivedAudio', 'receivedVideo'];

/** Somebody in the call. Every second 50 packets of each flow go through, of 100 bytes; 10 pictures. */
export class Party {
  readonly totals: Record<Flow, FlowCounters>;
  /** What stands still. */
  readonly stopped = new Set<Flow>();
  /** Packets that are lost every second, of those that come in, and of those that go out. */
  lost = { received: 0, sent: 0 };
  roundTrip = 20;
  audioLevel = 0;
  expected: Expectation = { connected: true, audio: true, video: true, sendsAudio: true, sendsVideo: true };

  constructor(readonly userID: string) {
    this.totals = Object.fromEntries(flows.map((flow) => [flow, { packets: 0, bytes: 0, packetsLost: 0 }])) as Party['totals'];
    for (const flow of flows) if (flow.endsWith('Video')) this.totals[flow].frames = 0;
  }

  second(): void {
    for (const flow of flows) {
      if (this.stopped.has(flow)) continue;
      const total = this.totals[flow];
      total.packets += 50;
      total.bytes += 5000;
      total.packetsLost = (total.packetsLost ?? 0) + (flow.startsWith('sent') ? this.lost.sent : this.lost.received);
      if (total.frames !== undefined) total.frames += 10;
    }
  }

  measurement(): Measurement {
    const { sentAudio, sentVideo, receivedAudio, receivedVideo } = structuredClone(this.totals);
    return {
      userID: this.userID,
      roundTrip: this.roundTrip,
      sent: { audio: sentAudio, video: sentVideo },
      received: { audio: { ...receivedAudio, audioLevel: this.audioLevel }, video: receivedVideo },
    };
  }
}

export interface Bench {
  clock: FakeClock;
  meter: Meter;
  parties: Party[];
  volumes: UserVolume[][];
  qualities: UserQuality[][];
  silences: NoMedia[];
  /** Replaces what measuring does. */
  measure: () => Promise<Measurement[]>;
  /** Lets media flow and time pass. */
  seconds(count: number): Promise<void>;
}

export function bench(...users: string[]): Bench {
  const clock = new FakeClock();
  const parties = users.map((user) => new Party(user));
  const it: Omit<Bench, 'meter'> = {
    clock,
    parties,
    volumes: [],
    qualities: [],
    silences: [],
    measure: async () => parties.map((party) => party.measurement()),
    seconds: async (count) => {
      for (let second = 0; second < count; second++) {
        for (const party of parties) party.second();
        clock.advance(1000);
        await settle();
      }
    },
  };
  const meter = new Meter({
    clock,
    measure: () => it.measure(),
    localLevel: () => 7,
    self: () => 'alice',
    expects: (userID) => parties.find((party) => party.userID === userID)?.expected ?? new Party('').expected,
    events: {
      volume: (volumes) => it.volumes.push(volumes),
      quality: (qualities) => it.qualities.push(qualities),
      noMedia: (silence) => it.silences.push(silence),
    },
  });
  return Object.assign(it, { meter });
}

export async function settle(): Promise<void> {
  for (let round = 0; round < 10; round++) await Promise.resolve();
}

/** The only one. */
export function only<T>(things: readonly T[]): T {
  const [thing, ...others] = things;
  if (thing === undefined || others.length > 0) throw new Error(`${things.length} things, not one`);
  return thing;
}
