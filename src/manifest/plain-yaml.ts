// The quick way through plain YAML: mappings, lists, and texts on one line. A large manifest is nothing
// else, and js-yaml reads 400,000 pages of it in 0.3 s where `yaml` takes 2.8 s.
//
// Invariant: what comes out is what `locate.ts` makes of the same text, to the offset, and there is
// nothing to report about it. Whatever is not plain (anchors, aliases, tags, merge keys, texts of several
// lines, numbers out of the common, equal keys, any error) is left to the thorough parser, the only one
// that speaks to people. A property test holds the two against one another.

import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Located, LocatedEntry, LocatedList, LocatedMap, LocatedScalar } from '../schema/located.ts';
import type { SourceText } from '../schema/source-text.ts';
import { deepestNesting } from './nesting.ts';

/** The text turned out not to be plain. */
class NotPlain extends Error {}

/** The value, or `undefined` where the text is for the thorough parser. */
export function readPlain(text: SourceText): Located | undefined {
  if (isOdd(text.text)) return undefined;
  let events: readonly Event[];
  try {
    events = parseEvents(text.text, { maxDepth: deepestNesting });
  } catch {
    // The library stops at the first error, and the thorough parser finds all of them.
    return undefined;
  }
  try {
    return new Reader(text, events).document();
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

/** What the two libraries see with other eyes: tabs, byte order marks, lone returns, ends of documents. */
function isOdd(text: string): boolean {
  return /[\t\ufeff]|\r(?!\n)/.test(text) || text.startsWith('...') || text.includes('\n...');
}

/** `yaml` refuses keys of more than 1024 characters, counted its own way. */
const longestKey = 1000;

class Reader {
  readonly #text: SourceText;
  readonly #events: readonly Event[];
  #at = 0;

  constructor(text: SourceText, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  /** The one document; that of nothing but blanks is none. */
  document(): Located {
    const start = this.#next();
    if (start.type !== EVENT_ID.DOCUMENT || start.explicitStart || start.directives.length > 0)
      throw new NotPlain();
    const root = this.#value(this.#next());
    const end = this.#next();
    if (end.type !== EVENT_ID.POP || start.explicitEnd || this.#at < this.#events.length)
      throw new NotPlain();
    return root;
  }

  #next(): Event {
    const event = this.#events[this.#at];
    if (event === undefined) throw new NotPlain();
    this.#at += 1;
    return event;
  }

  #value(event: Event): Located {
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.#scalar(event);
      case EVENT_ID.SEQUENCE:
        return isMarked(event) ? notPlain() : this.#list(event.start);
      case EVENT_ID.MAPPING:
        return isMarked(event) ? notPlain() : this.#map(event.start);
      default:
        return notPlain();
    }
  }

  #list(offset: number): LocatedList {
    const items: Located[] = [];
    for (let event = this.#next(); event.type !== EVENT_ID.POP; event = this.#next()) {
      items.push(this.#value(event));
    }
    return { kind: 'list', items, text: this.#text, offset };
  }

  #map(offset: number): LocatedMap {
    const text = this.#text;
    const entries = new Map<string, LocatedEntry>();
    for (let event = this.#next(); event.type !== EVENT_ID.POP; event = this.#next()) {
      if (event.type !== EVENT_ID.SCALAR) return notPlain();
      const key = this.#scalar(event);
      const value = this.#value(this.#next());
      if (typeof key.value !== 'string' || isMergeKey(event, key.value)) return notPlain();
      if (key.value.length > longestKey || entries.has(key.value)) return notPlain();
      entries.set(key.value, { key: { text, offset: key.offset }, value });
    }
    return { kind: 'map', entries, text, offset };
  }

  #scalar(event: ScalarEvent): LocatedScalar {
    if (isMarked(event) || event.valueStart === -1) return notPlain();
    const written = getScalarValue(this.#text.text, event);
    const isPlain = event.style === SCALAR_STYLE.PLAIN;
    if (!isPlain && !isQuoted(event)) return notPlain();
    if (!event.fast && (isPlain || this.#hasBreak(event))) return notPlain();
    const value = isPlain ? meaningOf(written) : written;
    // The library begins a quoted text after its quote.
    const offset = isPlain ? event.valueStart : event.valueStart - 1;
    return { kind: 'scalar', value, written, text: this.#text, offset };
  }

  #hasBreak({ valueStart, valueEnd }: ScalarEvent): boolean {
    const end = this.#text.text.indexOf('\n', valueStart);
    return end !== -1 && end < valueEnd;
  }
}

/** An error, and not a value, because no caller could go on. */
function notPlain(): never {
  throw new NotPlain();
}

function isMarked({ anchorStart, tagStart }: { anchorStart: number; tagStart: number }): boolean {
  return anchorStart !== -1 || tagStart !== -1;
}

function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}

function isMergeKey({ style }: ScalarEvent, name: string): boolean {
  return name === '<<' && style === SCALAR_STYLE.PLAIN;
}

/** What everything begins with that is not a text in YAML's core schema. */
const mayBeOther = /^[-+.\d~nNtTfF]/;
const integer = /^(0|-?[1-9]\d{0,14})$/;
/** Texts like `2027 goals`, `- x` and `never` are texts; what is only signs and digits may be a number. */
const surelyText = /[^-+.\w~]|^[nNtTfF](?!(ull|ULL|rue|RUE|alse|ALSE)$)/;

/** A plain text, as YAML's core schema takes it; whatever is rare is left to the thorough parser. */
function meaningOf(written: string): LocatedScalar['value'] {
  if (!mayBeOther.test(written) || surelyText.test(written)) return written;
  if (integer.test(written)) return Number(written);
  if (written === 'true') return true;
  if (written === 'false') return false;
  return notPlain();
}
