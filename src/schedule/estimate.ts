// What a plan costs: calls exactly, time roughly. The time assumes empty rate windows, so that it does
// not depend on the clock (law 9).

import type { Rate } from '../tree/limit.ts';
import type { Estimate, Step } from './plan.ts';

export interface Cost {
  readonly readCalls: number;
  readonly pace: Readonly<Record<string, Rate>>;
  /** How long one call is taken to last where nothing holds it up. */
  readonly callMs: number;
}

/** Calls that lie behind one another before the rate, not the latency, decides. */
const serialCalls = 30;

/** Reading comes first, all of it listings as far as the rate goes; then the endpoints run side by side. */
export function estimate(steps: readonly Step[], { readCalls, pace, callMs }: Cost): Estimate {
  const calls = new Map<string, number>();
  for (const { kind, blocked } of steps) {
    if (blocked === undefined) calls.set(kind, (calls.get(kind) ?? 0) + 1);
  }
  const writeCalls = [...calls.values()].reduce((sum, count) => sum + count, 0);
  if (writeCalls === 0) return { readCalls, writeCalls, seconds: 0 };
  const reading = waitSeconds(readCalls, pace['list-nodes']);
  const writing = Math.max(0, ...[...calls].map(([endpoint, count]) => waitSeconds(count, pace[endpoint])));
  const busy = (Math.min(readCalls + writeCalls, serialCalls) * callMs) / 1000;
  return { readCalls, writeCalls, seconds: Math.ceil(reading + writing + busy) };
}

/** Full windows that have to pass before the last of the calls may leave. */
function waitSeconds(count: number, rate: Rate | undefined): number {
  if (rate === undefined || count === 0) return 0;
  return (Math.floor((count - 1) / rate.count) * rate.windowMs) / 1000;
}
