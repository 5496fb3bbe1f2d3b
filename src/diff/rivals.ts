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

type KeyOf<T> = (item: T) => string | undefined;

export function startRivals(
  claims: Claims,
  nodes: readonly DesiredNode[],
  keyOfNode: KeyOf<DesiredNode>,
  bounds: readonly Bound[],
  keyOfBound: KeyOf<Bound>,
): Rivals {
  const groups = new Map<string, Group>();
  const byNode = new Map<string, Group>();
  const byBound = new Map<string, Group>();
  for (const bound of bounds) {
    const group = groupFor(groups, keyOfBound(bound));
    if (group === undefined) continue;
    group.bounds.push(bound);
    group.freeBounds += 1;
    byBound.set(bound.id, group);
  }
  for (const node of nodes) {
    const key = keyOfNode(node);
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

function groupFor(groups: Map<string, Group>, key: string | undefined): Group | undefined {
  if (key === undefined) return undefined;
  const known = groups.get(key);
  if (known !== undefined) return known;
  const group: Group = { bounds: [], openNodes: 0, freeBounds: 0 };
  groups.set(key, group);
  return group;
}
