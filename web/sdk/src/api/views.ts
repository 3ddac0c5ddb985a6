// The public class, part 4: pictures in the page.
import type { RemoteViewOptions, StopViewOptions, VideoRenderOptions, ViewOptions } from '../types.js';
import { clientOf } from './inside.js';
import { MediaMethods } from './media.js';

/** Part of {@link TRTCCalling}. */
export abstract class ViewMethods extends MediaMethods {
  /**
   * Shows the own camera's picture, mirrored, inside an element (3.10, 8.3). It may be called before the camera is open
   * or the element exists.
   *
   * @param options - `userID` is required for compatibility and not compared with anything
   * @throws 2024 not logged in, 61001 a parameter is missing
   */
  startLocalView(options: ViewOptions): Promise<void> {
    return clientOf(this).controls.startView('startLocalView', 'startLocal', options);
  }

  /**
   * Removes the own picture; the camera goes on (3.10).
   *
   * @param options - `userID` is required for compatibility
   * @throws 2024 not logged in, 61001 a parameter is missing
   */
  stopLocalView(options: StopViewOptions): Promise<void> {
    return clientOf(this).controls.stopView('stopLocalView', options, (view) => view.stopLocal());
  }

  /**
   * Shows a remote user's picture inside an element (3.10, 8.3). It may be called before there is a picture or the
   * element exists: in a call the page is looked at once a second. Sound does not need it.
   *
   * @param options - whose picture, where, and how it is shown
   * @throws 2024 not logged in, 61001 a parameter is missing or unknown
   */
  startRemoteView(options: RemoteViewOptions): Promise<void> {
    return clientOf(this).controls.startView('startRemoteView', 'startRemote', options);
  }

  /**
   * Removes a remote user's picture; the sound goes on (3.10; 12, D10).
   *
   * @param options - whose picture
   * @throws 2024 not logged in, 61001 a parameter is missing
   */
  stopRemoteView(options: StopViewOptions): Promise<void> {
    return clientOf(this).controls.stopView('stopRemoteView', options, (view, userID) => view.stopRemote(userID));
  }

  /**
   * How a user is shown from now on, also before there is a view of them (11.1).
   *
   * @param options - whom, default oneself, and what is to be different
   * @throws 2024 not logged in, 61001 a parameter is unknown
   */
  setVideoRenderParams(options: VideoRenderOptions): Promise<void> {
    return clientOf(this).controls.setRender(options);
  }

  /** Starts sound that waits for a user gesture since AUTOPLAY_BLOCKED; call it from a click handler. */
  resumeAudio(): Promise<void> {
    return clientOf(this).resumeAudio();
  }
}
