// A number for the user: how good is a connection?
import type { Measurement } from '../ports.js';
import { lossShare, traffic } from './rates.js';
import type { Quality } from './types.js';

/**
 * What quality 1, 2, 3 and 4 may have at most: share of packets lost, and round trip in milliseconds. Speech is
 * repaired well up to 3 %, and a conversation feels immediate up to 300 ms (ITU-T G.114 counts one way).
 */
const limits: readonly (readonly [loss: number, roundTrip: number])[] = [
  [0.01, 150],
  [0.03, 300],
  [0.08, 500],
  [0.2, 1000],
];

export interface Qualities {
  downlink: Quality;
  uplink: Quality;
}

/** What a connection was like between two measurements. */
export function qualities(now: Measurement, before: Measurement | undefined, connected: boolean): Qualities {
  const received = traffic(now.received, before?.received);
  const sent = traffic(now.sent, before?.sent);
  const worked = traffic(now.received).packets > 0;
  if (!connected) return worked ? { downlink: 6, uplink: 6 } : { downlink: 0, uplink: 0 };
  if (before === undefined) return { downlink: 0, uplink: 0 };
  const grade = (loss: number): Quality => gradeOf(loss, now.roundTrip ?? 0);
  return {
    downlink: received.packets > 0 ? grade(lossShare(received, true)) : worked ? 6 : 0,
    uplink: sent.packets > 0 ? grade(lossShare(sent, false)) : 0,
  };
}

function gradeOf(loss: number, roundTrip: number): Quality {
  const exceeded = limits.filter(([most, longest]) => loss > most || roundTrip > longest).length;
  return (1 + exceeded) as Quality;
}
