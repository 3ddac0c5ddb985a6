// The public class, part 1: listeners, who is logged in, who that is.
import type { EventMap } from '../payloads.js';
import type { Callback, LoginOptions, LoginResult, LogLevel, LogoutResult, SelfInfo } from '../types.js';
import { clientOf } from './inside.js';

/** Part of {@link TRTCCalling}. */
export abstract class SessionMethods {
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
   * @returns when calls can be placed and received; SDK_READY comes too, and ERROR 60006 or 61007 where the browser or
   * the page cannot make them
   * @throws 2000 no SDKAppID, 2002 and 2003 nothing given, 2025 another user's login is under way, 60006 there is no
   * WebAssembly or no WebSocket, 61001 a parameter is out of range, 61004 and 61006 the signature is refused or has expired, 61005 no server within 15 s, 61016 logged
   * out meanwhile, 61017 a newer login of the user, 61020 the core has failed, 61100 it could
   * not be loaded
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
   * How this user is shown to others (11.1): name and picture travel with invitations, and to everybody in a call, from
   * the next one on. It may be called before `login()` and outlives `logout()`.
   *
   * @param info - name and address of a picture; what is left out stays as it is
   * @throws 61001 not strings, 61015 longer than 128 and 1024 bytes
   */
  setSelfInfo(info: SelfInfo): Promise<void> {
    return clientOf(this).setSelfInfo(info);
  }

  /**
   * Becomes a member of a group: `groupCall` with this `groupID` reaches its members. Lasts until `quitGroup()` or
   * `logout()`. Who may join is the server's setting.
   *
   * @param group - the group's id, alone or as `{groupID}`
   * @returns when messages to the group arrive here
   * @throws 2024 not logged in, 61001 no groupID, 61021 the server refuses
   */
  joinGroup(group: string | { groupID: string }): Promise<void> {
    return clientOf(this).setMember('joinGroup', 'JoinGroup', group);
  }

  /**
   * Is no longer a member of a group; a call that is going on goes on.
   *
   * @param group - the group's id, alone or as `{groupID}`
   * @throws 2024 not logged in, 61001 no groupID
   */
  quitGroup(group: string | { groupID: string }): Promise<void> {
    return clientOf(this).setMember('quitGroup', 'QuitGroup', group);
  }
}
