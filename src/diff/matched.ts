// Which node has which live page, held so that 400,000 pages that are where memory says, or came along with
// a page above them, cost next to nothing: it stands in arrays, by the node's position in the manifest and by
// the page's number. Only what another rule found is an object in a map. `byAddress` and `byNode` look like
// maps of all and answer from the bindings and the live tree, which know each name already.
//
// Invariant: a position has a page exactly if it has a rule, and the two arrays are each other's inverse.

import { present } from '../diagnostic/invariant.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { LiveNode, LiveTree } from '../tree/live.ts';
import { MapView } from '../tree/map-view.ts';
import type { BoundForest, DesiredForest } from './forest.ts';
import type { NodeMatch } from './match.ts';

/** What became of a binding's page: its own address has it, or another has. */
const kept = 1;
const taken = 2;

/** Which rule gave the node its page: 2, 4, or another; 0 where none did. */
const own = 1;
const carried = 2;
const other = 3;

export class Matched {
  readonly byAddress: ReadonlyMap<Address, NodeMatch>;
  readonly byNode: ReadonlyMap<NodeId, Address>;
  /** What neither the binding of the address (rule 2) nor the page above it (rule 4) told. */
  readonly others: ReadonlyMap<Address, NodeMatch>;
  readonly #desired: DesiredForest;
  readonly #bindings: BoundForest;
  readonly #live: LiveTree['nodes'];
  /** Whether a bound page has one number among the live pages and the bindings. */
  readonly #isAligned: boolean;
  /** By the node's position, the number of its page; -1 where it has none. */
  readonly #pages: Int32Array;
  /** By the node's position. */
  readonly #rules: Uint8Array;
  /** By the node's position, the binding of its former address, where its page was carried; else -1. */
  readonly #formers: Int32Array;
  /** By the page's number, the position of its node; -1 where it has none. */
  readonly #nodes: Int32Array;
  /** By the binding's number. */
  readonly #fates: Uint8Array;
  readonly #declared: Uint8Array;
  readonly #others = new Map<Address, NodeMatch>();
  /** The positions of what was carried, once somebody asks for it by address. */
  #carried: Map<Address, number> | undefined;
  readonly #counts = { own: 0, carried: 0 };

  constructor(desired: DesiredForest, bindings: BoundForest, live: LiveTree['nodes']) {
    this.#desired = desired;
    this.#bindings = bindings;
    this.#live = live;
    this.#isAligned = live.isNumberedBy(bindings.pages);
    this.#pages = new Int32Array(desired.list.length).fill(-1);
    this.#rules = new Uint8Array(desired.list.length);
    this.#formers = new Int32Array(desired.list.length).fill(-1);
    this.#nodes = new Int32Array(live.numbers).fill(-1);
    this.#fates = new Uint8Array(bindings.size);
    this.#declared = new Uint8Array(bindings.size);
    this.others = this.#others;
    this.byAddress = new ByAddress(this, bindings);
    this.byNode = new ByNode(this);
  }

  get size(): number {
    return this.#counts.own + this.#counts.carried + this.#others.size;
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
    const page = this.#pageOf(binding);
    if (page === undefined) return false;
    this.#put(position, page, own);
    this.#fates[binding] = kept;
    this.#counts.own += 1;
    return true;
  }

  /** Rule 4, for the node at this position and the binding of its former address. */
  setCarried(position: number, binding: number): void {
    const page = present(this.#pageOf(binding), `the page of binding ${binding}`);
    this.#put(position, page, carried);
    this.#formers[position] = binding;
    this.#fates[binding] = taken;
    this.#counts.carried += 1;
    this.#carried = undefined;
  }

  /** Any other rule; returns the binding of the former address, if there was one. */
  set(position: number, match: NodeMatch): number | undefined {
    const node = present(this.#desired.list[position], `node ${position}`);
    this.#others.set(node.address, match);
    this.#put(position, present(this.#live.numberOf(match.id), `the page ${match.id}`), other);
    const binding = match.former === undefined ? undefined : this.#bindings.numberOf(match.former);
    if (binding !== undefined) this.#fates[binding] = taken;
    return binding;
  }

  #put(position: number, page: number, rule: number): void {
    this.#pages[position] = page;
    this.#rules[position] = rule;
    this.#nodes[page] = position;
  }

  /** Whether the node at this position has a page. */
  has(position: number): boolean {
    return this.#rules[position] !== 0;
  }

  /** Whether it has one by another rule than 2. */
  hasOther(position: number): boolean {
    return (this.#rules[position] ?? 0) > own;
  }

  /** The page of the node at this position. */
  pageAt(position: number): LiveNode | undefined {
    const page = this.#pages[position] ?? -1;
    return page === -1 ? undefined : this.#live.at(page);
  }

  /** The address that has the page. */
  addressOf(id: NodeId): Address | undefined {
    const position = this.#nodes[this.#live.numberOf(id) ?? -1] ?? -1;
    return position === -1 ? undefined : this.#desired.list[position]?.address;
  }

  /** What rule 4 found for the address. */
  carriedTo(address: Address): NodeMatch | undefined {
    if (this.#counts.carried === 0) return undefined;
    this.#carried ??= new Map(this.#carriedNodes());
    const position = this.#carried.get(address);
    return position === undefined ? undefined : this.#carriedMatch(position);
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
    for (const [position, rule] of this.#rules.entries()) {
      const node = rule === own ? this.#desired.list[position] : undefined;
      const id = this.pageAt(position)?.id;
      if (node !== undefined && id !== undefined) yield [node.address, id];
    }
  }

  /** Those of rule 4, in the manifest's order. */
  *carried(): Generator<[Address, NodeMatch]> {
    for (const [address, position] of this.#carriedNodes()) yield [address, this.#carriedMatch(position)];
  }

  *#carriedNodes(): Generator<[Address, number]> {
    for (const [position, rule] of this.#rules.entries()) {
      const node = rule === carried ? this.#desired.list[position] : undefined;
      if (node !== undefined) yield [node.address, position];
    }
  }

  #carriedMatch(position: number): NodeMatch {
    const former = this.#formers[position] ?? -1;
    return {
      id: this.#bindings.pageAt(former),
      rule: 'carried',
      former: this.#bindings.addressAt(former),
    };
  }

  /** The number of a bound page, where it was seen. */
  #pageOf(binding: number): number | undefined {
    return this.isSeen(binding) ? binding : this.#live.numberOf(this.#bindings.pageAt(binding));
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
    const number = this.#bindings.numberOf(address);
    if (number !== undefined && this.#matched.isKept(number))
      return bound(address, this.#bindings.pageAt(number));
    return this.#matched.others.get(address) ?? this.#matched.carriedTo(address);
  }

  *entries(): MapIterator<[Address, NodeMatch]> {
    for (const [address, id] of this.#matched.own()) yield [address, bound(address, id)];
    yield* this.#matched.others;
    yield* this.#matched.carried();
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
    for (const [address, { id }] of this.#matched.carried()) yield [id, address];
  }
}
