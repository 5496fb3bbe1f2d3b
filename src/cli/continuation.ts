// Whether a plan goes on with a saved one that was cut off. The saved plan was the approval; what is left
// of it needs no other, as long as it is nothing but what is left of it.

import type { Step } from '../schedule/plan.ts';
import type { SavedPlan, SavedStep } from './plan-file.ts';
import type { Planned } from './planning.ts';

/** Whether this plan is the saved one, or the rest of it after a run that did not finish. */
export function isApproved(saved: SavedPlan, { plan, unfinished }: Planned): boolean {
  if (plan.digest === saved.digest) return true;
  return unfinished?.plan === saved.digest && plan.steps.every((step) => isIn(saved.steps, step));
}

function isIn(steps: readonly SavedStep[], step: Step): boolean {
  const isDetour = steps.some(({ address, parked }) => parked && address === step.address);
  return steps.some(
    (saved) =>
      saved.kind === step.kind &&
      saved.address === step.address &&
      saved.parent === step.parent &&
      saved.title === step.title &&
      (isDetour || startsAlike(saved, step)),
  );
}

/** A page that people have moved or renamed since is not where the reviewer saw it. */
function startsAlike(saved: SavedStep, { kind, before }: Step): boolean {
  switch (kind) {
    case 'move-node':
      return saved.before?.parent === before?.parent;
    case 'rename-node':
      return saved.before?.title === before?.title;
    case 'create-space':
    case 'create-node':
    case 'copy-node':
      return true;
  }
}
