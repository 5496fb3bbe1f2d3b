// One sleeper for any number of deadlines. A timer, and a signal to end it, for each of 8,000 calls cost
// a plan of 400,000 pages half a second of its CPU; nearly all of them are called off.
//
// Invariant: while any deadline stands, somebody sleeps until the first of them or less.

import type { Clock } from '../clock.ts';

interface Deadline {
  readonly atMs: number;
  readonly ring: () => void;
}

export class Alarm {
  readonly #clock: Clock;
  readonly #deadlines = new Set<Deadline>();
  #sleeper: { readonly untilMs: number; readonly awaken: AbortController } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `ring` when so much time has passed, unless it is called off by what this returns. */
  set(afterMs: number, ring: () => void): () => void {
    const deadline = { atMs: this.#clock.monotonicMs() + afterMs, ring };
    this.#deadlines.add(deadline);
    if (this.#sleeper === undefined || deadline.atMs < this.#sleeper.untilMs) this.#sleep(deadline.atMs);
    return () => {
      this.#deadlines.delete(deadline);
      // Nobody waits: the timer must not keep the process alive.
      if (this.#deadlines.size === 0) this.#rouse();
    };
  }

  #rouse(): void {
    this.#sleeper?.awaken.abort();
    this.#sleeper = undefined;
  }

  #sleep(untilMs: number): void {
    this.#rouse();
    const sleeper = { untilMs, awaken: new AbortController() };
    this.#sleeper = sleeper;
    const awake = (): void => {
      if (this.#sleeper !== sleeper) return;
      this.#sleeper = undefined;
      this.#ring();
    };
    this.#clock.sleep(untilMs - this.#clock.monotonicMs(), sleeper.awaken.signal).then(awake, awake);
  }

  /** A timer may fire a moment early; whoever wakes looks at the clock again. */
  #ring(): void {
    const nowMs = this.#clock.monotonicMs();
    const due = [...this.#deadlines].filter(({ atMs }) => atMs <= nowMs);
    for (const deadline of due) if (this.#deadlines.delete(deadline)) deadline.ring();
    const first = Math.min(...[...this.#deadlines].map(({ atMs }) => atMs));
    if (Number.isFinite(first) && this.#sleeper === undefined) this.#sleep(first);
  }
}
