// What goes wrong on purpose. A fault is drawn per call from the seed, the endpoint and the call's
// number at that endpoint, so that the same calls meet the same faults however they interleave. A
// script names single calls outright and goes before chance.
//
// Calls are numbered from 1 and counted once they got past credentials and rates.

import { fraction } from './random.ts';

export type Fault =
  /** 429 with the vendor's code; no effect. `resetSeconds` is 1 unless said otherwise. */
  | { readonly kind: 'rate'; readonly resetSeconds?: number }
  /** Lock contention; no effect. */
  | { readonly kind: 'contention' }
  /** "rpc fail", behind which the write may have happened. */
  | { readonly kind: 'rpc'; readonly effect: boolean }
  /** A gateway's page in HTML. `status` is 502 unless said otherwise. */
  | { readonly kind: 'server-error'; readonly effect: boolean; readonly status?: number }
  /** The connection ends without an answer. */
  | { readonly kind: 'cut'; readonly effect: boolean }
  /** The effect is there at once, the answer only after this long. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** The effect is there; the answer breaks off half-way, and says it is complete. */
  | { readonly kind: 'half-json' }
  /** A call that answers with a task has its effect only when the task ends, so long after the answer. */
  | { readonly kind: 'late'; readonly delayMs: number }
  /** A listing's next page repeats the last item of this one. */
  | { readonly kind: 'repeat' }
  /** A listing's next page misses its first item. */
  | { readonly kind: 'miss' }
  /** The caller is told that it may not do this; no effect. */
  | { readonly kind: 'forbidden' }
  /** The token is called expired; no effect. */
  | { readonly kind: 'expired-token' };

interface ChancedFault {
  /** From 0 to 1; the sum over all faults that may meet a call is at most 1. */
  readonly probability: number;
  readonly fault: Fault;
  /** All endpoints, unless some are named. */
  readonly endpoints?: readonly string[];
}

export interface ScriptedFault {
  readonly endpoint: string;
  /** The call's number at this endpoint, from 1. */
  readonly nth: number;
  readonly fault: Fault;
}

export interface FaultPlan {
  readonly seed: number;
  readonly chances?: readonly ChancedFault[];
  readonly script?: readonly ScriptedFault[];
}

export interface Faults {
  /** Counts the call and tells what is to go wrong with it. */
  next(endpoint: string): Fault | undefined;
}

/** The fault that chance has for this call. */
function chanced(plan: FaultPlan, endpoint: string, nth: number): Fault | undefined {
  let luck = fraction(plan.seed, 'fault', endpoint, nth);
  for (const chance of plan.chances ?? []) {
    if (chance.endpoints !== undefined && !chance.endpoints.includes(endpoint)) continue;
    if (luck < chance.probability) return chance.fault;
    luck -= chance.probability;
  }
  return undefined;
}

export function createFaults(plan: FaultPlan): Faults {
  const counts = new Map<string, number>();
  const script = new Map(plan.script?.map((entry) => [`${entry.endpoint} ${entry.nth}`, entry.fault]));
  return {
    next(endpoint) {
      const nth = (counts.get(endpoint) ?? 0) + 1;
      counts.set(endpoint, nth);
      return script.get(`${endpoint} ${nth}`) ?? chanced(plan, endpoint, nth);
    },
  };
}
