// Names with numbers, from 0 on in the order in which they came.
// Invariant: a name keeps its number, and no two names have one.

/** Some of the names with their numbers, to be looked at first. */
export type Near<K> = ReadonlyMap<K, number>;

export class Numbering<K> {
  readonly #numbers = new Map<K, number>();
  #size = 0;

  /** All numbers are below it. */
  get size(): number {
    return this.#size;
  }

  /** `undefined` where the name has none yet. */
  of(name: K): number | undefined {
    return this.#numbers.get(name);
  }

  /** The name's number; the next one where it has none yet. */
  add(name: K, near?: Near<K>): number {
    const known = near?.get(name) ?? this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#size;
    this.#numbers.set(name, number);
    this.#size += 1;
    return number;
  }

  /** Leaves out the next number. */
  skip(): void {
    this.#size += 1;
  }
}
