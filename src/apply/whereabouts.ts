// Where pages are while steps are being done, in the vendor's ids: the one place that turns the plan's
// addresses into tokens. It starts from what was read and follows each outcome.

import { InvariantError, present } from '../diagnostic/invariant.ts';
import type { Match } from '../diff/match.ts';
import type { Reference } from '../tree/desired.ts';
import type { Address, NodeId, SpaceId } from '../tree/identifier.ts';
import type { LiveNode, LiveTree, Place } from '../tree/live.ts';

export interface Whereabouts {
  spaceId(address: Address): SpaceId;
  nodeId(address: Address): NodeId;
  /** `undefined` where there is no such space yet. */
  findSpace(address: Address): SpaceId | undefined;
  /** `undefined` where there is no such page yet. */
  findNode(address: Address): NodeId | undefined;
  /** The children of this address as a place. */
  placeBelow(address: Address): Place;
  /** The place the page lies in now. */
  placeOf(id: NodeId): Place;
  /** The page above it now; `null` at the top level, and where what lies above was not read. */
  parentOf(id: NodeId): NodeId | null;
  referenced(reference: Reference): NodeId;
  noteSpace(address: Address, id: SpaceId): void;
  noteNode(address: Address, node: Pick<LiveNode, 'id' | 'space' | 'parent'>): void;
}

/** `strangers` are undeclared pages that steps name. */
export function startWhereabouts(
  match: Match,
  live: LiveTree,
  strangers: ReadonlyMap<Address, NodeId>,
): Whereabouts {
  const spaces = new Map<Address, SpaceId>();
  for (const [address, space] of match.spaces) if (space.kind === 'live') spaces.set(address, space.id);
  const nodes = new Map<Address, NodeId>(strangers);
  for (const bound of match.bindings.byAddress.values()) nodes.set(bound.address, bound.id);
  for (const [address, { id }] of match.nodes) nodes.set(address, id);
  const moved = new Map<NodeId, Place>();

  const spaceId = (address: Address): SpaceId => present(spaces.get(address), `the space ${address}`);
  const nodeId = (address: Address): NodeId => present(nodes.get(address), `the page ${address}`);

  /** Climbs to the top level, for a page that was carried to another space does not know it. */
  function spaceOf(id: NodeId): SpaceId {
    let at = id;
    for (let level = 0; level < 10_000; level += 1) {
      const place: Place = present(moved.get(at) ?? live.nodes.get(at), `the page ${at}`);
      if (place.parent === null || !(moved.has(place.parent) || live.nodes.has(place.parent)))
        return place.space;
      at = place.parent;
    }
    throw new InvariantError(`the page ${id} lies below itself`);
  }

  return {
    spaceId,
    nodeId,
    findSpace: (address) => spaces.get(address),
    findNode: (address) => nodes.get(address),
    placeBelow(address) {
      if (match.desired.spaces.has(address)) return { space: spaceId(address), parent: null };
      const id = nodeId(address);
      return { space: spaceOf(id), parent: id };
    },
    placeOf: (id) => ({
      space: spaceOf(id),
      parent: present(moved.get(id) ?? live.nodes.get(id), `the page ${id}`).parent,
    }),
    parentOf: (id) => (moved.get(id) ?? live.nodes.get(id))?.parent ?? null,
    referenced: (reference) => ('id' in reference ? reference.id : nodeId(reference.address)),
    noteSpace: (address, id) => spaces.set(address, id),
    noteNode(address, node) {
      nodes.set(address, node.id);
      moved.set(node.id, { space: node.space, parent: node.parent });
    },
  };
}
