// A clock whose time passes only when a test says so.

import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../src/provider/clock.ts';

interface Timer {
  readonly atMs: number;
  readonly wake: () => void;
}

export class VirtualClock implements Clock {
  /** Unix milliseconds at monotonic 0. */
  readonly #epochMs: number;
  #nowMs = 0;
  #timers: Timer[] = [];

  constructor(epochMs = Date.UTC(2026, 0, 1)) {
    this.#epochMs = epochMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return this.#epochMs + this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const timer: Timer = { atMs: this.#nowMs + ms, wake: resolve };
      this.#timers.push(timer);
      signal?.addEventListener('abort', () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        reject(signal.reason);
      });
    });
  }

  after(ms: number, ring: () => void): () => void {
    const timer: Timer = { atMs: this.#nowMs + ms, wake: ring };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** How many are asleep. */
  get sleeping(): number {
    return this.#timers.length;
  }

  /** Lets this much time pass, waking whoever is due, in order; each gets to act before the next. */
  async advance(ms: number): Promise<void> {
    await setImmediate();
    const untilMs = this.#nowMs + ms;
    for (let next = this.#next(); next !== undefined && next.atMs <= untilMs; next = this.#next()) {
      await this.#wake(next);
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  /** Lets time pass until nobody sleeps any more. */
  async run(): Promise<void> {
    await setImmediate();
    for (let next = this.#next(); next !== undefined; next = this.#next()) await this.#wake(next);
  }

  #next(): Timer | undefined {
    return this.#timers.reduce<Timer | undefined>(
      (first, timer) => (first === undefined || timer.atMs < first.atMs ? timer : first),
      undefined,
    );
  }

  async #wake(timer: Timer): Promise<void> {
    this.#timers = this.#timers.filter((other) => other !== timer);
    this.#nowMs = Math.max(this.#nowMs, timer.atMs);
    timer.wake();
    await setImmediate();
  }
}

/** What is waited for rather than guarded against: pauses before another look, and between attempts. */
const pauseMs = 10_000;

/** A clock on which pauses are over at once, while timeouts never come. */
export class PauseFreeClock extends VirtualClock {
  readonly #onPause: (ms: number) => void;

  /** @param onPause - told of each pause, for whoever is to have waited as well. */
  constructor(onPause: (ms: number) => void = () => undefined) {
    super();
    this.#onPause = onPause;
  }

  override async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms > pauseMs) return super.sleep(ms, signal);
    if (signal?.aborted) throw signal.reason;
    this.#onPause(ms);
    await this.advance(ms);
  }
}

/** A clock that goes ahead of another by what was put to it. */
export function aheadOf(clock: Clock): { readonly clock: Clock; add(ms: number): void } {
  let aheadMs = 0;
  return {
    clock: {
      monotonicMs: () => clock.monotonicMs() + aheadMs,
      wallMs: () => clock.wallMs() + aheadMs,
      sleep: (ms, signal) => clock.sleep(ms, signal),
      after: (ms, ring) => clock.after(ms, ring),
    },
    add(ms) {
      aheadMs += ms;
    },
  };
}
