// A binary heap of numbers, smallest priority first; ties go to the smaller number, so that the order is
// total.

export class Heap {
  readonly #items: number[] = [];
  readonly #priority: (item: number) => number;

  constructor(priority: (item: number) => number) {
    this.#priority = priority;
  }

  get size(): number {
    return this.#items.length;
  }

  push(item: number): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = items[above];
      if (parent === undefined || !this.#isBefore(item, parent)) break;
      items[at] = parent;
      at = above;
    }
    items[at] = item;
  }

  pop(): number | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (last !== undefined && items.length > 0) this.#sink(last);
    return first;
  }

  #sink(item: number): void {
    const items = this.#items;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      let child = items[below];
      if (child === undefined) break;
      const right = items[below + 1];
      if (right !== undefined && this.#isBefore(right, child)) {
        below += 1;
        child = right;
      }
      if (!this.#isBefore(child, item)) break;
      items[at] = child;
      at = below;
    }
    items[at] = item;
  }

  #isBefore(a: number, b: number): boolean {
    const order = this.#priority(a) - this.#priority(b);
    return order === 0 ? a < b : order < 0;
  }
}
