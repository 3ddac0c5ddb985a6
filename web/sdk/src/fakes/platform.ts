// A place to run without a browser: `new TRTCCalling({SDKAppID, platform: new FakePlatform()})`.
import type { CoreEngine, EngineConfig } from '../core/engine.js';
import type { PageEvents } from '../page.js';
import type { Platform } from '../platform.js';
import type { MediaPort, Report, SocketPort, ViewPort } from '../ports.js';
import { FakeClock } from './clock.js';
import { ScriptedEngine } from './engine.js';
import { FakeMedia } from './media.js';
import { FakeSocketHub } from './socket.js';
import { FakeView } from './view.js';

/** The browser of one TRTCCalling object. `engine` and `hub` may be replaced until login(). */
export class FakePlatform implements Platform {
  readonly clock = new FakeClock();
  engine = new ScriptedEngine();
  hub = new FakeSocketHub();
  media: FakeMedia | undefined;
  view: FakeView | undefined;
  /** Present while the object listens to its page. */
  page: PageEvents | undefined;

  // Fields, because the constructor's options are copied, and methods of a class would stay behind.
  readonly createEngine = (config: EngineConfig): Promise<CoreEngine> => {
    this.engine.config = config;
    return Promise.resolve(this.engine);
  };

  readonly createSocket = (report: Report): SocketPort => this.hub.createSocket(report);

  readonly createMedia = (report: Report): MediaPort => {
    this.media = new FakeMedia(report);
    return this.media;
  };

  readonly createView = (): ViewPort => {
    this.view = new FakeView();
    return this.view;
  };

  readonly watchPage = (events: PageEvents): (() => void) => {
    this.page = events;
    return () => {
      this.page = undefined;
    };
  };

  /** What the server answers when it is asked for ICE servers; rejects, or resolves with undefined: it offers none. */
  ice: (address: string, userSig: string) => Promise<unknown> = () => Promise.resolve(undefined);

  readonly fetchIce = (address: string, userSig: string): Promise<unknown> => this.ice(address, userSig);

  readonly seed = (): string => '00'.repeat(32);

  readonly pageAddress = (): string => 'https://calls.example/app/';
}
