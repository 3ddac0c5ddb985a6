// How a user is shown and heard where the application has not said otherwise.
import type { RenderParams } from '../ports.js';

export type Look = Required<RenderParams>;

export function remoteLook(asked: RenderParams): Look {
  return { objectFit: 'cover', mirror: false, muted: false, ...asked };
}

/** People know themselves from the mirror; what the back camera of a phone sees is not them, and a screen has text. */
export function localLook(asked: RenderParams, picture: MediaStreamTrack | undefined, isScreen: boolean): Look {
  const isBackCamera = picture?.getSettings().facingMode === 'environment';
  const { objectFit = isScreen ? 'contain' : 'cover', mirror = !isBackCamera } = asked;
  return { objectFit, mirror: mirror && !isScreen, muted: true };
}
