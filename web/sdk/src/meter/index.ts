// Measures a call: how loud everybody is, how well media travel, and whether they do at all.
import type { Clock } from '../clock.js';
import type { Measurement } from '../ports.js';
import { qualities } from './quality.js';
import { rates, type Sample } from './rates.js';
import { type Expectation, SilenceWatch } from './silence.js';
import type { CallStats, NoMedia, Quality, UserQuality, UserVolume } from './types.js';

export interface MeterOptions {
  clock: Clock;
  measure: () => Promise<Measurement[]>;
  /** 0 … 100 */
  localLevel: () => number;
  /** The own user. */
  self: () => string;
  expects: (userID: string) => Expectation;
  events: {
    /** Every second, oneself first. */
    volume(volumes: UserVolume[]): void;
    /** Every two seconds, oneself first. */
    quality(qualities: UserQuality[]): void;
    noMedia(noMedia: NoMedia): void;
  };
}

const interval = 1000;

/** Looks between two reports of the quality, which compares with the one before. */
const looksPerQuality = 2;

/** Rates over less than this are noise: milliseconds. */
const shortest = 500;

export class Meter {
  /** The newest last; as far back as a report of the quality looks. */
  private samples: Sample[] = [];
  private silence: SilenceWatch | undefined;
  private looks = 0;
  private timer: unknown;

  constructor(private readonly options: MeterOptions) {}

  /** Somebody else is in the call. */
  start(): void {
    if (this.silence !== undefined) return;
    const { expects, events } = this.options;
    this.silence = new SilenceWatch(expects, (noMedia) => events.noMedia(noMedia));
    this.looks = 0;
    this.plan(this.silence);
  }

  /** Nobody else is; nothing is told afterwards. */
  stop(): void {
    this.options.clock.clear(this.timer);
    this.silence = undefined;
    this.samples = [];
  }

  /** What the connections were like since the last measurement, which is about a second ago while the meter runs. */
  async stats(): Promise<CallStats> {
    const now = await this.sample();
    const before = [...this.samples].reverse().find(({ at }) => now.at - at >= shortest);
    if (this.silence === undefined) this.keep(now);
    const users = [...now.users.values()].map((measurement) => {
      const last = before?.users.get(measurement.userID);
      const { connected } = this.options.expects(measurement.userID);
      const quality = qualities(measurement, last, connected).downlink;
      return { ...rates(measurement, last, now.at - (before?.at ?? now.at)), quality };
    });
    return { users };
  }

  /** Planned when the last look is done: in a throttled page two looks are further apart, never closer. */
  private plan(run: SilenceWatch): void {
    this.timer = this.options.clock.set(() => void this.look(run), interval);
  }

  private async look(run: SilenceWatch): Promise<void> {
    // A failed look says nothing about the call.
    const now = await this.sample().catch(() => undefined);
    if (this.silence !== run) return;
    this.plan(run);
    if (now === undefined) return;
    const before = this.samples[0];
    this.keep(now);
    this.looks += 1;
    this.tellVolume(now);
    if (this.looks % looksPerQuality === 0) this.tellQuality(now, before);
    run.look(now.at, now.users.values());
  }

  private async sample(): Promise<Sample> {
    const measurements = await this.options.measure();
    const users = new Map(measurements.map((measurement) => [measurement.userID, measurement]));
    return { at: this.options.clock.now(), users };
  }

  private keep(sample: Sample): void {
    this.samples = [...this.samples, sample].slice(-looksPerQuality);
  }

  private tellVolume({ users }: Sample): void {
    const { events, localLevel, self } = this.options;
    const others = [...users.values()].map(({ userID, received }) => ({
      userId: userID,
      audioVolume: Math.round(100 * (received.audio?.audioLevel ?? 0)),
    }));
    events.volume([{ userId: self(), audioVolume: localLevel() }, ...others]);
  }

  private tellQuality({ users }: Sample, before: Sample | undefined): void {
    const { events, expects, self } = this.options;
    const others = [...users.values()].map((measurement): Required<UserQuality> => {
      const { userID } = measurement;
      const { downlink, uplink } = qualities(measurement, before?.users.get(userID), expects(userID).connected);
      return { userId: userID, quality: downlink, uplink };
    });
    const worst = Math.max(0, ...others.map(({ uplink }) => uplink)) as Quality;
    events.quality([{ userId: self(), quality: worst }, ...others]);
  }
}
