// The model while steps are taken: what is done, what is pending, and which tasks may be tried again.
//
// Invariant: the model after `moves` is the tree after those steps, and each of them was legal when it
// was taken.

import { present } from '../diagnostic/invariant.ts';
import type { Change } from '../diff/change.ts';
import type { Limits } from '../tree/limit.ts';
import { Heap } from './heap.ts';
import { type Blocker, blockerOfPlacing, blockerOfTask, type Done } from './legality.ts';
import type { Index, Model } from './model.ts';
import type { Names } from './naming.ts';
import { OpenPlaces } from './open-place.ts';
import type { Policy } from './policy.ts';
import { type Task, titleFor, type Work } from './task.ts';
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
  /** Of a page that is called otherwise for a while: how. */
  readonly title?: string;
  /** Declared pages that come with a copy, parents first. */
  readonly brings?: readonly Brought[];
  /** How many others come with it. */
  readonly extras?: number;
}

/** A page that a copy brings, what it is copied from, where it comes to lie, and its title. */
export interface Brought {
  readonly node: Index;
  readonly source: Index;
  readonly parent: Index;
  readonly title: string;
}

export class Simulation {
  readonly model: Model;
  readonly limits: Limits;
  readonly policy: Policy;
  readonly moves: Move[] = [];
  /** Where pages may be parked, as the tree is now. */
  readonly places: OpenPlaces;
  readonly #tasks: Task[];
  readonly #isDone: boolean[];
  readonly #isQueued: boolean[];
  readonly #ready: Heap;
  readonly #waiting: WaitingList;
  readonly #names: Names | undefined;
  readonly #copies: Work['copies'];
  /** Pending renames, by node. */
  readonly #renames = new Map<Index, Task>();
  readonly #exists: Uint8Array;
  /** The task that will take a node from where it is. */
  readonly #departures = new Map<Index, Task>();
  readonly #timesParked = new Map<Index, number>();
  readonly #progress: Done;
  #firstPending = 0;
  #pendingCount: number;

