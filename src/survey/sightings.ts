// The growing picture of the wiki: answers go in, a `LiveTree` is read off at any time.
// Invariant: a node is in one place only, the one it was last seen in; what one listing showed is not
// taken back because the next one missed it, for listings are not snapshots.

import type { Sighting } from '../provider/provider.ts';
import type { NodeId, SpaceId } from '../tree/identifier.ts';
import {
  type Listing,
  type LiveNode,
  type LiveSpace,
  type LiveTree,
  type Place,
  placeKey,
} from '../tree/live.ts';

export interface Sightings {
  /** The picture so far; it grows with what is added. */
  readonly tree: LiveTree;
  addAllSpaces(sighting: Sighting): void;
  addSpace(sighting: Sighting): void;
  addListing(place: Place, sighting: Sighting): void;
  addNode(sighting: Sighting): void;
  hideListing(place: Place): void;
  hideSpace(id: SpaceId): void;
  loseSpace(id: SpaceId): void;
  hideNode(id: NodeId): void;
  loseNode(id: NodeId): void;
  /** Notes that reading took so many calls. */
  count(calls: number): void;
  readCalls(): number;
  /** Calls that listing all spaces took. */
  spacePages(): number;
}

export function startSightings(): Sightings {
  const spaces = new Map<SpaceId, LiveSpace>();
  const nodes = new Map<NodeId, LiveNode>();
  const listings = new Map<string, Listing>();
  const children = new Map<string, Set<NodeId>>();
  const goneNodes = new Set<NodeId>();
  const hiddenNodes = new Set<NodeId>();
  const goneSpaces = new Set<SpaceId>();
  const hiddenSpaces = new Set<SpaceId>();
  const last = { key: '', siblings: new Set<NodeId>() };
  const whole = { allSpacesListed: false, readCalls: 0, spacePages: 0 };

  function place(node: LiveNode): void {
    const before = nodes.get(node.id);
    if (before !== undefined) children.get(placeKey(before))?.delete(node.id);
    nodes.set(node.id, node);
    siblingsAt(placeKey(node)).add(node.id);
  }

  /** A listing's pages stand in one place, which is looked up once for all of them. */
  function siblingsAt(key: string): Set<NodeId> {
    if (key === last.key) return last.siblings;
    last.key = key;
    last.siblings = children.get(key) ?? new Set();
    if (last.siblings.size === 0) children.set(key, last.siblings);
    return last.siblings;
  }

  function noteListing(at: Place, pages: number, hidden: boolean): void {
    const key = placeKey(at);
    const before = listings.get(key);
    listings.set(key, {
      space: at.space,
      parent: at.parent,
      pages: Math.max(pages, before?.pages ?? 0),
      times: (before?.times ?? 0) + 1,
      hidden,
    });
  }

  function addSpaces(sighting: Sighting): void {
    for (const space of sighting.spaces) spaces.set(space.id, space);
  }

  const tree: LiveTree = {
    spaces,
    nodes,
    listings,
    children,
    goneNodes,
    hiddenNodes,
    goneSpaces,
    hiddenSpaces,
    get allSpacesListed() {
      return whole.allSpacesListed;
    },
  };

  return {
    tree,
    addAllSpaces(sighting) {
      addSpaces(sighting);
      whole.allSpacesListed = true;
      whole.spacePages = sighting.pages;
    },
    addSpace: addSpaces,
    addListing(at, sighting) {
      for (const node of sighting.nodes) place(node);
      noteListing(at, sighting.pages, false);
    },
    addNode: (sighting) => sighting.nodes.forEach(place),
    hideListing: (at) => noteListing(at, 1, true),
    hideSpace: (id) => hiddenSpaces.add(id),
    loseSpace: (id) => goneSpaces.add(id),
    hideNode: (id) => hiddenNodes.add(id),
    loseNode(id) {
      const node = nodes.get(id);
      if (node !== undefined) children.get(placeKey(node))?.delete(id);
      nodes.delete(id);
      goneNodes.add(id);
    },
    count(calls) {
      whole.readCalls += calls;
    },
    readCalls: () => whole.readCalls,
    spacePages: () => whole.spacePages,
  };
}
