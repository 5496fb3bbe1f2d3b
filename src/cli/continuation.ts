// What a saved plan is to the plan as it is now. The saved plan was the approval: what is left of it needs no
// other, as long as it is nothing but what is left of it; and where nothing is left, it was applied already.

import { runnableSteps, type Step } from '../schedule/plan.ts';
import { parseAddress } from '../tree/address.ts';
import type { SavedPlan, SavedStep } from './plan-file.ts';
import type { Planned } from './planning.ts';

/** `approved`: it is this plan, or this is the rest of it after a run that did not finish. */
export type Standing = 'approved' | 'applied' | 'stale';

export function standingOf(saved: SavedPlan, planned: Planned): Standing {
  const { plan, unfinished } = planned;
  if (plan.digest === saved.digest) return 'approved';
  const isRest = plan.steps.every((step) => isIn(saved.steps, step));
  if (unfinished?.plan === saved.digest && isRest) return 'approved';
  const isLeft = (step: SavedStep): boolean => plan.steps.some((left) => isIn([step], left));
  const isDone = withoutDetours(saved.steps).every((step) => isTrue(step, planned) || isLeft(step));
  return isDone && isRest && runnableSteps(plan).length === 0 ? 'applied' : 'stale';
}

/** A page that made way and came back is where it was, and a page that nobody declared is known by nothing else. */
function withoutDetours(steps: readonly SavedStep[]): readonly SavedStep[] {
  const homes = new Map(
    steps.toReversed().flatMap(({ parked, address, before }) => (parked ? [[address, before?.parent]] : [])),
  );
  return steps.filter(({ parked, address, parent }) => !parked && homes.get(address) !== parent);
}

/** Whether the step has nothing left to do, where the wiki is as declared: whether this is what is declared. */
function isTrue({ kind, address: text, parent, title }: SavedStep, { survey: { match } }: Planned): boolean {
  const address = parseAddress(text);
  if (address === undefined) return false;
  if (kind === 'create-space') return match.spaces.get(address)?.kind === 'live';
  const node = match.desired.nodes.get(address);
  const bound = match.bindings.byAddress.get(address);
  if (node !== undefined) return match.nodes.has(address) && node.parent === parent && node.title === title;
  return bound?.archived === true && bound.parent === parent;
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
