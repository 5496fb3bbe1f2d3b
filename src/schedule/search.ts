// The shortest order of a small forest, by search. Where a first order had to park and there are few
// nodes, every forest that legal steps can reach is looked at, the promising ones first (A*, with the
// pages that are not yet where they belong as the steps still needed at least). So what can be ordered is
// ordered, and with the fewest calls, however little room there is.
//
// Why only small ones: the number of forests grows faster than any power of the nodes. In large ones the
// rules of `sequence.ts` find room, and where they do not, `guided.ts` does.

import { present } from '../diagnostic/invariant.ts';
import { type Index, Model } from './model.ts';
import type { Placing } from './placing.ts';
import { blockerIn, type Puzzle } from './puzzle.ts';

/** Nodes of a forest that is searched, spaces included. */
const mostNodes = 12;
/** Placings looked at before giving up; a million take about a second. */
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
  | { readonly kind: 'ordered'; readonly placings: readonly Placing[] }
  /** Every forest was looked at, and the wanted one was not among them. */
  | { readonly kind: 'none' }
  /** Too large to be searched. */
  | { readonly kind: 'unknown' };

export function search(puzzle: Puzzle): Found {
  if (puzzle.nodes.length > mostNodes) return { kind: 'unknown' };
  const shortest = new Map<string, number>();
  /** By the steps their orders need at least. */
  const open: Reached[][] = [];
  let least = 0;
  let looks = 0;

  function reach(found: Reached): void {
    const key = found.parents.join();
    if (found.steps >= (shortest.get(key) ?? Number.POSITIVE_INFINITY)) return;
    shortest.set(key, found.steps);
    const needed = found.steps + misplaced(found.parents, puzzle);
    for (let size = open.length; size <= needed; size += 1) open.push([]);
    open[needed]?.push(found);
    least = Math.min(least, needed);
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
    if (looks > mostLooks) return { kind: 'unknown' };
    for (const placing of placings(best.parents, puzzle)) {
      const parents = best.parents.with(placing.node, placing.to);
      reach({ parents, steps: best.steps + 1, last: placing, before: best });
    }
  }
  return { kind: 'none' };
}

const misplaced = (parents: readonly Index[], { goal }: Puzzle): number =>
  parents.filter((parent, node) => parent !== goal[node]).length;

function* placings(parents: readonly Index[], puzzle: Puzzle): Iterable<Placing> {
  const { movable, goal } = puzzle;
  const model = Model.of(Int32Array.from(parents));
  for (const node of movable) {
    const home = present(goal[node], 'a goal');
    const isNew = parents[node] === -1;
    for (const to of isNew ? [home] : [home, ...shelters(node, home, model, puzzle)]) {
      if (to !== parents[node] && blockerIn(node, to, model, puzzle) === undefined) yield { node, to };
    }
  }
}

/** Any place in the space it is in. */
function shelters(node: Index, home: Index, model: Model, { nodes, isShelter }: Puzzle): Index[] {
  const root = model.root(node);
  return nodes.filter((place) => place !== home && model.root(place) === root && isShelter(place));
}

function wayTo(reached: Reached): readonly Placing[] {
  const way: Placing[] = [];
  for (let at: Reached | undefined = reached; at?.last !== undefined; at = at.before) way.push(at.last);
  return way.reverse();
}
