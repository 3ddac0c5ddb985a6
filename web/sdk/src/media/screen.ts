import { type Captured, opened } from './capture.js';
import { screenConstraints } from './constraints.js';
import { failureOf, insecure } from './failure.js';

/** Lets the user pick a screen, window or tab. Call it at once: the browser wants the user's gesture to be fresh. */
export async function captureScreen(devices: MediaDevices | undefined): Promise<Captured> {
  if (devices === undefined) return insecure;
  if (typeof devices.getDisplayMedia !== 'function') {
    return { error: 'unknown', message: 'This browser cannot share a screen.' };
  }
  try {
    const tracks = (await devices.getDisplayMedia(screenConstraints)).getTracks();
    for (const track of tracks) track.contentHint = 'detail';
    return opened(tracks);
  } catch (reason) {
    return failureOf('screen', reason);
  }
}
