// What the meter tells applications.

/** 0 unknown, 1 excellent, 2 good, 3 fair, 4 bad, 5 very bad, 6 nothing arrives. */
export type Quality = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** How loud somebody is. */
export interface UserVolume {
  userId: string;
  /** 0 … 100 */
  audioVolume: number;
}

/** How well media travel between this user and another one; one's own entry is the worst of what leaves. */
export interface UserQuality {
  userId: string;
  /** Of what comes from this user; for oneself, of what leaves. */
  quality: Quality;
  /** Of what goes to this user. */
  uplink?: Quality;
}

/** Media that should flow over a connection that stands, and do not. */
export interface NoMedia {
  userID: string;
  direction: 'send' | 'receive';
  kind: 'audio' | 'video';
}

/** One kind of media in one direction. Members that the browser does not tell are absent. */
export interface FlowStats {
  /** kbit/s since the last measurement. */
  bitrate: number;
  /** 0 … 1: the share of packets that was lost since the last measurement. */
  loss: number;
  /** Milliseconds. */
  jitter?: number;
  /** Pictures per second since the last measurement. */
  frameRate?: number;
  /** Pixels. */
  width?: number;
  /** Pixels. */
  height?: number;
  /** `opus`, `VP8` … */
  codec?: string;
  /** What keeps a sent picture from being better: `none`, `cpu`, `bandwidth` or `other`. */
  limitedBy?: string;
}

/** The connection to one user. Members that the browser does not tell are absent. */
export interface UserStats {
  userID: string;
  /** As in `ON_USER_NETWORK_QUALITY_CHANGED`. */
  quality: Quality;
  /** Milliseconds. */
  roundTrip?: number;
  /** kbit/s that the browser believes it can send. */
  availableBitrate?: number;
  /** `host`, `srflx`, `prflx`: a direct path; `relay`: through a TURN server. */
  candidateType?: string;
  /** `udp`, `tcp` or `tls`. */
  protocol?: string;
  sent: { audio?: FlowStats; video?: FlowStats };
  received: { audio?: FlowStats; video?: FlowStats };
}

/** What is known about the call's connections. */
export interface CallStats {
  /** One entry for each user with a connection. */
  users: UserStats[];
}
