import type { Clock } from '../clock.js';

export type Admission<T> =
  | { readonly verdict: 'admitted'; /** To be closed by the caller. */ readonly older?: { readonly holder: T; readonly sameSession: boolean } }
  | { readonly verdict: 'superseded' };

interface Live<T> {
  readonly session: string;
  readonly holder: T;
}

/**
 * One live session an account, the newest login wins. Sessions that lost are remembered for a while: their clients may
 * come back without knowing that they have lost, and must not throw the winner out.
 */
export class Sessions<T> {
  readonly #live = new Map<string, Live<T>>();
  /** account → session → when to forget; both in order of age. */
  readonly #superseded = new Map<string, Map<string, number>>();

  constructor(
    private readonly clock: Clock,
    private readonly bounds = { accounts: 10_000, sessionsPerAccount: 8, milliseconds: 24 * 3600_000 },
  ) {}

  admit(account: string, session: string, holder: T): Admission<T> {
    if (this.#isSuperseded(account, session)) return { verdict: 'superseded' };
    const older = this.#live.get(account);
    this.#live.set(account, { session, holder });
    if (!older) return { verdict: 'admitted' };
    const sameSession = older.session === session;
    if (!sameSession) this.#remember(account, older.session);
    return { verdict: 'admitted', older: { holder: older.holder, sameSession } };
  }

  /** Only the holder of the live session can give it up: the close of an older socket arrives late. */
  release(account: string, holder: T): void {
    if (this.#live.get(account)?.holder === holder) this.#live.delete(account);
  }

  get live(): number {
    return this.#live.size;
  }

  #isSuperseded(account: string, session: string): boolean {
    const until = this.#superseded.get(account)?.get(session);
    return until !== undefined && until > this.clock.now();
  }

  #remember(account: string, session: string): void {
    const lost = this.#superseded.get(account) ?? new Map<string, number>();
    this.#superseded.delete(account);
    this.#superseded.set(account, lost);
    lost.set(session, this.clock.now() + this.bounds.milliseconds);
    dropOldest(lost, this.bounds.sessionsPerAccount);
    dropOldest(this.#superseded, this.bounds.accounts);
  }
}

function dropOldest(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
