/** Time as the server sees it. Tests put their own in place, so that a week passes in a microsecond. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Calls once, not before `ms` have passed. Returns the cancellation. */
  after(ms: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, action) => {
    // Nothing here may keep the process alive: the listening socket does that.
    const timer = setTimeout(action, ms).unref();
    return () => clearTimeout(timer);
  },
};

/** Node fires a timeout above 2^31-1 ms (24.8 days) at once, and a UserSig commonly lives for 180 days. */
const longestTimeout = 2 ** 31 - 1;

/** Calls once when the clock shows `time`, however far away that is. */
export function at(clock: Clock, time: number, action: () => void): () => void {
  let cancel = () => {};
  const wait = () => {
    const left = time - clock.now();
    cancel = left > longestTimeout ? clock.after(longestTimeout, wait) : clock.after(Math.max(0, left), action);
  };
  wait();
  return () => cancel();
}

/** Calls again and again, until cancelled. */
export function every(clock: Clock, ms: number, action: () => void): () => void {
  let cancel = () => {};
  const wait = () => {
    cancel = clock.after(ms, () => {
      wait();
      action();
    });
  };
  wait();
  return () => cancel();
}
