// The fewest steps there can be, by looking at every forest that legal steps can reach: exponential, so
// for a handful of pages only. A* with the number of pages that are not yet where they belong, which no
// order can do without.

import type { Limits } from '../../src/tree/limit.ts';
import { type ForestPair, isMade, type PairPage } from './forest-pair.ts';
import { branchOf, type Forest, faultIn, pathOf } from './naive-wiki.ts';

export interface OptimumOptions {
  readonly limits: Limits;
  /** Whether undeclared pages may be moved, as long as they come back. */
  readonly peelUnmanaged: boolean;
}

/** Creates, copies and moves in the shortest legal order; `undefined` where there is none. */
export function fewestSteps(pair: ForestPair, options: OptimumOptions): number | undefined {
  const start = pair.before;
  const seen = new Set([keyOf(start, pair)]);
  /** Forests by how many steps their orders need at least. */
  const open: [Forest, number][][] = [];
  const push = (forest: Forest, steps: number): void => {
    const least = steps + misplaced(forest, pair);
    open[least] ??= [];
    open[least].push([forest, steps]);
  };
  push(start, 0);
  for (let least = 0; least < open.length; least += 1) {
    for (let next = open[least]?.pop(); next !== undefined; next = open[least]?.pop()) {
      const [forest, steps] = next;
      if (misplaced(forest, pair) === 0) return steps;
      for (const reached of successors(forest, pair, options)) {
        const key = keyOf(reached, pair);
        if (seen.has(key)) continue;
        seen.add(key);
        push(reached, steps + 1);
      }
    }
  }
  return undefined;
}
