// The desired tree and the bindings, indexed so that matching never searches. An index is made when it is
// first asked for: each costs a fifth of a second for 400,000 pages, and where all is as declared most of
// them are never needed.

import { InvariantError, present } from '../diagnostic/invariant.ts';
import { Bindings, type Family } from '../state/bindings.ts';
import type { NodeBinding, State } from '../state/state.ts';
import { spaceOfAddress } from '../tree/address.ts';
import type { DesiredNode, DesiredSpace, DesiredTree } from '../tree/desired.ts';
import { type Address, compareText, type NodeId } from '../tree/identifier.ts';
import { MapView } from '../tree/map-view.ts';

export interface DesiredForest {
  readonly spaces: ReadonlyMap<Address, DesiredSpace>;
  /** In the manifest's order, parents before children. */
  readonly list: readonly DesiredNode[];
  /** The same by address, in the same order. */
  readonly nodes: ReadonlyMap<Address, DesiredNode>;
  /** The positions in `list` of what stands directly below an address. */
  readonly children: ReadonlyMap<Address, readonly number[]>;
  /** By position, the position of the parent; -1 at the top of a space. */
  readonly parents: Int32Array;
  /** The positions of what stands directly below the node at this position. */
  below(position: number): readonly number[];
}

export function indexDesired(tree: DesiredTree): DesiredForest {
  const list = tree.spaces.flatMap(({ nodes }) => nodes);
  const nodes = once(() => new Map(list.map((node) => [node.address, node])));
  const children = once(() => {
    const lists = new Map<Address, number[]>();
    for (const [position, { parent }] of list.entries()) push(lists, parent, position);
    return lists;
  });
  const spaces = new Map(tree.spaces.map((space) => [space.address, space]));
  const parents = once(() => parentPositions(list, spaces));
  const below = once(() => positionsBelow(parents()));
  return {
    spaces,
    list,
    get nodes() {
      return nodes();
    },
    get children() {
      return children();
    },
    get parents() {
      return parents();
    },
    below: (position) => below().get(position) ?? none,
  };
}

const none: readonly number[] = [];

/** By position, the position of the parent, which is mostly found from the node before. */
function parentPositions(list: readonly DesiredNode[], spaces: ReadonlyMap<Address, unknown>): Int32Array {
  const parents = new Int32Array(list.length).fill(-1);
  const positions = once(() => new Map(list.map(({ address }, position) => [address, position])));
  const isAt = (position: number, address: Address): boolean => list[position]?.address === address;
  for (const [position, { parent }] of list.entries()) {
    const isSibling = list[position - 1]?.parent === parent;
    let above = isSibling ? (parents[position - 1] ?? -1) : position - 1;
    while (!isSibling && above >= 0 && !isAt(above, parent)) above = parents[above] ?? -1;
    if (above === -1 && !spaces.has(parent)) above = positions().get(parent) ?? -1;
    parents[position] = above;
  }
  return parents;
}

/** By position, the positions of what stands directly below, where anything does. */
function positionsBelow(parents: Int32Array): ReadonlyMap<number, readonly number[]> {
  const lists = new Map<number, number[]>();
  for (const [position, parent] of parents.entries()) push(lists, parent, position);
  return lists;
}

/** A binding with the address it belongs to. */
export interface Bound extends NodeBinding {
  readonly address: Address;
}

export interface BoundForest {
  /** How many there are. */
  readonly size: number;
  /** In the order of the addresses, so that no result hangs on the order in which pages were bound. */
  readonly byAddress: ReadonlyMap<Address, Bound>;
  /** The binding of this page, under whatever address. */
  ofPage(id: NodeId): Bound | undefined;
  /** The address that binds this page. */
  addressOfPage(id: NodeId): Address | undefined;
  /** The numbers of what is bound directly below an address, by the last key as it stands there. */
  below(parent: Address): Family | undefined;
  /** The same below the address of the binding with this number. */
  belowNumber(number: number): Family | undefined;
  /** Its number, by which the others can be had. */
  numberOf(address: Address): number | undefined;
  /** The page of the binding with this number. */
  pageAt(number: number): NodeId;
  /** The address of the binding with this number. */
  addressAt(number: number): Address;
  /** The last key of that address, as it stands there. */
  keyAt(number: number): string;
  /** Below which address the binding with this number was applied. */
  parentAt(number: number): Address;
  withNumber(number: number): Bound;
  /** The binding of this address. */
  at(address: Address): Bound | undefined;
  /** These numbers in the order of their addresses. */
  inOrder(numbers: number[]): readonly number[];
  /** How many pages are bound in each space. */
  readonly counts: ReadonlyMap<Address, number>;
  /** Where a page has the number of its binding. */
  readonly pages: Bindings['pages'];
  /** Pages below which others are bound, with their addresses. */
  readonly parents: ReadonlyMap<NodeId, Address>;
  /** Whether anything is bound directly below the address, archived pages included. */
  hasChildren(address: Address): boolean;
}

