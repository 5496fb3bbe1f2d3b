// Names with numbers, from 0 on in the order in which they came. A name is known within its group: the
// keys below one parent are a group, the pages of a wiki are one.
//
// A table of our own, because a map of 400,000 names asks the memory for several places a name, and one
// small map for each parent has to be filled and kept. Here a name is a slot that holds its hash and its
// number; slots are probed one after the other, and more than half of them are always free.
//
// Invariant: a name keeps its number, and no two names of one group have one.

import { Int32Column } from './int32-column.ts';
import { TextColumn, type Window } from './text-column.ts';

const fewestSlots = 64;

export class Numbering<K extends string> {
  readonly #names: TextColumn<K>;
  readonly #groups = new Int32Column();
  #slots = emptySlots(fewestSlots);
  #taken = 0;
  /** The number after the one that was asked for last. */
  #next = 0;

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
    if (this.#isNext(name, group)) return this.#next++;
    const number = this.#numberIn(this.#find(name, hashOf(name, group)));
    if (number === free) return undefined;
    this.#next = number + 1;
    return number;
  }

  /** The name's number; the next one where it has none yet. */
  add(name: K, group = 0): number {
    const known = this.of(name, group);
    if (known !== undefined) return known;
    const hash = hashOf(name, group);
    const slot = this.#find(name, hash);
    this.#names.push(name);
    return this.#take(slot, hash, group);
  }

  /** The same for a name that is a piece of the text, and lies in the window. */
  addPiece({ text, units, begin }: Window, start: number, end: number, group = 0): number {
    const hash = hashOfUnits(units, start - begin, end - begin, group);
    let slot = this.#slotFrom(hash, hash);
    if (this.#numberIn(slot) !== free) {
      slot = this.#find(text.slice(start, end) as K, hash);
      const known = this.#numberIn(slot);
      if (known !== free) return known;
    }
    this.#names.pushPiece(start, end);
    return this.#take(slot, hash, group);
  }

  /** Gives the next number to a name that has one already, by which it goes on to be found. */
  repeat(name: K): void {
    this.#names.push(name);
    this.#groups.push(nobodys);
  }

  /** Names are often asked for in the order in which they came. */
  #isNext(name: K, group: number): boolean {
    return this.#groups.at(this.#next) === group && this.#names.isAt(this.#next, name);
  }

  /** Notes the name that was added last. */
  #take(slot: number, hash: number, group: number): number {
    const number = this.size - 1;
    this.#groups.push(group);
    this.#slots[2 * slot] = hash;
    this.#slots[2 * slot + 1] = number;
    this.#taken += 1;
    if (this.#taken * 4 > this.#slots.length) this.#slots = doubled(this.#slots);
    return number;
  }

  #numberIn(slot: number): number {
    return this.#slots[2 * slot + 1] ?? free;
  }

  /** The slot that has the name, or the free one that is to have it. */
  #find(name: K, hash: number): number {
    let slot = this.#slotFrom(hash, hash);
    for (let number = this.#numberIn(slot); number !== free; number = this.#numberIn(slot)) {
      if (this.#names.isAt(number, name)) break;
      slot = this.#slotFrom(slot + 1, hash);
    }
    return slot;
  }

  /** From there on, the first slot that is free or holds a name of this hash. */
  #slotFrom(start: number, hash: number): number {
    const slots = this.#slots;
    const last = slots.length / 2 - 1;
    let slot = start & last;
    while (slots[2 * slot + 1] !== free && slots[2 * slot] !== hash) slot = (slot + 1) & last;
    return slot;
  }
}

const free = -1;
/** A group that nothing is asked for in. */
const nobodys = -2;

/** As many as a power of two; a hash and a number each, side by side, so that they come from the memory together. */
const emptySlots = (count: number): Int32Array => new Int32Array(2 * count).fill(free);

function doubled(slots: Int32Array): Int32Array {
  const larger = emptySlots(slots.length);
  const last = slots.length - 1;
  for (let from = 0; from < slots.length; from += 2) {
    const number = slots[from + 1] ?? free;
    if (number === free) continue;
    const hash = slots[from] ?? 0;
    let slot = hash & last;
    while (larger[2 * slot + 1] !== free) slot = (slot + 1) & last;
    larger[2 * slot] = hash;
    larger[2 * slot + 1] = number;
  }
  return larger;
}

// FNV-1a over the code units; its low bits, which choose the slot, take in the high ones at the end.
// Every step of it can be undone, the seed too: so a name has another hash in each group, and whoever finds
// the name under a hash has found the group.

function hashOf(name: string, group: number): number {
  let hash = seedOf(group);
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), prime);
  return hash ^ (hash >>> 15);
}

function hashOfUnits(units: Uint16Array, start: number, end: number, group: number): number {
  let hash = seedOf(group);
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (units[at] ?? 0), prime);
  return hash ^ (hash >>> 15);
}

const prime = 0x01000193;

/** Groups that follow each other begin far apart: else a page 1 in one would hash as a page 0 in the next. */
const seedOf = (group: number): number => 0x811c9dc5 ^ Math.imul(group, 0x9e3779b1);
