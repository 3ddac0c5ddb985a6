// Finds media that do not flow although they should.
import type { Measurement } from '../ports.js';
import type { NoMedia } from './types.js';

/** What should flow between this user and another one. */
export interface Expectation {
  connected: boolean;
  /** The other one's microphone and camera are open. */
  audio: boolean;
  video: boolean;
  sendsAudio: boolean;
  sendsVideo: boolean;
}

interface Flow {
  total: number;
  /** Milliseconds without growth. */
  still: number;
}

/** Milliseconds without growth that are told. */
const patience = 5000;

/** A timer that was this late was held back (a page in the background, a sleeping machine): nobody has watched. */
const longestLook = 3000;

export class SilenceWatch {
  private flows = new Map<string, Flow>();
  private last: number | undefined;

  constructor(
    private readonly expects: (userID: string) => Expectation,
    private readonly tell: (noMedia: NoMedia) => void,
  ) {}

  look(now: number, measurements: Iterable<Measurement>): void {
    const elapsed = now - (this.last ?? now);
    this.last = now;
    const watched = this.flows;
    this.flows = new Map();
    for (const { userID, sent, received } of measurements) {
      const { connected, ...expected } = this.expects(userID);
      if (!connected) continue;
      const { audio, video, sendsAudio, sendsVideo } = expected;
      const check = (direction: NoMedia['direction'], kind: NoMedia['kind'], isExpected: boolean, total = 0): void => {
        if (isExpected) this.check({ userID, direction, kind }, watched, total, elapsed);
      };
      check('receive', 'audio', audio, received.audio?.packets);
      // Packets of which no picture can be made are no picture.
      check('receive', 'video', video, received.video?.frames ?? received.video?.packets);
      check('send', 'audio', sendsAudio, sent.audio?.packets);
      check('send', 'video', sendsVideo, sent.video?.packets);
    }
  }

  /** A flow that was not expected at the last look begins anew. */
  private check(what: NoMedia, watched: Map<string, Flow>, total: number, elapsed: number): void {
    const key = JSON.stringify(what);
    const before = watched.get(key);
    const stands = before !== undefined && total <= before.total;
    const still = stands ? before.still + (elapsed > longestLook ? 0 : elapsed) : 0;
    this.flows.set(key, { total, still });
    if (stands && still >= patience && before.still < patience) this.tell(what);
  }
}
