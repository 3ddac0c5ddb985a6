// The methods of one TRTCCalling object: arguments become verbs for the core, its answers become what the application's
// promises settle with.
import { answerArguments, callArguments, loginArguments, stopViewArguments, viewArguments } from './arguments.js';
import type { Result } from './core/protocol.js';
import { defaultQuality, profileOf } from './core/quality.js';
import type { Request } from './driver.js';
import { Emitter } from './emitter.js';
import { codeOf, fail, textOf, TRTCCallingError } from './errors.js';
import { Log } from './log.js';
import type { Settings } from './options.js';
import * as results from './results.js';
import { Runtime } from './runtime.js';
import type {
  AcceptResult,
  CallResult,
  HangupResult,
  LoginResult,
  LogoutResult,
  RejectResult,
  VideoQuality,
} from './types.js';

type Of<Type extends Result['type']> = Extract<Result, { type: Type }>;

const NOT_LOGGED_IN = codeOf('NOT_LOGGED_IN');

export class Client {
  readonly log = new Log();
  readonly emitter: Emitter;
  quality: VideoQuality = defaultQuality;

  private readonly runtime: Runtime;

  /** `owner` is the object that listeners see as `this`. */
  constructor(
    owner: object,
    private readonly settings: Settings,
  ) {
    this.emitter = new Emitter(owner, this.log);
    this.runtime = new Runtime(settings, this.emitter, this.log);
  }

  login(options: unknown): Promise<LoginResult> {
    const { sdkAppID } = this.settings;
    return attempt(() => {
      if (sdkAppID === undefined) throw fail('NO_APP_ID');
      const { user, userSig } = loginArguments(options);
      return this.runtime.login(
        sdkAppID,
        { type: 'Login', user, user_sig: userSig },
        {
          done: (result) => {
            const answer = results.loginResult(expected(result, 'LoggedIn'));
            this.runtime.facts.self = user;
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
      const { user, media, timeout, userData, room } = callArguments(options);
      const milliseconds = Math.round(timeout * 1000);
      return this.runtime.ask(
        'call',
        { type: 'Call', user, media, timeout: milliseconds, user_data: userData, room },
        { done: (result) => results.callResult(expected(result, 'CallPlaced'), this.runtime.facts, timeout) },
      );
    });
  }

  accept(options: unknown): Promise<AcceptResult | undefined> {
    const { inviteID } = answerArguments(options);
    return this.answer('accept', { type: 'Accept', call: inviteID }, (result) =>
      results.acceptResult(expected(result, 'CallAccepted'), this.runtime.facts),
    );
  }

  reject(options: unknown): Promise<RejectResult | undefined> {
    const { inviteID, isBusy } = answerArguments(options);
    return this.answer('reject', { type: 'Reject', call: inviteID, busy: isBusy }, (result) =>
      results.rejectResult(expected(result, 'CallRejected'), isBusy, this.runtime.facts),
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

  setCamera(method: string, on: boolean): Promise<boolean> {
    return this.runtime.ask(method, { type: 'SetCamera', on }, { done: (result) => expected(result, 'Toggled').done });
  }

  setMicrophone(method: string, on: boolean): Promise<boolean> {
    const done = (result: Result) => expected(result, 'Toggled').done;
    return this.runtime.ask(method, { type: 'SetMicrophone', on }, { done });
  }

  setVideoQuality(quality: VideoQuality): Promise<VideoQuality> {
    return attempt(() => {
      this.runtime.setProfile(profileOf(quality));
      this.quality = quality;
      return Promise.resolve(quality);
    });
  }

  startLocalView(options: unknown): Promise<void> {
    return attempt(() => {
      const given = viewArguments('startLocalView', options);
      return this.runtime.show('startLocalView', (view) => view.startLocal(given));
    });
  }

  stopLocalView(options: unknown): Promise<void> {
    return attempt(() => {
      stopViewArguments('stopLocalView', options);
      return this.runtime.show('stopLocalView', (view) => view.stopLocal());
    });
  }

  startRemoteView(options: unknown): Promise<void> {
    return attempt(() => {
      const given = viewArguments('startRemoteView', options);
      return this.runtime.show('startRemoteView', (view) => view.startRemote(given));
    });
  }

  stopRemoteView(options: unknown): Promise<void> {
    return attempt(() => {
      const { userID } = stopViewArguments('stopRemoteView', options);
      return this.runtime.show('stopRemoteView', (view) => view.stopRemote(userID));
    });
  }

  resumeAudio(): Promise<void> {
    return this.runtime.resumeAudio();
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

function expected<Type extends Result['type']>(result: Result, type: Type): Of<Type> {
  if (result.type !== type) throw fail('CORE_FAILED', `${result.type} instead of ${type}`);
  return result as Of<Type>;
}

/** What is thrown becomes a rejection, always with an error of ours: methods never throw. */
function attempt<T>(act: () => Promise<T>): Promise<T> {
  try {
    return act();
  } catch (thrown) {
    return Promise.reject(thrown instanceof TRTCCallingError ? thrown : fail('CORE_FAILED', textOf(thrown)));
  }
}
