// Where live pages are, in the plan's language. A page that has an address is called by it; one that has
// none gets a name made of the titles above it, for people to read and for globs to match.

import { childAddress, lastSegment, spaceAddress } from '../tree/address.ts';
import type { Address, NodeId, SpaceId } from '../tree/identifier.ts';
import { type LiveNode, type LiveTree, nodesAt, placeKey } from '../tree/live.ts';
import type { Claims } from './claims.ts';
import type { BoundForest } from './forest.ts';
import type { Match, SpaceMatch } from './match.ts';

export interface Places {
  /** Where the page is now, before anything is applied. */
  addressOf(node: LiveNode): Address;
  /** The parent's place; that of the space at the top level. */
  parentOf(node: LiveNode): Address;
}

/** What people call a page that nobody declared: the titles above it, and its id where those do not tell it. */
export function nameOfStranger(page: LiveNode, live: LiveTree, match: Match): Address {
  const name = match.places.addressOf(page);
  return sharesName(page, live, match) ? (`${name} [${page.id}]` as Address) : name;
}

/** Whether the page, or one above it that nobody declared either, is called as another is. */
function sharesName(page: LiveNode, live: LiveTree, match: Match): boolean {
  const { places, desired, bindings, addressOf } = match;
  let at: LiveNode | undefined = page;
  while (at !== undefined && !addressOf.has(at.id) && bindings.ofPage(at.id) === undefined) {
    const name = places.addressOf(at);
    if (desired.nodes.has(name) || bindings.byAddress.has(name) || hasTwin(at, name, live, places))
      return true;
    at = at.parent === null ? undefined : live.nodes.get(at.parent);
  }
  return false;
}

function hasTwin(page: LiveNode, name: Address, live: LiveTree, places: Places): boolean {
  for (const other of nodesAt(live, placeKey(page))) {
    if (other.id !== page.id && places.addressOf(other) === name) return true;
  }
  return false;
}

/** Stands for levels that were not read. */
const unknown = '…';

export function livePlaces(
  live: LiveTree,
  bindings: BoundForest,
  spaces: ReadonlyMap<Address, SpaceMatch>,
  claims: Pick<Claims, 'byNode' | 'byAddress'>,
): Places {
  const spaceNames = new Map<SpaceId, Address>();
  for (const [address, space] of spaces) if (space.kind === 'live') spaceNames.set(space.id, address);
  const known = new Map<NodeId, Address>();

  function spaceName(id: SpaceId): Address {
    return spaceNames.get(id) ?? spaceAddress(live.spaces.get(id)?.name || id);
  }

  /** The key the page has in memory or in the manifest; else its title. */
  function named(parent: Address, node: LiveNode): Address {
    const address = boundAddress(node.id) ?? claims.byNode.get(node.id);
    if (address !== undefined) return `${parent}/${lastSegment(address)}` as Address;
    return childAddress(parent, node.title === '' ? node.id : node.title);
  }

  /** Of a page that has an address the match tells, and the bindings need no index by page. */
  function boundAddress(id: NodeId): Address | undefined {
    const address = claims.byNode.get(id);
    const former = address === undefined ? undefined : claims.byAddress.get(address)?.former;
    return former ?? bindings.ofPage(id)?.address;
  }

  function parentOf(node: LiveNode): Address {
    if (node.parent === null) return spaceName(node.space);
    const parent = live.nodes.get(node.parent);
    return parent === undefined ? childAddress(spaceName(node.space), unknown) : addressOf(parent);
  }

  /** Climbs to the first known ancestor, then names downwards; a circle cannot come from a vendor. */
  function addressOf(node: LiveNode): Address {
    const open: LiveNode[] = [];
    for (let at: LiveNode | undefined = node; at !== undefined && !known.has(at.id); ) {
      open.push(at);
      at = at.parent === null || open.length > 1000 ? undefined : live.nodes.get(at.parent);
    }
    for (const page of open.reverse()) known.set(page.id, named(parentName(page), page));
    return known.get(node.id) ?? named(parentName(node), node);
  }

  function parentName(node: LiveNode): Address {
    if (node.parent === null) return spaceName(node.space);
    return known.get(node.parent) ?? childAddress(spaceName(node.space), unknown);
  }

  return { addressOf, parentOf };
}
