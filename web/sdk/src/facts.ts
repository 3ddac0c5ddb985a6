// What the core has said about this user and the latest calls, for payloads and messages that repeat it. It decides
// nothing: when it knows nothing, fields are empty.
import type { CallInfo, Effect, Media, Result } from './core/protocol.js';

export interface CallFacts {
  call: string;
  room: number;
  media: Media;
  inviter: string;
  /** The other side of a one-to-one call. */
  peer: string;
}

/** One ends while another begins; the others are to spare. */
const REMEMBERED = 4;

export class Facts {
  self = '';
  /** Remote users who are in the call. */
  users: string[] = [];
  /** Those of them whose camera is open. */
  private readonly pictures = new Set<string>();
  /** The latest calls, the newest last: where one takes the place of another, a batch speaks of both. */
  private calls: CallFacts[] = [];

  /** One of the latest calls. */
  of(call: string): CallFacts | undefined {
    return this.calls.find((known) => known.call === call);
  }

  hasPicture(user: string): boolean {
    return this.pictures.has(user);
  }

  /** Nobody is in a call with us any more. Returns whether somebody was. */
  forgetUsers(): boolean {
    const any = this.users.length > 0;
    this.users = [];
    this.pictures.clear();
    return any;
  }

  /**
   * Of a whole batch, before any of it is executed: UserAccepted and UserEntered name a call that only CallBegan behind
   * them describes, when the callee's own invitation has become the call that was dialled.
   */
  noteBatch(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if ('call' in effect && typeof effect.call === 'object') this.noteInfo(effect.call);
    }
  }

  /** What a call that was described before is stays: CallPlaced may be of one that the callee has placed. */
  noteResult(result: Result): void {
    if (result.type === 'CallPlaced') {
      const { call, room, media, user } = result;
      this.note({ call, room, media, inviter: this.self, peer: user });
    }
    if (result.type === 'CallAccepted') {
      const { call, room, media, inviter } = result;
      this.note({ call, room, media, inviter, peer: inviter });
    }
  }

  /** Returns whether there is something else to see: `users` or `hasPicture` has changed. */
  noteEffect(effect: Effect): boolean {
    switch (effect.type) {
      case 'UserEntered':
        if (this.users.includes(effect.user)) return false;
        this.users = [...this.users, effect.user];
        return true;
      case 'UserLeft':
        this.users = this.users.filter((user) => user !== effect.user);
        this.pictures.delete(effect.user);
        return true;
      case 'VideoAvailable':
        if (this.pictures.has(effect.user) === effect.available) return false;
        if (effect.available) this.pictures.add(effect.user);
        else this.pictures.delete(effect.user);
        return true;
      case 'StatusChanged':
        return effect.call === 'idle' && this.forgetUsers();
      default:
        return false;
    }
  }

  private noteInfo({ call, room, media, role, inviter, invitees }: CallInfo): void {
    this.note({ call, room, media, inviter, peer: role === 'inviter' ? (invitees[0] ?? '') : inviter });
  }

  private note(facts: CallFacts): void {
    if (this.of(facts.call) === undefined) this.calls = [...this.calls, facts].slice(-REMEMBERED);
  }
}
