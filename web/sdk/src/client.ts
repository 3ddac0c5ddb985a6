// The methods of one TRTCCalling object: arguments become verbs for the core, its answers become what the application's
// promises settle with.
import {
  answerArguments,
  callArguments,
  groupCallArguments,
  groupOf,
  inviteArguments,
  joinArguments,
  loginArguments,
  mediaOf,
  profileArguments,
} from './arguments.js';
import { Controls } from './controls.js';
import type { Result } from './core/protocol.js';
import { defaultQuality, profileOf } from './core/quality.js';
import type { Request } from './driver.js';
import { Emitter } from './emitter.js';
import { codeOf, fail } from './errors.js';
import { Log } from './log.js';
import { textOfMessage } from './message-text.js';
import type { Settings } from './options.js';
import { attempt, expected } from './reading.js';
import * as results from './results.js';
import { Runtime } from './runtime.js';
import type {
  AcceptResult,
  CallResult,
  GroupCallResult,
  HangupResult,
  JoinInGroupCallResult,
  LoginResult,
  LogoutResult,
  RejectResult,
  VideoQuality,
} from './types.js';

const NOT_LOGGED_IN = codeOf('NOT_LOGGED_IN');

/** The core counts in milliseconds. */
const timed = <Given extends { timeout: number }>(given: Given): Given => ({ ...given, timeout: Math.round(given.timeout * 1000) });

export class Client {
  readonly log = new Log();
  readonly emitter: Emitter;
  readonly runtime: Runtime;
  readonly controls: Controls;
  quality: VideoQuality = defaultQuality;
  /** How many switches between audio and video are under way. */
  switching = 0;

  /** `owner` is the object that listeners see as `this`. */
  constructor(
    owner: object,
    readonly settings: Settings,
  ) {
    this.emitter = new Emitter(owner, this.log);
    this.runtime = new Runtime(settings, this.emitter, this.log);
    this.controls = new Controls(this.runtime);
  }

  login(options: unknown): Promise<LoginResult> {
    const { sdkAppID } = this.settings;
    return attempt(() => {
      if (sdkAppID === undefined) throw fail('NO_APP_ID');
      const given = loginArguments(options);
      return this.runtime.login(
        sdkAppID,
        { type: 'Login', ...given },
        {
          done: (result) => {
            const answer = results.loginResult(expected(result, 'LoggedIn'));
            this.runtime.facts.self = given.user;
            return answer;
          },
        },
      );
    });
  }

  logout(): Promise<LogoutResult> {
    return this.runtime.logout(
      { type: 'Logout' },
      {
        done: results.logoutResult,
        failed: (error) => {
          if (error.code !== NOT_LOGGED_IN) throw error;
          return results.logoutResult();
        },
      },
    );
  }

  call(options: unknown): Promise<CallResult> {
    return attempt(() => {
      const given = callArguments(options);
      return this.runtime.ask(
        'call',
        { type: 'Call', ...timed(given) },
        { done: (result) => results.callResult(expected(result, 'CallPlaced'), this.runtime.facts, given.timeout) },
      );
    });
  }

  accept(options: unknown): Promise<AcceptResult | undefined> {
    const { call } = answerArguments(options);
    return this.answer('accept', { type: 'Accept', call }, (result) =>
      results.acceptResult(expected(result, 'CallAccepted'), this.runtime.facts),
    );
  }

  reject(options: unknown): Promise<RejectResult | undefined> {
    const given = answerArguments(options);
    return this.answer('reject', { type: 'Reject', ...given }, (result) =>
      results.rejectResult(expected(result, 'CallRejected'), given.busy, this.runtime.facts),
    );
  }

  /** Never rejects: it is called from end-of-call handlers and from pages that are being left (3.9). */
  hangup(): Promise<HangupResult> {
    return this.runtime.ask(
      'hangup',
      { type: 'HangUp' },
      {
        done: (result) => results.hangupResult(expected(result, 'HungUp'), this.runtime.facts),
        failed: (error) => {
          this.log.info(error.message);
          return results.nothingToHangUp();
        },
      },
    );
  }

