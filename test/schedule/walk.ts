// A forest that a walk goes through, one legal step after the other: what the walk has reached, an order of
// legal steps can reach. It counts what the limits are about, and shares no code with the scheduler.

import type { Limits } from '../../src/tree/limit.ts';

/** Pages by number; spaces come first. -1: no parent, or not there. */
export class Walk {
  readonly spaceCount: number;
  readonly #limits: Limits;
  readonly #parents: number[];
  readonly #children: Set<number>[];
  /** Crossed to another space or made here: a plan does both at the end of the way alone. */
  readonly #settled = new Set<number>();
  readonly #moved = new Set<number>();

  constructor(spaceCount: number, limits: Limits) {
    this.spaceCount = spaceCount;
    this.#limits = limits;
    this.#parents = Array<number>(spaceCount).fill(-1);
    this.#children = this.#parents.map(() => new Set());
  }

  get count(): number {
    return this.#parents.length;
  }

  get parents(): readonly number[] {
    return this.#parents;
  }

  /** Whether the page had a step of its own. */
  hasMoved(page: number): boolean {
    return this.#moved.has(page);
  }

  /** Parents that may have one more child: of those that are there, the picked one, as often as it is picked. */
  hosts(): number[] {
    return this.#parents.flatMap((_, host) =>
      this.#hasRoom(host) && this.#depth(host) < this.#limits.depth && this.#roomIn(host) > 0 ? [host] : [],
    );
  }

  /** @returns the page's number. */
  add(host: number): number {
    const page = this.#parents.push(-1) - 1;
    this.#children.push(new Set());
    this.#attach(page, host);
    return page;
  }

  /** As `add`, by a step. */
  make(host: number): number {
    const page = this.add(host);
    this.#settled.add(page);
    this.#moved.add(page);
    return page;
  }

  /** Where the page may move to. */
  targets(page: number): number[] {
    if (!this.#isMovable(page)) return [];
    return this.#parents.flatMap((_, host) => (this.#mayMove(page, host) ? [host] : []));
  }

  /** Pages that may move there. */
  guests(host: number): number[] {
    if (!this.#hasRoom(host)) return [];
    return this.#parents.flatMap((_, page) => (this.#isLegal(page, host) ? [page] : []));
  }

  #isLegal(page: number, host: number): boolean {
    return this.#isMovable(page) && this.#mayMove(page, host);
  }

  /** Does the step, or tells that it is not legal. */
  move(page: number, host: number): boolean {
    if (!this.#isLegal(page, host)) return false;
    if (this.rootOf(page) !== this.rootOf(host)) this.#settled.add(page);
    this.#moved.add(page);
    this.#children[this.#parents[page] ?? -1]?.delete(page);
    this.#attach(page, host);
    return true;
  }

  /** Pages that have more below them than one move may take. */
  tooLarge(): number[] {
    return this.#parents.flatMap((_, page) =>
      page >= this.spaceCount && this.sizeOf(page) > this.#limits.nodesPerMove ? [page] : [],
    );
  }

  childrenOf(page: number): readonly number[] {
    return [...(this.#children[page] ?? [])];
  }

  /** Pages in the branch, itself included. */
  sizeOf(page: number): number {
    let size = 1;
    for (const child of this.#children[page] ?? []) size += this.sizeOf(child);
    return size;
  }

  rootOf(page: number): number {
    let at = page;
    for (let above = this.#parents[at] ?? -1; above !== -1; above = this.#parents[at] ?? -1) at = above;
    return at;
  }

  #isMovable(page: number): boolean {
    return (
      page >= this.spaceCount && !this.#settled.has(page) && this.sizeOf(page) <= this.#limits.nodesPerMove
    );
  }

  #mayMove(page: number, host: number): boolean {
    if (host === this.#parents[page] || !this.#hasRoom(host) || this.#isWithin(host, page)) return false;
    if (this.#depth(host) + 1 + this.#height(page) > this.#limits.depth) return false;
    return this.rootOf(page) === this.rootOf(host) || this.sizeOf(page) <= this.#roomIn(host);
  }

  #attach(page: number, host: number): void {
    this.#parents[page] = host;
    this.#children[host]?.add(page);
  }

  #hasRoom(host: number): boolean {
    return (this.#children[host]?.size ?? 0) < this.#limits.children;
  }

  /** Pages that the space of the host may still take. */
  #roomIn(host: number): number {
    return this.#limits.nodes === Number.POSITIVE_INFINITY
      ? this.#limits.nodes
      : this.#limits.nodes - this.sizeOf(this.rootOf(host)) + 1;
  }

  #isWithin(page: number, branch: number): boolean {
    for (let at = page; at !== -1; at = this.#parents[at] ?? -1) if (at === branch) return true;
    return false;
  }

  #depth(page: number): number {
    let depth = 0;
    for (let at = this.#parents[page] ?? -1; at !== -1; at = this.#parents[at] ?? -1) depth += 1;
    return depth;
  }

  #height(page: number): number {
    let height = 0;
    for (const child of this.#children[page] ?? []) height = Math.max(height, this.#height(child) + 1);
    return height;
  }
}
