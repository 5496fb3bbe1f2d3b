// Whether a task may be done now, and if not, what stands in its way. Every limit is asked about here and
// nowhere else.

import type { Limits } from '../tree/limit.ts';
import type { Index, Model } from './model.ts';
import type { Names } from './naming.ts';
import { type Task, titleFor } from './task.ts';

/** What a task waits for; `node` is where the change has to happen. */
export type Blocker =
  /** A return: the task numbered so has to be done first. */
  | { readonly kind: 'held'; readonly task: number }
  /** The parent, the source or the origin does not exist yet. */
  | { readonly kind: 'absent'; readonly node: Index }
  /** The page would come to lie below itself: something has to leave the branch of `node`. */
  | { readonly kind: 'circle'; readonly node: Index }
  /** The parent has as many children as it may have. */
  | { readonly kind: 'room'; readonly node: Index }
  /** The branch of `node` is too large for one move. */
  | { readonly kind: 'size'; readonly node: Index }
  /** The branch of `node` would reach below the lowest level. */
  | { readonly kind: 'depth'; readonly node: Index; readonly target: Index }
  /** The space, whose root is `node`, has no room for all nodes of `branch`. */
  | { readonly kind: 'nodes'; readonly node: Index; readonly branch: Index }
  /** A sibling of its type has the title: `holder`, or the node itself, has to go or to be called otherwise. */
  | { readonly kind: 'name'; readonly node: Index; readonly key: string; readonly holder: Index };

/** `undefined` where the node may be put below the target now. */
export function blockerOfPlacing(
  node: Index,
  target: Index,
  model: Model,
  limits: Limits,
  names?: Names,
): Blocker | undefined {
  const isMade = model.parent(node) === -1;
  if (!isMade && model.isWithin(target, node)) return { kind: 'circle', node };
  if (model.parent(node) !== target && model.childCount(target) >= limits.children) {
    return { kind: 'room', node: target };
  }
  if (!isMade && model.size(node) > limits.nodesPerMove) return { kind: 'size', node };
  const levels = limits.depth - model.depth(target) - 1;
  if (!model.isHeightWithin(node, levels)) return { kind: 'depth', node, target };
  const root = model.root(target);
  const arrives = !isMade && model.root(node) === root ? 0 : model.size(node);
  if (model.size(root) - 1 + arrives > limits.nodes) return { kind: 'nodes', node: root, branch: node };
  return names === undefined ? undefined : blockerByName(names.keyOf(node, target), node, names);
}

function blockerByName(key: string | undefined, node: Index, names: Names): Blocker | undefined {
  const holder = names.holderOf(key, node);
  return key === undefined || holder === undefined ? undefined : { kind: 'name', node, key, holder };
}

/** What was done so far: pages that were made, tasks that were done. */
export interface Done {
  exists(node: Index): boolean;
  isDone(task: number): boolean;
}

/** `undefined` where the task may be done now. */
export function blockerOfTask(
  task: Task,
  { exists, isDone }: Done,
  model: Model,
  limits: Limits,
  names?: Names,
): Blocker | undefined {
  const { node, target, reference, heldBy, after = [] } = task;
  const title = titleFor(task);
  if (heldBy !== undefined && !isDone(heldBy)) return { kind: 'held', task: heldBy };
  if (title !== undefined) {
    if (!exists(node)) return { kind: 'absent', node };
    return names && blockerByName(names.keyOf(node, model.parent(node), title), node, names);
  }
  if (target === -1) return undefined;
  const open = after.find((task) => !isDone(task));
  if (open !== undefined) return { kind: 'held', task: open };
  if (!exists(target)) return { kind: 'absent', node: target };
  if (reference !== undefined && !exists(reference)) return { kind: 'absent', node: reference };
  return blockerOfPlacing(node, target, model, limits, names);
}
