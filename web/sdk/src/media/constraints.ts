import type { VideoProfile } from '../core/protocol.js';

/** Speech: the browser's own processing on, one channel at the rate that Opus works with. */
export function microphoneConstraints(deviceId?: string): MediaTrackConstraints {
  return {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    sampleRate: { ideal: 48000 },
    channelCount: { ideal: 1 },
    ...exactly(deviceId),
  };
}

/** `max` keeps a camera from answering with its native 4K; a camera that has nothing that small overconstrains. */
export function cameraConstraints(profile: VideoProfile, deviceId?: string): MediaTrackConstraints {
  return {
    width: { ideal: profile.width, max: profile.width },
    height: { ideal: profile.height, max: profile.height },
    frameRate: { ideal: profile.frame_rate },
    ...exactly(deviceId),
  };
}

/** What is left to ask for when a device cannot do what we would like: anything, from this device. */
export function relaxedConstraints(deviceId?: string): MediaTrackConstraints | true {
  return deviceId === undefined ? true : exactly(deviceId);
}

function exactly(deviceId: string | undefined): MediaTrackConstraints {
  return deviceId === undefined ? {} : { deviceId: { exact: deviceId } };
}
