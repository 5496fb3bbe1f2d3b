// Copies where the vendor's call takes no title: the copy is made under its source's title and renamed by a
// step of its own. So a run that ends between the two leaves a page that is just what its intent says, and
// the plan counts what the server will.
//
// The source's title is the one it has when all is done: a copy waits for the renaming of its source.

import type { Change } from '../diff/change.ts';
import type { Match } from '../diff/match.ts';
import type { CopyCapability } from '../tree/capability.ts';
import type { Reference } from '../tree/desired.ts';
import type { Address } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';
import type { Index, Model } from './model.ts';
import type { Task } from './task.ts';

/** The changes with a renaming after each copy that is to be called otherwise than its source. */
export function splitCopies(
  changes: readonly Change[],
  copies: CopyCapability,
  match: Match,
  live: LiveTree,
): readonly Change[] {
  if (copies.title === 'given' || !changes.some(({ kind }) => kind === 'copy-node')) return changes;
  const titles = new Map<Address, string>();
  for (const { kind, address, title } of changes) if (kind !== 'move-node') titles.set(address, title);
  return changes.flatMap((change) => {
    const { kind, reference, title, address, parent } = change;
    if (kind !== 'copy-node' || reference === undefined || parent === undefined) return [change];
    const source = titleOf(reference, titles, match, live) ?? title;
    if (source === title) return [change];
    const renaming: Change = {
      ...change,
      kind: 'rename-node',
      before: { address, parent, title: source },
      reference: undefined,
      reason: `a copy has its source's title, ${JSON.stringify(source)}`,
    };
    return [{ ...change, title: source }, renaming];
  });
}

function titleOf(
  of: Reference,
  titles: ReadonlyMap<Address, string>,
  match: Match,
  live: LiveTree,
): string | undefined {
  const address = 'address' in of ? of.address : match.addressOf.get(of.id);
  const planned = address === undefined ? undefined : titles.get(address);
  if (planned !== undefined) return planned;
  const id = 'id' in of ? of.id : match.nodes.get(of.address)?.id;
  return id === undefined ? undefined : live.nodes.get(id)?.title;
}

/**
 * The tasks, copies after what they take over: the title of their source, and the pages below it of which the
 * copies are declared below them.
 */
export function waitingForSources(tasks: readonly Task[], model: Model): Task[] {
  const onNode = new Map<Index, Task[]>();
  const makesBelow = new Map<Index, Task[]>();
  for (const task of tasks) {
    append(onNode, task.node, task);
    if (task.target !== -1 && task.reference !== undefined) append(makesBelow, task.target, task);
  }
  const placeOf = (node: Index): Index =>
    onNode.get(node)?.find(({ target }) => target !== -1)?.target ?? model.parent(node);
  return tasks.map((task) => {
    if (task.change?.kind !== 'copy-node' || task.reference === undefined) return task;
    const after = (onNode.get(task.reference) ?? []).filter(({ target }) => target === -1);
    const open = [{ copy: task.node, source: task.reference }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const { node, reference } of makesBelow.get(next.copy) ?? []) {
        if (reference === undefined || placeOf(reference) !== next.source) continue;
        after.push(...(onNode.get(reference) ?? []));
        open.push({ copy: node, source: reference });
      }
    }
    return {
      ...task,
      after: [...new Set(after.map(({ index }) => index))].filter((index) => index !== task.index),
    };
  });
}

function append(lists: Map<Index, Task[]>, node: Index, task: Task): void {
  const list = lists.get(node);
  if (list === undefined) lists.set(node, [task]);
  else list.push(task);
}
