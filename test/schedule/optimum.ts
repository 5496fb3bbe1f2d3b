// The fewest steps there can be, by looking at every forest that legal steps can reach: exponential, so
// for a handful of pages only. A* with the number of pages that are not yet where they belong, which no
// order can do without. It shares no code with the scheduler.

import type { Limits } from '../../src/tree/limit.ts';
import { type ForestPair, isMade } from './forest-pair.ts';

export interface OptimumOptions {
  readonly limits: Limits;
  /** Whether undeclared pages may be moved, as long as they come back. */
  readonly peelUnmanaged: boolean;
}

/** The parent of each page, by number; spaces have the numbers after the last page. -1: not made yet. */
type Forest = readonly number[];

interface Puzzle extends OptimumOptions {
  readonly before: Forest;
  readonly after: Forest;
  readonly isFixed: readonly boolean[];
  readonly isShortcut: readonly boolean[];
  /** The page that has to be there first; -1 where none has to. */
  readonly source: Forest;
}

/** Creates, copies and moves in the shortest legal order; `undefined` where there is none. */
export function fewestSteps(pair: ForestPair, options: OptimumOptions): number | undefined {
  const puzzle = puzzleOf(pair, options);
  const known = new Map<string, number>();
  /** Forests by the steps their orders need at least. */
  const open: { forest: Forest; steps: number }[][] = [];
  const reach = (forest: Forest, steps: number): void => {
    const key = forest.join();
    if ((known.get(key) ?? Number.POSITIVE_INFINITY) <= steps) return;
    known.set(key, steps);
    const least = steps + misplaced(forest, puzzle);
    for (let size = open.length; size <= least; size += 1) open.push([]);
    open[least]?.push({ forest, steps });
  };
  reach(puzzle.before, 0);
  for (const bucket of open) {
    for (let next = bucket.pop(); next !== undefined; next = bucket.pop()) {
      const { forest, steps } = next;
      if (known.get(forest.join()) !== steps) continue;
      if (misplaced(forest, puzzle) === 0) return steps;
      for (const reached of successors(forest, puzzle)) reach(reached, steps + 1);
    }
  }
  return undefined;
}

function puzzleOf({ pages, spaces, before, after }: ForestPair, options: OptimumOptions): Puzzle {
  const names = [...pages.map(({ name }) => name), ...spaces];
  const number = (name: string | undefined): number => (name === undefined ? -1 : names.indexOf(name));
  return {
    ...options,
    before: pages.map(({ name }) => number(before.get(name))),
    after: pages.map(({ name }) => number(after.get(name))),
    isFixed: pages.map(({ role }) => role === 'unmanaged' && !options.peelUnmanaged),
    isShortcut: pages.map(({ role }) => role === 'pointer'),
    source: pages.map(({ source, role }) => (isMade(role) ? number(source) : -1)),
  };
}

const misplaced = (forest: Forest, { after }: Puzzle): number =>
  forest.filter((parent, page) => parent !== after[page]).length;

function* successors(forest: Forest, puzzle: Puzzle): Iterable<Forest> {
  for (let page = 0; page < forest.length; page += 1) {
    if (puzzle.isFixed[page] === true) continue;
    for (const target of targetsOf(page, forest, puzzle)) {
      const reached = forest.with(page, target);
      if (target !== forest[page] && isLegal(page, forest, reached, puzzle)) yield reached;
    }
  }
}

/** Where it belongs, and, once it is there, anywhere in the space it is in. */
function targetsOf(page: number, forest: Forest, { after, isShortcut, source }: Puzzle): readonly number[] {
  const goal = after[page] ?? -1;
  if (forest[page] === -1) return isThere(source[page] ?? -1, forest) && isThere(goal, forest) ? [goal] : [];
  const root = rootOf(page, forest);
  const shelters = forest.flatMap((parent, place) =>
    parent !== -1 && isShortcut[place] !== true && rootOf(place, forest) === root ? [place] : [],
  );
  return isThere(goal, forest) ? [...new Set([goal, root, ...shelters])] : [root, ...shelters];
}

/** Spaces are always there: whoever makes them makes them first. */
const isThere = (node: number, forest: Forest): boolean => node === -1 || forest[node] !== -1;

function isLegal(page: number, before: Forest, after: Forest, { limits }: Puzzle): boolean {
  const children = new Map<number, number>();
  const nodes = new Map<number, number>();
  let carried = 0;
  for (let at = 0; at < after.length; at += 1) {
    const parent = after[at] ?? -1;
    if (parent === -1) continue;
    const path = pathOf(at, after);
    if (path === undefined || path.length - 1 > limits.depth) return false;
    if (path.includes(page)) carried += 1;
    const root = path.at(-1) ?? -1;
    children.set(parent, (children.get(parent) ?? 0) + 1);
    nodes.set(root, (nodes.get(root) ?? 0) + 1);
    if ((children.get(parent) ?? 0) > limits.children || (nodes.get(root) ?? 0) > limits.nodes) return false;
  }
  return before[page] === -1 || carried <= limits.nodesPerMove;
}

/** `undefined` where it goes in a circle. */
function pathOf(page: number, forest: Forest): readonly number[] | undefined {
  const path = [page];
  for (let at = forest[page] ?? -1; at !== -1; at = forest[at] ?? -1) {
    path.push(at);
    if (path.length > forest.length + 1) return undefined;
  }
  return path;
}

const rootOf = (page: number, forest: Forest): number => pathOf(page, forest)?.at(-1) ?? -1;
