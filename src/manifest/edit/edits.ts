// What is to change in a manifest's text. Pages and spaces are named by the addresses they have before.

import type { Address } from '../../tree/identifier.ts';
import type { PageOutline } from '../write/outline.ts';

/** What comes into a list: a page that is declared elsewhere, or one that nobody declared. */
export type Arrival =
  | { readonly kind: 'declared'; readonly address: Address }
  | {
      readonly kind: 'new';
      readonly page: Omit<PageOutline, 'children'>;
      readonly children: readonly Arrival[];
    };

export interface Edits {
  readonly titles: ReadonlyMap<Address, string>;
  /** Keys to be written; a page has its title as its key where it has none. */
  readonly keys: ReadonlyMap<Address, string>;
  /** Pages that leave the list they stand in, with all below them that does not arrive elsewhere. */
  readonly leaves: ReadonlySet<Address>;
  /** By parent, in the order in which they are to be written. */
  readonly arrivals: ReadonlyMap<Address, readonly Arrival[]>;
  /** New names of spaces. */
  readonly names: ReadonlyMap<Address, string>;
}

/** Something that cannot be edited where it stands. */
export interface Refusal {
  readonly file: string;
  readonly offset: number;
  /** What was to be edited. */
  readonly address: Address;
  /** Why it cannot be; the end of a sentence about it. */
  readonly why: string;
}
