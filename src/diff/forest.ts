// The desired tree and the bindings, indexed once so that matching never searches.

import type { NodeBinding, State } from '../state/state.ts';
import { lastSegment, parentAddress } from '../tree/address.ts';
import type { DesiredNode, DesiredSpace, DesiredTree } from '../tree/desired.ts';
import { type Address, compareText, type NodeId } from '../tree/identifier.ts';

export interface DesiredForest {
  readonly spaces: ReadonlyMap<Address, DesiredSpace>;
  /** In the manifest's order, parents before children. */
  readonly nodes: ReadonlyMap<Address, DesiredNode>;
  readonly children: ReadonlyMap<Address, readonly DesiredNode[]>;
}

export function indexDesired(tree: DesiredTree): DesiredForest {
  const spaces = new Map<Address, DesiredSpace>();
  const nodes = new Map<Address, DesiredNode>();
  const children = new Map<Address, DesiredNode[]>();
  for (const space of tree.spaces) {
    spaces.set(space.address, space);
    for (const node of space.nodes) {
      nodes.set(node.address, node);
      push(children, node.parent, node);
    }
  }
  return { spaces, nodes, children };
}

/** A binding with the address it belongs to. */
export interface Bound extends NodeBinding {
  readonly address: Address;
}

export interface BoundForest {
  readonly byAddress: ReadonlyMap<Address, Bound>;
  readonly byId: ReadonlyMap<NodeId, Bound>;
  /** Whether anything is bound directly below the address, archived pages included. */
  hasChildren(address: Address): boolean;
}

/** By address, so that no result hangs on the order in which pages were bound. */
export function indexBindings(state: State): BoundForest {
  const byAddress = new Map<Address, Bound>();
  const byId = new Map<NodeId, Bound>();
  for (const [address, binding] of inOrder(state.nodes)) {
    const { id, parent, title, type, kind, origin, archived } = binding;
    // Written out: spreading 400,000 bindings takes ten times as long.
    const bound: Bound = { id, parent, title, type, kind, origin, archived, address };
    byAddress.set(address, bound);
    byId.set(id, bound);
  }
  let parents: Set<Address> | undefined;
  return {
    byAddress,
    byId,
    hasChildren(address) {
      parents ??= new Set([...byAddress.keys()].flatMap((child) => parentAddress(child) ?? []));
      return parents.has(address);
    },
  };
}

/** A state is saved in order, and sorting what is sorted costs more than seeing that it is. */
function inOrder(nodes: State['nodes']): Iterable<[Address, NodeBinding]> {
  let last: Address | undefined;
  for (const address of nodes.keys()) {
    if (last !== undefined && address < last) return [...nodes].sort(([a], [b]) => compareText(a, b));
    last = address;
  }
  return nodes;
}

/** Whether what lies below an address is read: it is not where that is ignored and nothing is known there. */
export function listingRule(
  desired: DesiredForest,
  bindings: BoundForest,
  isIgnored: (address: Address) => boolean,
): (address: Address) => boolean {
  return (address) => !isIgnored(address) || desired.children.has(address) || bindings.hasChildren(address);
}

/**
 * The page that `movedFrom` names. A line that has done its work, whose address is bound no longer, says
 * nothing: people leave such lines in their manifests.
 */
export function saidOrigin(
  { movedFrom }: DesiredNode,
  desired: DesiredForest,
  bindings: BoundForest,
): Bound | undefined {
  if (movedFrom === undefined || movedFrom === 'none' || desired.nodes.has(movedFrom)) return undefined;
  return bindings.byAddress.get(movedFrom);
}

/** The last key of an address, as it stands there. */
export const segmentOf = (node: { readonly address: Address }): string => lastSegment(node.address);

export function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
