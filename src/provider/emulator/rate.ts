// Rates as a sliding window over what was let in. The vendor counts per endpoint, app and tenant and
// tells a refused caller how many seconds to wait (page "frequency control"): wait that long and the
// call goes through. That only holds if a refused call takes no place in the window, so it takes none.
//
// A call at t shares its window with those after t - windowMs: a call exactly one window later is in.

import type { Rate } from '../../tree/limit.ts';

/** By endpoint; one that is not here has no cap. */
export type Pace = Readonly<Record<string, Rate>>;

type Admission =
  | { readonly admitted: true }
  /** `resetSeconds` is whole seconds, at least 1, after which one call is let in. */
  | { readonly admitted: false; readonly limit: number; readonly resetSeconds: number };

export interface RateGate {
  /** `account` is whoever shares the cap. */
  admit(endpoint: string, account: string, nowMs: number): Admission;
  /** The cap's count; 0 where there is no cap. */
  limitOf(endpoint: string): number;
}

const welcome: Admission = { admitted: true };

export function createRateGate(pace: Pace): RateGate {
  const windows = new Map<string, number[]>();
  return {
    limitOf: (endpoint) => pace[endpoint]?.count ?? 0,
    admit(endpoint, account, nowMs) {
      const rate = pace[endpoint];
      if (rate === undefined) return welcome;
      const key = `${endpoint} ${account}`;
      const recent = (windows.get(key) ?? []).filter((atMs) => atMs > nowMs - rate.windowMs);
      windows.set(key, recent);
      const [oldest] = recent;
      if (oldest === undefined || recent.length < rate.count) {
        recent.push(nowMs);
        return welcome;
      }
      const waitMs = oldest + rate.windowMs - nowMs;
      return { admitted: false, limit: rate.count, resetSeconds: Math.max(1, Math.ceil(waitMs / 1000)) };
    },
  };
}
