// What was seen of the wiki: spaces, nodes and which parents were listed. A partial picture by
// design (law 5): a node that is not here was not looked for, unless a listing or `gone` says so.

import type { NodeKind } from './desired.ts';
import type { NodeId, SpaceId } from './identifier.ts';
import type { ReadonlyLiveChildren } from './live-children.ts';
import type { ReadonlyNumberedMap } from './numbered-map.ts';

export interface LiveSpace {
  readonly id: SpaceId;
  readonly name: string;
  readonly description: string;
  readonly sharing: 'open' | 'closed' | undefined;
  readonly visibility: 'public' | 'private' | undefined;
}

export interface LiveNode {
  readonly id: NodeId;
  readonly space: SpaceId;
  /** `null` at the top level of the space. */
  readonly parent: NodeId | null;
  readonly title: string;
  readonly type: string;
  readonly kind: NodeKind;
  /** The page a shortcut points to; `null` for a page of its own. */
  readonly origin: NodeId | null;
  readonly hasChildren: boolean;
  /** Unix seconds, where the vendor tells. */
  readonly createdAt: number | undefined;
  /** The vendor's id of whoever made the node, where it tells. */
  readonly creator: string | undefined;
  /** Where people read the page, where the vendor tells. */
  readonly url?: string;
}

/** The children of a node, or, with `parent: null`, the top level of a space. */
export interface Place {
  readonly space: SpaceId;
  readonly parent: NodeId | null;
}

/** One name per place, usable as a map's key. */
export function placeKey(place: Place): string {
  return place.parent ?? `space:${place.space}`;
}

export interface Listing extends Place {
  /** Pages of answers that the longest listing took; 0 where memory answered. */
  readonly pages: number;
  /** How often the place was listed. */
  readonly times: number;
  /** The vendor refused to list it. */
  readonly hidden: boolean;
}

export interface LiveTree {
  readonly spaces: ReadonlyMap<SpaceId, LiveSpace>;
  readonly nodes: ReadonlyNumberedMap<NodeId, LiveNode>;
  /** By `placeKey`. */
  readonly listings: ReadonlyMap<string, Listing>;
  /**
   * The numbers in `nodes` of those seen below a place, each once, by `placeKey`; all of them only where
   * `listings` has the place.
   */
  readonly children: ReadonlyLiveChildren;
  /** Asked for by id, and the vendor knows no such node. */
  readonly goneNodes: ReadonlySet<NodeId>;
  /** Asked for by id, and the vendor may not show it. */
  readonly hiddenNodes: ReadonlySet<NodeId>;
  readonly goneSpaces: ReadonlySet<SpaceId>;
  readonly hiddenSpaces: ReadonlySet<SpaceId>;
  /** Whether `spaces` holds every visible space, or only those asked for by id. */
  readonly allSpacesListed: boolean;
}

/** The nodes seen below a place (see `placeKey`). */
export function nodesAt({ nodes, children }: LiveTree, place: string): LiveNode[] {
  const found: LiveNode[] = [];
  for (const number of children.get(place) ?? []) {
    const node = nodes.at(number);
    if (node !== undefined) found.push(node);
  }
  return found;
}
