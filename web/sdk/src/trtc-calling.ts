// The public class: what applications see, and nothing else. What it does is in client.ts.
import { Client } from './client.js';
import { CALL_TYPE, EVENT } from './constants.js';
import { settingsOf } from './options.js';
import type {
  AcceptOptions,
  AcceptResult,
  Callback,
  CallOptions,
  CallResult,
  HangupResult,
  LoginOptions,
  LoginResult,
  LogLevel,
  LogoutResult,
  Options,
  RejectOptions,
  RejectResult,
  StopViewOptions,
  VideoQuality,
  ViewOptions,
} from './types.js';
import type { EventMap } from './payloads.js';

/**
 * Keeps the client of an object where neither enumeration nor reactive frameworks find it. The value is a function:
 * a proxy may wrap objects that are read through it, and `this` may be such a proxy, but a function stays what it is.
 */
const CLIENT = Symbol('client');
interface Inside {
  readonly [CLIENT]: () => Client;
}

const clientOf = (object: object): Client => (object as Inside)[CLIENT]();

/**
 * One-to-one audio and video calls over any MQTT broker.
 *
 * Every method but `on`, `off`, `setLogLevel` and `getVideoQuality` returns a promise and never throws. Rejections are
 * {@link TRTCCallingError}s. Methods may be called right after `login()`, before its promise has settled: they wait
 * their turn. No event is emitted from inside a method; a method called from a listener runs after the listener.
 *
 * Clauses in the descriptions are those of the project's behaviour document.
 */
class TRTCCalling {
  /** Names of the events (1.3). */
  static readonly EVENT: typeof EVENT = EVENT;
  /** Kinds of calls (1.3). */
  static readonly CALL_TYPE: typeof CALL_TYPE = CALL_TYPE;

  /** The same as the static member. */
  declare readonly EVENT: typeof EVENT;
  /** The same as the static member. */
  declare readonly CALL_TYPE: typeof CALL_TYPE;
  /** What was passed as `options.tim`; not used (12, D17). */
  declare readonly tim: unknown;

  /**
   * Never throws and touches nothing outside of the object; what is wrong with the options is said by `login()`.
   *
   * @param options - `SDKAppID`, and where the server is (1.2)
   */
  constructor(options: Options) {
    const settings = settingsOf(options);
    const client = new Client(this, settings);
    hide(this, CLIENT, () => client);
    hide(this, 'tim', settings.tim);
    // Vue 3 and Vue 2 leave such an object as it is.
    hide(this, '__v_skip', true);
    hide(this, '_isVue', true);
  }

  /**
   * Adds a listener (3.2). The same one twice is called twice. Listeners outlive `logout()`.
   *
   * @param eventName - one of {@link TRTCCalling.EVENT}, or its string
   * @param callback - receives one object, see {@link EventMap}
   * @param context - `this` of the callback; default: this object
   * @throws TypeError if `callback` is not a function
   */
  on<K extends keyof EventMap>(eventName: K, callback: Callback<EventMap[K]>, context?: unknown): void {
    clientOf(this).emitter.on(eventName, callback, context);
  }

  /**
   * Removes every registration of a listener, whatever its context, or all listeners of the event (3.2).
   *
   * @param eventName - one of {@link TRTCCalling.EVENT}, or its string
   * @param callback - default: all of the event
   * @param _context - ignored
   */
  off<K extends keyof EventMap>(eventName: K, callback?: Callback<EventMap[K]> | null, _context?: unknown): void {
    clientOf(this).emitter.off(eventName, callback);
  }

  /**
   * How much is said in the console (1.4).
   *
   * @param level - -1 debug, 0 verbose (the default), 1 release, 2 warnings and errors, 3 errors, 4 silent
   */
  setLogLevel(level: LogLevel): void {
    clientOf(this).log.level = level;
  }

  /**
   * Logs in and stays reachable until `logout()`, also across losses of the network (3.3), and when the user leaves the
   * page and the browser brings it back as it was (back/forward cache): leaving ends the session, coming back begins it
   * anew with these options, with CONNECTION_STATE_CHANGED 'reconnecting', then 'connected' and SDK_READY, or ERROR if
   * that failed (such as 61006, the signature has expired), and nobody is logged in. A newer login of the same
   * user elsewhere ends this one with KICKED_OUT.
   *
   * @param options - who, and the signature from your server
   * @returns when calls can be placed and received; SDK_READY comes too
   * @throws 2000 no SDKAppID, 2002 and 2003 nothing given, 2025 another user's login is under way, 61001 a parameter is
   * out of range, 61004 and 61006 the signature is refused or has expired, 61005 no server within 15 s, 61016 logged
   * out meanwhile, 61017 a newer login of the user, 61020 the core could not be started
   */
  login(options: LoginOptions): Promise<LoginResult> {
    return clientOf(this).login(options);
  }

  /**
   * Ends the call, if any, and the session (3.4). Nothing to do is fine, too.
   *
   * @returns when the server has been told; no event follows
   */
  logout(): Promise<LogoutResult> {
    return clientOf(this).logout();
  }

