// How many random cases a property tries. `npm run fuzz` raises the number; a failing case prints its seed
// and is shrunk, within the time that is left.

import type { Parameters } from 'fast-check';

const defaultRuns = 1000;
const runs = Number(process.env.FUZZ_RUNS ?? defaultRuns);

/** Whether figures are to be told, and not only held against their bounds. */
export const isFuzzing = process.env.FUZZ_RUNS !== undefined;

export interface Effort {
  readonly parameters: Parameters<unknown> & { readonly numRuns: number };
  /** For the test as a whole. */
  readonly timeoutMs: number;
}

/**
 * @param share - a property's share of all runs, from 0 to 1.
 * @param caseMs - what a case may take on a busy machine.
 */
export function effort(share: number, caseMs = 200): Effort {
  const numRuns = Math.ceil(runs * share);
  const limitMs = 40_000 + numRuns * caseMs;
  const parameters = { numRuns, interruptAfterTimeLimit: limitMs, markInterruptAsFailure: true };
  return { parameters, timeoutMs: limitMs + 20_000 };
}
