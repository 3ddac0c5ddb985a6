// Players in the application's containers, and the sound of remote users without any. It shows the streams that it is
// told of where the application wants to see them; who is in the call is decided elsewhere.
//
// A remote user has one player for as long as the user is in the call, so there is one element per user that sounds.
// Without a view the player, with nothing but its audio, is in the hidden layer; a view moves it and adds the picture.
import type { ViewOptions, ViewPort, ViewStreams } from '../ports.js';
import { HiddenPlace } from './layer.js';
import { Playback } from './playback.js';
import { Player } from './player.js';

type Target = ViewOptions['videoViewDomID'];

export function createView(): ViewPort {
  return new DocumentView();
}

class DocumentView implements ViewPort {
  onAutoplayBlocked: ((userID: string) => void) | undefined;

  private readonly playback = new Playback((userID) => this.onAutoplayBlocked?.(userID));
  private streams: ViewStreams = { local: undefined, remote: () => undefined, users: [] };
  /**
   * Where the application wants to see whom. A wish is remembered until it is taken back or its user leaves, so that it
   * may come before the stream, before the user, and before the element that it names.
   */
  private readonly wishes = new Map<string, Target>();
  private localWish: Target | undefined;
  private local: Player | undefined;
  private readonly remotes = new Map<string, { player: Player; hidden: HiddenPlace }>();

  startLocal({ videoViewDomID }: ViewOptions): void {
    this.localWish = videoViewDomID;
    this.showLocal();
  }

  stopLocal(): void {
    this.localWish = undefined;
    this.showLocal();
  }

  startRemote({ userID, videoViewDomID }: ViewOptions): void {
    this.wishes.set(userID, videoViewDomID);
    this.showRemote(userID);
  }

  stopRemote(userID: string): void {
    this.wishes.delete(userID);
    this.showRemote(userID);
  }

  update(streams: ViewStreams): void {
    const ended = this.streams.local !== undefined && streams.local === undefined;
    this.streams = streams;
    if (ended) this.forgetWishes();
    this.showLocal();
    for (const userID of this.remotes.keys()) {
      if (!streams.users.includes(userID)) this.removeRemote(userID);
    }
    for (const userID of streams.users) this.showRemote(userID);
  }

  resume(): Promise<void> {
    return this.playback.resume();
  }

  dispose(): void {
    this.onAutoplayBlocked = undefined;
    this.update({ local: undefined, remote: () => undefined, users: [] });
    this.wishes.clear();
    this.localWish = undefined;
    this.playback.dispose();
  }

  /** The devices were closed: the call is over, and what it could not fulfil is not for the next one. */
  private forgetWishes(): void {
    this.localWish = undefined;
    for (const userID of this.wishes.keys()) {
      if (!this.remotes.has(userID)) this.wishes.delete(userID);
    }
  }

  private showLocal(): void {
    const container = hasTracks(this.streams.local) ? find(this.localWish) : undefined;
    if (container === undefined) {
      this.local?.remove();
      this.local = undefined;
      return;
    }
    this.local ??= new Player({ playback: this.playback, onRemoved: () => this.showLocal() });
    put(this.local.node, container);
    this.local.show(soundOf(this.streams.local), pictureOf(this.streams.local));
  }

  private showRemote(userID: string): void {
    if (!this.streams.users.includes(userID)) return;
    const { player, hidden } = this.remotes.get(userID) ?? this.addRemote(userID);
    const stream = this.streams.remote(userID);
    const container = hasTracks(stream) ? find(this.wishes.get(userID)) : undefined;
    hidden.ensure();
    if (container === undefined) hidden.take(player.node);
    else put(player.node, container);
    if (container === undefined) player.hidePicture();
    const isOpen = this.streams.hasPicture?.(userID) ?? true;
    player.show(soundOf(stream), container !== undefined && isOpen ? pictureOf(stream) : undefined);
  }

  private addRemote(userID: string): { player: Player; hidden: HiddenPlace } {
    const player = new Player({ playback: this.playback, userID, onRemoved: () => this.showRemote(userID) });
    const remote = { player, hidden: new HiddenPlace(userID) };
    this.remotes.set(userID, remote);
    return remote;
  }

  private removeRemote(userID: string): void {
    const remote = this.remotes.get(userID);
    this.remotes.delete(userID);
    this.wishes.delete(userID);
    remote?.player.remove();
    remote?.hidden.remove();
  }
}

/** The same container again leaves everything as it is, another one gets the same node. */
function put(node: HTMLElement, container: HTMLElement): void {
  if (node.parentNode !== container) container.append(node);
}

function soundOf(stream: MediaStream | undefined): MediaStreamTrack | undefined {
  return stream?.getAudioTracks()[0];
}

function pictureOf(stream: MediaStream | undefined): MediaStreamTrack | undefined {
  return stream?.getVideoTracks()[0];
}

function hasTracks(stream: MediaStream | undefined): boolean {
  return stream !== undefined && stream.getTracks().length > 0;
}

/** Ids begin with user data (`video-12 3`, `video-张三`): no selector would do. Only what is in the page counts. */
function find(target: Target | undefined): HTMLElement | undefined {
  const element = typeof target === 'string' ? document.getElementById(target) : target;
  return element instanceof HTMLElement && element.isConnected ? element : undefined;
}
