// Which node has which live page, held so that 400,000 pages that are where memory says cost next to
// nothing: rule 2's are two arrays, one by the node's position in the manifest and one by the page's number,
// and only what another rule found stands in maps. `byAddress` and `byNode` look like maps of all and
// answer from the bindings and the live tree, which hash each name already.
//
// Invariant: `others` holds what another rule than 2 found, and nothing else.

import type { Address, NodeId } from '../tree/identifier.ts';
import type { LiveNode, LiveTree } from '../tree/live.ts';
import { MapView } from '../tree/map-view.ts';
import type { BoundForest, DesiredForest } from './forest.ts';
import type { NodeMatch } from './match.ts';

/** What became of a binding's page: its own address has it, or another has. */
const kept = 1;
const taken = 2;

export class Matched {
  readonly byAddress: ReadonlyMap<Address, NodeMatch>;
  readonly byNode: ReadonlyMap<NodeId, Address>;
  /** What the bindings of the addresses themselves did not tell. */
  readonly others: ReadonlyMap<Address, NodeMatch>;
  readonly #desired: DesiredForest;
  readonly #bindings: BoundForest;
  readonly #live: LiveTree['nodes'];
  /** Whether a bound page has one number among the live pages and the bindings. */
  readonly #isAligned: boolean;
  /** By the node's position, the number of its page; -1 where it has none, or stands in the maps alone. */
  readonly #pages: Int32Array;
  /** By the page's number, the position of its node; -1 likewise. */
  readonly #nodes: Int32Array;
  /** By the binding's number. */
  readonly #fates: Uint8Array;
  readonly #declared: Uint8Array;
  readonly #byAddress = new Map<Address, NodeMatch>();
  readonly #byNode = new Map<NodeId, Address>();
  #own = 0;

  constructor(desired: DesiredForest, bindings: BoundForest, live: LiveTree['nodes']) {
    this.#desired = desired;
    this.#bindings = bindings;
    this.#live = live;
    this.#isAligned = live.isNumberedBy(bindings.pages);
    this.#pages = new Int32Array(desired.list.length).fill(-1);
    this.#nodes = new Int32Array(live.numbers).fill(-1);
    this.#fates = new Uint8Array(bindings.size);
    this.#declared = new Uint8Array(bindings.size);
    this.others = this.#byAddress;
    this.byAddress = new ByAddress(this, bindings);
    this.byNode = new ByNode(this);
  }

  get size(): number {
    return this.#own + this.#byAddress.size;
  }

  /** To be told of each binding whose address is declared, before anything is asked of what is declared. */
  declare(binding: number): void {
    this.#declared[binding] = 1;
  }

  /** Whether the address of the binding with this number is declared. */
  declares(binding: number): boolean {
    return this.#declared[binding] === 1;
  }

  /** Rule 2, for the node at this position and the binding of its address; tells whether its page was seen. */
  setOwn(position: number, binding: number): boolean {
    const page = this.isSeen(binding) ? binding : this.#live.numberOf(this.#bindings.pageAt(binding));
    if (page === undefined) return false;
    this.#pages[position] = page;
    this.#nodes[page] = position;
    this.#fates[binding] = kept;
    this.#own += 1;
    return true;
  }

  /** Rule 4, for the node at this position and the binding of its former address. */
  setCarried(position: number, binding: number, address: Address, match: NodeMatch): void {
    const page = this.isSeen(binding) ? binding : this.#live.numberOf(match.id);
    this.#byAddress.set(address, match);
    this.#fates[binding] = taken;
    if (page === undefined) this.#byNode.set(match.id, address);
    else {
      this.#pages[position] = page;
      this.#nodes[page] = position;
    }
  }

  /** Any other rule. */
  set(address: Address, match: NodeMatch): void {
    this.#byAddress.set(address, match);
    this.#byNode.set(match.id, address);
    const binding = match.former === undefined ? undefined : this.#bindings.numberOf(match.former);
    if (binding !== undefined) this.#fates[binding] = taken;
  }

  /** The page of the node at this position, where the arrays hold it. */
  pageAt(position: number): LiveNode | undefined {
    const page = this.#pages[position] ?? -1;
    return page === -1 ? undefined : this.#live.at(page);
  }

  /** The address that has the page. */
  addressOf(id: NodeId): Address | undefined {
    const position = this.#nodes[this.#live.numberOf(id) ?? -1] ?? -1;
    return position === -1 ? this.#byNode.get(id) : this.#desired.list[position]?.address;
  }

  /** Whether rule 2 gave the page of the binding with this number to its address. */
  isKept(binding: number): boolean {
    return this.#fates[binding] === kept;
  }

  /** Whether any address has the page of the binding with this number. */
  isTaken(binding: number): boolean {
    return this.#fates[binding] !== 0;
  }

  /** Whether the page of the binding with this number was seen; where it is not certain, it is not said. */
  isSeen(binding: number): boolean {
    return this.#isAligned && this.#live.at(binding) !== undefined;
  }

  /** The bindings that nothing declares and whose page no address has, in the order of their addresses. */
  left(): readonly number[] {
    const numbers: number[] = [];
    for (let number = 0; number < this.#fates.length; number += 1)
      if (this.#fates[number] === 0 && this.#declared[number] === 0) numbers.push(number);
    return this.#bindings.inOrder(numbers);
  }

  /** Those of rule 2, in the manifest's order. */
  *own(): Generator<[Address, NodeId]> {
    for (const [position, page] of this.#pages.entries()) {
      const node = page === -1 ? undefined : this.#desired.list[position];
      const id = this.#live.at(page)?.id;
      if (node === undefined || id === undefined || this.#byAddress.has(node.address)) continue;
      yield [node.address, id];
    }
  }
}

const bound = (address: Address, id: NodeId): NodeMatch => ({ id, rule: 'binding', former: address });

class ByAddress extends MapView<Address, NodeMatch> {
  readonly #matched: Matched;
  readonly #bindings: BoundForest;

  constructor(matched: Matched, bindings: BoundForest) {
    super();
    this.#matched = matched;
    this.#bindings = bindings;
  }

  get size(): number {
    return this.#matched.size;
  }

  get(address: Address): NodeMatch | undefined {
    const other = this.#matched.others.get(address);
    if (other !== undefined) return other;
    const number = this.#bindings.numberOf(address);
    if (number === undefined || !this.#matched.isKept(number)) return undefined;
    return bound(address, this.#bindings.pageAt(number));
  }

  *entries(): MapIterator<[Address, NodeMatch]> {
    for (const [address, id] of this.#matched.own()) yield [address, bound(address, id)];
    yield* this.#matched.others;
  }
}

class ByNode extends MapView<NodeId, Address> {
  readonly #matched: Matched;

  constructor(matched: Matched) {
    super();
    this.#matched = matched;
  }

  get size(): number {
    return this.#matched.size;
  }

  get(id: NodeId): Address | undefined {
    return this.#matched.addressOf(id);
  }

  *entries(): MapIterator<[NodeId, Address]> {
    for (const [address, id] of this.#matched.own()) yield [id, address];
    for (const [address, { id }] of this.#matched.others) yield [id, address];
  }
}
