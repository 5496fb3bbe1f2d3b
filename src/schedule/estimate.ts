// What a plan costs: calls exactly, time roughly. The time assumes empty rate windows, so that it does
// not depend on the clock (law 9).

import type { Rate } from '../tree/limit.ts';
import type { Estimate, Step } from './plan.ts';
import type { Trial } from './trial.ts';

export interface Cost {
  readonly readCalls: number;
  /** Calls besides, before the first write: what pages are called elsewhere. */
  readonly aliasCalls: number;
  readonly aliasEndpoint: string | undefined;
  /** Calls for tokens. */
  readonly tokenCalls: number;
  /** Calls to ask whether tasks are over: one each, for no vendor says how long they take. */
  readonly taskCalls: number;
  /** Calls that change nothing, to see whether they work. */
  readonly trials: readonly Trial[];
  readonly pace: Readonly<Record<string, Rate>>;
  /** How long one call is taken to last where nothing holds it up. */
  readonly callMs: number;
}

/** Calls that lie behind one another before the rate, not the latency, decides. */
const serialCalls = 30;

/** Reading comes first, all of it listings as far as the rate goes; then the endpoints run side by side. */
export function estimate(steps: readonly Step[], cost: Cost): Estimate {
  const { pace, callMs, aliasCalls } = cost;
  const listings = steps.reduce((sum, step) => sum + branchListings(step), 0);
  const asked = cost.readCalls + aliasCalls + listings + cost.taskCalls;
  const calls = new Map<string, number>();
  const count = (endpoint: string): unknown => calls.set(endpoint, (calls.get(endpoint) ?? 0) + 1);
  for (const { kind, blocked } of steps) if (blocked === undefined) count(kind);
  for (const { call, asks } of cost.trials) if (asks !== undefined) count(call);
  const writeCalls = [...calls.values()].reduce((sum, count) => sum + count, 0);
  const readCalls = asked + writeCalls === 0 ? 0 : asked + cost.tokenCalls;
  if (writeCalls === 0) return { readCalls, writeCalls, seconds: 0 };
  const reading =
    waitSeconds(cost.readCalls, pace['list-nodes']) + waitSeconds(aliasCalls, pace[cost.aliasEndpoint ?? '']);
  const writing = Math.max(0, ...[...calls].map(([endpoint, often]) => waitSeconds(often, pace[endpoint])));
  const busy = (Math.min(readCalls + writeCalls, serialCalls) * callMs) / 1000;
  return { readCalls, writeCalls, seconds: Math.ceil(reading + writing + busy) };
}

/** A copy that brings declared pages along is looked at, parent by parent. */
function branchListings({ brings = [], blocked }: Step): number {
  return blocked === undefined ? new Set(brings.map(({ parent }) => parent)).size : 0;
}

/** Full windows that have to pass before the last of the calls may leave. */
function waitSeconds(count: number, rate: Rate | undefined): number {
  if (rate === undefined || count === 0) return 0;
  return (Math.floor((count - 1) / rate.count) * rate.windowMs) / 1000;
}
