// What happened between two measurements of one connection.
import { told } from '../given.js';
import type { FlowCounters, Measurement } from '../ports.js';
import type { FlowStats, UserStats } from './types.js';

/** Measurements of one moment, by user. */
export interface Sample {
  /** Milliseconds of the clock. */
  at: number;
  users: ReadonlyMap<string, Measurement>;
}

type Flows = Measurement['sent'];

/** How much a total has grown; a connection that was rebuilt counts from nothing. */
const growth = (now = 0, before = 0): number => (now >= before ? now - before : now);

/** Packets that come late after all are taken back. */
const moreLost = (now = 0, before = 0): number => Math.max(0, now - before);

/** Packets of all kinds between two measurements, and how many of them were lost. */
export function traffic(now: Flows, before: Flows = {}): { packets: number; lost: number } {
  let [packets, lost] = [0, 0];
  for (const kind of ['audio', 'video'] as const) {
    packets += growth(now[kind]?.packets, before[kind]?.packets);
    lost += moreLost(now[kind]?.packetsLost, before[kind]?.packetsLost);
  }
  return { packets, lost };
}

/** 0 … 1. `arrived`: whether lost packets are not among the `packets`, which is so for what was received. */
export function lossShare({ packets, lost }: { packets: number; lost: number }, arrived: boolean): number {
  const all = arrived ? packets + lost : packets;
  return all > 0 ? Math.min(1, lost / all) : 0;
}

export function rates(now: Measurement, before: Measurement | undefined, elapsed: number): Omit<UserStats, 'quality'> {
  const { sent, received, ...connection } = now;
  return {
    ...connection,
    sent: flows(sent, before?.sent, elapsed, false),
    received: flows(received, before?.received, elapsed, true),
  };
}

function flows(now: Flows, before: Flows | undefined, elapsed: number, arrived: boolean): UserStats['sent'] {
  const stats: UserStats['sent'] = {};
  for (const kind of ['audio', 'video'] as const) {
    const counters = now[kind];
    if (counters !== undefined) stats[kind] = flow(counters, before?.[kind], elapsed, arrived);
  }
  return stats;
}

/** Without anything to compare with there are no rates yet. */
function flow(now: FlowCounters, before: FlowCounters | undefined, elapsed: number, arrived: boolean): FlowStats {
  const { jitter, width, height, codec, limitedBy, frames } = now;
  const perSecond = (total: number | undefined, last: number | undefined): number =>
    before === undefined || elapsed <= 0 ? 0 : (growth(total, last) * 1000) / elapsed;
  const packets = growth(now.packets, before?.packets);
  const lost = moreLost(now.packetsLost, before?.packetsLost);
  return {
    bitrate: Math.round((perSecond(now.bytes, before?.bytes) * 8) / 1000),
    loss: lossShare({ packets, lost }, arrived),
    ...told({
      jitter,
      frameRate: frames === undefined ? undefined : Math.round(perSecond(frames, before?.frames)),
      width,
      height,
      codec,
      limitedBy,
    }),
  };
}
