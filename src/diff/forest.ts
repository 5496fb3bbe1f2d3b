// The desired tree and the bindings, indexed so that matching never searches. An index is made when it is
// first asked for: each costs a fifth of a second for 400,000 pages, and where all is as declared most of
// them are never needed.

import type { NodeBinding, State } from '../state/state.ts';
import { lastSegment, parentAddress } from '../tree/address.ts';
import type { DesiredNode, DesiredSpace, DesiredTree } from '../tree/desired.ts';
import { type Address, compareText, type NodeId } from '../tree/identifier.ts';

export interface DesiredForest {
  readonly spaces: ReadonlyMap<Address, DesiredSpace>;
  /** In the manifest's order, parents before children. */
  readonly list: readonly DesiredNode[];
  /** The same by address, in the same order. */
  readonly nodes: ReadonlyMap<Address, DesiredNode>;
  readonly children: ReadonlyMap<Address, readonly DesiredNode[]>;
}

export function indexDesired(tree: DesiredTree): DesiredForest {
  const list = tree.spaces.flatMap(({ nodes }) => nodes);
  const nodes = once(() => new Map(list.map((node) => [node.address, node])));
  const children = once(() => {
    const lists = new Map<Address, DesiredNode[]>();
    for (const node of list) push(lists, node.parent, node);
    return lists;
  });
  return {
    spaces: new Map(tree.spaces.map((space) => [space.address, space])),
    list,
    get nodes() {
      return nodes();
    },
    get children() {
      return children();
    },
  };
}

/** A binding with the address it belongs to. */
export interface Bound extends NodeBinding {
  readonly address: Address;
}

export interface BoundForest {
  /** How many there are. */
  readonly size: number;
  /** By address, so that no result hangs on the order in which pages were bound. */
  readonly byAddress: ReadonlyMap<Address, Bound>;
  readonly byId: ReadonlyMap<NodeId, Bound>;
  /** The binding of this address. */
  at(address: Address): NodeBinding | undefined;
  /** Pages below which others are bound, with their addresses. */
  readonly parents: ReadonlyMap<NodeId, Address>;
  /** Whether anything is bound directly below the address, archived pages included. */
  hasChildren(address: Address): boolean;
}

export function indexBindings({ nodes }: State): BoundForest {
  const byAddress = once(() => new Map(boundIn(nodes)));
  const byId = once(() => new Map([...byAddress().values()].map((bound) => [bound.id, bound])));
  const parents = once(() => parentsIn(nodes));
  const bearing = once(() => new Set([...nodes.keys()].map(parentAddress)));
  return {
    size: nodes.size,
    get byAddress() {
      return byAddress();
    },
    get byId() {
      return byId();
    },
    get parents() {
      return parents();
    },
    at: (address) => nodes.get(address),
    hasChildren: (address) => bearing().has(address),
  };
}

function* boundIn(nodes: State['nodes']): Iterable<[Address, Bound]> {
  for (const [address, binding] of inOrder(nodes)) {
    const { id, parent, title, type, kind, origin, archived, alias } = binding;
    // Written out: spreading 400,000 bindings takes ten times as long.
    yield [address, { address, id, parent, title, type, kind, origin, archived, alias }];
  }
}

function parentsIn(nodes: State['nodes']): Map<NodeId, Address> {
  const parents = new Map<NodeId, Address>();
  let last: Address | undefined;
  for (const { parent } of nodes.values()) {
    // Siblings stand together.
    if (parent === last) continue;
    last = parent;
    const bound = nodes.get(parent);
    if (bound !== undefined) parents.set(bound.id, parent);
  }
  return parents;
}

/** Makes it when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
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
