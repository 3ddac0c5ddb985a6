import type { Clock } from './clock.js';

interface Bucket {
  tokens: number;
  filledAt: number;
}

/**
 * One bucket for each key (an account, an address). A full bucket is as good as none, so full ones are forgotten; when
 * there are too many keys the one longest unused is forgotten too, which can only be generous.
 */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    private readonly clock: Clock,
    private readonly perSecond: number,
    private readonly burst: number,
    private readonly mostKeys = 100_000,
  ) {}

  has(key: string, tokens = 1): boolean {
    return this.#current(key).tokens >= tokens;
  }

  /** False if the bucket was too empty; it is drained then, so that persistence does not pay. */
  take(key: string, tokens = 1): boolean {
    const bucket = this.#current(key);
    const enough = bucket.tokens >= tokens;
    bucket.tokens = Math.max(0, bucket.tokens - tokens);
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > this.mostKeys) this.#forget();
    return enough;
  }

  get size(): number {
    return this.#buckets.size;
  }

  #current(key: string): Bucket {
    const now = this.clock.now();
    const bucket = this.#buckets.get(key);
    if (!bucket) return { tokens: this.burst, filledAt: now };
    const seconds = Math.max(0, now - bucket.filledAt) / 1000;
    return { tokens: Math.min(this.burst, bucket.tokens + seconds * this.perSecond), filledAt: now };
  }

  #forget(): void {
    for (const key of this.#buckets.keys()) {
      if (this.#buckets.size > this.mostKeys || this.#current(key).tokens >= this.burst) this.#buckets.delete(key);
      else break;
    }
  }
}
