// The shortest order of a small forest, by search. Where a first order had to park and there are few
// nodes, every forest that legal steps can reach is looked at, the promising ones first (A*, with the
// pages that are not yet where they belong as the steps still needed at least). So what can be ordered is
// ordered, and with the fewest calls, however little room there is.
//
// Why only small ones: the number of forests grows faster than any power of the nodes. In large ones the
// rules of `sequence.ts` find room, for it takes much more than a full parent to leave them none.
//
// Where those rules found no order at all, any order will do, and larger forests are searched for one: the
// forest with the fewest pages out of place is gone on from, however many steps it took.

import { present } from '../diagnostic/invariant.ts';
import { compareText } from '../tree/identifier.ts';
import type { Limits } from '../tree/limit.ts';
import { blockerOfPlacing } from './legality.ts';
import { type Index, Model } from './model.ts';
import type { Placing } from './placing.ts';
import type { Task, Work } from './task.ts';

export interface Effort {
  /** Nodes of a forest that is searched, spaces included. */
  readonly mostNodes: number;
  /** Placings looked at before giving up; a million take about a second. */
  readonly mostLooks: number;
  /** What an order through a forest is judged by; the least goes first. */
  readonly judge: (steps: number, misplaced: number) => number;
}

export const forShortest: Effort = {
  mostNodes: 12,
  mostLooks: 1_000_000,
  judge: (steps, misplaced) => steps + misplaced,
};

export const forAny: Effort = {
  mostNodes: 60,
  mostLooks: 500_000,
  judge: (_steps, misplaced) => misplaced,
};

/** A forest and the shortest way to it that was found. */
interface Reached {
  /** The parent of each node; -1 for roots and for what is not made yet. */
  readonly parents: readonly Index[];
  readonly steps: number;
  readonly last: Placing | undefined;
  readonly before: Reached | undefined;
}

export type Found =
  | { readonly kind: 'ordered'; readonly placings: readonly Placing[] }
  /** Every forest was looked at, and the wanted one was not among them. */
  | { readonly kind: 'none' }
  /** Too large to be searched. */
  | { readonly kind: 'unknown' };

export function search(work: Work, limits: Limits, peelsUnmanaged: boolean, effort: Effort): Found {
  if (work.model.length > effort.mostNodes) return { kind: 'unknown' };
  const puzzle = puzzleOf(work, limits, peelsUnmanaged);
  const shortest = new Map<string, number>();
  /** By what they are judged by. */
  const open: Reached[][] = [];
  let least = 0;
  let looks = 0;

  function reach(found: Reached): void {
    const key = found.parents.join();
    if (found.steps >= (shortest.get(key) ?? Number.POSITIVE_INFINITY)) return;
    shortest.set(key, found.steps);
    const judged = effort.judge(found.steps, misplaced(found.parents, puzzle));
    for (let size = open.length; size <= judged; size += 1) open.push([]);
    open[judged]?.push(found);
    least = Math.min(least, judged);
  }

  function next(): Reached | undefined {
    while (least < open.length && open[least]?.length === 0) least += 1;
    return open[least]?.pop();
  }

  reach({ parents: puzzle.start, steps: 0, last: undefined, before: undefined });
  for (let best = next(); best !== undefined; best = next()) {
    if (shortest.get(best.parents.join()) !== best.steps) continue;
    if (misplaced(best.parents, puzzle) === 0) return { kind: 'ordered', placings: wayTo(best) };
    looks += puzzle.movable.length * puzzle.start.length;
    if (looks > effort.mostLooks) return { kind: 'unknown' };
    for (const placing of placings(best.parents, puzzle)) {
      const parents = best.parents.with(placing.node, placing.to);
      reach({ parents, steps: best.steps + 1, last: placing, before: best });
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
