// One core at work: it is started by the first login(), asked by methods, and heard by the application's listeners. It
// keeps no call state but the last status that the core has told.
import { EVENT } from './constants.js';
import type { CoreError, Effect, EventEffect, Input, Result, SessionStatus } from './core/protocol.js';
import { Driver } from './driver.js';
import type { DriverEvents, Request } from './driver.js';
import type { Emitter } from './emitter.js';
import { codeOf, textOf } from './errors.js';
import type { TRTCCallingError } from './errors.js';
import { errorInfo, eventsOf } from './events.js';
import { Facts } from './facts.js';
import { IceServers } from './ice.js';
import type { Log } from './log.js';
import { Monitor } from './monitor.js';
import { addressesOf, placeOf } from './options.js';
import type { Settings } from './options.js';
import type { MediaPort, Report, ViewPort } from './ports.js';
import { refusal } from './refusal.js';
import { recorderOf } from './trace/recorder.js';
import type { Recorder } from './trace/recorder.js';

/** What lives from the first login() until a crash of the core. */
export interface Running {
  driver: Driver;
  media: MediaPort;
  view: ViewPort;
  monitor: Monitor;
}

/** How a verb's answer becomes what its promise settles with; what these throw is what it rejects with. */
export interface Reading<T> {
  done(result: Result): T;
  /** Default: throws the error. */
  failed?(error: TRTCCallingError): T;
}

interface Login {
  sdkAppID: number;
  request: Request;
}

const NOT_LOGGED_IN: CoreError = { code: codeOf('NOT_LOGGED_IN'), detail: '' };

const isInside = (session: SessionStatus): boolean => session === 'online' || session === 'reconnecting';

export class Runtime {
  readonly facts = new Facts();
  /** Of the core that runs, or has run last. */
  recorder: Recorder | undefined;