  groupCall(options: unknown): Promise<GroupCallResult> {
    return attempt(() => {
      const given = groupCallArguments(options, this.runtime.userID);
      return this.addUsers('groupCall', { type: 'GroupCall', ...timed(given) }, given.timeout);
    });
  }

  inviteUser(options: unknown): Promise<GroupCallResult> {
    return attempt(() => {
      const given = inviteArguments(options, this.runtime.userID);
      return this.addUsers('inviteUser', { type: 'InviteUsers', ...timed(given) }, given.timeout);
    });
  }

  joinInGroupCall(options: unknown): Promise<JoinInGroupCallResult> {
    return attempt(() => {
      const given = joinArguments(options);
      return this.runtime.ask(
        'joinInGroupCall',
        { type: 'JoinGroupCall', ...given },
        {
          done: (result) => {
            if (!('sending' in result)) throw fail('CORE_FAILED', result.type);
            return results.joinInGroupCallResult(result, this.runtime.facts, given.group_id);
          },
        },
      );
    });
  }

  /** Joins or quits a group of users, which is not a call. */
  setMember(method: string, type: 'JoinGroup' | 'QuitGroup', options: unknown): Promise<void> {
    return attempt(() => {
      const groupID = groupOf(method, options);
      return this.runtime.ask(method, { type, group_id: groupID }, { done: () => undefined });
    });
  }

  switchMedia(method: string, type: unknown): Promise<void> {
    return attempt(() => {
      const media = mediaOf(method, type);
      this.switching += 1;
      const done = () => void (this.switching -= 1);
      const failed = (error: Error) => {
        done();
        throw error;
      };
      return this.runtime.ask(method, { type: 'SwitchMedia', media }, { done, failed });
    });
  }

  /** The older form of it: what cannot be done is only said in the console (3.12). */
  switchQuietly(method: string, type: number): Promise<void> {
    return this.switchMedia(method, type).catch((error: Error) => this.log.warn(error.message));
  }

  setSelfInfo(options: unknown): Promise<void> {
    return attempt(() => {
      const { facts } = this.runtime;
      facts.profile = profileArguments(options, facts.profile);
      this.runtime.set({ type: 'SetSelfInfo', profile: facts.profile });
      return Promise.resolve();
    });
  }

  setVideoQuality(quality: VideoQuality): Promise<VideoQuality> {
    return attempt(() => {
      this.runtime.set({ type: 'SetVideoProfile', profile: profileOf(quality) });
      this.quality = quality;
      return Promise.resolve(quality);
    });
  }

  resumeAudio(): Promise<void> {
    return this.runtime.resumeAudio();
  }

  textOf(message: unknown, language: unknown): string {
    const browser = typeof navigator === 'undefined' ? undefined : navigator.language;
    return textOfMessage(message, [language, this.settings.language, browser]);
  }

  private addUsers(method: string, request: Request, timeout: number): Promise<GroupCallResult> {
    return this.runtime.ask(method, request, {
      done: (result) => results.groupCallResult(expected(result, 'GroupCallPlaced'), this.runtime.facts, timeout),
    });
  }

  /** With nothing to answer, accept() and reject() warn and resolve with undefined, as ever (3.7, 3.8). */
  private answer<T>(
    method: string,
    request: Request,
    read: (result: Result) => T,
  ): Promise<T | undefined> {
    const nothing = (): undefined => {
      this.log.warn(`${method}: there is no invitation to answer`);
      return undefined;
    };
    return this.runtime.ask<T | undefined>(method, request, {
      done: (result) => (result.type === 'Nothing' ? nothing() : read(result)),
      failed: (error) => {
        if (error.code !== NOT_LOGGED_IN) throw error;
        return nothing();
      },
    });
  }
}
