import { told } from '../given.js';
import type { FlowCounters, Measurement } from '../ports.js';

export interface Reading {
  measurement: Measurement;
  /** 0 … 1, how loud what is sent is; undefined where the browser does not tell. */
  level: number | undefined;
}

type Numbers<Name extends string> = { [member in Name]?: number };
type Counted = 'packetsReceived' | 'packetsSent' | 'bytesReceived' | 'bytesSent' | 'packetsLost' | 'concealedSamples';
type Pictured = 'framesDecoded' | 'framesSent' | 'frameWidth' | 'frameHeight';
type Measured = 'jitter' | 'audioLevel' | 'currentRoundTripTime' | 'availableOutgoingBitrate';

/** The members that are read here, of all types of reports: any of them may be absent. */
interface Stat extends RTCStats, Numbers<Counted | Pictured | Measured> {
  kind: 'audio' | 'video';
  remoteId?: string;
  codecId?: string;
  mimeType?: string;
  qualityLimitationReason?: string;
  selectedCandidatePairId?: string;
  localCandidateId?: string;
  nominated?: boolean;
  state?: string;
  candidateType?: string;
  protocol?: string;
  relayProtocol?: string;
}

/** Reads what a connection tells about itself (W3C webrtc-stats). */
export function read(userID: string, report: RTCStatsReport): Reading {
  const find = (id: string | undefined): Stat | undefined => (id === undefined ? undefined : (report.get(id) as Stat));
  const sent: Measurement['sent'] = {};
  const received: Measurement['received'] = {};
  let level: number | undefined = 0;
  let selected: Stat | undefined;
  let nominated: Stat | undefined;
  report.forEach((stat: Stat) => {
    const codec = find(stat.codecId)?.mimeType?.split('/')[1];
    switch (stat.type) {
      case 'inbound-rtp':
        received[stat.kind] = inbound(stat, codec);
        break;
      case 'outbound-rtp':
        sent[stat.kind] = outbound(stat, find(stat.remoteId), codec);
        break;
      case 'media-source':
        if (stat.kind === 'audio') level = stat.audioLevel;
        break;
      case 'transport':
        selected = find(stat.selectedCandidatePairId) ?? selected;
        break;
      case 'candidate-pair':
        if (stat.nominated && stat.state === 'succeeded') nominated = stat;
    }
  });
  return { measurement: { userID, ...path(selected ?? nominated, find), sent, received }, level };
}

function inbound(stat: Stat, codec: string | undefined): FlowCounters {
  return {
    ...counters(stat, stat, codec),
    ...told({
      packets: stat.packetsReceived,
      bytes: stat.bytesReceived,
      frames: stat.framesDecoded,
      concealed: scaled(stat.concealedSamples, 1 / 48000),
      audioLevel: stat.audioLevel,
    }),
  };
}

/** What became of it is told by the receiver. */
function outbound(stat: Stat, receiver: Stat | undefined, codec: string | undefined): FlowCounters {
  return {
    ...counters(stat, receiver, codec),
    ...told({
      packets: stat.packetsSent,
      bytes: stat.bytesSent,
      frames: stat.framesSent,
      limitedBy: stat.qualityLimitationReason,
    }),
  };
}

function counters(stat: Stat, receiver: Stat | undefined, codec: string | undefined): FlowCounters {
  return {
    packets: 0,
    bytes: 0,
    ...told({
      packetsLost: receiver?.packetsLost,
      jitter: scaled(receiver?.jitter, 1000),
      width: stat.frameWidth,
      height: stat.frameHeight,
      codec,
    }),
  };
}

function path(pair: Stat | undefined, find: (id: string | undefined) => Stat | undefined): Partial<Measurement> {
  const local = find(pair?.localCandidateId);
  return told({
    roundTrip: scaled(pair?.currentRoundTripTime, 1000),
    availableBitrate: scaled(pair?.availableOutgoingBitrate, 1 / 1000),
    candidateType: local?.candidateType,
    protocol: local?.relayProtocol ?? local?.protocol,
  });
}

const scaled = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor;
