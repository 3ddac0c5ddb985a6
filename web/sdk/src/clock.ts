// Time for the driver: one monotonic clock, and one way to be woken.
export interface Clock {
  /** Milliseconds since an arbitrary origin; never goes back. */
  now(): number;
  set(wake: () => void, pause: number): unknown;
  clear(timer: unknown): void;
}

export const browserClock: Clock = {
  now: () => performance.now(),
  set: (wake, pause) => setTimeout(wake, pause),
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout> | undefined),
};
