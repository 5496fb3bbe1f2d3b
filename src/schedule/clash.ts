// Where the vendor takes no two siblings of one type and title: changes that would end in such a pair, with a
// page that nobody declared or one that is put away beside them. The manifest's own pages were told apart
// when it was read, so it is the wiki that is in the way: the change is blocked, and everything else goes on.

import type { Change } from '../diff/change.ts';
import type { Index } from './model.ts';
import type { Work } from './task.ts';

/**
 * The changes in their order, those blocked that would take a name that another page keeps.
 *
 * @param passOn - blocks what depends on blocked changes: what is left has no circles.
 */
export function blockClashes(
  changes: readonly Change[],
  workOf: (changes: readonly Change[]) => Work,
  passOn: (changes: readonly Change[]) => readonly Change[],
): readonly Change[] {
  let found = passOn(changes);
  // What is blocked stays where it is, and may be in the way of others there.
  for (let times = 0; times <= changes.length; times += 1) {
    const clashes = clashesIn(workOf(found.filter(({ blocked }) => blocked === undefined)));
    if (clashes.size === 0) break;
    found = passOn(
      found.map((change) => {
        const blocked = clashes.get(change);
        return blocked === undefined ? change : { ...change, blocked };
      }),
    );
  }
  return found;
}

/** Why each of these changes cannot be. */
function clashesIn(work: Work): ReadonlyMap<Change, string> {
  const { tasks, nameOf } = work;
  const model = work.model.copy();
  const names = work.namesIn(model);
  const clashes = new Map<Change, string>();
  if (names === undefined) return clashes;
  for (const { node, target } of tasks) {
    if (target === -1) continue;
    const from = model.parent(node);
    if (from !== -1) names.left(node, from);
    model.detach(node);
  }
  for (const { node, target } of tasks) {
    if (target === -1) continue;
    model.attach(node, target);
    names.placed(node, target);
  }
  for (const { change, node } of tasks)
    if (change?.kind === 'rename-node') names.retitled(node, change.title);
  const last = new Map<Index, Change>();
  for (const { node, change } of tasks) if (change !== undefined) last.set(node, change);
  for (const [node, change] of last) {
    const holder = names.holderOf(names.keyOf(node, model.parent(node)), node);
    if (holder === undefined) continue;
    const other = last.get(holder);
    // Of two that change, one is enough.
    if (other !== undefined && clashes.has(other)) continue;
    const where = nameOf(model.parent(node));
    const title = JSON.stringify(names.titleOf(node));
    clashes.set(
      change,
      `${where} has a page of this type with the title ${title} already: ${nameOf(holder)}`,
    );
  }
  return clashes;
}
