// The public class, part 3: what is captured, and with which devices.
import type { DeviceType, SwitchDeviceOptions, VideoQuality } from '../types.js';
import { CallMethods } from './calls.js';
import { clientOf } from './inside.js';

/** Part of {@link TRTCCalling}. */
export abstract class MediaMethods extends CallMethods {
  /**
   * Opens the camera in a call, as often as one likes (3.11). The others get USER_VIDEO_AVAILABLE.
   *
   * @param videoViewDomID - the successor's form: shows the own picture there, like `startLocalView`
   * @param isFrontCamera - the successor's form: which camera of a phone, like `switchCamera`
   * @returns whether there is a picture now; false also without a call, in an audio call (see `switchToVideoCall`), and
   * where no camera can be opened: then ERROR 60004 tells so
   * @throws 2024 not logged in, 60005 not allowed
   */
  openCamera(videoViewDomID?: string | HTMLElement, isFrontCamera?: boolean): Promise<boolean> {
    return clientOf(this).controls.openCamera(videoViewDomID, isFrontCamera);
  }

  /**
   * Closes the camera in a call; its light goes out (3.11). The others get USER_VIDEO_AVAILABLE.
   *
   * @returns whether there was a picture to stop; false also without a call
   * @throws 2024 not logged in
   */
  closeCamera(): Promise<boolean> {
    return clientOf(this).controls.toggle('closeCamera', { type: 'SetCamera', on: false });
  }

  /**
   * Silences the microphone in a call, or ends the silence (3.11). The others get USER_AUDIO_AVAILABLE.
   *
   * @param isMute - true = the others hear nothing
   * @returns whether there is a microphone; false also without a call
   * @throws 2024 not logged in
   */
  setMicMute(isMute: boolean): Promise<boolean> {
    return clientOf(this).controls.toggle('setMicMute', { type: 'SetMicrophone', on: !isMute });
  }

  /**
   * Ends the silence of `closeMicrophone()` or `setMicMute(true)` (11.1).
   *
   * @returns whether there is a microphone; false also without a call
   * @throws 2024 not logged in
   */
  openMicrophone(): Promise<boolean> {
    return clientOf(this).controls.toggle('openMicrophone', { type: 'SetMicrophone', on: true });
  }

  /**
   * Silences the microphone in a call (11.1). The others get USER_AUDIO_AVAILABLE.
   *
   * @returns whether there is a microphone; false also without a call
   * @throws 2024 not logged in
   */
  closeMicrophone(): Promise<boolean> {
    return clientOf(this).controls.toggle('closeMicrophone', { type: 'SetMicrophone', on: false });
  }

  /**
   * Sends the picture of a screen, a window or a tab, which the browser lets the user choose, in the camera's place.
   * The others get USER_SCREEN_AVAILABLE. Call it from a click handler. The user may end it in the browser, too, which SCREEN_SHARE_STOPPED tells.
   *
   * @returns when the screen is shared: true; false if it was stopped meanwhile
   * @throws 2024 not logged in, 61002 not in a call, 61023 it failed, or the user chose nothing
   */
  startScreenShare(): Promise<boolean> {
    return clientOf(this).controls.setScreen('startScreenShare', true);
  }

  /**
   * The camera's picture, if it is open, takes its place again.
   *
   * @returns whether a screen was shared; false also without a call
   * @throws 2024 not logged in
   */
  stopScreenShare(): Promise<boolean> {
    return clientOf(this).controls.setScreen('stopScreenShare', false);
  }

  /**
   * The cameras (3.13). Without permission browsers hide labels; they are `camera_0` … then.
   *
   * @returns empty where the page may not know (no HTTPS)
   * @throws 2024 not logged in
   */
  getCameras(): Promise<MediaDeviceInfo[]> {
    return clientOf(this).controls.devices('getCameras', 'videoinput');
  }

  /**
   * The microphones (3.13). Without permission browsers hide labels; they are `microphone_0` … then.
   *
   * @returns empty where the page may not know (no HTTPS)
   * @throws 2024 not logged in
   */
  getMicrophones(): Promise<MediaDeviceInfo[]> {
    return clientOf(this).controls.devices('getMicrophones', 'audioinput');
  }

  /**
   * The devices of one type (11.1).
   *
   * @param type - 'camera', 'microphone' or 'speaker', also in the plural
   * @returns empty where the page may not know (no HTTPS), and of speakers in browsers that do not let pages choose
   * @throws 2024 not logged in, 61001 no such type
   */
  getDeviceList(type: DeviceType): Promise<MediaDeviceInfo[]> {
    return clientOf(this).controls.deviceList(type);
  }

  /**
   * The device in use, else the one that will be (11.1).
   *
   * @param type - 'camera', 'microphone' or 'speaker', also in the plural
   * @returns undefined where there is none
   * @throws 2024 not logged in, 61001 no such type
   */
  getCurrentDevice(type: DeviceType): Promise<MediaDeviceInfo | undefined> {
    return clientOf(this).controls.currentDevice(type);
  }

  /**
   * Uses another device from now on, in a call at once (3.13). DEVICED_UPDATED follows.
   *
   * @param options - of which type, and its id
   * @returns when it is in use, or remembered for the next call
   * @throws 2024 not logged in, 61001 a parameter is missing or unknown, 60005 not allowed, 60006 the browser does not
   * let pages choose a speaker, 61008 and 61009 it could not be opened, 61024 there is no such device; the device
   * before stays in use
   */
  switchDevice(options: SwitchDeviceOptions): Promise<void> {
    return clientOf(this).controls.switchDevice(options);
  }

  /**
   * Uses the front or the back camera of a phone from now on (11.1).
   *
   * @param camera - 0, 'front' or true; 1, 'back' or false
   * @throws as `switchDevice`
   */
  switchCamera(camera: 0 | 1 | 'front' | 'back' | boolean): Promise<void> {
    return clientOf(this).controls.switchCamera(camera);
  }

  /**
   * The picture's size and rate from the next call on (3.11, 8.1); allowed at any time.
   *
   * @param profile - '240p', '360p', '480p' (the default), '720p', '1080p', or numbers
   * @returns the profile
   * @throws 65535 there is no such profile
   */
  setVideoQuality(profile: VideoQuality): Promise<VideoQuality> {
    return clientOf(this).setVideoQuality(profile);
  }

  /** What `setVideoQuality` was last given (3.11). */
  getVideoQuality(): VideoQuality {
    return clientOf(this).quality;
  }
}
