// Video profiles by name or by numbers (behaviour document, 3.11 and 8.1), and what the core is told about them.
import { fail } from '../errors.js';
import { isObject } from '../given.js';
import type { VideoQuality, VideoQualityProfile } from '../types.js';
import type { VideoProfile } from './protocol.js';

const profile = (width: number, height: number, bitrate: number): VideoProfile => ({
  width,
  height,
  frame_rate: 15,
  bitrate,
});

const byName: ReadonlyMap<unknown, VideoProfile> = new Map([
  ['240p', profile(320, 240, 400)],
  ['360p', profile(640, 360, 800)],
  ['480p', profile(640, 480, 900)],
  ['720p', profile(1280, 720, 1500)],
  ['1080p', profile(1920, 1080, 2000)],
]);

export const defaultQuality: VideoQuality = '480p';

/** What missing members of a profile given by numbers are. */
const base = profile(640, 480, 500);

const limits: Readonly<Record<keyof VideoProfile, number>> = {
  width: 16384,
  height: 16384,
  frame_rate: 240,
  bitrate: 100000,
};

const isPlainObject = (value: unknown): value is VideoQualityProfile =>
  isObject(value) && !Array.isArray(value);

/** Throws a TRTCCallingError with code 65535 for anything that is not a profile. */
export function profileOf(quality: unknown): VideoProfile {
  const named = byName.get(quality);
  if (named !== undefined) return { ...named };
  if (!isPlainObject(quality)) throw refuse(`${typeof quality} ${String(quality)}`);
  return {
    width: member('width', quality.width, base.width),
    height: member('height', quality.height, base.height),
    frame_rate: member('frame_rate', quality.frameRate, base.frame_rate),
    bitrate: member('bitrate', quality.bitrate, base.bitrate),
  };
}

function member(name: keyof VideoProfile, value: unknown, missing: number): number {
  if (value === undefined) return missing;
  const whole = typeof value === 'number' ? Math.round(value) : NaN;
  if (!(whole >= 1 && whole <= limits[name])) throw refuse(`${name} ${String(value)}`);
  return whole;
}

const refuse = (detail: string): Error => fail('INVALID_PROFILE', detail);
