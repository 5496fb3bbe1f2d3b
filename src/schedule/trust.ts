// What a run believes of the state without asking: with `--refresh touched` every space, and else the
// spaces in which nothing is planned.

import type { Provider } from '../provider/provider.ts';
import type { State } from '../state/state.ts';
import { type Beliefs, startBeliefs } from '../survey/belief.ts';
import { spaceOfAddress } from '../tree/address.ts';
import type { DesiredTree } from '../tree/desired.ts';
import type { Address } from '../tree/identifier.ts';
import type { Attempt } from './believing.ts';
import { type Scope, scopeTest } from './scope.ts';

export const refreshes = ['all', 'touched'] as const;
export type Refresh = (typeof refreshes)[number];

export interface BeliefOptions {
  readonly refresh: Refresh;
  readonly scope: Scope | undefined;
  readonly desired: DesiredTree;
  readonly state: State;
  readonly provider: Provider;
}

/** `undefined` where everything is read. */
export function beliefsOf({ refresh, scope, desired, state, provider }: BeliefOptions): Beliefs | undefined {
  const planned = scope === undefined ? undefined : new Set(scope.map(spaceOfAddress));
  const isPlanned = (space: Address): boolean => planned?.has(space) !== false;
  const isTrusted = (space: Address): boolean => refresh === 'touched' || !isPlanned(space);
  const known = [...desired.spaces.map(({ address }) => address), ...state.spaces.keys()];
  return known.some(isTrusted) ? startBeliefs({ provider, state, desired, isTrusted, isPlanned }) : undefined;
}

/** How many of the planned pages are as declared by memory alone. */
export function countBelieved({ survey, plan }: Attempt, beliefs: Beliefs): number {
  const isPlanned = plan.part === undefined ? () => true : scopeTest(plan.part.scope);
  let count = 0;
  for (const [address, { id }] of survey.match.nodes)
    if (!beliefs.hasSeen(id) && isPlanned(address)) count += 1;
  return count;
}
