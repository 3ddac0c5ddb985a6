import type { Media, VideoProfile } from '../core/protocol.js';

/** What picks a device out of all: nothing, `exactly(deviceId)`, or the side of a phone that its camera looks from. */
export interface Choice {
  deviceId?: { exact: string };
  facingMode?: { exact: string };
}

export const anyDevice: Choice = {};

export const exactly = (deviceId: string): Choice => ({ deviceId: { exact: deviceId } });

/**
 * What we would like of a device; the choice alone is what is left to ask for when a device cannot do that.
 * Speech: the browser's own processing on, one channel at the rate that Opus works with. Picture: `max` keeps a camera
 * from answering with its native 4K; a camera that has nothing that small overconstrains.
 */
export function preferred(kind: Media, profile: VideoProfile, choice: Choice): MediaTrackConstraints {
  if (kind === 'audio') {
    return {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      sampleRate: { ideal: 48000 },
      channelCount: { ideal: 1 },
      ...choice,
    };
  }
  return {
    width: { ideal: profile.width, max: profile.width },
    height: { ideal: profile.height, max: profile.height },
    frameRate: { ideal: profile.frame_rate },
    ...choice,
  };
}

/** Text has to stay sharp, and need not move fast; nothing is asked of the picker, which belongs to the user. */
export const screenConstraints: DisplayMediaStreamOptions = {
  video: { width: { max: 1920 }, height: { max: 1200 }, frameRate: { ideal: 15, max: 30 } },
};
