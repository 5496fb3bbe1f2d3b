// Texts in a row, most of them pieces of one long text: a piece is two numbers until somebody asks for it.
// Invariant: a text, once added, keeps its number and never changes.

import { Int32Column } from './int32-column.ts';

/** A long text, and the UTF-16 code units of a part of it: a quick way to look at each of them. */
export interface Window {
  readonly text: string;
  /** Of the text from `begin` on. */
  readonly units: Uint16Array;
  readonly begin: number;
}

/** From `start` to before `end`. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

export class TextColumn<T extends string> {
  readonly #text: string;
  /** -1 where the text is not a piece. */
  readonly #starts = new Int32Column();
  readonly #ends = new Int32Column();
  readonly #own = new Map<number, T>();

  /** @param text - of which pieces are added. */
  constructor(text: string) {
    this.#text = text;
  }

  get length(): number {
    return this.#starts.length;
  }

  push(text: T): void {
    this.#own.set(this.length, text);
    this.#starts.push(-1);
    this.#ends.push(-1);
  }

  pushPiece(start: number, end: number): void {
    this.#starts.push(start);
    this.#ends.push(end);
  }

  /** `undefined` where there is none. */
  at(index: number): T | undefined {
    const start = this.#starts.at(index);
    return start === -1 ? this.#own.get(index) : (this.#text.slice(start, this.#ends.at(index)) as T);
  }

  /** Whether this is the text there. */
  isAt(index: number, text: T): boolean {
    const start = this.#starts.at(index);
    if (start === -1) return this.#own.get(index) === text;
    return this.#ends.at(index) - start === text.length && this.#text.startsWith(text, start);
  }
}
