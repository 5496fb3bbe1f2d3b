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
import { LiveChildren } from '../tree/live-children.ts';
import { NumberedMap } from '../tree/numbered-map.ts';
import type { Numbering } from '../tree/numbering.ts';

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

/** @param pages - where the pages have their numbers from. */
export function startSightings(pages?: Numbering<NodeId>): Sightings {
  const spaces = new Map<SpaceId, LiveSpace>();
  const nodes = new NumberedMap<NodeId, LiveNode>(pages);
  const listings = new Map<string, Listing>();
  const children = new LiveChildren(nodes);
  const goneNodes = new Set<NodeId>();
  const hiddenNodes = new Set<NodeId>();
  const goneSpaces = new Set<SpaceId>();
  const hiddenSpaces = new Set<SpaceId>();
  const whole = { allSpacesListed: false, readCalls: 0, spacePages: 0 };

  function place(node: LiveNode): void {
    const number = nodes.reserve(node.id);
    const before = nodes.at(number);
    nodes.put(number, node);
    // What is seen again comes last, also where it was: a listing then tells the order of its pages.
    if (before !== undefined) children.remove(before, number);
    children.add(node, number);
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
    addNode(sighting) {
      for (const node of sighting.nodes) place(node);
    },
    hideListing: (at) => noteListing(at, 1, true),
    hideSpace: (id) => hiddenSpaces.add(id),
    loseSpace: (id) => goneSpaces.add(id),
    hideNode: (id) => hiddenNodes.add(id),
    loseNode(id) {
      const number = nodes.numberOf(id);
      const node = number === undefined ? undefined : nodes.at(number);
      if (number !== undefined && node !== undefined) children.remove(node, number);
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
