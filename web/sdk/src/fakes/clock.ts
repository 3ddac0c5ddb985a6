// Time that passes when a test says so.
import type { Clock } from '../clock.js';

interface Timer {
  at: number;
  wake: () => void;
}

export class FakeClock implements Clock {
  private time = 0;
  private readonly timers = new Set<Timer>();

  now(): number {
    return this.time;
  }

  set(wake: () => void, pause: number): unknown {
    const timer = { at: this.time + pause, wake };
    this.timers.add(timer);
    return timer;
  }

  clear(timer: unknown): void {
    this.timers.delete(timer as Timer);
  }

  /** When the next timer rings, if any is set. */
  next(): number | undefined {
    const times = [...this.timers].map(({ at }) => at);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /** Lets time pass, timer by timer. */
  advance(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (let at = this.next(); at !== undefined && at <= end; at = this.next()) {
      this.time = Math.max(this.time, at);
      for (const timer of [...this.timers]) {
        if (timer.at > this.time || !this.timers.delete(timer)) continue;
        timer.wake();
      }
    }
    this.time = end;
  }
}
