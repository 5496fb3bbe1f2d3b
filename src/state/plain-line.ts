// A line of a printed state that says of its page no more than where it was applied, and whose texts say
// themselves: no quotes or backslashes in them, no control characters, none empty. What it says is told in
// places of the text; nothing is cut out, which would take longer than the reading.
//
// Invariant: what is found here is what JSON would say. Any other line is none of these.

import { parseAddress } from '../tree/address.ts';
import type { Address } from '../tree/identifier.ts';
import type { Piece, Window } from '../tree/text-column.ts';
import type { BindingPieces } from './bindings.ts';

/** The pieces of a line, and where the next line begins. */
export interface FoundLine extends BindingPieces {
  readonly next: number;
}

export class PlainLine {
  readonly #text: string;
  readonly #windowLength: number;
  #window: Window;
  // Siblings stand together: one parent's address, and one type's name, serve them all.
  #parent: Address | undefined;
  #type = '';
  /** Where reading has come to in the window; -1 where the line is none of these. */
  #at = 0;

  /** @param windowLength - how much of the text is looked at at once. */
  constructor(text: string, windowLength = usualLength) {
    this.#text = text;
    this.#windowLength = windowLength;
    this.#window = { text, units: unitsOf(''), begin: 0 };
  }

  /** Where the line lies that was read last. */
  get window(): Window {
    return this.#window;
  }

  /** `undefined` where the line that begins there is another kind of line. */
  read(begin: number): FoundLine | undefined {
    this.#look(begin);
    this.#at = begin - this.#window.begin;
    this.#skip(beforeAddress);
    const address = this.#plainText();
    this.#skip(beforeId);
    const id = this.#plainText();
    this.#skip(beforeParent);
    this.#readParent();
    this.#skip(beforeTitle);
    const title = this.#plainText();
    this.#skip(beforeType);
    this.#readType();
    this.#skip(afterType);
    if (this.#window.units[this.#at] === comma) this.#at += 1;
    this.#skip(lineBreak);
    const key = this.#at === -1 ? -1 : this.#keyOf(address);
    if (key === -1 || this.#parent === undefined) return undefined;
    const next = this.#window.begin + this.#at;
    return { address, key, id, title, parent: this.#parent, type: this.#type, next };
  }

  /** Moves the window on where the line lies behind it; a window ends with a line. */
  #look(begin: number): void {
    const { units, begin: before } = this.#window;
    if (begin >= before && begin < before + units.length) return;
    const whole = this.#text.lastIndexOf('\n', begin + this.#windowLength) + 1;
    const end = whole > begin ? whole : this.#text.indexOf('\n', begin) + 1;
    this.#window = { text: this.#text, units: unitsOf(this.#text.slice(begin, end)), begin };
  }

  #skip(literal: Uint16Array): void {
    if (this.#at === -1) return;
    const { units } = this.#window;
    for (let index = 0; index < literal.length; index += 1) {
      if (units[this.#at + index] === literal[index]) continue;
      this.#at = -1;
      return;
    }
    this.#at += literal.length;
  }

  /** Up to the next quote; in places of the text. */
  #plainText(): Piece {
    if (this.#at === -1) return nowhere;
    const { units, begin } = this.#window;
    const start = this.#at;
    let end = start;
    let unit = units[end] ?? 0;
    while (unit !== quote && unit !== backslash && unit >= firstPrintable) {
      end += 1;
      unit = units[end] ?? 0;
    }
    this.#at = unit === quote && end > start ? end : -1;
    return { start: begin + start, end: begin + end };
  }

  #readParent(): void {
    if (this.#parent !== undefined && this.#repeats(this.#parent)) return;
    const { start, end } = this.#plainText();
    this.#parent = this.#at === -1 ? undefined : parseAddress(this.#text.slice(start, end));
  }

  #readType(): void {
    if (this.#repeats(this.#type)) return;
    const { start, end } = this.#plainText();
    if (this.#at !== -1) this.#type = this.#text.slice(start, end);
  }

  /** Goes on behind the text if it stands here again, up to a quote. */
  #repeats(text: string): boolean {
    if (this.#at === -1 || text === '') return false;
    const { units, begin } = this.#window;
    const end = this.#at + text.length;
    if (units[end] !== quote || !this.#text.startsWith(text, begin + this.#at)) return false;
    this.#at = end;
    return true;
  }

  /** Where the last key of an address begins; -1 where the text is no address of a page. */
  #keyOf({ start, end }: Piece): number {
    const { units, begin } = this.#window;
    let key = -1;
    let before = slash;
    for (let at = start; at < end; at += 1) {
      const unit = units[at - begin] ?? 0;
      if (unit === slash && before === slash) return -1;
      if (unit === slash) key = at + 1;
      before = unit;
    }
    return before === slash ? -1 : key;
  }
}

/** All of the text at once would take twice its room again. */
const usualLength = 1 << 20;

const quote = 0x22;
const comma = 0x2c;
const slash = 0x2f;
const backslash = 0x5c;
const firstPrintable = 0x20;
const nowhere: Piece = { start: -1, end: -1 };

/** The UTF-16 code units of the text. */
export function unitsOf(text: string): Uint16Array {
  const bytes = Buffer.from(text, 'utf16le');
  return new Uint16Array(bytes.buffer, bytes.byteOffset, text.length);
}

const beforeAddress = unitsOf('    "');
const beforeId = unitsOf('": {"id":"');
const beforeParent = unitsOf('","parent":"');
const beforeTitle = unitsOf('","title":"');
const beforeType = unitsOf('","type":"');
const afterType = unitsOf('"}');
const lineBreak = unitsOf('\n');
