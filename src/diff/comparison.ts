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
}

/** Where a declared parent is live; `undefined` where it is yet to be made. */
export interface Target {
  readonly space: SpaceId | undefined;
  readonly parent: NodeId | null | undefined;
}

/** The live page of an address, if it has one. */
export function pageOf(address: Address, { live, match }: Comparison): LiveNode | undefined {
  const matched = match.nodes.get(address);
  return matched === undefined ? undefined : live.nodes.get(matched.id);
}

/** Where children of this address belong. */
export function targetOf(parent: Address, comparison: Comparison): Target {
  const space = comparison.match.spaces.get(parent);
  if (space !== undefined) return { space: space.kind === 'live' ? space.id : undefined, parent: null };
  const page = pageOf(parent, comparison);
  return { space: page?.space, parent: page?.id };
}

/** Whether the page already lies below this parent. */
export function liesBelow(page: LiveNode, parent: Address, comparison: Comparison): boolean {
  const target = targetOf(parent, comparison);
  if (target.parent === null) return page.parent === null && page.space === target.space;
  return target.parent !== undefined && page.parent === target.parent;
}

/** Whether the vendor refused to list what lies below this parent. */
export function isListingHidden(parent: Address, comparison: Comparison): boolean {
  const { space, parent: node } = targetOf(parent, comparison);
  if (node === undefined || space === undefined) return false;
  return comparison.live.listings.get(placeKey({ space, parent: node }))?.hidden === true;
}
