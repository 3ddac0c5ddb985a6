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
  private latest: CallFacts | undefined;

  /** The latest call, if it is this one. */
  of(call: string): CallFacts | undefined {
    return this.latest?.call === call ? this.latest : undefined;
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

  /** Returns whether `users` has changed. */
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
        return true;
      case 'StatusChanged':
        if (effect.call !== 'idle' || this.users.length === 0) return false;
        this.users = [];
        return true;
      default:
        return false;
    }
  }

  private noteCall({ call, room, media, role, inviter, invitees }: CallInfo): void {
    const peer = role === 'inviter' ? (invitees[0] ?? '') : inviter;
    this.latest = { call, room, media, inviter, peer };
  }
}
