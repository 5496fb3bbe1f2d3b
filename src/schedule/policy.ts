// How one attempt at an order chooses where several choices are legal. The first attempt goes by the rules
// that serve people best; where it had to park, others are tried that choose otherwise, each the same on
// every machine, and the one with the fewest steps is taken.

import type { Index, Model } from './model.ts';
import { randomFrom, shuffled } from './random.ts';
import type { Task } from './task.ts';

export interface Policy {
  /** Tasks with smaller numbers go first among those that are legal. */
  priorityOf(task: Task): number;
  /** The candidates in the order in which they are tried; they come in the order of the rules. */
  arrange(candidates: readonly Index[]): readonly Index[];
  /** Whether the nearest shelter is taken, or any. */
  readonly seeksNear: boolean;
  /** Whether a page that made way and has a task of its own goes on in its turn, or after all others. */
  readonly hurriesParked: boolean;
}

/** The manifest's order, the smallest branch, the nearest shelter. */
export const firstPolicy: Policy = {
  priorityOf: (task) => task.index,
  arrange: (candidates) => candidates,
  seeksNear: true,
  hurriesParked: false,
};

/** The attempt with this number, from 1. */
export function laterPolicy(attempt: number, model: Model, taskCount: number): Policy {
  const random = randomFrom(attempt);
  const sizes = attempt % 2 === 0;
  const size = new Map<Index, number>();
  return {
    priorityOf(task) {
      if (attempt % 4 === 1 && makes(task)) return taskCount + task.index;
      if (!sizes) return task.index;
      const known = size.get(task.node) ?? model.size(task.node);
      size.set(task.node, known);
      return known * taskCount + task.index;
    },
    arrange: (candidates) => shuffled(candidates, random),
    seeksNear: attempt % 3 !== 0,
    hurriesParked: attempt % 5 === 0,
  };
}

const makes = ({ change }: Task): boolean => change?.kind === 'create-node' || change?.kind === 'copy-node';
