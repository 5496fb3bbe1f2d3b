// One endpoint's pace: at most `count` calls in any window of `windowMs`, as the server counts them,
// and no call kept waiting while the window has room.
//
// There are `count` slots. An attempt takes one before it leaves, keeps it until its answer is
// complete (or its socket is dead), and the slot then rests for one window.
//
// Why this holds whatever the network does: suppose `count`+1 attempts arrived within one window. Two
// of them had the same slot. The second was sent a whole window after the first was complete, and an
// attempt arrives after it was sent and before it is complete; so the second arrived at least a window
// after the first. Timing the sending instead would break when an early attempt is slow on its way and
// a later one is not. The price is latency over window: below one per cent.
//
// Resting slots queue up in the order in which they come free, because a slot released later rests
// until later. So every operation takes constant time, and one sleeper serves all who wait.

import type { Rate } from '../../tree/limit.ts';
import type { Clock } from '../clock.ts';
import { Queue } from './queue.ts';

/** Leave to make one attempt. */
export interface Slot {
  /** To be called once, when the attempt is over; calling again does nothing. */
  release(): void;
}

export type LaneWait = (waitMs: number, reason: 'rate' | 'slowed-down') => void;

interface Waiter {
  readonly admit: (slot: Slot) => void;
  gone: boolean;
}

export class Lane {
  readonly #rate: Rate;
  readonly #clock: Clock;
  readonly #onWait: LaneWait;
  readonly #waiters = new Queue<Waiter>();
  /** When each resting slot comes free, in monotonic milliseconds, soonest first. */
  readonly #resting = new Queue<number>();
  #busy = 0;
  #waiting = 0;
  #notBeforeMs = Number.NEGATIVE_INFINITY;
  #sleeper: AbortController | undefined;

  /** `restingMs`: monotonic instants, a window from now at most, at which slots taken earlier come free. */
  constructor(rate: Rate, clock: Clock, onWait: LaneWait, restingMs: readonly number[] = []) {
    this.#rate = rate;
    this.#clock = clock;
    this.#onWait = onWait;
    const latest = [...restingMs].sort((a, b) => a - b).slice(-rate.count);
    for (const freeAtMs of latest) this.#resting.push(freeAtMs);
  }

  /** First come, first served. Rejects with the signal's reason once it is aborted. */
  acquire(signal?: AbortSignal): Promise<Slot> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.#waiting === 0 && this.#waitMs(this.#clock.monotonicMs()) === 0) {
      return Promise.resolve(this.#take());
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#forget(waiter);
        reject(signal?.reason);
      };
      const admit = (slot: Slot): void => {
        signal?.removeEventListener('abort', leave);
        resolve(slot);
      };
      const waiter: Waiter = { admit, gone: false };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiters.push(waiter);
      this.#waiting += 1;
      this.#admit();
    });
  }

  /** Nothing leaves for this long, counted from now. */
  slowDown(waitMs: number): void {
    this.#notBeforeMs = Math.max(this.#notBeforeMs, this.#clock.monotonicMs() + waitMs);
  }

  /** How long until a slot may be taken; infinite while all are in flight. */
  #waitMs(nowMs: number): number {
    if (nowMs < this.#notBeforeMs) return this.#notBeforeMs - nowMs;
    for (let next = this.#resting.peek(); next !== undefined && next <= nowMs; next = this.#resting.peek()) {
      this.#resting.shift();
    }
    if (this.#busy + this.#resting.size < this.#rate.count) return 0;
    return (this.#resting.peek() ?? Number.POSITIVE_INFINITY) - nowMs;
  }

  #take(): Slot {
    let held = true;
    this.#busy += 1;
    return {
      release: () => {
        if (!held) return;
        held = false;
        this.#busy -= 1;
        this.#resting.push(this.#clock.monotonicMs() + this.#rate.windowMs);
        this.#admit();
      },
    };
  }

  /** Lets in as many as there is room for, and sleeps until there is room for the next. */
  #admit(): void {
    while (this.#waiting > 0) {
      const nowMs = this.#clock.monotonicMs();
      const waitMs = this.#waitMs(nowMs);
      if (waitMs > 0) {
        if (Number.isFinite(waitMs)) this.#sleep(waitMs, nowMs < this.#notBeforeMs ? 'slowed-down' : 'rate');
        return;
      }
      const waiter = this.#waiters.shift();
      if (waiter === undefined || waiter.gone) continue;
      this.#waiting -= 1;
      waiter.admit(this.#take());
    }
  }

  /** Never too late: room never comes earlier than was known when the sleep began. */
  #sleep(waitMs: number, reason: 'rate' | 'slowed-down'): void {
    if (this.#sleeper !== undefined) return;
    const sleeper = new AbortController();
    this.#sleeper = sleeper;
    this.#onWait(waitMs, reason);
    const awake = (): void => {
      if (this.#sleeper !== sleeper) return;
      this.#sleeper = undefined;
      this.#admit();
    };
    // A timer may fire a moment early; whoever wakes looks at the clock again.
    this.#clock.sleep(waitMs, sleeper.signal).then(awake, awake);
  }

  #forget(waiter: Waiter): void {
    waiter.gone = true;
    this.#waiting -= 1;
    if (this.#waiting > 0) return;
    // Nobody waits: the timer must not keep the process alive.
    const sleeper = this.#sleeper;
    this.#sleeper = undefined;
    sleeper?.abort();
  }
}
