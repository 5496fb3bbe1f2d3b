// The order of steps as a puzzle: bare places, where each page is, where it belongs, and what may be done
// with it. Both searches play it.

import { compareText } from '../tree/identifier.ts';
import type { Limits } from '../tree/limit.ts';
import { type Blocker, blockerOfPlacing } from './legality.ts';
import type { Index, Model } from './model.ts';
import type { Task, Work } from './task.ts';

export interface Puzzle {
  readonly limits: Limits;
  /** The parent of each node; -1 for roots and for what is not made yet. */
  readonly start: readonly Index[];
  readonly goal: readonly Index[];
  /** By name: the order in which they were listed means nothing. */
  readonly nodes: readonly Index[];
  /** Those of them that may have a step. */
  readonly movable: readonly Index[];
  /** What makes a page that is not there in the beginning. */
  readonly making: ReadonlyMap<Index, Task>;
  /** Whether pages may be parked there, if there is room. */
  readonly isShelter: (place: Index) => boolean;
  readonly isManaged: (place: Index) => boolean;
}

export function puzzleOf(work: Work, limits: Limits, peelsUnmanaged: boolean): Puzzle {
  const { model, tasks } = work;
  const start = Array.from({ length: model.length }, (_, node) => model.parent(node));
  const goal = [...start];
  const making = new Map<Index, Task>();
  for (const task of tasks) {
    if (task.target === -1) continue;
    goal[task.node] = task.target;
    if (start[task.node] === -1) making.set(task.node, task);
  }
  const nodes = [...start.keys()].sort((a, b) => compareText(work.nameOf(a), work.nameOf(b)));
  const movable = nodes.filter((node) => goal[node] !== -1 && (peelsUnmanaged || work.isManaged(node)));
  const roots = new Set(nodes.filter((node) => goal[node] === -1));
  const isShelter = (place: Index): boolean =>
    roots.has(place) ? work.isSpace(place) : work.isShelter(place);
  const { isManaged } = work;
  return { limits, start, goal, nodes, movable, making, isShelter, isManaged };
}

/** Why the node cannot be put there now; where it is not made yet, what is missing first. */
export function blockerIn(
  node: Index,
  to: Index,
  model: Model,
  { making, limits }: Puzzle,
): Blocker | undefined {
  const isThere = (page: Index): boolean => model.parent(page) !== -1 || !making.has(page);
  const source = isThere(node) ? undefined : making.get(node)?.reference;
  for (const needed of [to, source])
    if (needed !== undefined && !isThere(needed)) return { kind: 'absent', node: needed };
  return blockerOfPlacing(node, to, model, limits);
}
