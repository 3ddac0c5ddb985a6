// A page in Node: linkedom's document, and media elements that play when they are allowed to.
import { parseHTML } from 'linkedom';
import { createView } from '../../src/view/index.js';
import { FakeStream, FakeTrack } from '../media/fake-devices.js';

export type View = ReturnType<typeof createView>;

interface Playable {
  paused: boolean;
  srcObject: FakeStream | null;
}

export class TestPage {
  readonly document: Document;
  /** What the autoplay policy says; sounds only, muted elements always play. */
  allowed = true;
  private readonly window: Window & typeof globalThis;

  constructor(body: string) {
    const { window, document } = parseHTML(`<!doctype html><html><body>${body}</body></html>`) as unknown as {
      window: Window & typeof globalThis;
      document: Document;
    };
    this.window = window;
    this.document = document;
    for (const name of ['document', 'HTMLElement', 'Node'] as const) replaceGlobal(name, window[name]);
    replaceGlobal('MediaStream', FakeStream);
    this.makeMediaElementsPlayable();
  }

  element(id: string): HTMLElement {
    const found = this.document.getElementById(id);
    if (found === null) throw new Error(`no element ${id}`);
    return found;
  }

  /** `player(audio video)` for each player in an element, by id. */
  shape(id: string): string {
    return [...this.element(id).querySelectorAll('[id^=player_]')]
      .map((player) => `player(${[...player.children].map(({ localName }) => localName).join(' ')})`)
      .join(' ');
  }

  audible(): (HTMLMediaElement & Playable)[] {
    const all = [...this.document.querySelectorAll('audio, video')] as unknown as (HTMLMediaElement & Playable)[];
    return all.filter((element) => !element.muted && !element.paused && element.srcObject !== null);
  }

  /** Takes a node out of the page as an application would: the browser pauses what is inside. */
  takeOut(id: string): void {
    const node = this.element(id);
    node.remove();
    for (const media of node.querySelectorAll('audio, video')) {
      (media as unknown as Playable).paused = true;
      media.dispatchEvent(new this.window.Event('pause'));
    }
  }

  gesture(type = 'click'): void {
    this.document.dispatchEvent(new this.window.Event(type));
  }

  private makeMediaElementsPlayable(): void {
    const { document } = this;
    const create = document.createElement.bind(document);
    const isAllowed = (): boolean => this.allowed;
    Object.defineProperty(document, 'createElement', {
      configurable: true,
      value: (name: string): HTMLElement => {
        const element = create(name);
        if (name !== 'audio' && name !== 'video') return element;
        let source: FakeStream | null = null;
        return Object.defineProperties(element, {
          paused: { value: true, writable: true },
          muted: { value: false, writable: true },
          srcObject: {
            get: () => source,
            set(this: Playable, value: FakeStream | null) {
              source = value;
              this.paused = true;
            },
          },
          play: {
            async value(this: HTMLMediaElement & Playable) {
              if (!this.muted && !isAllowed()) throw new DOMException('no gesture', 'NotAllowedError');
              this.paused = false;
            },
          },
        });
      },
    });
  }
}

export function stream(...kinds: ('audio' | 'video')[]): MediaStream {
  return new FakeStream(kinds.map((kind) => new FakeTrack(kind))) as unknown as MediaStream;
}

/** Tells the view of the local stream and of those of the remote users. */
export function show(view: View, local: MediaStream | undefined, remotes: Record<string, MediaStream | undefined> = {}, closed: string[] = []): void {
  view.update({
    local,
    remote: (userID) => remotes[userID],
    users: Object.keys(remotes),
    hasPicture: (userID) => !closed.includes(userID),
  });
}

export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function replaceGlobal(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
