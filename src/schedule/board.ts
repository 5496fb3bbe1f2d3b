// The forest while a search tries placings and takes them back.
//
// Invariant: the placings so far, done one after the other, lead from the start to the forest as it is, and
// each of them was legal. `misplaced` are the pages that may have a step and are not where they belong.

import { present } from '../diagnostic/invariant.ts';
import type { Blocker } from './legality.ts';
import { type Index, Model } from './model.ts';
import type { Placing } from './placing.ts';
import { blockerIn, type Puzzle } from './puzzle.ts';

interface Placed extends Placing {
  /** The parent it had; -1 for what was made. */
  readonly from: Index;
}

export class Board {
  readonly puzzle: Puzzle;
  readonly model: Model;
  readonly misplaced = new Set<Index>();
  /** How often it was asked whether a placing is legal. */
  looks = 0;
  readonly #done: Placed[] = [];
  readonly #goal: readonly Index[];
  /** Place of each node in the order by name. */
  readonly #rank: Int32Array;
  readonly #isMovable: Uint8Array;
  /** Places that have room, each with its place in this list; -1 for others. */
  readonly #open: Index[] = [];
  readonly #openAt: Int32Array;
  /** Stands for the forest as it is: alike where the forests are, and hardly ever elsewhere. */
  #print = 0;

  constructor(puzzle: Puzzle) {
    const { start, goal, nodes, movable } = puzzle;
    this.puzzle = puzzle;
    this.model = new Model(start.length);
    this.#goal = goal;
    this.#rank = new Int32Array(start.length);
    this.#isMovable = new Uint8Array(start.length);
    for (const [rank, node] of nodes.entries()) this.#rank[node] = rank;
    for (const node of movable) this.#isMovable[node] = 1;
    for (const node of nodes) {
      const parent = start[node] ?? -1;
      if (parent !== -1) this.model.attach(node, parent);
    }
    this.#openAt = new Int32Array(start.length).fill(-1);
    for (const node of nodes) this.#noteRoom(node);
    for (const node of movable) if (start[node] !== goal[node]) this.misplaced.add(node);
  }

  /** How many placings there were. */
  get length(): number {
    return this.#done.length;
  }

  get placings(): readonly Placing[] {
    return this.#done.map(({ node, to }) => ({ node, to }));
  }

  placingAt(position: number): Placed {
    return present(this.#done[position], 'a placing');
  }

  get print(): number {
    return this.#print;
  }

  goalOf(node: Index): Index {
    return this.#goal[node] ?? -1;
  }

  isMovable(node: Index): boolean {
    return this.#isMovable[node] === 1;
  }

  /** Whether it was there in the beginning or has been made. */
  isThere(node: Index): boolean {
    return this.model.parent(node) !== -1 || !this.puzzle.making.has(node);
  }

  /** Where it belongs, or, once it is there, any shelter in the space it is in. */
  mayPlace(node: Index, to: Index): boolean {
    if (to === this.goalOf(node)) return true;
    return this.isThere(node) && this.puzzle.isShelter(to) && this.model.root(to) === this.model.root(node);
  }

  byName(nodes: Iterable<Index>): Index[] {
    return [...nodes].sort((a, b) => (this.#rank[a] ?? 0) - (this.#rank[b] ?? 0));
  }

  /** Places that may take a page, as far as their number of children goes; from some place in the list on. */
  *openPlaces(from: number): Iterable<Index> {
    const { length } = this.#open;
    const start = Math.floor(from * length);
    for (let at = 0; at < length; at += 1) yield this.#open[(start + at) % length] ?? -1;
  }

  blockerOf(node: Index, to: Index): Blocker | undefined {
    this.looks += 1;
    return blockerIn(node, to, this.model, this.puzzle);
  }

  place(node: Index, to: Index): void {
    this.#done.push({ node, from: this.model.parent(node), to });
    this.#put(node, to);
  }

  /** Takes placings back until there are only so many. */
  undoTo(length: number): void {
    while (this.#done.length > length) {
      const { node, from } = present(this.#done.pop(), 'a placing');
      this.#put(node, from);
    }
  }

  #put(node: Index, to: Index): void {
    this.#print -= this.#printOf(node);
    const left = this.model.parent(node);
    this.model.detach(node);
    if (to !== -1) this.model.attach(node, to);
    for (const place of [left, to, node]) if (place !== -1) this.#noteRoom(place);
    this.#print += this.#printOf(node);
    if (to === this.goalOf(node)) this.misplaced.delete(node);
    else this.misplaced.add(node);
  }

  #noteRoom(place: Index): void {
    const { limits, goal, isShelter } = this.puzzle;
    const isThere = goal[place] === -1 || this.model.parent(place) !== -1;
    const isOpen = isThere && this.model.childCount(place) < limits.children && isShelter(place);
    const at = this.#openAt[place] ?? -1;
    if (isOpen === (at !== -1)) return;
    if (isOpen) {
      this.#openAt[place] = this.#open.push(place) - 1;
      return;
    }
    const last = this.#open.pop() ?? place;
    if (last !== place) {
      this.#open[at] = last;
      this.#openAt[last] = at;
    }
    this.#openAt[place] = -1;
  }

  #printOf(node: Index): number {
    const parent = this.model.parent(node);
    const above = parent === -1 ? 0 : (this.#rank[parent] ?? 0) + 1;
    const mixed = Math.imul((this.#rank[node] ?? 0) + 1, 0x9e3779b1) ^ Math.imul(above, 0x85ebca6b);
    const spread = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
    return (spread ^ (spread >>> 12)) >>> 0;
  }
}
