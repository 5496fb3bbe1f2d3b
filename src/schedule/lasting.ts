// Steps whose call goes on after its answer, as a task that has to be asked about: where the vendor says so,
// copying and moving a page with others below it. What lies below is as of the step's turn, what nobody
// declared and a copy brought included: it is no page of the model, and makes the copy's next move as long.

import type { TaskCapability } from '../tree/capability.ts';
import type { LiveTree } from '../tree/live.ts';
import type { Index, Model } from './model.ts';
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
  const withExtras = new Set<Index>();
  const hasMore = (node: Index): boolean => withExtras.has(node) || isUnread(node, work, live);
  const hasBelow = (node: Index): boolean => model.size(node) > 1 || hasMore(node);
  let count = 0;
  for (const move of moves) {
    const subject = subjectOf(move, tasks);
    if (subject !== undefined && hasBelow(subject)) count += 1;
    if (move.to === -1) continue;
    for (const copy of copiesWithExtras(move, work, model, hasMore)) withExtras.add(copy);
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

/**
 * The pages that the step copies below which others come to lie that no step is about.
 *
 * @param model - as it is before the step.
 * @param hasMore - whether pages lie below one that the model does not have.
 */
function copiesWithExtras(
  { task, node, brings = [] }: Move,
  { copies }: Work,
  model: Model,
  hasMore: (node: Index) => boolean,
): readonly Index[] {
  const { reference } = task;
  if (copies.reach === 'page' || task.change?.kind !== 'copy-node' || reference === undefined) return [];
  const pairs = [{ node, source: reference }, ...brings];
  const declared = new Set(pairs.map(({ source }) => source));
  const bringsMore = (source: Index): boolean =>
    hasMore(source) || [...model.children(source)].some((child) => !declared.has(child));
  return pairs.filter(({ source }) => bringsMore(source)).map((pair) => pair.node);
}

/** Pages are there that no listing showed: none was needed, none was let, or memory answered and has none. */
function isUnread(node: Index, { idOf }: Work, { nodes, listings, children }: LiveTree): boolean {
  const id = idOf(node);
  if (id === undefined || nodes.get(id)?.hasChildren !== true) return false;
  const listing = listings.get(id);
  if (listing === undefined || listing.hidden) return true;
  return listing.pages === 0 && (children.get(id) ?? []).length === 0;
}
