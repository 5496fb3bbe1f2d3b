// A step as the page's script gets it: what is said when its row is looked at closely.

import type { Step } from '../../schedule/plan.ts';
import type { Reference } from '../../tree/desired.ts';
import { oneLine } from '../clip.ts';
import { formatSource } from '../diagnostics.ts';
import type { PageStep } from './page-data.ts';

export function pageStep(step: Step): PageStep {
  const { id, kind, address, parent, before, reference, reason, origin, blocked, carried, source, after } =
    step;
  return {
    id,
    kind,
    address: oneLine(address),
    ...(before === undefined ? {} : { from: oneLine(before.parent) }),
    ...(parent === undefined ? {} : { to: oneLine(parent) }),
    ...(before === undefined || before.title === step.title ? {} : { was: oneLine(before.title) }),
    ...(reference === undefined ? {} : { of: oneLine(nameOf(reference)) }),
    reason: oneLine(reason),
    origin,
    ...(step.inferred ? { inferred: true as const } : {}),
    ...(blocked === undefined ? {} : { blocked: oneLine(blocked) }),
    ...(carried === 0 ? {} : { carried }),
    ...(step.parks ? { parked: true as const } : {}),
    ...(source === undefined ? {} : { source: formatSource(source) }),
    ...(after.length === 0 ? {} : { after }),
  };
}

const nameOf = (reference: Reference): string => ('id' in reference ? reference.id : reference.address);
