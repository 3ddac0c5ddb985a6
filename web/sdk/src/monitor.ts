// What is told about this side's media without having been asked for: the meter's findings, and changes of devices.
import { hide } from './api/inside.js';
import type { Clock } from './clock.js';
import { EVENT } from './constants.js';
import { textOf } from './errors.js';
import type { Facts } from './facts.js';
import { told } from './given.js';
import type { Log } from './log.js';
import { Meter } from './meter/index.js';
import type { CallStats } from './meter/types.js';
import type { DeviceInfo, EventMap, StreamVolume } from './payloads.js';
import type { DeviceKind, DevicesPort, MediaPort } from './ports.js';
import { streamLike, trackOf } from './tracks.js';

type Emit = <K extends keyof EventMap>(name: K, payload: EventMap[K]) => void;

export class Monitor {
  private readonly meter: Meter;

  constructor(media: MediaPort, clock: Clock, facts: Facts, log: Log, emit: Emit) {
    const streamOf = (userID: string) =>
      streamLike(() => (userID === facts.self ? media.localStream : media.remoteStream(userID)), userID);
    this.meter = new Meter({
      clock,
      measure: () => media.measure(),
      localLevel: () => media.localLevel(),
      self: () => facts.self,
      expects: (userID) => {
        const sends = (kind: 'audio' | 'video') => trackOf(media.localStream, kind)?.enabled === true;
        return {
          connected: facts.is('connected', userID),
          audio: facts.is('audio', userID),
          // Of a screen on which nothing moves, browsers send nothing.
          video: facts.is('video', userID) && !facts.is('screen', userID),
          sendsAudio: sends('audio'),
          sendsVideo: sends('video') && !facts.screen,
        };
      },
      events: {
        volume: (volumes) => {
          for (const volume of volumes) hide(volume, 'stream', streamOf(volume.userId));
          emit(EVENT.USER_VOICE_VOLUME, { volumeMap: volumes as StreamVolume[] });
        },
        quality: (networkQualityList) => emit(EVENT.ON_USER_NETWORK_QUALITY_CHANGED, { networkQualityList }),
        noMedia: (noMedia) => emit(EVENT.NO_MEDIA, noMedia),
      },
    });
    media.devices.onChanged = () => {
      deviceInfo(media.devices).then(
        (info) => emit(EVENT.DEVICED_UPDATED, info),
        (thrown: unknown) => log.warn(`devices: ${textOf(thrown)}`),
      );
    };
  }

  /** Measures while somebody else is in the call. */
  watch(isAnybodyThere: boolean): void {
    if (isAnybodyThere) this.meter.start();
    else this.meter.stop();
  }

  stats(): Promise<CallStats> {
    return this.meter.stats();
  }
}

async function deviceInfo(devices: DevicesPort): Promise<DeviceInfo> {
  const of = async (kind: DeviceKind) => [await devices.list(kind), await devices.current(kind)] as const;
  const [[microphoneList, currentMicrophone], [cameraList, currentCamera], [speakerList, currentSpeaker]] =
    await Promise.all([of('audioinput'), of('videoinput'), of('audiooutput')]);
  return {
    microphoneList,
    cameraList,
    speakerList,
    currentMicrophoneID: currentMicrophone?.deviceId ?? '',
    currentCameraID: currentCamera?.deviceId ?? '',
    ...told({ currentMicrophone, currentCamera, currentSpeaker }),
  };
}
