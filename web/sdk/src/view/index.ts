// Players in the application's containers, and the sound of remote users without any. It shows the streams that it is
// told of where the application wants to see them; who is in the call is decided elsewhere.
//
// A remote user has one player for as long as the user is in the call, so there is one element per user that sounds.
// Without a view the player, with nothing but its audio, is in the hidden layer; a view moves it and adds the picture.
import type { RenderParams, ViewOptions, ViewPort, ViewStreams } from '../ports.js';
import { trackOf } from '../tracks.js';
import { findContainer } from './container.js';
import type { Target } from './container.js';
import { HiddenPlace } from './layer.js';
import { localLook, remoteLook } from './look.js';
import { Playback } from './playback.js';
import { Player } from './player.js';
import { Speaker } from './speaker.js';

/** Where the application wants to see a user, and how. */
interface Wish {
  target?: Target | undefined;
  render: RenderParams;
}

export function createView(): ViewPort {
  return new DocumentView();
}

class DocumentView implements ViewPort {
  onAutoplayBlocked: ((userID: string) => void) | undefined;

  private readonly playback = new Playback((userID) => this.onAutoplayBlocked?.(userID));
  private readonly speaker = new Speaker();
  private streams: ViewStreams = { local: undefined, remote: () => undefined, users: [] };
  /**
   * A wish is remembered until its user leaves, so that it may come before the stream, before the user, and before the
   * element that it names. The own one is for as long as something is captured.
   */
  private readonly wishes = new Map<string, Wish>();
  private localWish: Wish = { render: {} };
  private local: Player | undefined;
  private readonly remotes = new Map<string, { player: Player; hidden: HiddenPlace }>();

  startLocal({ videoViewDomID, render }: ViewOptions): void {
    this.wish(undefined, { target: videoViewDomID }, render);
  }

  stopLocal(): void {
    this.wish(undefined, { target: undefined });
  }

  startRemote({ userID, videoViewDomID, render }: ViewOptions): void {
    this.wish(userID, { target: videoViewDomID }, render);
  }

  stopRemote(userID: string): void {
    this.wish(userID, { target: undefined });
  }

  setRender(userID: string | undefined, render: RenderParams): void {
    this.wish(userID, {}, render);
  }

  useSpeaker(deviceId: string): Promise<void> {
    return this.speaker.use(deviceId);
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
    this.localWish = { render: {} };
    this.playback.dispose();
  }

  /** Adds to what was wished of a user, or of oneself (undefined). */
  private wish(userID: string | undefined, where: Pick<Wish, 'target'>, render?: RenderParams): void {
    const before = userID === undefined ? this.localWish : (this.wishes.get(userID) ?? { render: {} });
    const wish = { ...before, ...where, render: { ...before.render, ...render } };
    if (userID === undefined) {
      this.localWish = wish;
      this.showLocal();
    } else {
      this.wishes.set(userID, wish);
      this.showRemote(userID);
    }
  }

  /** The devices were closed: the call is over, and what it could not fulfil is not for the next one. */
  private forgetWishes(): void {
    this.localWish = { render: {} };
    for (const userID of this.wishes.keys()) {
      if (!this.remotes.has(userID)) this.wishes.delete(userID);
    }
  }

  private showLocal(): void {
    const { local: stream, localScreen = false } = this.streams;
    const container = placeOf(this.localWish, stream);
    if (container === undefined) {
      this.local?.remove();
      this.local = undefined;
      return;
    }
    const { playback, speaker } = this;
    this.local ??= new Player({ playback, speaker, onRemoved: () => this.showLocal() });
    put(this.local.node, container);
    const picture = trackOf(stream, 'video');
    this.local.show(trackOf(stream, 'audio'), picture, localLook(this.localWish.render, picture, localScreen));
  }

  private showRemote(userID: string): void {
    if (!this.streams.users.includes(userID)) return;
    const { player, hidden } = this.remotes.get(userID) ?? this.addRemote(userID);
    const stream = this.streams.remote(userID);
    const wish = this.wishes.get(userID);
    const container = placeOf(wish, stream);
    hidden.ensure();
    if (container === undefined) hidden.take(player.node);
    else put(player.node, container);
    if (container === undefined) player.hidePicture();
    const isOpen = this.streams.hasPicture?.(userID) ?? true;
    const picture = container !== undefined && isOpen ? trackOf(stream, 'video') : undefined;
    player.show(trackOf(stream, 'audio'), picture, remoteLook(wish?.render ?? {}));
  }

  private addRemote(userID: string): { player: Player; hidden: HiddenPlace } {
    const { playback, speaker } = this;
    const player = new Player({ playback, speaker, userID, onRemoved: () => this.showRemote(userID) });
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

/** Nothing is shown before there is something to see or to hear. */
function placeOf(wish: Wish | undefined, stream: MediaStream | undefined): HTMLElement | undefined {
  if (wish?.target === undefined || stream === undefined || stream.getTracks().length === 0) return undefined;
  return findContainer(wish.target);
}
