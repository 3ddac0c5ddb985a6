// A page in Node: linkedom's document, and media elements that play when they may.
import { parseHTML } from 'linkedom';
import { createView } from '../../src/view/index.js';
import { FakeStream, FakeTrack } from '../media/fake-devices.js';
import { makePlayable, Policy } from './media-element.js';
import type { Playable } from './media-element.js';

export type View = ReturnType<typeof createView>;

export class TestPage {
  readonly document: Document;
  readonly policy = new Policy();
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
    const create = document.createElement.bind(document);
    const value = (name: string): HTMLElement => {
      const element = create(name);
      return name === 'audio' || name === 'video' ? makePlayable(element, this.policy) : element;
    };
    Object.defineProperty(document, 'createElement', { configurable: true, value });
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

  /** The sound of the player inside of an element, by id. */
  audio(id: string): HTMLAudioElement & Playable {
    const found = this.element(id).querySelector('audio');
    if (found === null) throw new Error(`no sound in ${id}`);
    return found as HTMLAudioElement & Playable;
  }

  /** Adds a container to the page. */
  add(id: string): HTMLElement {
    const element = this.document.createElement('div');
    element.id = id;
    this.document.body.append(element);
    return element;
  }

  /** Takes a node out of the page as an application would: the browser pauses what is inside. */
  takeOut(id: string): void {
    const node = this.element(id);
    node.remove();
    this.pause(node);
  }

  /** Puts a new node with the same id in the place of one, as a framework does that renders anew. */
  exchange(id: string): void {
    const old = this.element(id);
    const fresh = this.document.createElement('div');
    fresh.id = id;
    old.replaceWith(fresh);
    this.pause(old);
  }

  gesture(type = 'click'): void {
    this.document.dispatchEvent(new this.window.Event(type));
  }

  private pause(node: HTMLElement): void {
    for (const media of node.querySelectorAll('audio, video')) {
      (media as unknown as Playable).paused = true;
      media.dispatchEvent(new this.window.Event('pause'));
    }
  }
}

export function stream(...kinds: ('audio' | 'video')[]): MediaStream {
  return new FakeStream(kinds.map((kind) => track(kind))) as unknown as MediaStream;
}

/** What a camera sees that tells which way it looks. */
export function pictureOf(facingMode: string): MediaStream {
  return new FakeStream([track('video', { facingMode })]) as unknown as MediaStream;
}

function track(kind: 'audio' | 'video', settings: MediaTrackSettings = {}): FakeTrack {
  return Object.assign(new FakeTrack(kind), { getSettings: () => settings });
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
