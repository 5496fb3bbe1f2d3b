// What the comparing rooms share: the two trees, how they match, and what this run may do.

import type { Capabilities, Identity } from '../tree/capability.ts';
import type { Address, NodeId, SpaceId } from '../tree/identifier.ts';
import { type LiveNode, type LiveTree, placeKey } from '../tree/live.ts';
import type { AddressMatcher } from './glob.ts';
import type { Match } from './match.ts';

export interface Comparison {
  readonly live: LiveTree;
  readonly match: Match;
  readonly capabilities: Capabilities;
  readonly identity: Identity;
  /** Every identity whose credentials are at hand. */
  readonly identities: ReadonlySet<Identity>;
  readonly protectedBy: AddressMatcher;
  /** Where children of this address belong. */
  readonly targetOf: (parent: Address) => Target;
}

/** Where a declared parent is live; `undefined` where it is yet to be made. */
export interface Target {
  readonly space: SpaceId | undefined;
  readonly parent: NodeId | null | undefined;
}

/** The live page of an address, if it has one. */
export function pageOf(
  address: Address,
  { live, match }: Pick<Comparison, 'live' | 'match'>,
): LiveNode | undefined {
  const matched = match.nodes.get(address);
  return matched === undefined ? undefined : live.nodes.get(matched.id);
}

/** Each parent is looked up once, for all its children. */
export function startTargets(live: LiveTree, match: Match): Comparison['targetOf'] {
  const known = new Map<Address, Target>();
  let last: { readonly parent: Address; readonly target: Target } | undefined;
  return (parent) => {
    // Siblings come one after the other.
    if (last?.parent === parent) return last.target;
    const target = known.get(parent) ?? look(parent);
    known.set(parent, target);
    last = { parent, target };
    return target;
  };

  function look(parent: Address): Target {
    const space = match.spaces.get(parent);
    if (space !== undefined) return { space: space.kind === 'live' ? space.id : undefined, parent: null };
    const page = pageOf(parent, { live, match });
    return { space: page?.space, parent: page?.id };
  }
}

/** Whether the page already lies below this parent. */
export function liesBelow(page: LiveNode, parent: Address, comparison: Comparison): boolean {
  const target = comparison.targetOf(parent);
  if (target.parent === null) return page.parent === null && page.space === target.space;
  return target.parent !== undefined && page.parent === target.parent;
}

/** Whether the vendor refused to list what lies below this parent. */
export function isListingHidden(parent: Address, comparison: Comparison): boolean {
  const { space, parent: node } = comparison.targetOf(parent);
  if (node === undefined || space === undefined) return false;
  return comparison.live.listings.get(placeKey({ space, parent: node }))?.hidden === true;
}
