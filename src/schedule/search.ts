// The shortest order of a small forest, by search. Where a first order had to park and there are few
// nodes, every forest that legal steps can reach is looked at, the promising ones first (A*, with the
// pages that are not yet where they belong as the steps still needed at least). So what can be ordered is
// ordered, and with the fewest calls, however little room there is.
//
// Why only small ones: the number of forests grows faster than any power of the nodes. In large ones the
// rules of `sequence.ts` find room, for it takes much more than a full parent to leave them none.

import { present } from '../diagnostic/invariant.ts';
import { compareText } from '../tree/identifier.ts';
import type { Limits } from '../tree/limit.ts';
import { blockerOfPlacing } from './legality.ts';
import { type Index, Model } from './model.ts';
import type { Placing } from './placing.ts';
import type { Task, Work } from './task.ts';

/** Nodes of a forest that is searched, spaces included. */
const mostNodes = 12;
/** Placings looked at before giving up; about a second. */
const mostLooks = 1_000_000;

/** A forest and the shortest way to it that was found. */
interface Reached {
  /** The parent of each node; -1 for roots and for what is not made yet. */
  readonly parents: readonly Index[];
  readonly steps: number;
  readonly last: Placing | undefined;
  readonly before: Reached | undefined;
}

export type Found =
  | { readonly kind: 'shortest'; readonly placings: readonly Placing[] }
  /** Every forest was looked at, and the wanted one was not among them. */
  | { readonly kind: 'none' }
  /** Too large to be searched. */
  | { readonly kind: 'unknown' };

export function search(work: Work, limits: Limits, peelsUnmanaged: boolean): Found {
  if (work.model.length > mostNodes) return { kind: 'unknown' };
  const puzzle = puzzleOf(work, limits, peelsUnmanaged);
  const shortest = new Map<string, number>();
  /** By the steps that an order through them needs at least. */
  const open: Reached[][] = [];
  let looks = 0;

  function reach(found: Reached): void {
    const key = found.parents.join();
    if (found.steps >= (shortest.get(key) ?? Number.POSITIVE_INFINITY)) return;
    shortest.set(key, found.steps);
    const least = found.steps + misplaced(found.parents, puzzle);
    for (let size = open.length; size <= least; size += 1) open.push([]);
    open[least]?.push(found);
  }

  reach({ parents: puzzle.start, steps: 0, last: undefined, before: undefined });
  for (const bucket of open) {
    for (let next = bucket.pop(); next !== undefined; next = bucket.pop()) {
      if (shortest.get(next.parents.join()) !== next.steps) continue;
      if (misplaced(next.parents, puzzle) === 0) return { kind: 'shortest', placings: wayTo(next) };
      looks += puzzle.movable.length * puzzle.start.length;
      if (looks > mostLooks) return { kind: 'unknown' };
      for (const placing of placings(next.parents, puzzle)) {
        const parents = next.parents.with(placing.node, placing.to);
        reach({ parents, steps: next.steps + 1, last: placing, before: next });
      }
    }
  }
  return { kind: 'none' };
}

interface Puzzle {
  readonly work: Work;
  readonly limits: Limits;
  readonly start: readonly Index[];
  readonly goal: readonly Index[];
  /** By name: the order in which they were listed means nothing. */
  readonly nodes: readonly Index[];
  /** Those of them that may have a step. */
  readonly movable: readonly Index[];
  /** What makes a page that is not there in the beginning. */
  readonly making: ReadonlyMap<Index, Task>;
}

function puzzleOf(work: Work, limits: Limits, peelsUnmanaged: boolean): Puzzle {
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
  return { work, limits, start, goal, nodes, movable, making };
}

const misplaced = (parents: readonly Index[], { goal }: Puzzle): number =>
  parents.filter((parent, node) => parent !== goal[node]).length;

function* placings(parents: readonly Index[], puzzle: Puzzle): Iterable<Placing> {
  const { movable, goal, making, limits } = puzzle;
  const model = modelOf(parents);
  const isThere = (node: Index | undefined): boolean =>
    node === undefined || parents[node] !== -1 || !making.has(node);
  for (const node of movable) {
    const home = present(goal[node], 'a goal');
    const isNew = !isThere(node);
    if (isNew && !isThere(making.get(node)?.reference)) continue;
    for (const to of isNew ? [home] : [home, ...shelters(node, home, model, puzzle)]) {
      if (to === parents[node] || !isThere(to)) continue;
      if (blockerOfPlacing(node, to, model, limits) === undefined) yield { node, to };
    }
  }
}

/** Any place in the space it is in. */
function shelters(node: Index, home: Index, model: Model, { nodes, work }: Puzzle): Index[] {
  const root = model.root(node);
  return nodes.filter((place) => {
    if (place === home || model.root(place) !== root) return false;
    return place === root ? work.isSpace(root) : work.isShelter(place);
  });
}

function modelOf(parents: readonly Index[]): Model {
  const model = new Model(parents.length);
  parents.forEach((parent, node) => {
    if (parent !== -1) model.attach(node, parent);
  });
  return model;
}

function wayTo(reached: Reached): readonly Placing[] {
  const way: Placing[] = [];
  for (let at: Reached | undefined = reached; at?.last !== undefined; at = at.before) way.push(at.last);
  return way.reverse();
}
