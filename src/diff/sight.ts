// What became of a bound page: seen in the live tree, gone, hidden, or not looked for yet.
//
// Invariant (law 5): a page missing from a complete listing is asked for by id, but only the topmost
// missing one. Below a page that is gone everything is gone with it, unless it was seen elsewhere.

import type { Address, NodeId } from '../tree/identifier.ts';
import { type LiveNode, type LiveTree, placeKey } from '../tree/live.ts';
import type { Bound, BoundForest } from './forest.ts';
import type { SpaceMatch } from './match.ts';

/** `waiting`: a listing above has to be read first. `asking`: the page has to be asked for by id. */
export type Sight = 'seen' | 'gone' | 'hidden' | 'waiting' | 'asking';

export interface Sights {
  /** What became of the page; a page it says `asking` of is noted as wanted. */
  of(bound: Bound): Sight;
  /** Pages to ask for by id before anything built on this can be trusted. */
  readonly wanted: ReadonlySet<NodeId>;
}

export interface SightInput {
  readonly bindings: BoundForest;
  readonly live: LiveTree;
  readonly spaces: ReadonlyMap<Address, SpaceMatch>;
  /** Whether the children of the page bound to this address are to be listed at all. */
  readonly isListed: (address: Address) => boolean;
}

export function sights({ bindings, live, spaces, isListed }: SightInput): Sights {
  const known = new Map<Address, Sight>();
  const looking = new Set<Address>();
  const wanted = new Set<NodeId>();

  function of(bound: Bound): Sight {
    // Nearly all are; they are not worth remembering.
    if (live.nodes.has(bound.id)) return 'seen';
    const before = known.get(bound.address);
    if (before !== undefined) return before;
    looking.add(bound.address);
    const sight = look(bound);
    looking.delete(bound.address);
    known.set(bound.address, sight);
    if (sight === 'asking') wanted.add(bound.id);
    return sight;
  }

  function look(bound: Bound): Sight {
    if (live.goneNodes.has(bound.id)) return 'gone';
    if (live.hiddenNodes.has(bound.id)) return 'hidden';
    const parent = bindings.byAddress.get(bound.parent);
    return parent === undefined ? lookBelowSpace(bound) : lookBelowNode(parent);
  }

  function lookBelowSpace(bound: Bound): Sight {
    const space = spaces.get(bound.parent);
    if (space === undefined) return 'asking';
    switch (space.kind) {
      case 'live':
        return lookInListing(placeKey({ space: space.id, parent: null }), true);
      case 'new':
        return 'gone';
      case 'hidden':
        return 'hidden';
      case 'failed':
      case 'unseen':
        return 'waiting';
    }
  }

  function lookBelowNode(parent: Bound): Sight {
    if (looking.has(parent.address)) return 'asking'; // a circle of parents in a hand-edited state
    const above = of(parent);
    if (above === 'asking') return 'waiting';
    if (above !== 'seen') return above;
    const node: LiveNode | undefined = live.nodes.get(parent.id);
    if (node === undefined) return 'asking';
    return lookInListing(node.id, node.hasChildren && isListed(parent.address));
  }

  function lookInListing(place: string, willBeListed: boolean): Sight {
    const listing = live.listings.get(place);
    if (listing === undefined) return willBeListed ? 'waiting' : 'asking';
    return listing.hidden ? 'hidden' : 'asking';
  }

  return { of, wanted };
}
