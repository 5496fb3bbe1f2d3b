// Names with numbers, from 0 on in the order in which they came. A name is known within its group: the
// keys below one parent are a group, the pages of a wiki are one.
//
// A table of our own, because a map of 400,000 names asks the memory for several places a name, and one
// small map for each parent has to be filled and kept. Here a name is a slot that holds its hash and its
// number; slots are probed one after the other, and more than half of them are always free.
//
// Invariant: a name keeps its number, and no two names of one group have one.

const fewestSlots = 64;

export class Numbering<K extends string> {
  readonly #names: (K | undefined)[] = [];
  readonly #groups: number[] = [];
  #slots = emptySlots(fewestSlots);
  #taken = 0;

  /** All numbers are below it. */
  get size(): number {
    return this.#names.length;
  }

  /** The name with this number. */
  at(number: number): K | undefined {
    return this.#names[number];
  }

  /** `undefined` where the name has none yet. */
  of(name: K, group = 0): number | undefined {
    const { hashes, numbers } = this.#slots;
    const number = numbers[this.#find(name, group, hashOf(name, group), hashes, numbers)] ?? free;
    return number === free ? undefined : number;
  }

  /** The name's number; the next one where it has none yet. */
  add(name: K, group = 0): number {
    const { hashes, numbers } = this.#slots;
    const hash = hashOf(name, group);
    const slot = this.#find(name, group, hash, hashes, numbers);
    const known = numbers[slot] ?? free;
    if (known !== free) return known;
    const number = this.#names.push(name) - 1;
    this.#groups.push(group);
    hashes[slot] = hash;
    numbers[slot] = number;
    this.#taken += 1;
    if (this.#taken * 2 > numbers.length) this.#slots = doubled(this.#slots);
    return number;
  }

  /** Leaves out the next number. */
  skip(): void {
    this.#names.push(undefined);
    this.#groups.push(0);
  }

  /** The slot that has the name, or the free one that is to have it. */
  #find(name: K, group: number, hash: number, hashes: Int32Array, numbers: Int32Array): number {
    const last = numbers.length - 1;
    let slot = hash & last;
    for (let number = numbers[slot] ?? free; number !== free; number = numbers[slot] ?? free) {
      if (hashes[slot] === hash && this.#groups[number] === group && this.#names[number] === name) break;
      slot = (slot + 1) & last;
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
  for (const [from, number] of numbers.entries()) {
    if (number === free) continue;
    const hash = hashes[from] ?? 0;
    let slot = hash & last;
    while (larger.numbers[slot] !== free) slot = (slot + 1) & last;
    larger.hashes[slot] = hash;
    larger.numbers[slot] = number;
  }
  return larger;
}

/** FNV-1a over the characters; its low bits, which choose the slot, take in the high ones at the end. */
function hashOf(name: string, group: number): number {
  let hash = 0x811c9dc5 ^ group;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}
