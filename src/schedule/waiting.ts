// Who waits for what. A task that cannot be done now is asked again only when what stood in its way may
// have changed, so that the whole order costs little more than the steps themselves.
//
// Invariant: a task that waits is under every change that could make it legal: where something appears,
// leaves a parent, leaves a branch, is lifted with its branch, leaves a space, or gives a name up.
//
// Whoever waits for room is called in one by one, as long as there is room: 2,000 that wait at one full
// parent would otherwise all be asked for each place that comes free.

import { assertNever } from '../diagnostic/invariant.ts';
import { Heap } from './heap.ts';
import type { Blocker } from './legality.ts';
import type { Index, Model } from './model.ts';

export class WaitingList {
  readonly #isDone = new Map<number, number[]>();
  readonly #appears = new Map<Index, number[]>();
  readonly #roomAt = new Map<Index, Heap>();
  readonly #leavesBranch = new Map<Index, number[]>();
  readonly #isLifted = new Map<Index, number[]>();
  readonly #leavesSpace = new Map<Index, number[]>();
  readonly #nameFree = new Map<string, number[]>();
  readonly #wantsOther = new Map<Index, number[]>();
  readonly #wake: (task: number) => boolean;
  readonly #priority: (task: number) => number;

  /** `wake` tells whether the task is still to be done. */
  constructor(wake: (task: number) => boolean, priority: (task: number) => number) {
    this.#wake = wake;
    this.#priority = priority;
  }

  add(task: number, blocker: Blocker, model: Model): void {
    switch (blocker.kind) {
      case 'held':
        append(this.#isDone, blocker.task, task);
        break;
      case 'absent':
        append(this.#appears, blocker.node, task);
        break;
      case 'room':
        this.#queueAt(blocker.node, task);
        break;
      case 'circle':
      case 'size':
        append(this.#leavesBranch, blocker.node, task);
        break;
      case 'nodes':
        append(this.#leavesSpace, blocker.node, task);
        // What was parked in the branch makes it larger, and may leave before anything leaves the space.
        append(this.#leavesBranch, blocker.branch, task);
        break;
      case 'name':
        append(this.#nameFree, blocker.key, task);
        append(this.#wantsOther, blocker.node, task);
        break;
      case 'depth':
        append(this.#leavesBranch, blocker.node, task);
        for (let at = blocker.target; at !== -1; at = model.parent(at)) append(this.#isLifted, at, task);
        break;
      default:
        assertNever(blocker);
    }
  }

  done(task: number): void {
    this.#release(this.#isDone, task);
  }

  appeared(node: Index): void {
    this.#release(this.#appears, node);
  }

  /** To be told after nobody is called so any more. */
  nameFreed(key: string): void {
    this.#release(this.#nameFree, key);
  }

  /** To be told after the node came below another parent or got another title: it wants another name now. */
  named(node: Index): void {
    this.#release(this.#wantsOther, node);
  }

  /** To be told after the node left `parent`, which lies below `root`. */
  left(parent: Index, root: Index, changesSpace: boolean, model: Model): void {
    this.callIn(parent);
    for (let at = parent; at !== -1; at = model.parent(at)) this.#release(this.#leavesBranch, at);
    if (changesSpace) this.#release(this.#leavesSpace, root);
  }

  /** To be told after the node, with its branch, came to another level. */
  lifted(node: Index): void {
    this.#release(this.#isLifted, node);
  }

  /** Wakes the first that waits for room there; to be told again as long as there is room. */
  callIn(parent: Index): void {
    const queue = this.#roomAt.get(parent);
    for (let entry = queue?.pop(); entry !== undefined; entry = queue?.pop()) {
      const priority = this.#priority(entry.item);
      // It was parked since it came to wait: others are to go first.
      if (priority !== entry.priority) queue?.push(entry.item, priority);
      else if (this.#wake(entry.item)) return;
    }
  }

  #queueAt(parent: Index, task: number): void {
    const queue = this.#roomAt.get(parent) ?? new Heap();
    queue.push(task, this.#priority(task));
    this.#roomAt.set(parent, queue);
  }

  #release<Key>(lists: Map<Key, number[]>, node: Key): void {
    const tasks = lists.get(node);
    if (tasks === undefined) return;
    lists.delete(node);
    for (const task of tasks) this.#wake(task);
  }
}

function append<Key>(lists: Map<Key, number[]>, node: Key, task: number): void {
  const list = lists.get(node);
  if (list === undefined) lists.set(node, [task]);
  else list.push(task);
}
