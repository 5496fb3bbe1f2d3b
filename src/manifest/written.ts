// What the user wrote, as far as it can be read: a typed view on located values, short forms still
// short, defaults not filled in. A field of the wrong kind is absent here; the schema's check, which
// looks at the same values, says what is wrong with it.

import type { Located, Place } from '../schema/located.ts';

/** A value with the places of its key and of itself. */
export interface Field<T> {
  readonly value: T;
  readonly key: Place;
  readonly at: Located;
}

type Optional<T> = Field<T> | undefined;

export interface WrittenReference {
  readonly address: Optional<string>;
  readonly id: Optional<string>;
}

export interface WrittenCopy extends WrittenReference {
  readonly children: boolean;
}

export interface WrittenNode {
  readonly at: Located;
  /** `undefined` only where nothing like a text stands there. */
  readonly title: Optional<string>;
  readonly key: Optional<string>;
  readonly type: Optional<string>;
  readonly id: Optional<string>;
  readonly movedFrom: Optional<string>;
  readonly copy: Optional<WrittenCopy>;
  readonly shortcut: Optional<WrittenReference>;
  readonly children: Optional<readonly WrittenNode[]>;
  /** Children are meant to be declared that could not be read. */
  readonly partial: boolean;
}

export interface WrittenSpace {
  readonly key: Field<string>;
  readonly name: Optional<string>;
  readonly description: Optional<string>;
  readonly sharing: Optional<string>;
  readonly id: Optional<string>;
  /** `undefined` is `keep`. */
  readonly archive: Optional<string>;
  readonly titles: Optional<string>;
  readonly nodes: Optional<readonly WrittenNode[]>;
  /** Pages are meant to be declared in it that could not be read. */
  readonly partial: boolean;
}

export interface WrittenProvider {
  readonly at: Located;
  readonly kind: Optional<string>;
  readonly baseUrl: Optional<string>;
  readonly identity: Optional<string>;
  /** By name, as written. */
  readonly limits: ReadonlyMap<string, Field<number>>;
  /** By endpoint, as written. */
  readonly pace: ReadonlyMap<string, Field<string>>;
}

export interface WrittenState {
  readonly at: Located;
  readonly path: Optional<string>;
  readonly remote: Optional<string>;
  readonly ref: Optional<string>;
}

export interface WrittenManifest {
  readonly provider: WrittenProvider | undefined;
  readonly state: WrittenState | undefined;
  readonly include: readonly Field<string>[];
  readonly maxChanges: Optional<number>;
  readonly maxAffectedPercent: Optional<number>;
  readonly protect: readonly Field<string>[];
  readonly ignore: readonly Field<string>[];
  readonly spaces: readonly WrittenSpace[];
}
