// What is captured and what is shown: camera, microphone, screen, devices and views.
import {
  deviceArguments,
  facingOf,
  kindOf,
  renderArguments,
  stopViewArguments,
  viewArguments,
} from './arguments.js';
import type { Result } from './core/protocol.js';
import type { Request } from './driver.js';
import { ours } from './errors.js';
import type { CallStats } from './meter/types.js';
import type { DeviceKind, ViewPort } from './ports.js';
import { attempt, expected } from './reading.js';
import type { Running, Runtime } from './runtime.js';

export class Controls {
  constructor(private readonly runtime: Runtime) {}

  /** The successor's form shows the picture, too, and says which camera is meant. */
  async openCamera(place: unknown, isFront: unknown): Promise<boolean> {
    if (typeof isFront === 'boolean') await this.switchCamera(isFront);
    if (place) {
      const view = { userID: this.runtime.userID, videoViewDomID: place as string | HTMLElement };
      await this.runtime.show('openCamera', (port) => port.startLocal(view));
    }
    return this.toggle('openCamera', { type: 'SetCamera', on: true });
  }

  toggle(method: string, request: Request): Promise<boolean> {
    return this.runtime.ask(method, request, { done: toggled });
  }

  setScreen(method: string, on: boolean): Promise<boolean> {
    const done = (result: Result) => {
      const acted = toggled(result);
      this.runtime.noteScreen(on && acted);
      return acted;
    };
    return this.runtime.ask(method, { type: 'SetScreen', on }, { done });
  }

  devices(method: string, kind: DeviceKind): Promise<MediaDeviceInfo[]> {
    return this.use(method, ({ media }) => media.devices.list(kind));
  }

  deviceList(type: unknown): Promise<MediaDeviceInfo[]> {
    return attempt(() => this.devices('getDeviceList', kindOf('getDeviceList', type)));
  }

  currentDevice(type: unknown): Promise<MediaDeviceInfo | undefined> {
    return attempt(() => {
      const kind = kindOf('getCurrentDevice', type);
      return this.use('getCurrentDevice', ({ media }) => media.devices.current(kind));
    });
  }

  switchDevice(options: unknown): Promise<void> {
    return attempt(() => {
      const { kind, deviceId } = deviceArguments(options);
      return this.use('switchDevice', async ({ media, view }) => {
        // What cannot sound there is not to be remembered.
        if (kind === 'audiooutput') await view.useSpeaker(deviceId);
        await media.devices.select(kind, deviceId);
      });
    });
  }

  switchCamera(camera: unknown): Promise<void> {
    return attempt(() => {
      const facing = facingOf(camera);
      return this.use('switchCamera', ({ media }) => media.devices.selectFacing(facing));
    });
  }

  stats(): Promise<CallStats> {
    return this.use('getCallStats', ({ monitor }) => monitor.stats());
  }

  startView(method: string, side: 'startLocal' | 'startRemote', options: unknown): Promise<void> {
    return attempt(() => {
      const given = viewArguments(method, options);
      return this.runtime.show(method, (view) => view[side](given));
    });
  }

  stopView(method: string, options: unknown, stop: (view: ViewPort, userID: string) => void): Promise<void> {
    return attempt(() => {
      const { userID } = stopViewArguments(method, options);
      return this.runtime.show(method, (view) => stop(view, userID));
    });
  }

  setRender(options: unknown): Promise<void> {
    return attempt(() => {
      const { user, render } = renderArguments(options, this.runtime.userID);
      return this.runtime.show('setVideoRenderParams', (view) => view.setRender(user, render));
    });
  }

  /** Asks a port; whatever it rejects with leaves as an error of ours. */
  async use<T>(method: string, act: (running: Running) => Promise<T>): Promise<T> {
    const running = await this.runtime.inside(method);
    try {
      return await act(running);
    } catch (thrown) {
      throw ours(thrown);
    }
  }
}

const toggled = (result: Result): boolean => expected(result, 'Toggled').done;
