// What must be done before what, so that steps can run side by side.
//
// The order of the steps is legal as it stands. Run side by side, they may be done in another order, or
// some may fail, and the tree after every single step still has to be legal. A step therefore waits for
// every earlier one that its legality rests on:
//   - the making of its parent, of its source, of its origin; the step before it of the same page;
//   - whatever brought its target, and all above it, to where they stand;
//   - for each place it takes at a parent that could overflow, one departure from there, a different one
//     for each arrival: so there are never more arrivals than room and departures;
//   - whoever had its title there before, and whatever else has to do with names and copies (`trail.ts`);
//   - before a branch goes to the archive, the declared pages that leave it; before it goes to another
//     space, whatever leaves it, for barriers there (below) do not look back into this one.
//
// Claim: in a stretch where every step's target stands where it stays (*settled*), these edges are enough
// for depth and size too. For a page below settled parents has its final depth; and into a branch that
// is still to move nothing moves before it does, since its pages are not settled. So the branch was never
// larger or higher than when the stretch began.
//
// Where the claim does not hold (a target that is itself to move on, a branch that was at some time too
// large or too high for its place, a space near its limit), the step becomes a *barrier* in its spaces: it
// waits for everything before it, and everything after it waits. Then it is done in just the tree that
// the simulation saw. This is rare: it needs a limit that binds.

import type { Limits } from '../tree/limit.ts';
import type { Index, Model } from './model.ts';
import type { Move } from './simulation.ts';
import { titleFor, type Work } from './task.ts';
import { type Trail, trailOf } from './trail.ts';

/** For each move, by position, the positions of the moves it waits for. The model stays as it is. */
export function edges(
  moves: readonly Move[],
  { model, namesIn, copies }: Pick<Work, 'model' | 'namesIn' | 'copies'>,
  limits: Limits,
): readonly (readonly number[])[] {
  const replay = (crowded: ReadonlySet<Index>): Replay => {
    const own = model.copy();
    return new Replay(moves, own, limits, crowded, trailOf(moves, own, namesIn(own), copies));
  };
  const first = replay(new Set());
  const found = first.edges();
  const crowded = first.crowdedSpaces(model);
  return crowded.size === 0 ? found : replay(crowded).edges();
}

class Replay {
  readonly #moves: readonly Move[];
  readonly #model: Model;
  readonly #limits: Limits;
  /** Spaces that could overflow if nothing left them. */
  readonly #crowded: ReadonlySet<Index>;
  /** The latest step that placed a node. */
  readonly #placedBy = new Map<Index, number>();
  /** Steps still to come that place a node. */
  readonly #toCome = new Map<Index, number>();
  readonly #madeBy = new Map<Index, number>();
  readonly #doneBy = new Map<number, number>();
  readonly #rooms = new Map<Index, Room>();
  /** Nodes that have left a branch so far. */
  readonly #lost = new Map<Index, number>();
  /** The steps that took something out of a branch that is still to move. */
  readonly #departures = new Map<Index, number[]>();
  /** Nodes that come into a space at most, if nothing has left their branches before. */
  readonly #arrived = new Map<Index, number>();
  readonly #stretches = new Map<Index, Stretch>();

  readonly #trail: Trail;

  constructor(
    moves: readonly Move[],
    model: Model,
    limits: Limits,
    crowded: ReadonlySet<Index>,
    trail: Trail,
  ) {
    this.#trail = trail;
    this.#moves = moves;
    this.#model = model;
    this.#limits = limits;
    this.#crowded = crowded;
    for (const { node, to } of moves) {
      if (to === -1) continue;
      this.#toCome.set(node, (this.#toCome.get(node) ?? 0) + 1);
    }
  }

