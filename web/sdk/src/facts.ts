// What the core has said about this user and the latest calls, for payloads, messages and getters that repeat it. It
// decides nothing: when it knows nothing, fields are empty.
import type { CallInfo, CallStatus, Effect, Profile, Result, RosterEntry } from './core/protocol.js';

/** What is known about a call from its beginning. */
export type CallFacts = Pick<CallInfo, 'call' | 'room' | 'media' | 'inviter' | 'invitees' | 'group' | 'group_id'>;

/** One ends while another begins; the others are to spare. */
const REMEMBERED = 4;

/** What can be true of a user in the call: the camera is open, the microphone is, and so on. */
export type Mark = 'video' | 'audio' | 'screen' | 'connected';

const MARKS: readonly Mark[] = ['video', 'audio', 'screen', 'connected'];

export class Facts {
  self = '';
  profile: Profile = { nick: '', avatar: '' };
  status: CallStatus = 'idle';
  /** Remote users who are in the call. */
  users: string[] = [];
  /** What became of everybody who was invited to the call, as last told. */
  roster: RosterEntry[] = [];
  /** Whether the own picture is the screen's. */
  screen = false;
  /** Mark and user. */
  private readonly marks = new Set<string>();
  /** The latest calls, the newest last: where one takes the place of another, a batch speaks of both. */
  private calls: CallFacts[] = [];
  private currentID = '';

  /** One of the latest calls; of any other, only its id. */
  of(call: string): CallFacts {
    return (
      this.known(call) ?? { call, room: 0, media: 'audio', inviter: '', invitees: [], group: false, group_id: '' }
    );
  }

  /** The call that goes on; undefined as long as nothing is known about it. */
  get current(): CallFacts | undefined {
    return this.known(this.currentID);
  }

  /** The call that goes on, else the one before. */
  get latest(): CallFacts | undefined {
    return this.current ?? this.calls[this.calls.length - 1];
  }

  is(mark: Mark, user: string): boolean {
    return this.marks.has(mark + user);
  }

  /** Nobody is in a call with us any more. Returns whether somebody was. */
  forgetCall(): boolean {
    const any = this.users.length > 0;
    this.status = 'idle';
    this.users = [];
    this.marks.clear();
    this.enter('');
    return any;
  }

  /**
   * Of a whole batch, before any of it is executed: UserAccepted and UserEntered name a call that only CallBegan behind
   * them describes, when the callee's own invitation has become the call that was dialled. Returns whether the own screen
   * is shared no longer.
   */
  noteBatch(effects: readonly Effect[]): boolean {
    const shared = this.screen;
    for (const effect of effects) {
      if ('call' in effect && typeof effect.call === 'object') this.note(effect.call);
      if (effect.type === 'CloseScreen' || effect.type === 'CloseMedia') this.screen = false;
    }
    return shared && !this.screen;
  }

  /** What a call that was described before is stays: CallPlaced may be of one that the callee has placed. */
  noteResult(result: Result): void {
    if (!('sending' in result)) return;
    const { call, room, media } = result;
    const about = { inviter: this.self, invitees: [this.self], group: false, group_id: '' };
    if (result.type === 'CallPlaced') about.invitees = [result.user];
    else if (result.type === 'CallAccepted') about.inviter = result.inviter;
    else {
      const { users, group_id } = result;
      Object.assign(about, { invitees: users, group: users.length > 1 || group_id !== '', group_id });
    }
    this.note({ ...about, ...this.known(call), call, room, media });
    this.enter(call);
  }

  /** Returns whether there is something else to see: `users` has changed, or somebody's 'video'. */
  noteEffect(effect: Effect): boolean {
    switch (effect.type) {
      case 'Invited':
      case 'CallBegan':
      case 'MediaTypeChanged':
        this.enter(effect.call.call);
        return false;
      case 'UserEntered':
        this.enter(effect.call);
        if (this.users.includes(effect.user)) return false;
        this.users = [...this.users, effect.user];
        return true;
      case 'UserLeft':
        this.users = this.users.filter((user) => user !== effect.user);
        for (const mark of MARKS) this.mark(mark, effect.user, false);
        return true;
      case 'VideoAvailable':
        return this.mark('video', effect.user, effect.available);
      case 'AudioAvailable':
        this.mark('audio', effect.user, effect.available);
        return false;
      case 'ScreenAvailable':
        this.mark('screen', effect.user, effect.available);
        return false;
      case 'UserConnectionChanged':
        this.mark('connected', effect.user, effect.state === 'connected');
        return false;
      case 'StatusChanged':
        if (effect.call === 'idle') return this.forgetCall();
        this.status = effect.call;
        return false;
      default:
        return false;
    }
  }

  /** Returns whether it says anything new of a group: who is in it, or what became of somebody. */
  noteRoster({ call, roster }: Extract<Effect, { type: 'RosterChanged' }>): boolean {
    this.enter(call.call);
    const isNews = call.group && JSON.stringify(roster) !== JSON.stringify(this.roster);
    this.roster = roster;
    return isNews;
  }

  private mark(mark: Mark, user: string, isTrue: boolean): boolean {
    const key = mark + user;
    if (this.marks.has(key) === isTrue) return false;
    if (isTrue) this.marks.add(key);
    else this.marks.delete(key);
    return true;
  }

  /** What comes late, of a call that is over, begins no other. */
  private enter(call: string): void {
    if (call === this.currentID || (call !== '' && this.status === 'idle')) return;
    this.currentID = call;
    this.roster = [];
  }

  private known(call: string): CallFacts | undefined {
    return this.calls.find((known) => known.call === call);
  }

  private note(facts: CallFacts): void {
    this.calls = [...this.calls.filter(({ call }) => call !== facts.call), facts].slice(-REMEMBERED);
  }
}
