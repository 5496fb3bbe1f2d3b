// A map whose entries have numbers: what is said of 400,000 pages then stands in arrays, and only one
// structure hashes their names. Several maps may share one numbering.
// Invariant: an entry keeps its number for as long as there is the map.

import { MapView } from './map-view.ts';
import { Numbering } from './numbering.ts';

export interface ReadonlyNumberedMap<K extends string, V> extends ReadonlyMap<K, V> {
  /** `undefined` where there is no such entry. */
  numberOf(key: K): number | undefined;
  /** The value of the entry with this number. */
  at(number: number): V | undefined;
  /** All numbers are below it. */
  readonly numbers: number;
  /** Whether this is where the numbers come from. */
  isNumberedBy(numbering: Numbering<K>): boolean;
}

/** @typeParam V - knows its key. */
export class NumberedMap<K extends string, V extends { readonly id: K }>
  extends MapView<K, V>
  implements ReadonlyNumberedMap<K, V>
{
  readonly #numbering: Numbering<K>;
  readonly #values: (V | undefined)[] = [];
  /** In the order in which the entries came. */
  readonly #order: number[] = [];
  #size = 0;

  constructor(numbering = new Numbering<K>()) {
    super();
    this.#numbering = numbering;
    // Filled from the start: an array with holes in it is slow.
    for (let number = 0; number < numbering.size; number += 1) this.#values.push(undefined);
  }

  get size(): number {
    return this.#size;
  }

  get numbers(): number {
    return this.#values.length;
  }

  isNumberedBy(numbering: Numbering<K>): boolean {
    return this.#numbering === numbering;
  }

  get(key: K): V | undefined {
    const number = this.#numbering.of(key);
    return number === undefined ? undefined : this.#values[number];
  }

  numberOf(key: K): number | undefined {
    const number = this.#numbering.of(key);
    return number === undefined || this.#values[number] === undefined ? undefined : number;
  }

  at(number: number): V | undefined {
    return this.#values[number];
  }

  /** The number that the entry of this key has or will have. */
  reserve(key: K): number {
    const number = this.#numbering.add(key);
    while (this.#values.length <= number) this.#values.push(undefined);
    return number;
  }

  /** Puts the value where its key has its number. */
  put(number: number, value: V): void {
    if (this.#values[number] === undefined) {
      this.#size += 1;
      this.#order.push(number);
    }
    this.#values[number] = value;
  }

  /** Returns its number. */
  set(value: V): number {
    const number = this.reserve(value.id);
    this.put(number, value);
    return number;
  }

  delete(key: K): void {
    const number = this.numberOf(key);
    if (number === undefined) return;
    this.#values[number] = undefined;
    this.#size -= 1;
    this.#order.splice(this.#order.indexOf(number), 1);
  }

  *entries(): MapIterator<[K, V]> {
    for (const value of this.values()) yield [value.id, value];
  }

  override *values(): MapIterator<V> {
    for (const number of this.#order) {
      const value = this.#values[number];
      if (value !== undefined) yield value;
    }
  }
}
