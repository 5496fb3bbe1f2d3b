// Siblings, sorted by `order`, which a node is given when it comes under its parent. A page of a
// listing goes on behind an order, not at an index, so that it is found by bisection and no sibling
// that comes or goes shifts the others.

export interface Ordered {
  readonly order: number;
}

/** The index of the first item behind this order. */
export function indexAfter(siblings: readonly Ordered[], order: number): number {
  let low = 0;
  let high = siblings.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = siblings[middle];
    if (item !== undefined && item.order <= order) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts the item in its place. */
export function insertOrdered<Item extends Ordered>(siblings: Item[], item: Item): void {
  const at = indexAfter(siblings, item.order);
  if (at === siblings.length) siblings.push(item);
  else siblings.splice(at, 0, item);
}

/** Takes the item out; nothing happens where it is not among them. */
export function removeOrdered<Item extends Ordered>(siblings: Item[], item: Item): void {
  const at = indexAfter(siblings, item.order) - 1;
  if (siblings[at] === item) siblings.splice(at, 1);
}
