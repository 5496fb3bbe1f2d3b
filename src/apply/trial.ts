// Calls of which nobody has documented that they work on every page are tried before anything else is done:
// the first such step goes alone, and where the vendor refuses it, nothing is half applied because of it.
// A step that waits for others cannot be tried first.

import type { Step } from '../schedule/plan.ts';
import type { Capabilities } from '../tree/capability.ts';

/** `undefined` where there is nothing to be tried, or nothing that it could spare. */
export function trialIn(
  steps: readonly Step[],
  { unconfirmed }: Pick<Capabilities, 'unconfirmed'>,
): Step | undefined {
  if (steps.length < 2) return undefined;
  const kinds: readonly string[] = unconfirmed;
  return steps.find(({ kind, after }) => kinds.includes(kind) && after.length === 0);
}
