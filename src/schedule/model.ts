// The forest that the scheduler carries through every step: spaces as roots, every page that was seen,
// and every page that is yet to be made. Numbers in arrays, because it is walked for each step and may
// hold 400,000 pages.
//
// Invariant: `size` of a node is the number of nodes in its branch, itself included, at all times. Every
// change of place costs the depth of the two places, and no more.

import { assert } from '../diagnostic/invariant.ts';

/** A node's number in the model. */
export type Index = number;

const none = -1;

export class Model {
  readonly #parent: Int32Array;
  readonly #firstChild: Int32Array;
  readonly #nextSibling: Int32Array;
  readonly #previousSibling: Int32Array;
  readonly #childCount: Int32Array;
  readonly #size: Int32Array;
  /** Never less than the height; made exact when it matters. */
  readonly #heightBound: Int16Array;

  constructor(count: number) {
    this.#parent = new Int32Array(count).fill(none);
    this.#firstChild = new Int32Array(count).fill(none);
    this.#nextSibling = new Int32Array(count).fill(none);
    this.#previousSibling = new Int32Array(count).fill(none);
    this.#childCount = new Int32Array(count);
    this.#size = new Int32Array(count).fill(1);
    this.#heightBound = new Int16Array(count);
  }

  /**
   * The model in which every node has this parent; -1 for roots and what is not placed. As if one node after
   * the other had been attached, and 400,000 of them ten times as fast.
   *
   * @throws {InvariantError} where a node would be below itself.
   */
  static of(parents: Int32Array): Model {
    const model = new Model(parents.length);
    for (let node = 0; node < parents.length; node += 1) model.#link(node, parents[node] ?? none);
    const parentsFirst = model.#parentsFirst();
    assert(parentsFirst.length === parents.length, 'a page would be below itself');
    for (let at = parentsFirst.length - 1; at >= 0; at -= 1) {
      const node = parentsFirst[at] ?? none;
      const parent = model.parent(node);
      if (parent === none) continue;
      model.#size[parent] = model.size(parent) + model.size(node);
      const levels = model.heightBound(node) + 1;
      if (levels > model.heightBound(parent)) model.#heightBound[parent] = levels;
    }
    return model;
  }

  /** All nodes that can be reached from above. */
  #parentsFirst(): readonly Index[] {
    const order: Index[] = [];
    for (let node = 0; node < this.length; node += 1) if (this.parent(node) === none) order.push(node);
    for (let at = 0; at < order.length; at += 1) {
      let child = this.#firstChild[order[at] ?? none] ?? none;
      for (; child !== none; child = this.#nextSibling[child] ?? none) order.push(child);
    }
    return order;
  }

  /** A model of its own, in the same state. */
  copy(): Model {
    const copy = new Model(this.length);
    copy.#parent.set(this.#parent);
    copy.#firstChild.set(this.#firstChild);
    copy.#nextSibling.set(this.#nextSibling);
    copy.#previousSibling.set(this.#previousSibling);
    copy.#childCount.set(this.#childCount);
    copy.#size.set(this.#size);
    copy.#heightBound.set(this.#heightBound);
    return copy;
  }

  get length(): number {
    return this.#parent.length;
  }

  /** The parent, or -1 for a root and for what is not placed. */
  parent(node: Index): Index {
    return this.#parent[node] ?? none;
  }

  childCount(node: Index): number {
    return this.#childCount[node] ?? 0;
  }

  /** Nodes in the branch, itself included. */
  size(node: Index): number {
    return this.#size[node] ?? 0;
  }

  *children(node: Index): Iterable<Index> {
    let child = this.#firstChild[node] ?? none;
    while (child !== none) {
      const next = this.#nextSibling[child] ?? none;
      yield child;
      child = next;
    }
  }

  /** The top of the tree the node lies in; itself where it is not placed. */
  root(node: Index): Index {
    let at = node;
    for (let above = this.parent(at); above !== none; above = this.parent(at)) at = above;
    return at;
  }

  /** Levels below the root; 0 for a root. */
  depth(node: Index): number {
    let depth = 0;
    for (let at = this.parent(node); at !== none; at = this.parent(at)) depth += 1;
    return depth;
  }

  /** Whether `node` is `ancestor` or lies below it. */
  isWithin(node: Index, ancestor: Index): boolean {
    for (let at = node; at !== none; at = this.parent(at)) if (at === ancestor) return true;
    return false;
  }

  /** Whether the branch fits into so many levels below its own top. Costs the branch's size at most. */
  isHeightWithin(node: Index, levels: number): boolean {
    if (levels < 0) return false;
    if ((this.#heightBound[node] ?? 0) <= levels || this.size(node) <= levels + 1) return true;
    return this.height(node) <= levels;
  }

  /** As many levels as the branch ever had below its top, or more; costs nothing. */
  heightBound(node: Index): number {
    return this.#heightBound[node] ?? 0;
  }

  /** Levels below the node. Costs the branch's size. */
  height(node: Index): number {
    const [lowest = node] = this.lowest(node);
    let height = 0;
    for (let at = lowest; at !== node; at = this.parent(at)) height += 1;
    this.#heightBound[node] = height;
    return height;
  }

  /** The lowest nodes of the branch, in no order. Costs the branch's size. */
  lowest(node: Index): readonly Index[] {
    let level: Index[] = [node];
    for (;;) {
      const below: Index[] = [];
      for (const at of level) for (const child of this.children(at)) below.push(child);
      if (below.length === 0) return level;
      level = below;
    }
  }

  /**
   * Puts an unplaced node, with all below it, under a parent.
   *
   * @throws {InvariantError} where the parent is itself below the node: a circle would never be walked out of.
   */
  attach(node: Index, parent: Index): void {
    this.#link(node, parent);
    this.#grow(parent, node, this.size(node), (this.#heightBound[node] ?? 0) + 1);
  }

  /** As the first of the parent's children; nothing above it hears of it. */
  #link(node: Index, parent: Index): void {
    if (parent === none) return;
    const next = this.#firstChild[parent] ?? none;
    this.#parent[node] = parent;
    this.#nextSibling[node] = next;
    this.#previousSibling[node] = none;
    if (next !== none) this.#previousSibling[next] = node;
    this.#firstChild[parent] = node;
    this.#childCount[parent] = this.childCount(parent) + 1;
  }

  /** Takes a node, with all below it, from its parent. */
  detach(node: Index): void {
    const parent = this.parent(node);
    if (parent === none) return;
    const next = this.#nextSibling[node] ?? none;
    const previous = this.#previousSibling[node] ?? none;
    if (previous === none) this.#firstChild[parent] = next;
    else this.#nextSibling[previous] = next;
    if (next !== none) this.#previousSibling[next] = previous;
    this.#parent[node] = none;
    this.#childCount[parent] = this.childCount(parent) - 1;
    this.#grow(parent, node, -this.size(node), 0);
  }

  /** `branch` is what comes or goes: met on the way up, it would be walked round for ever. */
  #grow(from: Index, branch: Index, by: number, height: number): void {
    let levels = height;
    for (let at = from; at !== none; at = this.parent(at)) {
      assert(at !== branch, 'a page would be below itself');
      this.#size[at] = this.size(at) + by;
      if (levels > (this.#heightBound[at] ?? 0)) this.#heightBound[at] = levels;
      levels += 1;
    }
  }
}
