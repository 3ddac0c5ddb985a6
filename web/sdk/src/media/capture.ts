import type { TrackKind, VideoProfile } from '../core/protocol.js';
import { cameraConstraints, microphoneConstraints, relaxedConstraints } from './constraints.js';
import { errorName, type Failure, failureOf, insecure, isInUse } from './failure.js';

export interface Wanted {
  microphone: boolean;
  camera: boolean;
  profile: VideoProfile;
}

/** `cameraFailed`: a camera was wanted, there is one, and it could not be opened. */
export type Captured = { tracks: MediaStreamTrack[]; cameraFailed: boolean } | Failure;

export type Devices = Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'>;

/** Nobody waits for this capture any more: what arrives is stopped, and no further prompt is shown. */
class Abandoned extends Error {}

/**
 * Opens what is wanted, or as much of it as a call can do with: a call needs a microphone, a picture is welcome.
 * One prompt for both where the devices allow it. Resolves with undefined once `isWanted` has turned false.
 */
export async function capture(
  devices: Devices | undefined,
  wanted: Wanted,
  isWanted: () => boolean,
): Promise<Captured | undefined> {
  // Not a property of every page: absent outside secure contexts, whatever the type says.
  if (typeof devices?.getUserMedia !== 'function') return insecure;
  const attempt = new Attempt(devices, wanted.profile, isWanted);
  try {
    if (wanted.microphone && wanted.camera) return await attempt.both();
    return await attempt.one(wanted.microphone ? 'audio' : 'video');
  } catch (reason) {
    if (reason instanceof Abandoned) return undefined;
    throw reason;
  }
}

class Attempt {
  constructor(
    private readonly devices: Devices,
    private readonly profile: VideoProfile,
    private readonly isWanted: () => boolean,
  ) {}

  async both(): Promise<Captured> {
    try {
      return opened(await this.ask({ audio: microphoneConstraints(), video: cameraConstraints(this.profile) }));
    } catch (reason) {
      if (reason instanceof Abandoned) throw reason;
      return this.oneByOne(reason);
    }
  }

  /** The combined request does not say which of the two devices it failed for. */
  private async oneByOne(reason: unknown): Promise<Captured> {
    const microphone = await this.one('audio');
    if ('error' in microphone) return microphone;
    // Both together were refused and the microphone was not: the camera is blocked, and asking again would nag.
    if (errorName(reason) === 'NotAllowedError') return opened(microphone.tracks, true);
    try {
      const camera = await this.one('video');
      if ('error' in camera) return opened(microphone.tracks, camera.error !== 'not_found');
      return opened([...microphone.tracks, ...camera.tracks]);
    } catch (abandoned) {
      stop(microphone.tracks);
      throw abandoned;
    }
  }

  async one(kind: TrackKind): Promise<Captured> {
    try {
      return opened(await this.askFor(kind));
    } catch (reason) {
      if (reason instanceof Abandoned) throw reason;
      return isInUse(reason) ? this.next(kind, reason) : failureOf(kind, reason);
    }
  }

  /** The default device is taken: every other one, and at last the first again, which may have been freed meanwhile. */
  private async next(kind: TrackKind, first: unknown): Promise<Captured> {
    for (const deviceId of await this.deviceIds(kind)) {
      try {
        return opened(await this.askFor(kind, deviceId));
      } catch (reason) {
        if (reason instanceof Abandoned) throw reason;
      }
    }
    return failureOf(kind, first);
  }

  private async deviceIds(kind: TrackKind): Promise<string[]> {
    const wantedKind = kind === 'audio' ? 'audioinput' : 'videoinput';
    const found = await this.devices.enumerateDevices().catch(() => []);
    const [first, ...others] = found
      .filter((device) => device.kind === wantedKind)
      .map((device) => device.deviceId)
      // Without permission ids are empty; the other two are Chromium's aliases of devices that have their own entry.
      .filter((id) => id !== '' && id !== 'default' && id !== 'communications');
    return first === undefined ? [] : [...others, first];
  }

  private async askFor(kind: TrackKind, deviceId?: string): Promise<MediaStreamTrack[]> {
    const preferred = kind === 'audio' ? microphoneConstraints(deviceId) : cameraConstraints(this.profile, deviceId);
    try {
      return await this.ask({ [kind]: preferred });
    } catch (reason) {
      if (errorName(reason) !== 'OverconstrainedError') throw reason;
      return this.ask({ [kind]: relaxedConstraints(deviceId) });
    }
  }

  private async ask(constraints: MediaStreamConstraints): Promise<MediaStreamTrack[]> {
    if (!this.isWanted()) throw new Abandoned();
    let tracks: MediaStreamTrack[];
    try {
      tracks = (await this.devices.getUserMedia(constraints)).getTracks();
    } catch (reason) {
      throw this.isWanted() ? reason : new Abandoned();
    }
    if (this.isWanted()) return tracks;
    stop(tracks);
    throw new Abandoned();
  }
}

function opened(tracks: MediaStreamTrack[], cameraFailed = false): Captured {
  return { tracks, cameraFailed };
}

export function stop(tracks: MediaStreamTrack[]): void {
  for (const track of tracks) track.stop();
}
