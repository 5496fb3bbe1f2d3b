// The vendor's limits on a tree, checked where something comes: depth, children of one parent, nodes
// of one space, nodes of one move. Over a limit is code 131003 at the vendor. For a move the vendor
// names both sides ("original and target space"): the subtree must fit where it stood, too, which
// matters only where people went past a limit by hand.

import { refuse } from './refusal.ts';
import { type Place, siblingsAt, subtreeOf, type World, type WorldNode } from './world.ts';

/** Levels from the top of the space; 0 for the space itself. */
export function levelOf(node: WorldNode | null): number {
  let level = 0;
  for (let at = node; at !== null; at = at.parent) level += 1;
  return level;
}

export interface Load {
  /** Nodes, the top one included. */
  readonly size: number;
  /** Levels, the top one included. */
  readonly height: number;
}

export const oneNode: Load = { size: 1, height: 1 };

/** The node and all below it. @throws {Refusal} `limit` once it is more than `most`. */
export function loadOf(node: WorldNode, most = Number.POSITIVE_INFINITY): Load {
  const top = levelOf(node) - 1;
  let size = 0;
  let height = 1;
  for (const carried of subtreeOf(node)) {
    size += 1;
    if (size > most) refuse('limit', `out of limit: more than ${most} nodes in one move`);
    if (carried.children.length === 0) height = Math.max(height, levelOf(carried) - top);
  }
  return { size, height };
}

function requireDepth(world: World, level: number): void {
  const { depth } = world.rules.limits;
  if (level > depth) refuse('limit', `out of limit: deeper than ${depth} levels`);
}

/** @throws {Refusal} `limit` where the load does not fit below the place. */
export function requireRoom(world: World, place: Place, load: Load): void {
  const { limits } = world.rules;
  requireDepth(world, levelOf(place.parent) + load.height);
  if (siblingsAt(place).length >= limits.children) {
    refuse('limit', `out of limit: more than ${limits.children} children`);
  }
  if (place.space.nodeCount + load.size > limits.nodes) {
    refuse('limit', `out of limit: more than ${limits.nodes} nodes`);
  }
}

/** @throws {Refusal} `limit` where the move does not fit at the source or at the target. */
export function requireMovable(world: World, node: WorldNode, to: Place): void {
  const load = loadOf(node, world.rules.limits.nodesPerMove);
  requireDepth(world, levelOf(node) - 1 + load.height);
  const { limits } = world.rules;
  if (node.space.nodeCount > limits.nodes) refuse('limit', `out of limit: more than ${limits.nodes} nodes`);
  const stays = node.space === to.space;
  const sameParent = stays && node.parent === to.parent;
  if (sameParent) return;
  requireRoom(world, to, { size: stays ? 0 : load.size, height: load.height });
}
