import type { Media, VideoProfile } from '../core/protocol.js';
import { errorName } from '../given.js';
import { anyDevice, type Choice, exactly, preferred } from './constraints.js';
import { type Failure, failureOf, insecure, isGone, isInUse } from './failure.js';

export interface Wanted {
  microphone: boolean;
  camera: boolean;
  profile: VideoProfile;
  /** Which ones, where that is not left to the browser. One that is gone is replaced by any other, unless `insist`. */
  chosen?: Partial<Record<Media, Choice>>;
  insist?: boolean;
}

/** `cameraFailed`: a camera was wanted, there is one, and it could not be opened. */
export type Captured = { tracks: MediaStreamTrack[]; cameraFailed: boolean } | Failure;

export type Devices = Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'>;

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
  const attempt = new Attempt(devices, wanted, isWanted);
  try {
    if (wanted.microphone && wanted.camera) return await attempt.both();
    return await attempt.one(wanted.microphone ? 'audio' : 'video');
  } catch (reason) {
    if (isWanted()) throw reason;
    return undefined;
  }
}

class Attempt {
  constructor(
    private readonly devices: Devices,
    private readonly wanted: Wanted,
    private readonly isWanted: () => boolean,
  ) {}

  async both(): Promise<Captured> {
    try {
      return opened(await this.ask({ audio: this.preferred('audio'), video: this.preferred('video') }));
    } catch (reason) {
      if (!this.isWanted()) throw reason;
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

  async one(kind: Media, choice = this.choice(kind)): Promise<Captured> {
    try {
      return opened(await this.askFor(kind, choice));
    } catch (reason) {
      if (!this.isWanted()) throw reason;
      if (this.wanted.insist) return failureOf(kind, reason);
      if (isGone(reason) && choice !== anyDevice) return this.one(kind, anyDevice);
      return isInUse(reason) ? this.next(kind, reason) : failureOf(kind, reason);
    }
  }

  /** The device is taken: every other one, and at last the first again, which may have been freed meanwhile. */
  private async next(kind: Media, first: unknown): Promise<Captured> {
    for (const deviceId of await this.deviceIds(kind)) {
      try {
        return opened(await this.askFor(kind, exactly(deviceId)));
      } catch (reason) {
        if (!this.isWanted()) throw reason;
      }
    }
    return failureOf(kind, first);
  }

  private async deviceIds(kind: Media): Promise<string[]> {
    const wantedKind = kind === 'audio' ? 'audioinput' : 'videoinput';
    const found = await this.devices.enumerateDevices().catch(() => []);
    const [first, ...others] = found
      .filter((device) => device.kind === wantedKind)
      .map((device) => device.deviceId)
      // Without permission ids are empty; the other two are Chromium's aliases of devices that have their own entry.
      .filter((id) => id !== '' && id !== 'default' && id !== 'communications');
    return first === undefined ? [] : [...others, first];
  }

  private choice(kind: Media): Choice {
    return this.wanted.chosen?.[kind] ?? anyDevice;
  }

  private preferred(kind: Media, choice = this.choice(kind)): MediaTrackConstraints {
    return preferred(kind, this.wanted.profile, choice);
  }

  private async askFor(kind: Media, choice: Choice): Promise<MediaStreamTrack[]> {
    try {
      return await this.ask({ [kind]: this.preferred(kind, choice) });
    } catch (reason) {
      if (!isGone(reason)) throw reason;
      return this.ask({ [kind]: choice });
    }
  }

  /** Once nobody waits any more, what arrives is stopped, no further prompt is shown, and whoever catches this gives up. */
  private async ask(constraints: MediaStreamConstraints): Promise<MediaStreamTrack[]> {
    if (!this.isWanted()) throw new Error('abandoned');
    const tracks = (await this.devices.getUserMedia(constraints)).getTracks();
    if (this.isWanted()) return tracks;
    stop(tracks);
    throw new Error('abandoned');
  }
}

export function opened(tracks: MediaStreamTrack[], cameraFailed = false): Captured {
  return { tracks, cameraFailed };
}

export function stop(tracks: MediaStreamTrack[]): void {
  for (const track of tracks) track.stop();
}
