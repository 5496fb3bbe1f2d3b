// What a plan costs: calls exactly, time roughly. The time assumes empty rate windows, so that it does
// not depend on the clock (law 9).

import type { Rate } from '../tree/limit.ts';
import type { Estimate, Step } from './plan.ts';

/** How long one call is taken to last where nothing holds it up; writes on wikis are slow. */
const callSeconds = 0.7;
/** Calls that lie behind one another before the rate, not the latency, decides. */
const serialCalls = 30;

export function estimate(
  steps: readonly Step[],
  readCalls: number,
  pace: Readonly<Record<string, Rate>>,
): Estimate {
  const calls = new Map<string, number>();
  for (const { kind, blocked } of steps) {
    if (blocked === undefined) calls.set(kind, (calls.get(kind) ?? 0) + 1);
  }
  const writeCalls = [...calls.values()].reduce((sum, count) => sum + count, 0);
  const waits = [...calls].map(([endpoint, count]) => waitSeconds(count, pace[endpoint]));
  const busy = Math.min(readCalls + writeCalls, serialCalls) * callSeconds;
  const seconds = writeCalls === 0 ? 0 : Math.ceil(Math.max(0, ...waits) + busy);
  return { readCalls, writeCalls, seconds };
}

/** Full windows that have to pass before the last of the calls may leave. */
function waitSeconds(count: number, rate: Rate | undefined): number {
  if (rate === undefined || count === 0) return 0;
  return (Math.floor((count - 1) / rate.count) * rate.windowMs) / 1000;
}