export function indexBindings(state: State): BoundForest {
  const bindings = Bindings.of(state.nodes);
  const { pages } = bindings;
  const addressAt = (number: number): Address => bindings.addressAt(number) ?? absent(number);
  const withNumber = (number: number): Bound => {
    const [address, binding] = present(bindings.at(number), `binding ${number}`);
    return { address, ...binding };
  };
  const numbers = once(() => inOrder([...Array(bindings.size).keys()], addressAt));
  const byAddress = new BoundMap(bindings, withNumber, numbers);
  const parents = once(() => parentsIn(bindings));
  const families = once(() => familiesIn(bindings));
  return {
    size: bindings.size,
    byAddress,
    ofPage(id) {
      const number = pages.of(id);
      return number === undefined || number >= bindings.size ? undefined : withNumber(number);
    },
    addressOfPage: (id) => bindings.addressAt(pages.of(id) ?? -1),
    numberOf: (address) => bindings.numberOf(address),
    pageAt: (number) => bindings.idAt(number) ?? absent(number),
    addressAt,
    keyAt: (number) => bindings.keyAt(number) ?? absent(number),
    parentAt: (number) => bindings.parentAt(number) ?? absent(number),
    withNumber,
    at: (address) => byAddress.get(address),
    inOrder: (some) => inOrder(some, addressAt),
    get counts() {
      return countsIn(bindings);
    },
    pages,
    get parents() {
      return parents();
    },
    hasChildren: (address) => bindings.family(address) !== undefined,
    below: (parent) => bindings.family(parent),
    belowNumber: (number) => families().get(number),
  };
}

function absent(number: number): never {
  throw new InvariantError(`there is no binding ${number}`);
}

/** The bindings as a map, each an object when it is asked for. */
class BoundMap extends MapView<Address, Bound> {
  readonly #bindings: Bindings;
  readonly #at: (number: number) => Bound;
  readonly #numbers: () => readonly number[];

  constructor(bindings: Bindings, at: (number: number) => Bound, numbers: () => readonly number[]) {
    super();
    this.#bindings = bindings;
    this.#at = at;
    this.#numbers = numbers;
  }

  get size(): number {
    return this.#bindings.size;
  }

  get(address: Address): Bound | undefined {
    const number = this.#bindings.numberOf(address);
    return number === undefined ? undefined : this.#at(number);
  }

  *entries(): MapIterator<[Address, Bound]> {
    for (const number of this.#numbers()) {
      const bound = this.#at(number);
      yield [bound.address, bound];
    }
  }
}

function parentsIn(bindings: Bindings): Map<NodeId, Address> {
  const parents = new Map<NodeId, Address>();
  let last: Address | undefined;
  for (const parent of bindings.parents) {
    // Siblings stand together.
    if (parent === last) continue;
    last = parent;
    const id = bindings.idAt(bindings.numberOf(parent) ?? -1);
    if (id !== undefined) parents.set(id, parent);
  }
  return parents;
}

/** By the number of the binding below whose address they are. */
function familiesIn(bindings: Bindings): Map<number, Family> {
  const families = new Map<number, Family>();
  for (const parent of bindings.bearing()) {
    const [number, family] = [bindings.numberOf(parent), bindings.family(parent)];
    if (number !== undefined && family !== undefined) families.set(number, family);
  }
  return families;
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
function inOrder(numbers: number[], of: (number: number) => Address): readonly number[] {
  let last: Address | undefined;
  for (const number of numbers) {
    const address = of(number);
    if (last !== undefined && address < last) return numbers.sort((a, b) => compareText(of(a), of(b)));
    last = address;
  }
  return numbers;
}

function countsIn(bindings: Bindings): Map<Address, number> {
  const counts = new Map<Address, number>();
  for (const parent of bindings.bearing()) {
    const space = spaceOfAddress(parent);
    counts.set(space, (counts.get(space) ?? 0) + (bindings.family(parent)?.size ?? 0));
  }
  return counts;
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

export function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