  private session: SessionStatus = 'logged_out';
  private running: Running | undefined;
  /** Why nothing runs any more, until the next login(). */
  private crash: CoreError | undefined;
  /** What lasts from one core to the next, by type. */
  private readonly lasting = new Map<string, Input>();
  private logins = 0;
  /** What asks a port while a login() is under way. Verbs wait in the core. */
  private held: (() => void)[] = [];
  private readonly ice: IceServers;
  private stopWatching: (() => void) | undefined;
  /** The login() that holds. */
  private latest: Login | undefined;
  /** What to log in with again, should the page come back from where it has gone. */
  private asleep: Login | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly emitter: Emitter,
    private readonly log: Log,
  ) {
    const { media, platform } = settings;
    this.ice = new IceServers(media, platform.clock, log, (address, userSig) => platform.fetchIce(address, userSig));
  }

  /** Starts what is not running. Throws if nothing can be started. */
  login<T>(sdkAppID: number, request: Request, reading: Reading<T>): Promise<T> {
    this.asleep = undefined;
    this.running ??= this.start(sdkAppID);
    this.logins += 1;
    const done = (result: Result) => {
      this.latest = { sdkAppID, request };
      const { server, platform } = this.settings;
      if (request.type === 'Login') this.ice.start(addressesOf(server, platform.pageAddress()), request.user_sig);
      return reading.done(result);
    };
    return this.ask('login', request, { ...reading, done }, () => this.loginSettled());
  }

  /** From here on nobody is to be logged in again. */
  logout<T>(request: Request, reading: Reading<T>): Promise<T> {
    this.latest = undefined;
    this.asleep = undefined;
    this.watchPage();
    return this.ask('logout', request, reading);
  }

  /** Who is logged in; '' = nobody. */
  get userID(): string {
    return isInside(this.session) ? this.facts.self : '';
  }

  /** Undefined before the first login(). */
  get media(): MediaPort | undefined {
    return this.running?.media;
  }

  /** The ports, where somebody is logged in; a login() under way is waited for. */
  inside(method: string): Promise<Running> {
    return new Promise((resolve, reject) => {
      const now = () => {
        if (this.running !== undefined && isInside(this.session)) resolve(this.running);
        else reject(refusal(method, this.crash ?? NOT_LOGGED_IN, this.facts.status));
      };
      if (this.logins > 0 && !isInside(this.session)) this.held.push(now);
      else now();
    });
  }

  /** Views may be started before there is a picture or an element; they are not an error then (8.3). */
  async show(method: string, act: (view: ViewPort) => void): Promise<void> {
    const { view } = await this.inside(method);
    try {
      act(view);
    } catch (thrown) {
      this.log.warn(`${method}: ${textOf(thrown)}`);
    }
  }

  set(input: Extract<Input, { type: 'SetVideoProfile' | 'SetSelfInfo' }>): void {
    this.lasting.set(input.type, input);
    this.running?.driver.submit(input);
  }

  /** The core tells of the others' screens only. */
  noteScreen(isShared: boolean): void {
    this.facts.screen = isShared;
    this.refreshViews();
  }

  resumeAudio(): Promise<void> {
    return this.running?.view.resume() ?? Promise.resolve();
  }

  /** `settled` is told when the promise is. */
  ask<T>(
    method: string,
    request: Request,
    { done, failed }: Reading<T>,
    settled: () => void = () => undefined,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (answer: () => T) => {
        try {
          resolve(answer());
        } catch (thrown) {
          reject(thrown);
        }
        settled();
      };
      const refuse = (core: CoreError) =>
        settle(() => {
          const error = refusal(method, core, this.facts.status);
          if (failed === undefined) throw error;
          return failed(error);
        });
      if (this.running === undefined) return refuse(this.crash ?? NOT_LOGGED_IN);
      this.running.driver.request(request, {
        done: (result) => {
          this.facts.noteResult(result);
          settle(() => done(result));
        },
        failed: refuse,
      });
    });
  }

  private loginSettled(): void {
    this.logins -= 1;
    if (this.logins > 0) return;
    for (const act of this.held.splice(0)) act();
  }

  /**
   * Compiles the core and opens the ports. At the first login() and not in the constructor: most applications construct
   * at import, also while rendering on a server; a page on which nobody calls pays nothing; and what goes wrong here
   * has a promise to reject.
   */
  private start(sdkAppID: number): Running {
    const { platform, server, media: mediaOptions, fastConnect, core, trace } = this.settings;
    const place = placeOf(core);
    const config = {
      sdk_app_id: sdkAppID,
      servers: addressesOf(server, platform.pageAddress()),
      seed: platform.seed(),
      fast_connect: fastConnect,
    };
    const report: Report = (input) => driver.submit(input);
    const socket = platform.createSocket(report);
    const media = platform.createMedia(report, mediaOptions);
    const view = platform.createView();
    const events: DriverEvents = {
      onBatch: (effects) => {
        if (this.facts.noteBatch(effects)) this.refreshViews();
      },
      onEffect: (effect) => this.onEffect(effect),
      onCrash: (error) => this.onCrash(error),
    };
    const ports = { socket, media, clock: platform.clock };
    const driver: Driver = new Driver(ports, events, this.log);
    const monitor = new Monitor(media, platform.clock, this.facts, this.log, (name, payload) => {
      // Once a second: elements that have come since a view was asked for are found now.
      if (name === EVENT.USER_VOICE_VOLUME) this.refreshViews();
      if (this.userID !== '') this.emitter.emit(name, payload);
    });
    media.onStreams = () => this.refreshViews();
    view.onAutoplayBlocked = (userID) => this.emitter.emit(EVENT.AUTOPLAY_BLOCKED, { userID });
    for (const input of this.lasting.values()) driver.submit(input);
    this.crash = undefined;
    this.recorder = recorderOf(trace, config, platform.clock);
    platform.createEngine(config, place, this.recorder?.tap).then(
      (engine) => driver.start(engine),
      (thrown: unknown) => driver.crash(thrown),
    );
    return { driver, media, view, monitor };
  }

  private onEffect(effect: Parameters<DriverEvents['onEffect']>[0]): void {
    if (this.facts.noteEffect(effect)) this.onUsers();
    if (effect.type === 'StatusChanged') return this.onStatus(effect);
    if (effect.type !== 'RosterChanged' || this.facts.noteRoster(effect)) this.emit(effect);
    if (effect.type === 'Ready') this.checkMedia();
  }

  /** As in 1.0.6 the application hears of it at the login, before anybody calls (6.1). */
  private checkMedia(): void {
    const lack = this.media?.lack;
    if (lack !== undefined) this.emit({ type: 'Errored', error: { code: codeOf(lack), detail: '' } });
  }

  private emit(effect: EventEffect): void {
    for (const [name, payload] of eventsOf(effect, this.facts)) this.emitter.emit(name, payload);
  }

  private onStatus({ session }: Extract<Effect, { type: 'StatusChanged' }>): void {
    this.session = session;
    if (session === 'logged_out' || session === 'kicked_out') this.ice.stop();
    this.watchPage();
  }

  /** The page refers to this object only while somebody is logged in or may be again: afterwards it can be collected. */
  private watchPage(): void {
    if (!isInside(this.session) && this.session !== 'connecting' && this.asleep === undefined) {
      this.stopWatching?.();
      this.stopWatching = undefined;
    } else if (this.running !== undefined) {
      const { driver } = this.running;
      this.stopWatching ??= this.settings.platform.watchPage({
        report: (input) => driver.submit(input),
        onPageHide: () => {
          if (isInside(this.session)) this.asleep = this.latest;
          driver.submit({ type: 'PageClosed' });
          driver.flush();
        },
        onPageRestored: () => this.onPageRestored(),
      });
    }
  }

  /**
   * The session ended when the page was left. Whoever comes back to the page expects to be reachable as before: it is
   * made anew, and the application sees what it sees of any connection that was lost and came back, and SDK_READY.
   * Nobody waits for the answer, so a refusal becomes ERROR.
   */
  private onPageRestored(): void {
    if (this.asleep === undefined) return;
    const { sdkAppID, request } = this.asleep;
    this.emit({ type: 'SignalingChanged', connected: false });
    void this.login(sdkAppID, request, {
      done: () => this.emit({ type: 'SignalingChanged', connected: true }),
      failed: (error) => {
        // A crash has been told already.
        if (this.crash === undefined) this.emit({ type: 'Errored', error });
      },
    });
  }

  private onCrash(error: CoreError): void {
    this.running?.view.dispose();
    this.running?.monitor.watch(false);
    this.running = undefined;
    this.crash = error;
    this.session = 'logged_out';
    this.ice.stop();
    this.asleep = undefined;
    this.facts.forgetCall();
    this.watchPage();
    this.emitter.emit(EVENT.ERROR, errorInfo(error));
  }

  private onUsers(): void {
    this.running?.monitor.watch(this.facts.users.length > 0);
    this.refreshViews();
  }

  private refreshViews(): void {
    if (this.running === undefined) return;
    const { media, view } = this.running;
    view.update({
      local: media.localStream,
      remote: (userID) => media.remoteStream(userID),
      users: this.facts.users,
      hasPicture: (userID) => this.facts.is('video', userID),
      localScreen: this.facts.screen,
    });
  }
}