  /**
   * Calls a user (3.5). Microphone and camera are opened first; without a camera a video call goes on with sound only.
   * If the callee calls this user at the same moment, the two become one call, for one side the other's: its id, room and
   * type are in the result or, if that was given already, in the events, which name this side the invitee (12, D15).
   *
   * @param options - whom, audio or video, how long it rings
   * @returns when the invitation has gone out; USER_ACCEPT, REJECT, LINE_BUSY or NO_RESP tell what became of it
   * @throws 2024 not logged in, 61001 a parameter is missing or out of range, 61002 in a call already, 61003 a call to
   * oneself, 60003 no microphone, 60005 not allowed, 61007 – 61009 devices, 61010 hung up meanwhile, 61015 userData is
   * too long
   */
  call(options: CallOptions): Promise<CallResult> {
    return clientOf(this).call(options);
  }

  /**
   * Answers the invitation (3.7). The arguments of the older generation are accepted.
   *
   * @param options - an `inviteID`, where given, must name the pending invitation (12, D14)
   * @returns when this user is in the call; undefined if no inviteID was given and there is nothing to answer. Called
   * twice, it answers both with the first outcome
   * @throws 8010 another invitation was named, 61011 it has ended meanwhile, 60003 no microphone, 60005 not allowed,
   * 61007 – 61009 devices; after a device error the caller has been told
   */
  accept(options?: AcceptOptions): Promise<AcceptResult | undefined> {
    return clientOf(this).accept(options);
  }

  /**
   * Declines the invitation (3.8). The arguments of the older generation are accepted.
   *
   * @param options - `isBusy: true` answers "line busy"; an `inviteID`, where given, must name an invitation
   * @returns when it is declined; no event follows. undefined if no inviteID was given and there is nothing to answer
   * @throws 8010 another invitation was named
   */
  reject(options?: RejectOptions): Promise<RejectResult | undefined> {
    return clientOf(this).reject(options);
  }

  /**
   * Leaves the call, cancels it while it rings, aborts it while devices open, or declines an invitation (3.9).
   *
   * @returns in every state, and never rejects: the invitations that were taken back, or `{code: 0, msg: 'ok'}`
   */
  hangup(): Promise<HangupResult> {
    return clientOf(this).hangup();
  }

  /**
   * Shows the own camera's picture, mirrored, inside an element (3.10, 8.3). It may be called before the camera is open
   * or the element exists.
   *
   * @param options - `userID` is required for compatibility and not compared with anything
   * @throws 2024 not logged in, 61001 a parameter is missing
   */
  startLocalView(options: ViewOptions): Promise<void> {
    return clientOf(this).startLocalView(options);
  }

  /**
   * Removes the own picture; the camera goes on (3.10).
   *
   * @param options - `userID` is required for compatibility
   * @throws 2024 not logged in, 61001 a parameter is missing
   */
  stopLocalView(options: StopViewOptions): Promise<void> {
    return clientOf(this).stopLocalView(options);
  }

  /**
   * Shows a remote user's picture inside an element (3.10, 8.3). It may be called before there is a picture or the
   * element exists. Sound does not need it.
   *
   * @param options - whose picture, and where
   * @throws 2024 not logged in, 61001 a parameter is missing
   */
  startRemoteView(options: ViewOptions): Promise<void> {
    return clientOf(this).startRemoteView(options);
  }

  /**
   * Removes a remote user's picture; the sound goes on (3.10; 12, D10).
   *
   * @param options - whose picture
   * @throws 2024 not logged in, 61001 a parameter is missing
   */
  stopRemoteView(options: StopViewOptions): Promise<void> {
    return clientOf(this).stopRemoteView(options);
  }

  /**
   * Opens the camera in a call, as often as one likes (3.11). The others get USER_VIDEO_AVAILABLE.
   *
   * @returns whether there is a picture now
   * @throws 2024 not logged in, 61002 not in a call, 60004 no camera, 60005 not allowed
   */
  openCamera(): Promise<boolean> {
    return clientOf(this).setCamera('openCamera', true);
  }

  /**
   * Closes the camera in a call; its light goes out (3.11). The others get USER_VIDEO_AVAILABLE.
   *
   * @returns whether there was a picture to stop
   * @throws 2024 not logged in, 61002 not in a call
   */
  closeCamera(): Promise<boolean> {
    return clientOf(this).setCamera('closeCamera', false);
  }

  /**
   * Silences the microphone in a call, or ends the silence (3.11). The others get USER_AUDIO_AVAILABLE.
   *
   * @param isMute - true = the others hear nothing
   * @returns whether there is a microphone
   * @throws 2024 not logged in, 61002 not in a call
   */
  setMicMute(isMute: boolean): Promise<boolean> {
    return clientOf(this).setMicrophone('setMicMute', !isMute);
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

  /** Starts sound that waits for a user gesture since AUTOPLAY_BLOCKED; call it from a click handler. */
  resumeAudio(): Promise<void> {
    return clientOf(this).resumeAudio();
  }
}

function hide(object: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: false, writable: true, configurable: true });
}

// Minifiers rename it, consoles and frameworks show it.
hide(TRTCCalling, 'name', 'TRTCCalling');
// Samples of the original read EVENT from the instance (1.3). On the prototype it costs no instance anything.
hide(TRTCCalling.prototype, 'EVENT', EVENT);
hide(TRTCCalling.prototype, 'CALL_TYPE', CALL_TYPE);

export default TRTCCalling;
