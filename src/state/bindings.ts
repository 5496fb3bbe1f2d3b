// The bindings of pages, a column for each thing they say: 400,000 of them are then a few arrays, and an
// object is made of the one that is asked for. Each has a number, and the number of its page in `pages` is
// the same one.
//
// They are looked up family by family: what is bound below one address, by the last key. Those who ask
// mostly ask for siblings in a row, and nobody has to put an address together to ask for it.
//
// Invariant: bindings are added and never taken out; no two bind one address, and, but for a broken file,
// which `twice` tells, no two one page: then the page has the number of the first.

import { lastSlash } from '../tree/address.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import { MapView } from '../tree/map-view.ts';
import { Numbering } from '../tree/numbering.ts';
import type { NodeBinding } from './state.ts';

/** What is bound directly below one address. */
export interface Family {
  readonly size: number;
  /** By the last key of the address, as it stands there. */
  numberOf(key: string): number | undefined;
}

export class Bindings extends MapView<Address, NodeBinding> {
  /** The bound pages; pages that are met later may be added. */
  readonly pages = new Numbering<NodeId>();
  readonly #keys = new Numbering<string>();
  /** What is bound below an address is one group of the keys. */
  readonly #families = new Map<Address | undefined, KeyGroup>();
  #last: { readonly parent: Address | undefined; readonly family: KeyGroup } | undefined;
  readonly #addresses: Address[] = [];
  readonly #ids: NodeId[] = [];
  readonly #parents: Address[] = [];
  readonly #titles: string[] = [];
  readonly #types: string[] = [];
  /** What is not simply a page that was applied: shortcuts, archived pages, pages with an alias. */
  readonly #odd = new Map<number, Pick<NodeBinding, 'kind' | 'origin' | 'archived' | 'alias'>>();
  #twice: readonly [Address, Address] | undefined;

  /** The same bindings; what is one already is returned as it is. */
  static of(nodes: ReadonlyMap<Address, NodeBinding>): Bindings {
    if (nodes instanceof Bindings) return nodes;
    const bindings = new Bindings();
    for (const [address, binding] of nodes) bindings.add(address, binding);
    return bindings;
  }

  get size(): number {
    return this.#addresses.length;
  }

  /** Two addresses that bind one page. */
  get twice(): readonly [Address, Address] | undefined {
    return this.#twice;
  }

  /** Tells whether it was added; it is not where the address is bound already. */
  add(address: Address, binding: NodeBinding): boolean {
    const number = this.size;
    if (!this.addPlain(address, binding.id, binding.parent, binding.title, binding.type)) return false;
    const { kind, origin, archived, alias } = binding;
    if (kind !== 'origin' || origin !== null || archived || alias !== undefined)
      this.#odd.set(number, { kind, origin, archived, alias });
    return true;
  }

  /** Of a page that was applied, and nothing else; tells whether it was added. */
  addPlain(address: Address, id: NodeId, parent: Address, title: string, type: string): boolean {
    const number = this.size;
    const slash = lastSlash(address);
    const family = this.#familyAround(address, slash);
    if (this.#keys.add(address.slice(slash + 1), family.group) !== number) return false;
    family.size += 1;
    const first = this.pages.add(id);
    if (first !== number) {
      // The pages after it keep the numbers of their bindings.
      this.pages.skip();
      this.#twice ??= [this.#addresses[first] ?? address, address];
    }
    this.#addresses.push(address);
    this.#ids.push(id);
    this.#parents.push(parent);
    this.#titles.push(title);
    this.#types.push(type);
    return true;
  }

  numberOf(address: Address): number | undefined {
    const slash = lastSlash(address);
    const parent = slash === -1 ? undefined : (address.slice(0, slash) as Address);
    return this.#families.get(parent)?.numberOf(address.slice(slash + 1));
  }

  /** What is bound directly below the address, archived pages included. */
  family(parent: Address): Family | undefined {
    return this.#families.get(parent);
  }

  /** The last key of the address that the binding with this number is of. */
  keyAt(number: number): string | undefined {
    return this.#keys.at(number);
  }

  /** The addresses below which something is bound. */
  *bearing(): Generator<Address> {
    for (const parent of this.#families.keys()) if (parent !== undefined) yield parent;
  }

  #familyAround(address: Address, slash: number): KeyGroup {
    const last = this.#last;
    if (last?.parent !== undefined && slash === last.parent.length && address.startsWith(last.parent))
      return last.family;
    const parent = slash === -1 ? undefined : (address.slice(0, slash) as Address);
    const family = this.#families.get(parent) ?? new KeyGroup(this.#keys, this.#families.size);
    this.#families.set(parent, family);
    this.#last = { parent, family };
    return family;
  }

  get(address: Address): NodeBinding | undefined {
    const number = this.numberOf(address);
    return number === undefined ? undefined : this.at(number)?.[1];
  }

  /** The binding with this number. */
  at(number: number): [Address, NodeBinding] | undefined {
    const address = this.#addresses[number];
    const id = this.#ids[number];
    const parent = this.#parents[number];
    if (address === undefined || id === undefined || parent === undefined) return undefined;
    const { kind, origin, archived, alias } = this.#odd.get(number) ?? plain;
    const title = this.#titles[number] ?? '';
    const type = this.#types[number] ?? '';
    const binding = { id, parent, title, type, kind, origin, archived };
    return [address, alias === undefined ? binding : { ...binding, alias }];
  }

  /** By number. */
  get addresses(): readonly Address[] {
    return this.#addresses;
  }

  /** By number. */
  get ids(): readonly NodeId[] {
    return this.#ids;
  }

  /** By number. */
  get parents(): readonly Address[] {
    return this.#parents;
  }

  *entries(): MapIterator<[Address, NodeBinding]> {
    for (let number = 0; number < this.size; number += 1) {
      const entry = this.at(number);
      if (entry !== undefined) yield entry;
    }
  }

  override *keys(): MapIterator<Address> {
    yield* this.#addresses;
  }
}

const plain = { kind: 'origin', origin: null, archived: false, alias: undefined } as const;

class KeyGroup implements Family {
  readonly group: number;
  readonly #keys: Numbering<string>;
  size = 0;

  constructor(keys: Numbering<string>, group: number) {
    this.#keys = keys;
    this.group = group;
  }

  numberOf(key: string): number | undefined {
    return this.#keys.of(key, this.group);
  }
}
