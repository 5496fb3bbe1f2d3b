// Values that know where they were written: what a parser yields and what a schema is checked
// against. Nothing in it belongs to one parser, so that another one can take its place.
// Invariant: finite, even where aliases make it share parts; see `manifest/locate.ts`.

import type { RelatedPlace } from '../diagnostic/diagnostic.ts';
import type { Source } from '../diagnostic/source.ts';
import type { SourceText } from './source-text.ts';

export interface Place {
  readonly text: SourceText;
  readonly offset: number;
}

interface Value extends Place {
  /** Where the value was spelled out, when it stands here through an alias. */
  readonly anchor?: number;
}

export interface LocatedScalar extends Value {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** The characters of the file: `1.10` stays `1.10`. */
  readonly written: string;
}

export interface LocatedList extends Value {
  readonly kind: 'list';
  readonly items: readonly Located[];
}

export interface LocatedEntry {
  readonly key: Place;
  readonly value: Located;
}

export interface LocatedMap extends Value {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, LocatedEntry>;
}

export type Located = LocatedScalar | LocatedList | LocatedMap;

export function sourceOf(place: Place): Source {
  return place.text.sourceAt(place.offset);
}

/** The place of the anchor, where the value stands here through an alias. */
export function anchorOf(value: Located): RelatedPlace[] {
  if (value.anchor === undefined) return [];
  return [{ message: 'the anchor stands here', source: value.text.sourceAt(value.anchor) }];
}

/**
 * The plain value, for a validator. What stands under the keys in `cut` comes out empty: it is
 * checked piece by piece, so that no validator has to follow a tree. Objects have no prototype, so
 * that a key `__proto__` is a key like any other.
 */
export function plain(value: Located, cut: ReadonlySet<string>): unknown {
  switch (value.kind) {
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map((item) => plain(item, cut));
    case 'map': {
      const object: Record<string, unknown> = Object.create(null);
      for (const [key, entry] of value.entries) {
        object[key] = plain(cut.has(key) ? emptied(entry.value) : entry.value, cut);
      }
      return object;
    }
  }
}

function emptied(value: Located): Located {
  switch (value.kind) {
    case 'scalar':
      return value;
    case 'list':
      return { ...value, items: [] };
    case 'map':
      return { ...value, entries: new Map() };
  }
}

/** What a JSON pointer leads to, with the name of the field it hangs on. */
export interface Found {
  readonly value: Located;
  readonly field: string | undefined;
}

/** Follows a JSON pointer as far as it leads; an item of a list has no name. */
export function follow(root: Found, pointer: string): Found {
  let found = root;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const { value } = found;
    const next = value.kind === 'map' ? value.entries.get(key)?.value : undefined;
    if (next !== undefined) found = { value: next, field: key };
    else if (value.kind === 'list') found = { value: value.items[Number(key)] ?? value, field: undefined };
  }
  return found;
}
