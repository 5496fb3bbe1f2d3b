// A page that had to make way moves more than once. A tree shows it where it is and where it ends, and
// the places between in words; so its moves become one.

import type { Step } from '../schedule/plan.ts';
import type { Address } from '../tree/identifier.ts';

export interface Journey {
  /** The last of the page's moves, beginning where the first one does; or a step of another kind. */
  readonly step: Step;
  /** Where the page is parked on the way. */
  readonly detours: readonly Address[];
}

/** In the order of the last steps. */
export function journeys(steps: readonly Step[]): readonly Journey[] {
  const moves = new Map<Address, Step[]>();
  for (const step of steps) {
    if (step.kind !== 'move-node') continue;
    const earlier = moves.get(step.address);
    if (earlier === undefined) moves.set(step.address, [step]);
    else earlier.push(step);
  }
  return steps.flatMap((step) => {
    const all = step.kind === 'move-node' ? (moves.get(step.address) ?? []) : [];
    if (all.length < 2) return [{ step, detours: [] }];
    return step === all.at(-1) ? [joined(all, step)] : [];
  });
}

/** A page that only makes way comes back to where it was: why it left is the reason for both. */
function joined(all: readonly Step[], last: Step): Journey {
  const detours = all.slice(0, -1).flatMap(({ parent }) => parent ?? []);
  const [first = last] = all;
  const isFromDetour = last.before !== undefined && detours.includes(last.before.parent);
  const before = isFromDetour ? first.before : last.before;
  const reason = before?.parent === last.parent ? first.reason : last.reason;
  return { step: { ...last, before, reason }, detours };
}
