// Circles in a graph in which every node leads to at most one other: each is found once, in time
// linear in the nodes, without recursion.

/** The circles, each as its members in the order in which they lead to one another. */
export function findCircles<T>(nodes: Iterable<T>, next: (node: T) => T | undefined): T[][] {
  const circles: T[][] = [];
  const walkOf = new Map<T, number>();
  let walk = 0;
  for (const start of nodes) {
    // Most nodes lead nowhere, and need not be remembered.
    let at = next(start) === undefined ? undefined : start;
    walk += 1;
    while (at !== undefined && !walkOf.has(at)) {
      walkOf.set(at, walk);
      at = next(at);
    }
    if (at !== undefined && walkOf.get(at) === walk) circles.push(circleFrom(at, next));
  }
  return circles;
}

function circleFrom<T>(first: T, next: (node: T) => T | undefined): T[] {
  const members = [first];
  for (let at = next(first); at !== undefined && at !== first; at = next(at)) members.push(at);
  return members;
}
