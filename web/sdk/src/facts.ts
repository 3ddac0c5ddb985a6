// What the core has said about this user and the latest call, for payloads and messages that repeat it. It decides
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

export class Facts {
  self = '';
  /** Remote users who are in the call. */
  users: string[] = [];
  /** Those of them whose camera is open. */
  private readonly pictures = new Set<string>();
  private latest: CallFacts | undefined;

  /** The latest call, if it is this one. */
  of(call: string): CallFacts | undefined {
    return this.latest?.call === call ? this.latest : undefined;
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

  noteResult(result: Result): void {
    if (result.type === 'CallPlaced') {
      const { call, room, media, user } = result;
      this.latest = { call, room, media, inviter: this.self, peer: user };
    }
    if (result.type === 'CallAccepted') {
      const { call, room, media, inviter } = result;
      this.latest = { call, room, media, inviter, peer: inviter };
    }
  }

  /** Returns whether there is something else to see: `users` or `hasPicture` has changed. */
  noteEffect(effect: Effect): boolean {
    switch (effect.type) {
      case 'Invited':
      case 'CallBegan':
        this.noteCall(effect.call);
        return false;
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

  private noteCall({ call, room, media, role, inviter, invitees }: CallInfo): void {
    const peer = role === 'inviter' ? (invitees[0] ?? '') : inviter;
    this.latest = { call, room, media, inviter, peer };
  }
}
