// Whose doing each difference is, where the manifest is compared with an earlier one.
//
// Terms. The *base* is the manifest as it stood at a commit, such as the branch that a pull request goes
// to. A change is of *this change* when the manifest asks for it and the base does not; *pending* when the
// base asks for it and the last apply did not know of it; *drift* when the last apply left it otherwise and
// people have touched the wiki since.
//
// Rule. The base is compared with the same wiki and the same memory as the manifest. What it asks for too,
// page for page, is none of this change's doing, and is what it is to the base: pending or drift. All else
// is this change's.
//
// Why not compare the two manifests: an address is no identity. A page may be declared elsewhere in the one
// and still be the same page below the same parent, and a field far away (`titles`, `onRemove`, the source of a
// copy) may be what asks for a change. What would be done to which page is what a reviewer is asked about.
//
// Hence the laws: the same manifest twice leaves nothing to this change, and without a hand in the wiki
// nothing is drift.

import type { Stray } from '../state/journal.ts';
import type { State } from '../state/state.ts';
import { lastSegment, parentAddress } from '../tree/address.ts';
import type { DesiredTree } from '../tree/desired.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';
import type { Change, Difference, Origin } from './change.ts';
import { type DifferenceInput, difference } from './difference.ts';
import { indexBindings } from './forest.ts';
import type { AddressMatcher } from './glob.ts';
import { type Match, match } from './match.ts';
import { completeSubtrees } from './subtree.ts';

export interface AttributionInput
  extends Pick<DifferenceInput, 'capabilities' | 'identity' | 'identities' | 'boundSpaces'> {
  /** What the manifest at the base declares. */
  readonly base: DesiredTree;
  readonly state: State;
  readonly live: LiveTree;
  readonly ignoredBy: AddressMatcher;
  readonly strays?: readonly Stray[] | undefined;
  /** What the manifest asks for, and how it was matched. */
  readonly found: Difference;
  readonly match: Match;
}

/** The differences with the origin of each told from the base. Reads nothing: what the base alone would need is no matter. */
export function attribute(input: AttributionInput): Difference {
  const { found } = input;
  const atBase = originsAtBase(input);
  const effectOf = effects(input.match, found.strangers);
  return { ...found, changes: found.changes.map((change) => ({ ...change, origin: originOf(change) })) };

  function originOf(change: Change): Origin {
    const origin = atBase.get(effectOf(change));
    return origin === 'this-change' ? 'pending' : (origin ?? 'this-change');
  }
}

/** What the base asks for, each with its origin as the base would have it. */
function originsAtBase(input: AttributionInput): ReadonlyMap<string, Origin> {
  const { base, state, live, ignoredBy } = input;
  const boundForest = indexBindings(state);
  const { tree } = completeSubtrees(base, boundForest, live);
  const matched = match({ desired: tree, state, live, ignoredBy, boundForest });
  const found = difference({ ...input, match: matched, protect: [], allowWiderAudience: true });
  const effectOf = effects(matched, found.strangers);
  return new Map(found.changes.map((change) => [effectOf(change), change.origin]));
}

/** What a change does to which page, the same text for the same doing whatever the addresses are. */
function effects(matched: Match, strangers: ReadonlyMap<Address, NodeId>): (change: Change) => string {
  const names = new Map<Address, string>();
  return (change) => {
    const { kind, address, title, type, nodeType, parent, reference, archives } = change;
    const page = archives ? matched.bindings.byAddress.get(address)?.id : undefined;
    const below = parent === undefined ? null : identityOf(parent);
    const of =
      reference === undefined ? null : 'id' in reference ? reference.id : identityOf(reference.address);
    const subject = page ?? identityOf(address);
    switch (kind) {
      case 'move-node':
        return JSON.stringify([kind, subject, below]);
      case 'rename-node':
        return JSON.stringify([kind, subject, title]);
      case 'create-space':
      case 'create-node':
      case 'copy-node':
        return JSON.stringify([kind, subject, below, title, type, nodeType, of]);
    }
  };

  /** The live page or space; of what is yet to be made, its key below what is above it. */
  function identityOf(address: Address): string {
    const known = names.get(address);
    if (known !== undefined) return known;
    const space = matched.spaces.get(address);
    const live =
      space?.kind === 'live' ? space.id : (strangers.get(address) ?? matched.nodes.get(address)?.id);
    const parent = parentAddress(address);
    const name = live ?? (parent === undefined ? address : `${identityOf(parent)}/${lastSegment(address)}`);
    names.set(address, name);
    return name;
  }
}
