// What has to leave a branch because the page above it goes below one of its own: done alone, the move
// would put a page below itself. The whole plan never asks for that; a part of it may.

import type { Change } from '../diff/change.ts';
import type { Index } from './model.ts';
import type { Task, Work } from './task.ts';

/**
 * Finds, for each of the kept changes, what takes its new parent out of its branch.
 *
 * @param changes - all there are; those that are kept are among them.
 * @param workFor - the forest and these changes in it.
 * @returns changes that are to be kept too; none where the kept ones close no circle.
 */
export function leavers(
  changes: readonly Change[],
  kept: ReadonlySet<Change>,
  workFor: (changes: readonly Change[]) => Work,
): readonly Change[] {
  const placing = changes.filter(({ kind, blocked }) => kind !== 'rename-node' && blocked === undefined);
  const { model, tasks } = workFor(placing);
  const taskOf = new Map(tasks.filter(({ target }) => target !== -1).map((task) => [task.node, task]));
  const isKept = ({ change }: Task): boolean => change !== undefined && kept.has(change);

  /** The pages from the new parent upwards, as the kept changes leave them. */
  function* lineAbove(start: Index): Iterable<Index> {
    const passed = new Set<Index>();
    for (let at = start; at !== -1 && !passed.has(at); ) {
      passed.add(at);
      yield at;
      const task = taskOf.get(at);
      at = task !== undefined && isKept(task) ? task.target : model.parent(at);
    }
  }

  function leaverFor({ node, target }: Task): Change | undefined {
    const line = [...lineAbove(target)];
    const end = line.indexOf(node);
    if (end === -1) return undefined;
    const between = line.slice(0, end).map((at) => taskOf.get(at));
    return between.find((task) => task !== undefined && !isKept(task))?.change;
  }

  const found = new Set<Change>();
  for (const task of taskOf.values()) {
    const leaver = isKept(task) ? leaverFor(task) : undefined;
    if (leaver !== undefined) found.add(leaver);
  }
  return [...found];
}
