// What steps owe to each other besides room: names, where siblings may not share them, and branches, where a
// copy takes one as it is. Where neither matters nothing is followed, and nothing is waited for.
//
//   - a step that takes a name waits for the one that gave it up;
//   - the steps of one page keep their order;
//   - a copy of a branch waits for all that changed it before, and all that changes it afterwards waits for
//     the copy: then it takes just what the simulation saw.

import type { CopyCapability } from '../tree/capability.ts';
import type { Index, Model } from './model.ts';
import type { Names } from './naming.ts';
import type { Move } from './simulation.ts';
import { titleFor } from './task.ts';

export interface Trail {
  /** Earlier steps that this one waits for. */
  before(move: Move, position: number): Iterable<number>;
  /** To be told before a page leaves its parent. */
  leave(node: Index, from: Index, position: number): void;
  /** To be told after the step is done; of a page that was placed, after `leave`. */
  follow(move: Move, position: number): void;
}

const nothing: Trail = { before: () => [], leave: () => undefined, follow: () => undefined };

/** @param model - in which the steps are being done. */
export function trailOf(
  moves: readonly Move[],
  model: Model,
  names: Names | undefined,
  copies: CopyCapability,
): Trail {
  if (names === undefined && copies.reach === 'page') return nothing;
  const isCopy = ({ task }: Move): boolean => copies.reach === 'branch' && task.change?.kind === 'copy-node';
  const sources = new Set(moves.flatMap((move) => (isCopy(move) ? [move.task.reference ?? -1] : [])));
  const freedBy = new Map<string, number>();
  const touchedBy = new Map<Index, number>();
  /** Steps in each source's branch, and the copies of it. */
  const changes = new Map<Index, number[]>();
  const taken = new Map<Index, number[]>();

  function* before(move: Move, position: number): Iterable<number> {
    const { node, to } = move;
    const own = touchedBy.get(node);
    if (own !== undefined) yield own;
    const parent = to === -1 ? model.parent(node) : to;
    const key = names?.keyOf(node, parent, titleAfter(move));
    const freed = key === undefined ? undefined : freedBy.get(key);
    if (freed !== undefined) yield freed;
    if (isCopy(move)) yield* changes.get(move.task.reference ?? -1) ?? [];
    for (const source of branchesOf(move)) {
      yield* taken.get(source) ?? [];
      append(changes, source, position);
    }
    if (isCopy(move)) append(taken, move.task.reference ?? -1, position);
  }

  /** The sources whose branches the step changes: where it takes from, where it puts to, what it renames. */
  function branchesOf({ node, from, to }: Move): Set<Index> {
    const found = new Set<Index>();
    if (sources.size === 0) return found;
    for (const start of [from, to, from === -1 && to === -1 ? node : -1]) {
      for (let at = start; at !== -1; at = model.parent(at)) if (sources.has(at)) found.add(at);
    }
    return found;
  }

  const titleAfter = ({ title, task }: Move): string | undefined => title ?? titleFor(task);

  return {
    before,
    leave(node, from, position) {
      const key = from === -1 ? undefined : names?.left(node, from);
      if (key !== undefined) freedBy.set(key, position);
    },
    follow(move, position) {
      const { node, to, brings = [] } = move;
      touchedBy.set(node, position);
      for (const page of brings) {
        touchedBy.set(page.node, position);
        names?.retitledElsewhere(page.node, page.title);
        names?.placed(page.node, page.parent);
      }
      const title = titleAfter(move);
      if (to !== -1) names?.placed(node, to);
      else if (title !== undefined) {
        const freed = names?.retitled(node, title);
        if (freed !== undefined) freedBy.set(freed, position);
      }
    },
  };
}

function append(lists: Map<Index, number[]>, node: Index, step: number): void {
  const list = lists.get(node);
  if (list === undefined) lists.set(node, [step]);
  else list.push(step);
}
