// The bindings of pages, a column for each thing they say: 400,000 of them are then a few arrays, most of
// them places in the state's text, and an object is made of the one that is asked for. Each has a number, and
// the number of its page in `pages` is the same one.
//
// They are looked up family by family: what is bound below one address, by the last key. Those who ask
// mostly ask for siblings in a row, and nobody has to put an address together to ask for it.
//
// Invariant: bindings are added and never taken out; no two bind one address, and, but for a broken file,
// which `twice` tells, no two one page: then the page has the number of the first.

import { present } from '../diagnostic/invariant.ts';
import { lastSlash } from '../tree/address.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import { MapView } from '../tree/map-view.ts';
import { Numbering } from '../tree/numbering.ts';
import { type Piece, TextColumn, type Window } from '../tree/text-column.ts';
import type { NodeBinding } from './state.ts';

/** What is bound directly below one address. */
export interface Family {
  readonly size: number;
  /** By the last key of the address, as it stands there. */
  numberOf(key: string): number | undefined;
}

/** What a line says of a page that was applied, in pieces of the text. */
export interface BindingPieces {
  readonly address: Piece;
  /** Where the last key of the address begins. */
  readonly key: number;
  readonly id: Piece;
  readonly title: Piece;
  readonly parent: Address;
  readonly type: string;
}

export class Bindings extends MapView<Address, NodeBinding> {
  /** The bound pages; pages that are met later may be added. */
  readonly pages: Numbering<NodeId>;
  readonly #keys: Numbering<string>;
  /** What is bound below an address is one group of the keys. */
  readonly #families = new Map<Address | undefined, KeyGroup>();
  #last: { readonly parent: Address | undefined; readonly family: KeyGroup } | undefined;
  readonly #text: string;
  readonly #addresses: TextColumn<Address>;
  readonly #titles: TextColumn<string>;
  readonly #parents: Address[] = [];
  readonly #types: string[] = [];
  /** What is not simply a page that was applied: shortcuts, archived pages, pages with an alias. */
  readonly #odd = new Map<number, Pick<NodeBinding, 'kind' | 'origin' | 'archived' | 'alias'>>();
  #twice: readonly [Address, Address] | undefined;

  /** @param text - of which bindings may be pieces. */
  constructor(text = '') {
    super();
    this.#text = text;
    this.pages = new Numbering(text);
    this.#keys = new Numbering(text);
    this.#addresses = new TextColumn(text);
    this.#titles = new TextColumn(text);
  }

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
    const slash = lastSlash(address);
    const family = this.#familyOf(slash === -1 ? undefined : (address.slice(0, slash) as Address));
    if (this.#keys.add(address.slice(slash + 1), family.group) !== number) return false;
    const { id, parent, title, type, kind, origin, archived, alias } = binding;
    this.#addresses.push(address);
    this.#titles.push(title);
    this.#note(this.pages.add(id), family, parent, type);
    if (kind !== 'origin' || origin !== null || archived || alias !== undefined)
      this.#odd.set(number, { kind, origin, archived, alias });
    return true;
  }

  /** The same for a line that holds nothing else, and lies in the window. */
  addPieces({ address, key, id, title, parent, type }: BindingPieces, window: Window): boolean {
    const family = this.#familyAround(address.start, key - 1);
    if (this.#keys.addPiece(window, key, address.end, family.group) !== this.size) return false;
    this.#addresses.pushPiece(address.start, address.end);
    this.#titles.pushPiece(title.start, title.end);
    this.#note(this.pages.addPiece(window, id.start, id.end), family, parent, type);
    return true;
  }

  /** @param page - the number that the page of the binding added last had before, or has since. */
  #note(page: number, family: KeyGroup, parent: Address, type: string): void {
    const number = this.size - 1;
    if (page !== number) {
      // The pages after it keep the numbers of their bindings.
      const [first, second] = [this.addressAt(page), this.addressAt(number)];
      this.pages.repeat(present(this.pages.at(page), `page ${page}`));
      if (first !== undefined && second !== undefined) this.#twice ??= [first, second];
    }
    family.size += 1;
    this.#parents.push(parent);
    this.#types.push(type);
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

  /** The addresses below which something is bound. */
  *bearing(): Generator<Address> {
    for (const parent of this.#families.keys()) if (parent !== undefined) yield parent;
  }

  /** The family of an address that is a piece of the text, up to its last slash; siblings stand together. */
  #familyAround(start: number, slash: number): KeyGroup {
    const last = this.#last;
    const isSame = last?.parent?.length === slash - start && this.#text.startsWith(last.parent, start);
    return isSame ? last.family : this.#familyOf(this.#text.slice(start, slash) as Address);
  }

  #familyOf(parent: Address | undefined): KeyGroup {
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
    const address = this.addressAt(number);
    const id = this.idAt(number);
    const parent = this.parentAt(number);
    if (address === undefined || id === undefined || parent === undefined) return undefined;
    const { kind, origin, archived, alias } = this.#odd.get(number) ?? plain;
    const title = this.#titles.at(number) ?? '';
    const type = this.#types[number] ?? '';
    const binding = { id, parent, title, type, kind, origin, archived };
    return [address, alias === undefined ? binding : { ...binding, alias }];
  }

  addressAt(number: number): Address | undefined {
    return this.#addresses.at(number);
  }

  idAt(number: number): NodeId | undefined {
    return number < this.size ? this.pages.at(number) : undefined;
  }

  /** The last key of the address that the binding with this number is of. */
  keyAt(number: number): string | undefined {
    return this.#keys.at(number);
  }

  /** Below which address the binding with this number was applied. */
  parentAt(number: number): Address | undefined {
    return this.#parents[number];
  }

  /** By number; those of siblings are one text. */
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
    for (let number = 0; number < this.size; number += 1) {
      const address = this.addressAt(number);
      if (address !== undefined) yield address;
    }
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