  edges(): number[][] {
    return this.#moves.map((move, position) => {
      const before = this.#waitsFor(move, position);
      this.#doneBy.set(move.task.index, position);
      before.delete(position);
      return [...before].sort((a, b) => a - b);
    });
  }

  /** Spaces that everything which comes in would fill over the limit, if nothing left before. */
  crowdedSpaces(before: Model): ReadonlySet<Index> {
    const full = [...this.#arrived].filter(
      ([root, count]) => before.size(root) - 1 + count > this.#limits.nodes,
    );
    return new Set(full.map(([root]) => root));
  }

  #waitsFor(move: Move, position: number): Set<number> {
    const before = new Set<number>();
    const { node, to, task } = move;
    if (task.change?.kind === 'create-space') this.#madeBy.set(node, position);
    const add = (step: number | undefined): void => {
      if (step !== undefined) before.add(step);
    };
    for (const step of this.#trail.before(move, position)) add(step);
    if (to === -1) {
      if (titleFor(task) !== undefined) add(this.#madeBy.get(node));
      this.#trail.follow(move, position);
      return before;
    }
    for (const other of task.after ?? []) add(this.#doneBy.get(other));
    add(this.#madeBy.get(to));
    add(task.reference === undefined ? undefined : this.#madeBy.get(task.reference));
    add(task.heldBy === undefined ? undefined : this.#doneBy.get(task.heldBy));
    add(this.#placedBy.get(node));
    for (const step of this.#chain(to)) add(step);
    add(this.#takeRoom(move, position));
    if (this.#waitsForDepartures(move)) for (const step of this.#departures.get(node) ?? []) add(step);
    for (const step of this.#crossBarriers(move, position)) add(step);
    this.#place(move, position);
    return before;
  }

  /** The steps that placed what lies above: each later than the one below it, for the rest is implied. */
  #chain(target: Index): number[] {
    const steps: number[] = [];
    let latest = -1;
    for (let at = target; at !== -1; at = this.#model.parent(at)) {
      const step = this.#placedBy.get(at) ?? this.#madeBy.get(at) ?? -1;
      if (step > latest) {
        latest = step;
        steps.push(step);
      }
    }
    return steps;
  }

  /** The departure that makes room for this arrival, if there was none without it. */
  #takeRoom({ node, to }: Move, position: number): number | undefined {
    const from = this.#model.parent(node);
    if (from === to) return undefined;
    if (from !== -1) this.#roomAt(from).departures.push(position);
    const room = this.#roomAt(to);
    room.arrived += 1;
    return room.departures[room.arrived - room.free - 1];
  }

  #roomAt(parent: Index): Room {
    const known = this.#rooms.get(parent);
    if (known !== undefined) return known;
    const room = { free: this.#limits.children - this.#model.childCount(parent), arrived: 0, departures: [] };
    this.#rooms.set(parent, room);
    return room;
  }

  #crossBarriers(move: Move, position: number): number[] {
    const roots = new Set([this.#model.root(move.to)]);
    if (move.from !== -1) roots.add(this.#model.root(move.from));
    const isBarrier = !this.#isSettled(move.to) || !this.#isFree(move);
    const before: number[] = [];
    for (const root of roots) {
      const stretch = this.#stretches.get(root) ?? { barrier: undefined, steps: [] };
      if (stretch.barrier !== undefined) before.push(stretch.barrier);
      if (isBarrier) {
        before.push(...stretch.steps);
        this.#stretches.set(root, { barrier: position, steps: [] });
      } else {
        stretch.steps.push(position);
        this.#stretches.set(root, stretch);
      }
    }
    return before;
  }

  #waitsForDepartures({ from, to, task }: Move): boolean {
    return task.change?.archives === true || (from !== -1 && this.#model.root(from) !== this.#model.root(to));
  }

  #isSettled(target: Index): boolean {
    for (let at = target; at !== -1; at = this.#model.parent(at)) {
      if ((this.#toCome.get(at) ?? 0) > 0) return false;
    }
    return true;
  }

  /** Whether the step would be legal even if nothing had left its branch yet, nor its target space. */
  #isFree({ node, from, to }: Move): boolean {
    const { depth, nodesPerMove } = this.#limits;
    const model = this.#model;
    if (model.depth(to) + 1 + model.heightBound(node) > depth) return false;
    if (from !== -1 && model.size(node) + (this.#lost.get(node) ?? 0) > nodesPerMove) return false;
    return !this.#crowded.has(model.root(to));
  }

  #place(move: Move, position: number): void {
    const { node, from, to } = move;
    const size = this.#model.size(node);
    const root = this.#model.root(to);
    if (from === -1 || this.#model.root(from) !== root) {
      const most = size + (this.#lost.get(node) ?? 0);
      this.#arrived.set(root, (this.#arrived.get(root) ?? 0) + most);
    }
    for (let at = from; at !== -1; at = this.#model.parent(at)) {
      this.#lost.set(at, (this.#lost.get(at) ?? 0) + size);
      if ((this.#toCome.get(at) ?? 0) > 0) append(this.#departures, at, position);
    }
    if (from === -1) this.#madeBy.set(node, position);
    this.#toCome.set(node, (this.#toCome.get(node) ?? 1) - 1);
    this.#placedBy.set(node, position);
    this.#trail.leave(node, from, position);
    this.#model.detach(node);
    this.#model.attach(node, to);
    this.#trail.follow({ ...move, from: -1 }, position);
    for (const { node: page, parent } of move.brings ?? []) {
      this.#madeBy.set(page, position);
      this.#placedBy.set(page, position);
      this.#model.attach(page, parent);
    }
  }
}

interface Room {
  /** Places that were free in the beginning. */
  readonly free: number;
  arrived: number;
  readonly departures: number[];
}

interface Stretch {
  readonly barrier: number | undefined;
  /** Steps since then. */
  readonly steps: number[];
}

function append(lists: Map<Index, number[]>, node: Index, step: number): void {
  const list = lists.get(node);
  if (list === undefined) lists.set(node, [step]);
  else list.push(step);
}
