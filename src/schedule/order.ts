// A total, stable order: of the changes whose dependencies are done, always the first as the manifest
// writes them. Top-down over the desired tree every move goes below a parent that already stands where
// it belongs, so each page whose parent changed is moved exactly once, which is the fewest possible.

import { assert } from '../diagnostic/invariant.ts';

/** The indexes in order. @throws {InvariantError} when the dependencies go in a circle. */
export function topologicalOrder(dependencies: readonly (readonly number[])[]): readonly number[] {
  const waiting = dependencies.map((after) => after.length);
  const dependents = new Map<number, number[]>();
  dependencies.forEach((after, index) => {
    for (const before of after) {
      const list = dependents.get(before);
      if (list === undefined) dependents.set(before, [index]);
      else list.push(index);
    }
  });
  const ready = new MinHeap();
  waiting.forEach((count, index) => {
    if (count === 0) ready.push(index);
  });
  const order: number[] = [];
  for (let index = ready.pop(); index !== undefined; index = ready.pop()) {
    order.push(index);
    for (const dependent of dependents.get(index) ?? []) {
      const left = (waiting[dependent] ?? 0) - 1;
      waiting[dependent] = left;
      if (left === 0) ready.push(dependent);
    }
  }
  assert(order.length === dependencies.length, 'the steps depend on each other in a circle');
  return order;
}

/** A binary heap of numbers, smallest first. */
export class MinHeap {
  readonly #items: number[] = [];

  get size(): number {
    return this.#items.length;
  }

  push(item: number): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = items[above];
      if (parent === undefined || parent <= item) break;
      items[at] = parent;
      at = above;
    }
    items[at] = item;
  }

  pop(): number | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined || items.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      let child = items[below];
      if (child === undefined) break;
      const right = items[below + 1];
      if (right !== undefined && right < child) {
        below += 1;
        child = right;
      }
      if (child >= last) break;
      items[at] = child;
      at = below;
    }
    items[at] = last;
    return first;
  }
}
