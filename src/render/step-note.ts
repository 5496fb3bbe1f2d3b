// Why a line of the plan is there, in words, at the place a page comes to and at the place it leaves.

import type { NodeMatch, SpaceMatch } from '../diff/match.ts';
import type { Step } from '../schedule/plan.ts';
import type { Address } from '../tree/identifier.ts';
import { oneLine } from './clip.ts';
import { counted } from './count.ts';

/** At the place where the step leaves the page; `detours` are the places where it is parked before. */
export function noteOf(step: Step, detours: readonly Address[] = []): string {
  const reason = ownReason(step);
  if (step.blocked === undefined) return oneLine(`${reason}${wayOf(step, detours)}`);
  const why = step.blocked.replace(/\.$/, '');
  return oneLine(`blocked: ${why}${reason === 'declared' ? '' : `; ${reason}`}`);
}

function wayOf(step: Step, detours: readonly Address[]): string {
  if (detours.length === 0) return '';
  const places = detours.join(', then ');
  return step.before?.parent === step.parent
    ? `; to ${places} and back`
    : `, parked below ${places} on the way`;
}

/** At the place the page goes away from. */
export function departureNote(step: Step): string {
  const target = step.parent ?? '';
  if (step.archives) return oneLine(`${step.reason}, moves to ${target}`);
  return oneLine(`moves ${step.origin === 'drift' ? 'back ' : ''}to ${target}`);
}

/** What a reviewer must not miss, however little room there is. */
export function tagOf(step: Step): string {
  const marks = [
    ...(step.inferred ? ['inferred'] : []),
    ...(step.origin === 'this-change' ? [] : [step.origin]),
  ];
  return marks.length === 0 ? '' : `(${marks.join(', ')})`;
}

export function adoptionNote(match: SpaceMatch | NodeMatch | undefined): string {
  const rule = match !== undefined && 'rule' in match ? match.rule : undefined;
  if (rule === 'id') return 'exists, found by its id';
  return rule === 'name' ? 'exists, found by its name' : 'exists, found by place and title';
}

function ownReason(step: Step): string {
  const from = step.before?.parent;
  // The line of a shortcut names its target already.
  if (step.kind === 'create-node' && step.nodeType === 'shortcut' && step.origin !== 'drift')
    return 'declared';
  if (step.kind !== 'move-node') return step.reason;
  const reason = step.archives && step.blocked === undefined ? `moved from ${from}` : step.reason;
  return step.carried === 0 ? reason : `${reason}, with ${counted(step.carried, 'page')}`;
}
