// New addresses and vanished bindings that share a key, counted while claims are made, so that "each the
// only candidate of the other" is one look-up however many siblings there are.

import type { DesiredNode } from '../tree/desired.ts';
import type { Claims } from './claims.ts';
import type { Bound } from './forest.ts';

export interface Rivals {
  /** The binding that is the only candidate of the node, and the node of it. */
  onlyBound(node: DesiredNode): Bound | undefined;
  /** How many unclaimed bindings share the node's key. */
  boundsFor(node: DesiredNode): number;
  /** How many nodes without a page share the binding's key. */
  nodesFor(bound: Bound): number;
  freeBounds(node: DesiredNode): readonly Bound[];
}

interface Group {
  readonly bounds: Bound[];
  openNodes: number;
  freeBounds: number;
}

/** `undefined`: nothing can be its rival. */
export type KeyOf<T> = (item: T) => string | undefined;

export interface RivalsInput {
  /** Those of the nodes that will be asked about; only their keys count. */
  readonly asked: readonly DesiredNode[];
  readonly nodes: readonly DesiredNode[];
  readonly ofNode: KeyOf<DesiredNode>;
  readonly bounds: readonly Bound[];
  readonly ofBound: KeyOf<Bound>;
}

export function startRivals(claims: Claims, { asked, nodes, ofNode, bounds, ofBound }: RivalsInput): Rivals {
  const groups = groupsFor(asked, ofNode);
  const byNode = new Map<string, Group>();
  const byBound = new Map<string, Group>();
  for (const bound of bounds) {
    const key = ofBound(bound);
    const group = key === undefined ? undefined : groups.get(key);
    if (group === undefined) continue;
    group.bounds.push(bound);
    group.freeBounds += 1;
    byBound.set(bound.id, group);
  }
  for (const node of nodes) {
    const key = ofNode(node);
    const group = key === undefined ? undefined : groups.get(key);
    if (group === undefined) continue;
    group.openNodes += 1;
    byNode.set(node.address, group);
  }
  claims.onClaim((address, { id }) => {
    const node = byNode.get(address);
    if (node !== undefined) node.openNodes -= 1;
    const bound = byBound.get(id);
    if (bound !== undefined) bound.freeBounds -= 1;
  });

  const free = (group: Group | undefined): Bound[] =>
    (group?.bounds ?? []).filter((bound) => !claims.byNode.has(bound.id));
  return {
    onlyBound(node) {
      const group = byNode.get(node.address);
      return group?.openNodes === 1 && group.freeBounds === 1 ? free(group)[0] : undefined;
    },
    boundsFor: (node) => byNode.get(node.address)?.freeBounds ?? 0,
    nodesFor: (bound) => byBound.get(bound.id)?.openNodes ?? 0,
    freeBounds: (node) => free(byNode.get(node.address)),
  };
}

function groupsFor(asked: readonly DesiredNode[], keyOf: KeyOf<DesiredNode>): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const node of asked) {
    const key = keyOf(node);
    if (key !== undefined && !groups.has(key)) groups.set(key, { bounds: [], openNodes: 0, freeBounds: 0 });
  }
  return groups;
}
