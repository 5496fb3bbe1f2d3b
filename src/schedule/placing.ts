// An order that was found as bare placings, told as steps: which of them does a task, and which is a
// detour for the sake of which other.

import type { Limits } from '../tree/limit.ts';
import { type Blocker, blockerOfPlacing } from './legality.ts';
import type { Index, Model } from './model.ts';
import type { Move } from './simulation.ts';
import type { Task, Work } from './task.ts';

/** One page comes to lie below another. */
export interface Placing {
  readonly node: Index;
  readonly to: Index;
}

/** The placings as steps, after those that place nothing. */
export function movesOf(placings: readonly Placing[], { model: start, tasks }: Work, limits: Limits): Move[] {
  const model = start.copy();
  const moves = tasks.filter(({ target }) => target === -1).map(withoutPlace);
  const doers = doersOf(placings, start, tasks);
  placings.forEach(({ node, to }, position) => {
    const doer = doers[position];
    const from = model.parent(node);
    if (doer?.does === true) moves.push({ task: doer.task, node, from, to, parks: undefined });
    else if (doer !== undefined) {
      const parks = hindered(doers.slice(position + 1), model, limits) ?? {
        for: doer.task,
        blocker: held(doer.task),
      };
      moves.push({ task: doer.task, node, from, to, parks });
    }
    model.detach(node);
    model.attach(node, to);
  });
  return moves;
}

const withoutPlace = (task: Task): Move => ({ task, node: task.node, from: -1, to: -1, parks: undefined });
const held = (task: Task): Blocker => ({ kind: 'held', task: task.index });

interface Doer {
  readonly task: Task;
  /** Or comes before the placing that does it. */
  readonly does: boolean;
}

/** What is made is made by its first placing; what moves is where it belongs after its last. */
function doersOf(placings: readonly Placing[], start: Model, tasks: readonly Task[]): readonly Doer[] {
  const own = new Map<Index, Task>();
  for (const task of tasks) if (task.target !== -1) own.set(task.node, task);
  const last = new Map(placings.map(({ node }, position) => [node, position]));
  const made = new Set<Index>();
  let count = tasks.length;
  return placings.map(({ node }, position): Doer => {
    const task = own.get(node);
    const isLast = last.get(node) === position;
    if (task !== undefined && start.parent(node) === -1 && !made.has(node)) {
      made.add(node);
      own.delete(node);
      return { task, does: true };
    }
    if (task !== undefined) return { task, does: isLast };
    const target = placings[last.get(node) ?? position]?.to ?? -1;
    const back: Task = {
      index: count,
      change: undefined,
      node,
      target,
      reference: undefined,
      heldBy: undefined,
    };
    count += 1;
    own.set(node, back);
    return { task: back, does: isLast };
  });
}

/** The next task that cannot be done yet, and why: what a detour at this point is for. */
function hindered(later: readonly Doer[], model: Model, limits: Limits): Move['parks'] {
  for (const { task, does } of later) {
    const blocker = does ? blockerOfPlacing(task.node, task.target, model, limits) : undefined;
    if (blocker !== undefined) return { for: task, blocker };
  }
  return undefined;
}
