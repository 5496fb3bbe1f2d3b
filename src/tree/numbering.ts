// Names with numbers, from 0 on in the order in which they came. A name is known within its group: the
// keys below one parent are a group, the pages of a wiki are one.
//
// A table of our own, because a map of 400,000 names asks the memory for several places a name, and one
// small map for each parent has to be filled and kept. Here a name is a slot that holds its hash and its
// number; slots are probed one after the other, and more than half of them are always free.
//
// Invariant: a name keeps its number, and no two names of one group have one.

import { Int32Column } from './int32-column.ts';
import { TextColumn, type Whole } from './text-column.ts';

const fewestSlots = 64;

export class Numbering<K extends string> {
  readonly #names: TextColumn<K>;
  readonly #groups = new Int32Column();
  #slots = emptySlots(fewestSlots);
  #taken = 0;

  /** @param text - of which names may be pieces. */
  constructor(text = '') {
    this.#names = new TextColumn(text);
  }

  /** All numbers are below it. */
  get size(): number {
    return this.#names.length;
  }

  /** The name with this number. */
  at(number: number): K | undefined {
    return this.#names.at(number);
  }

  /** `undefined` where the name has none yet. */
  of(name: K, group = 0): number | undefined {
    const number = this.#slots.numbers[this.#find(name, group, hashOf(name, group))] ?? free;
    return number === free ? undefined : number;
  }

  /** The name's number; the next one where it has none yet. */
  add(name: K, group = 0): number {
    const hash = hashOf(name, group);
    const slot = this.#find(name, group, hash);
    const known = this.#slots.numbers[slot] ?? free;
    if (known !== free) return known;
    this.#names.push(name);
    return this.#take(slot, hash, group);
  }

  /** The same for a name that is a piece of the text. */
  addPiece({ text, units }: Whole, start: number, end: number, group = 0): number {
    const hash = hashOfPiece(units, start, end, group);
    let slot = this.#firstSlot(hash, group);
    if (this.#slots.numbers[slot] !== free) {
      const name = text.slice(start, end) as K;
      slot = this.#find(name, group, hash);
      const known = this.#slots.numbers[slot] ?? free;
      if (known !== free) return known;
    }
    this.#names.pushPiece(start, end);
    return this.#take(slot, hash, group);
  }

  /** Gives the next number to a name that has one already, by which it goes on to be found. */
  repeat(name: K): void {
    this.#names.push(name);
    this.#groups.push(0);
  }

  /** Notes the name that was added last. */
  #take(slot: number, hash: number, group: number): number {
    const { hashes, numbers } = this.#slots;
    const number = this.size - 1;
    this.#groups.push(group);
    hashes[slot] = hash;
    numbers[slot] = number;
    this.#taken += 1;
    if (this.#taken * 2 > numbers.length) this.#slots = doubled(this.#slots);
    return number;
  }

  /** The slot that has the name, or the free one that is to have it. */
  #find(name: K, group: number, hash: number): number {
    const { numbers } = this.#slots;
    let slot = this.#slotAfter(hash & (numbers.length - 1), hash, group);
    for (let number = numbers[slot] ?? free; number !== free; number = numbers[slot] ?? free) {
      if (this.#names.isAt(number, name)) break;
      slot = this.#slotAfter((slot + 1) & (numbers.length - 1), hash, group);
    }
    return slot;
  }

  #firstSlot(hash: number, group: number): number {
    return this.#slotAfter(hash & (this.#slots.numbers.length - 1), hash, group);
  }

  /** From this slot on, the first that is free or holds a name of this hash and group. */
  #slotAfter(from: number, hash: number, group: number): number {
    const { hashes, numbers } = this.#slots;
    let slot = from;
    for (let number = numbers[slot] ?? free; number !== free; number = numbers[slot] ?? free) {
      if (hashes[slot] === hash && this.#groups.at(number) === group) break;
      slot = (slot + 1) & (numbers.length - 1);
    }
    return slot;
  }
}

/** As many of both as a power of two. */
interface Slots {
  readonly hashes: Int32Array;
  readonly numbers: Int32Array;
}

const free = -1;

const emptySlots = (count: number): Slots => ({
  hashes: new Int32Array(count),
  numbers: new Int32Array(count).fill(free),
});

function doubled({ hashes, numbers }: Slots): Slots {
  const larger = emptySlots(numbers.length * 2);
  const last = larger.numbers.length - 1;
  for (let from = 0; from < numbers.length; from += 1) {
    const number = numbers[from] ?? free;
    if (number === free) continue;
    const hash = hashes[from] ?? 0;
    let slot = hash & last;
    while (larger.numbers[slot] !== free) slot = (slot + 1) & last;
    larger.hashes[slot] = hash;
    larger.numbers[slot] = number;
  }
  return larger;
}

/** FNV-1a over the code units; its low bits, which choose the slot, take in the high ones at the end. */
function hashOf(name: string, group: number): number {
  let hash = basis ^ group;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), prime);
  return hash ^ (hash >>> 15);
}

function hashOfPiece(units: Uint16Array, start: number, end: number, group: number): number {
  let hash = basis ^ group;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (units[at] ?? 0), prime);
  return hash ^ (hash >>> 15);
}

const basis = 0x811c9dc5;
const prime = 0x01000193;
