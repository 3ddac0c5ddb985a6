// An audio or video element as browsers have it: it plays when it may, and it sounds at a speaker of the machine.
import type { FakeStream } from '../media/fake-devices.js';

export interface Playable {
  paused: boolean;
  muted: boolean;
  srcObject: FakeStream | null;
  sinkId: string;
}

/** What the browser allows and the machine has. */
export class Policy {
  /** May there be sound without a gesture? */
  allowed = true;
  /** Chromium refuses muted sound, too; Firefox lets it play. */
  refusesMutedSound = false;
  /** When the browser has found each speaker; undefined in a browser that cannot choose. */
  speakers: Map<string, Promise<void>> | undefined = new Map([['', Promise.resolve()]]);
  /** What the choice of any other speaker fails with. */
  speakerError = 'NotFoundError';

  mayPlay(element: HTMLElement & Playable): boolean {
    return this.allowed || (element.muted && !(this.refusesMutedSound && element.localName === 'audio'));
  }
}

/** Turns an element of linkedom, which knows nothing of media, into one that plays. */
export function makePlayable(element: HTMLElement, policy: Policy): HTMLElement {
  let source: FakeStream | null = null;
  let muted = false;
  Object.defineProperties(element, {
    paused: { value: true, writable: true },
    muted: {
      get: () => muted,
      set(this: HTMLElement & Playable, value: boolean) {
        muted = value;
        // What plays only because it is silent stops when it would be heard.
        if (!policy.mayPlay(this)) this.paused = true;
      },
    },
    srcObject: {
      get: () => source,
      set(this: Playable, value: FakeStream | null) {
        source = value;
        this.paused = true;
      },
    },
    play: {
      async value(this: HTMLElement & Playable) {
        if (!policy.mayPlay(this)) throw new DOMException('no gesture', 'NotAllowedError');
        this.paused = false;
      },
    },
  });
  if (policy.speakers !== undefined) makeRoutable(element, policy);
  return element;
}

function makeRoutable(element: HTMLElement, policy: Policy): void {
  Object.defineProperties(element, {
    sinkId: { value: '', writable: true },
    setSinkId: {
      async value(this: Playable, id: string) {
        const found = policy.speakers?.get(id);
        await found;
        if (found === undefined) throw new DOMException('as told by the browser', policy.speakerError);
        this.sinkId = id;
      },
      writable: true,
    },
  });
}
