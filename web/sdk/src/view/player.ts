import type { Look } from './look.js';
import type { Playback } from './playback.js';
import type { Speaker } from './speaker.js';

export interface PlayerOptions {
  playback: Playback;
  speaker: Speaker;
  /** The remote user whose sound is heard; the local player has none. */
  userID?: string;
  /** The player was taken out of the page by somebody else, which has stopped it. */
  onRemoved: () => void;
}

/**
 * One user's sound and picture: the DOM of TRTCCalling. Styles are set property by property, because a strict content
 * security policy forbids style attributes.
 */
export class Player {
  readonly node = document.createElement('div');
  private readonly id = uuid();
  private audio: HTMLAudioElement | undefined;
  private video: HTMLVideoElement | undefined;

  constructor(private readonly options: PlayerOptions) {
    this.node.id = `player_${this.id}`;
    Object.assign(this.node.style, {
      width: '100%',
      height: '100%',
      position: 'relative',
      backgroundColor: 'black',
      overflow: 'hidden',
    });
  }

  /** A sound that is gone takes its element along. A picture that is gone leaves its own, black: a closed camera. */
  show(sound: MediaStreamTrack | undefined, picture: MediaStreamTrack | undefined, look: Look): void {
    if (sound === undefined) this.dropAudio();
    else this.sound((this.audio ??= this.createAudio()), sound, look.muted);

    if (picture !== undefined) this.play((this.video ??= this.createVideo()), picture);
    else this.blacken();
    if (this.video === undefined) return;
    this.video.style.objectFit = look.objectFit;
    this.video.style.transform = look.mirror ? 'scaleX(-1)' : '';
  }

  hidePicture(): void {
    this.drop(this.video);
    this.video = undefined;
  }

  remove(): void {
    this.dropAudio();
    this.hidePicture();
    this.node.remove();
  }

  /** A muted element plays on: it is heard at once when it may be, and the browser decides anew whether it may. */
  private sound(audio: HTMLAudioElement, track: MediaStreamTrack, muted: boolean): void {
    if (audio.muted !== muted) {
      audio.muted = muted;
      this.options.playback.forget(audio);
    }
    this.play(audio, track, this.options.userID);
  }

  /** Without a source a video is transparent and starts by itself when it gets one again. */
  private blacken(): void {
    if (this.video === undefined) return;
    this.video.srcObject = null;
    this.options.playback.forget(this.video);
  }

  private createAudio(): HTMLAudioElement {
    const audio = this.prepare(document.createElement('audio'), 'audio');
    if (this.options.userID !== undefined) this.options.speaker.add(audio);
    this.node.prepend(audio);
    return audio;
  }

  private createVideo(): HTMLVideoElement {
    const video = this.prepare(document.createElement('video'), 'video');
    // The sound comes from the audio element; a muted picture may always start by itself.
    video.muted = true;
    Object.assign(video.style, { width: '100%', height: '100%' });
    this.node.append(video);
    return video;
  }

  private prepare<Element extends HTMLMediaElement>(element: Element, name: string): Element {
    element.id = `${name}_${this.id}`;
    element.setAttribute('autoplay', 'autoplay');
    element.setAttribute('playsinline', 'playsinline');
    // The browser pauses what leaves the document (HTML 4.8.11.8); nothing else tells that a container was thrown away.
    element.addEventListener('pause', () => {
      if (!element.isConnected && element.srcObject !== null) this.options.onRemoved();
    });
    return element;
  }

  private play(element: HTMLMediaElement, track: MediaStreamTrack, userID?: string): void {
    if (trackOf(element) !== track) element.srcObject = new MediaStream([track]);
    this.options.playback.start(element, userID);
  }

  private dropAudio(): void {
    if (this.audio !== undefined) this.options.speaker.forget(this.audio);
    this.drop(this.audio);
    this.audio = undefined;
  }

  private drop(element: HTMLMediaElement | undefined): void {
    if (element === undefined) return;
    // Without its source the element lets go of the decoder at once instead of at the next garbage collection.
    element.srcObject = null;
    this.options.playback.forget(element);
    element.remove();
  }
}

function trackOf(element: HTMLMediaElement): MediaStreamTrack | undefined {
  return element.srcObject instanceof MediaStream ? element.srcObject.getTracks()[0] : undefined;
}

/** Version 4; crypto.randomUUID is missing on pages without HTTPS. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, index) => {
    const value = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
    return value.toString(16).padStart(2, '0');
  });
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
