// The model while steps are taken: what is done, what is pending, and which tasks may be tried again.
//
// Invariant: the model after `moves` is the tree after those steps, and each of them was legal when it
// was taken.

import type { Limits } from '../tree/limit.ts';
import { Heap } from './heap.ts';
import { type Blocker, blockerOfPlacing, blockerOfTask, type Done } from './legality.ts';
import type { Index, Model } from './model.ts';
import type { Policy } from './policy.ts';
import type { Task } from './task.ts';
import { WaitingList } from './waiting.ts';

/** One step of the order. A park is a detour: the page makes way for a task, and its own task follows. */
export interface Move {
  readonly task: Task;
  readonly node: Index;
  /** The parent it had; -1 for what was made. */
  readonly from: Index;
  readonly to: Index;
  /** What stood in the way of which task; `undefined` for a step that does its task. */
  readonly parks: { readonly for: Task; readonly blocker: Blocker } | undefined;
}

export class Simulation {
  readonly model: Model;
  readonly limits: Limits;
  readonly policy: Policy;
  readonly moves: Move[] = [];
  readonly #tasks: Task[];
  readonly #isDone: boolean[];
  readonly #isQueued: boolean[];
  readonly #ready: Heap;
  readonly #waiting: WaitingList;
  readonly #exists: Uint8Array;
  /** The task that will take a node from where it is. */
  readonly #departures = new Map<Index, Task>();
  readonly #timesParked = new Map<Index, number>();
  readonly #progress: Done;
  #firstPending = 0;
  #pendingCount: number;

  constructor(model: Model, tasks: readonly Task[], limits: Limits, policy: Policy) {
    this.policy = policy;
    this.model = model;
    this.limits = limits;
    this.#tasks = [...tasks];
    this.#pendingCount = tasks.length;
    this.#isDone = tasks.map(() => false);
    this.#isQueued = tasks.map(() => false);
    this.#exists = new Uint8Array(model.length).fill(1);
    for (const { change, node } of tasks)
      if (change !== undefined && makes(change.kind)) this.#exists[node] = 0;
    this.#progress = {
      exists: (node) => this.#exists[node] === 1,
      isDone: (task) => this.#isDone[task] === true,
    };
    this.#ready = new Heap();
    this.#waiting = new WaitingList(
      (index) => this.#queue(index),
      (index) => this.#priorityOf(index),
    );
    for (const task of tasks) {
      if (task.change?.kind === 'move-node') this.#departures.set(task.node, task);
      this.#queue(task.index);
    }
  }

  get isFinished(): boolean {
    return this.#pendingCount === 0;
  }

  /** Takes every step that is legal, until there is none. Returns how many it took. */
  advance(): number {
    const before = this.moves.length;
    for (let entry = this.#ready.pop(); entry !== undefined; entry = this.#ready.pop()) {
      const index = entry.item;
      this.#isQueued[index] = false;
      const task = this.#tasks[index];
      if (task === undefined || this.#isDone[index] === true) continue;
      const blocker = this.blockerOf(task);
      if (blocker === undefined) this.#perform(task);
      else this.#waiting.add(index, blocker, this.model);
      if (this.#hasRoom(task.target)) this.#waiting.callIn(task.target);
    }
    return this.moves.length - before;
  }

  blockerOf(task: Task): Blocker | undefined {
    return blockerOfTask(task, this.#progress, this.model, this.limits);
  }

  /** Tasks that are not done, in the manifest's order, returns last. */
  *pending(): Iterable<Task> {
    while (this.#isDone[this.#firstPending] === true) this.#firstPending += 1;
    for (let index = this.#firstPending; index < this.#tasks.length; index += 1) {
      const task = this.#tasks[index];
      if (task !== undefined && this.#isDone[index] !== true) yield task;
    }
  }

  /** The pending task that will take the node from where it is. */
  departureOf(node: Index): Task | undefined {
    const task = this.#departures.get(node);
    return task === undefined || this.#isDone[task.index] === true ? undefined : task;
  }

  timesParked(node: Index): number {
    return this.#timesParked.get(node) ?? 0;
  }

  exists(node: Index): boolean {
    return this.#progress.exists(node);
  }

  canPlace(node: Index, target: Index): boolean {
    return this.exists(target) && blockerOfPlacing(node, target, this.model, this.limits) === undefined;
  }

  /** Puts a node out of the way of `task`. One that has no task of its own gets one: to return after it. */
  park(node: Index, to: Index, task: Task, blocker: Blocker): void {
    const from = this.model.parent(node);
    const own = this.departureOf(node) ?? this.#addReturn(node, from, task);
    this.#timesParked.set(node, this.timesParked(node) + 1);
    this.moves.push({ task: own, node, from, to, parks: { for: task, blocker } });
    this.#place(node, to);
    this.#queue(own.index);
  }

  #addReturn(node: Index, home: Index, task: Task): Task {
    const index = this.#tasks.length;
    const back = { index, change: undefined, node, target: home, reference: undefined, heldBy: task.index };
    this.#tasks.push(back);
    this.#isDone.push(false);
    this.#isQueued.push(false);
    this.#pendingCount += 1;
    this.#departures.set(node, back);
    return back;
  }

  #perform(task: Task): void {
    const { node, target, index } = task;
    const from = target === -1 ? -1 : this.model.parent(node);
    this.moves.push({ task, node, from, to: target, parks: undefined });
    this.#isDone[index] = true;
    this.#pendingCount -= 1;
    if (target !== -1) this.#place(node, target);
    if (this.#exists[node] === 0) {
      this.#exists[node] = 1;
      this.#waiting.appeared(node);
    }
    this.#waiting.done(index);
  }

  #place(node: Index, target: Index): void {
    const from = this.model.parent(node);
    const root = from === -1 ? -1 : this.model.root(from);
    this.model.detach(node);
    this.model.attach(node, target);
    if (from !== -1) this.#waiting.left(from, root, root !== this.model.root(target), this.model);
    this.#waiting.lifted(node);
  }

  #hasRoom(target: Index): boolean {
    return target !== -1 && this.model.childCount(target) < this.limits.children;
  }

  /** Whether the task is still to be done. */
  #queue(index: number): boolean {
    if (this.#isDone[index] === true) return false;
    if (this.#isQueued[index] !== true) this.#ready.push(index, this.#priorityOf(index));
    this.#isQueued[index] = true;
    return true;
  }

  #priorityOf(index: number): number {
    const task = this.#tasks[index];
    if (task === undefined) return 0;
    const priority = this.policy.priorityOf(task);
    if (task.change === undefined) return priority - farAway;
    const waits = !this.policy.hurriesParked && this.timesParked(task.node) > 0;
    return waits ? priority + farAway : priority;
  }
}

/** More than any priority. */
const farAway = Number.MAX_SAFE_INTEGER / 2;

const makes = (kind: string): boolean =>
  kind === 'create-node' || kind === 'copy-node' || kind === 'create-space';
