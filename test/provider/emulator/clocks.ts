// Clocks for tests: the machine's, where a test waits for nothing, and one that moves only when told.

import type { Clock } from '../../../src/provider/clock.ts';

export const machineClock: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    }),
  after(ms, ring) {
    const timer = setTimeout(ring, ms);
    return () => clearTimeout(timer);
  },
};

export interface HandClock extends Clock {
  /** Moves time on, and ends the sleeps that are over by then. */
  advance(ms: number): void;
  /** How many are asleep. */
  sleepers(): number;
}

interface Sleeper {
  readonly untilMs: number;
  readonly wake: () => void;
}

/** Wall time starts at 2026-01-01. */
export function handClock(): HandClock {
  let nowMs = 0;
  let asleep: Sleeper[] = [];
  const startMs = Date.UTC(2026, 0, 1);
  return {
    monotonicMs: () => nowMs,
    wallMs: () => startMs + nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { untilMs: nowMs + ms, wake: resolve };
        asleep.push(sleeper);
        signal?.addEventListener('abort', () => {
          asleep = asleep.filter((other) => other !== sleeper);
          reject(signal.reason);
        });
      }),
    after(ms, ring) {
      const sleeper = { untilMs: nowMs + ms, wake: ring };
      asleep.push(sleeper);
      return () => {
        asleep = asleep.filter((other) => other !== sleeper);
      };
    },
    advance(ms) {
      nowMs += ms;
      const over = asleep.filter((sleeper) => sleeper.untilMs <= nowMs);
      asleep = asleep.filter((sleeper) => sleeper.untilMs > nowMs);
      for (const sleeper of over) sleeper.wake();
    },
    sleepers: () => asleep.length,
  };
}
