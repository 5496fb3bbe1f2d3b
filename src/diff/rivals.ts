// New nodes and vanished bindings that share a key, counted while claims are made, so that "each the only
// candidate of the other" is one look-up however many siblings there are. Nodes go by their positions and
// bindings by their numbers.
//
// A key has two parts, because the first alone tells most that they have no rival at all.

import type { Claims } from './claims.ts';

export interface Rivals {
  /** The binding that is the only candidate of the node, and the node of it. */
  onlyBound(position: number): number | undefined;
  /** How many unclaimed bindings share the node's key. */
  boundsFor(position: number): number;
  /** How many nodes without a page share the binding's key. */
  nodesFor(binding: number): number;
  freeBounds(position: number): readonly number[];
}

interface Group {
  readonly bounds: number[];
  openNodes: number;
  freeBounds: number;
}

/** Of a position or a binding's number; `undefined`: nothing can be its rival. */
export type KeyOf = (item: number) => string | undefined;

export interface RivalKey {
  readonly first: KeyOf;
  readonly second: KeyOf;
}

export interface RivalsInput {
  /** Those of the nodes that will be asked about; only their keys count. */
  readonly asked: readonly number[];
  readonly nodes: readonly number[];
  readonly ofNode: RivalKey;
  readonly bounds: readonly number[];
  readonly ofBound: RivalKey;
}

export function startRivals(claims: Claims, { asked, nodes, ofNode, bounds, ofBound }: RivalsInput): Rivals {
  const groups = new Groups(asked, ofNode);
  const byNode = new Map<number, Group>();
  const byBound = new Map<number, Group>();
  for (const bound of bounds) {
    const group = groups.of(bound, ofBound);
    if (group === undefined) continue;
    group.bounds.push(bound);
    group.freeBounds += 1;
    byBound.set(bound, group);
  }
  for (const node of nodes) {
    const group = groups.of(node, ofNode);
    if (group === undefined) continue;
    group.openNodes += 1;
    byNode.set(node, group);
  }
  claims.onClaim((position, binding) => {
    const node = byNode.get(position);
    if (node !== undefined) node.openNodes -= 1;
    const bound = binding === undefined ? undefined : byBound.get(binding);
    if (bound !== undefined) bound.freeBounds -= 1;
  });

  const free = (group: Group | undefined): number[] =>
    (group?.bounds ?? []).filter((bound) => !claims.matched.isTaken(bound));
  return {
    onlyBound(position) {
      const group = byNode.get(position);
      return group?.openNodes === 1 && group.freeBounds === 1 ? free(group)[0] : undefined;
    },
    boundsFor: (position) => byNode.get(position)?.freeBounds ?? 0,
    nodesFor: (binding) => byBound.get(binding)?.openNodes ?? 0,
    freeBounds: (position) => free(byNode.get(position)),
  };
}

/** A group for each key of those that will be asked about. */
class Groups {
  readonly #groups = new Map<string, Map<string, Group>>();

  constructor(asked: readonly number[], { first, second }: RivalKey) {
    for (const item of asked) {
      const [start, end] = [first(item), second(item)];
      if (start === undefined || end === undefined) continue;
      const below = this.#groups.get(start) ?? new Map<string, Group>();
      this.#groups.set(start, below);
      if (!below.has(end)) below.set(end, { bounds: [], openNodes: 0, freeBounds: 0 });
    }
  }

  of(item: number, { first, second }: RivalKey): Group | undefined {
    const start = first(item);
    const below = start === undefined ? undefined : this.#groups.get(start);
    const end = below === undefined ? undefined : second(item);
    return end === undefined ? undefined : below?.get(end);
  }
}