  constructor(work: Work, limits: Limits, policy: Policy) {
    const { model, tasks, namesIn, copies } = work;
    this.places = new OpenPlaces(model, limits.children, work);
    this.#names = namesIn(model);
    this.#copies = copies;
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
      if (task.change?.kind === 'rename-node') this.#renames.set(task.node, task);
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
    return blockerOfTask(task, this.#progress, this.model, this.limits, this.#names);
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

  /** The pending task that will call the node otherwise. */
  renameOf(node: Index): Task | undefined {
    const task = this.#renames.get(node);
    return task === undefined || this.#isDone[task.index] === true ? undefined : task;
  }

  timesParked(node: Index): number {
    return this.#timesParked.get(node) ?? 0;
  }

  exists(node: Index): boolean {
    return this.#progress.exists(node);
  }

  canPlace(node: Index, target: Index): boolean {
    return (
      this.exists(target) &&
      blockerOfPlacing(node, target, this.model, this.limits, this.#names) === undefined
    );
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

  /** Calls a node otherwise for a while, so that its title is free for `task`; its own renaming follows. */
  retitle(node: Index, task: Task, blocker: Blocker): void {
    const names = present(this.#names, 'names');
    const own = present(this.renameOf(node), 'a renaming');
    const title = names.passingTitle(node);
    this.#timesParked.set(node, this.timesParked(node) + 1);
    this.moves.push({ task: own, node, from: -1, to: -1, parks: { for: task, blocker }, title });
    this.#retitled(node, title);
    this.#queue(own.index);
  }

  /** Makes a copy where its source's title is free, to be moved on when it has got its own. */
  makeElsewhere(task: Task, to: Index, blocker: Blocker): void {
    const { node, target } = task;
    const own = present(this.renameOf(node), 'a renaming');
    this.#timesParked.set(node, this.timesParked(node) + 1);
    const back = this.#addReturn(node, target, own, task.change);
    this.#finish({ task, node, from: -1, to, parks: { for: task, blocker } });
    this.#queue(back.index);
  }

  #addReturn(node: Index, home: Index, task: Task, made?: Change): Task {
    const index = this.#tasks.length;
    const held = { reference: undefined, heldBy: task.index };
    const back: Task = { index, change: undefined, node, target: home, ...held, made };
    this.#tasks.push(back);
    this.#isDone.push(false);
    this.#isQueued.push(false);
    this.#pendingCount += 1;
    this.#departures.set(node, back);
    return back;
  }

  #perform(task: Task): void {
    const { node, target } = task;
    const from = target === -1 ? -1 : this.model.parent(node);
    const title = titleFor(task);
    const isNamed = title !== undefined && this.#names?.titleOf(node) === title;
    // A page that came with a copy may have its title already.
    if (isNamed) this.#end(task);
    else this.#finish({ task, node, from, to: target, parks: undefined });
  }

  #finish(move: Move): void {
    const { task, node, to } = move;
    const title = titleFor(task);
    const isBranch = task.change?.kind === 'copy-node' && this.#copies.reach === 'branch';
    const source = isBranch ? task.reference : undefined;
    if (to !== -1) this.#place(node, to);
    if (title !== undefined) this.#retitled(node, title);
    this.moves.push(source === undefined ? move : { ...move, ...this.#bring(node, source) });
    this.#end(task);
  }

  #end({ index, node }: Task): void {
    this.#isDone[index] = true;
    this.#pendingCount -= 1;
    if (this.#exists[node] === 0) {
      this.#exists[node] = 1;
      this.#waiting.appeared(node);
    }
    this.#waiting.done(index);
  }

  /** What lies below the source comes along: what is declared below the copy is made with it. */
  #bring(copy: Index, source: Index): Pick<Move, 'brings' | 'extras'> {
    const brings: Brought[] = [];
    const extras: Index[] = [];
    const awaited = this.#awaitedBelow();
    const open = [{ copy, source }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const child of this.model.children(next.source)) {
        if (child === copy || !this.exists(child)) continue;
        const task = this.#awaitedAs(child, next.source, awaited.get(next.copy) ?? []);
        if (task === undefined) {
          extras.push(child);
          this.#reserve(next.copy, child);
          continue;
        }
        const title = this.#names?.titleOf(child) ?? task.change?.title ?? '';
        brings.push({ node: task.node, source: child, parent: next.copy, title });
        if (this.#names !== undefined) this.#names.retitled(task.node, title);
        this.#place(task.node, next.copy);
        this.#end(task);
        open.push({ copy: task.node, source: child });
      }
    }
    const count = extras.reduce((sum, extra) => sum + this.model.size(extra), 0);
    return { brings, extras: count };
  }

  /** Pages that are still to be made, by what they are to lie below. */
  #awaitedBelow(): ReadonlyMap<Index, readonly Task[]> {
    const awaited = new Map<Index, Task[]>();
    for (const task of this.pending()) {
      if (task.change === undefined || !makes(task.change.kind) || task.target === -1) continue;
      const list = awaited.get(task.target);
      if (list === undefined) awaited.set(task.target, [task]);
      else list.push(task);
    }
    return awaited;
  }

  /** What is declared as a copy of just this page, or else what could not lie beside a copy of it. */
  #awaitedAs(child: Index, source: Index, tasks: readonly Task[]): Task | undefined {
    const open = tasks.filter(({ index }) => this.#isDone[index] !== true);
    const isOfSibling = ({ reference = -1 }: Task): boolean =>
      reference !== -1 && this.model.parent(reference) === source;
    return (
      open.find(({ reference }) => reference === child) ??
      open.find((task) => !isOfSibling(task) && this.#isNamedAs(task.node, child))
    );
  }

  #isNamedAs(node: Index, other: Index): boolean {
    const names = this.#names;
    return (
      names !== undefined &&
      names.titleOf(node) === names.titleOf(other) &&
      names.typeOf(node) === names.typeOf(other)
    );
  }

  #reserve(parent: Index, child: Index): void {
    const names = this.#names;
    const [title, type] = [names?.titleOf(child), names?.typeOf(child)];
    if (title !== undefined && type !== undefined) names?.reserve(parent, { title, type });
  }

  #retitled(node: Index, title: string): void {
    const freed = this.#names?.retitled(node, title);
    if (freed !== undefined) this.#waiting.nameFreed(freed);
    this.#waiting.named(node);
  }

  #place(node: Index, target: Index): void {
    const from = this.model.parent(node);
    const root = from === -1 ? -1 : this.model.root(from);
    const freed = from === -1 ? undefined : this.#names?.left(node, from);
    this.model.detach(node);
    this.model.attach(node, target);
    this.#names?.placed(node, target);
    if (freed !== undefined) this.#waiting.nameFreed(freed);
    this.#waiting.named(node);
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
