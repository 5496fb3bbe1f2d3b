// Steps whose call goes on after its answer, as a task that has to be asked about: where the vendor says so,
// copying and moving a page with others below it. What lies below is as of the step's turn.

import type { TaskCapability } from '../tree/capability.ts';
import type { LiveTree } from '../tree/live.ts';
import type { Index } from './model.ts';
import type { Move } from './simulation.ts';
import type { Work } from './task.ts';

/** How many of the moves end with a task. */
export function lastingMoves(
  moves: readonly Move[],
  work: Work,
  live: LiveTree,
  tasks: TaskCapability | undefined,
): number {
  if (tasks === undefined) return 0;
  const model = work.model.copy();
  const hasBelow = (node: Index): boolean => model.size(node) > 1 || isUnread(node, work, live);
  let count = 0;
  for (const move of moves) {
    const subject = subjectOf(move, tasks);
    if (subject !== undefined && hasBelow(subject)) count += 1;
    if (move.to === -1) continue;
    model.detach(move.node);
    model.attach(move.node, move.to);
    for (const { node, parent } of move.brings ?? []) model.attach(node, parent);
  }
  return count;
}

/** The page whose branch makes the call long: what is moved, or copied. */
function subjectOf({ task, node, from, to }: Move, { of }: TaskCapability): Index | undefined {
  if (from !== -1 && to !== -1) return of.includes('move-node') ? node : undefined;
  const isCopy = task.change?.kind === 'copy-node' && of.includes('copy-node');
  return isCopy ? task.reference : undefined;
}

/** Pages are there of which no listing was needed. */
function isUnread(node: Index, { idOf }: Work, { nodes, listings }: LiveTree): boolean {
  const id = idOf(node);
  return id !== undefined && nodes.get(id)?.hasChildren === true && !listings.has(id);
}
