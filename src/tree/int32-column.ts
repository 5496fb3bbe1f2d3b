// Whole numbers in a row that grows: a tenth of what objects take, and nothing for the garbage collector
// to walk through.

const first = 1024;

export class Int32Column {
  #numbers = new Int32Array(first);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(number: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Int32Array(this.#length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length] = number;
    this.#length += 1;
  }

  /** -1 where there is none. */
  at(index: number): number {
    return index < this.#length ? (this.#numbers[index] ?? -1) : -1;
  }
}
