// Where spaces, pages and lists of pages stand in a file, so that they can be cut out and put elsewhere.
// Offsets are of UTF-16 units in the file's text.

import type { CST } from 'yaml';
import type { Address } from '../../tree/identifier.ts';
import type { SourceSlices } from './source-slice.ts';

export interface FileText {
  /** As the user would type it. */
  readonly file: string;
  readonly source: SourceSlices;
}

/** From the first character to behind the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One field of a mapping. In a block it spans whole lines. */
export interface EntryText extends Span {
  readonly key: string;
  readonly value: CST.Token | undefined;
  /** Of the value alone. */
  readonly valueSpan: Span;
}

/** A list in lines: gaps of comments and blank lines, and items, in turn. */
export interface BlockList extends Span {
  readonly kind: 'block';
  readonly source: SourceSlices;
  /** Of the dashes. */
  readonly column: number;
  readonly items: readonly PageText[];
  /** One before each item, and one behind the last. */
  readonly gaps: readonly Span[];
}

/** A list in brackets. */
export interface FlowList extends Span {
  readonly kind: 'flow';
  readonly items: readonly PageText[];
  /** It stands in braces or other brackets, where no list in lines may stand. */
  readonly isInner: boolean;
  readonly hasComments: boolean;
}

export type ListText = BlockList | FlowList;

/** What has fields and a list of pages: a space, or a page written as a mapping. */
export interface MappingText {
  readonly form: 'block' | 'flow';
  /** Of its fields, where they stand in lines. */
  readonly column: number;
  readonly entries: readonly EntryText[];
  readonly list: ListText | undefined;
}

export interface PageText extends Span {
  readonly file: FileText;
  /** `undefined` where the page has no title that can be read. */
  readonly address: Address | undefined;
  readonly title: string | undefined;
  /** In a block list: whole lines, with the comments right above it. Else the value alone. */
  readonly start: number;
  readonly end: number;
  /** Of its dash; of a page in brackets, the column is of no use. */
  readonly column: number;
  readonly isInFlow: boolean;
  /** The value: a title, or a mapping. */
  readonly value: Span;
  /** `undefined` for a bare title. */
  readonly mapping: MappingText | undefined;
  /** Why the page itself cannot be edited: it stands at other places too, or is brought from there. */
  readonly ownTie: Tie | undefined;
  /** Why it cannot be put elsewhere with all below it. */
  readonly tie: Tie | undefined;
}

/** An anchor, an alias, a tag or a merge key. */
export interface Tie {
  readonly what: string;
  readonly offset: number;
}

export interface SpaceText extends Span {
  readonly file: FileText;
  readonly key: string;
  readonly address: Address;
  readonly mapping: MappingText;
  readonly tie: Tie | undefined;
}
