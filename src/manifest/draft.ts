// Drafts: the tree between what is written and what is desired, while copies of whole subtrees still
// add to it. Drafts are the one mutable thing of this stage, and they never leave it.
// Invariants: a draft hangs under its parent by its key, so addresses are unique; `waiting` copies
// know nothing yet of what they bring; a `partial` branch may lack children that the user did write.

import type { RelatedPlace } from '../diagnostic/diagnostic.ts';
import type { Source } from '../diagnostic/source.ts';
import { anchorOf, type Located, sourceOf } from '../schema/located.ts';
import type { NodeKind } from '../tree/desired.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { Field, WrittenNode, WrittenSpace } from './written.ts';

interface Branch {
  readonly address: Address;
  /** 0 for a space. */
  readonly depth: number;
  /** By key; grows by `hang` alone. */
  children: Map<string, Draft>;
  /** Something below it could not be read or was left out; what is missing there may well be declared. */
  partial: boolean;
}

export interface SpaceDraft extends Branch {
  readonly kind: 'space';
  readonly key: string;
  readonly written: WrittenSpace;
  /** Nodes in it so far. */
  count: number;
  /** Those that were written, parents first, siblings as written. */
  readonly planted: Draft[];
}

export interface Draft extends Branch {
  readonly kind: NodeKind;
  readonly parent: Draft | SpaceDraft;
  readonly space: SpaceDraft;
  readonly key: string;
  readonly title: string;
  /** Where a diagnostic about the whole node points. */
  readonly source: Source;
  /** The alias that brought the page here, itself or with something above it. */
  readonly alias: Located | undefined;
  /** `undefined` for a page that only the copy of a subtree declares. */
  readonly written: WrittenNode | undefined;
  /** The page that the copy of a subtree copies here. */
  readonly copied: Draft | undefined;
  /** The written shortcut that this one repeats. */
  readonly repeats: Draft | undefined;
  /** The live page below which undeclared pages are copied too. */
  liveSubtree: NodeId | undefined;
  /** How far the copy of a subtree by address has come. */
  expansion: 'none' | 'waiting' | 'visiting' | 'done';
  /** Its source or origin was found wanting; nothing more is said about it. */
  broken: boolean;
}

export interface Forest {
  /** By key, the manifest's own first, then those of included files by name. */
  readonly spaces: ReadonlyMap<string, SpaceDraft>;
  /** Copies of subtrees by address, in the order they are written. */
  readonly copiers: readonly Draft[];
  /** Whether a file, and with it perhaps a space, could not be read. */
  readonly partial: boolean;
  /** All nodes of all spaces, once there will be no more of them. */
  readonly drafts?: readonly Draft[];
}

/** What most pages have; shared, because 400,000 empty maps take 80 MB. */
export const noChildren: Map<string, Draft> = new Map();

/** Hangs a new draft under its parent, by its key. */
export function hang(draft: Draft): void {
  const { parent } = draft;
  if (parent.children === noChildren) parent.children = new Map();
  parent.children.set(draft.key, draft);
  draft.space.count += 1;
}

/** All nodes below a branch, parents first, siblings as written. */
export function* draftsBelow(branch: Draft | SpaceDraft): Generator<Draft> {
  const pending = [branch.children.values()];
  for (let siblings = pending.at(-1); siblings !== undefined; siblings = pending.at(-1)) {
    const next = siblings.next();
    if (next.done === true) pending.pop();
    else {
      yield next.value;
      if (next.value.children.size > 0) pending.push(next.value.children.values());
    }
  }
}

/** All nodes of a space, in the order of `draftsBelow`; a list is walked ten times as fast as a tree. */
export function draftsIn(space: SpaceDraft): readonly Draft[] {
  return space.planted.length === space.count ? space.planted : [...draftsBelow(space)];
}

/** All nodes of all spaces. */
export function allDrafts({ drafts, spaces }: Forest): readonly Draft[] {
  if (drafts !== undefined) return drafts;
  const [first, ...others] = [...spaces.values()].map(draftsIn);
  return first === undefined || others.length === 0 ? (first ?? []) : first.concat(...others);
}

/** Where a diagnostic about a field points. */
export function placeOf(field: Field<unknown>): { source: Source; related: RelatedPlace[] } {
  return { source: sourceOf(field.at), related: anchorOf(field.at) };
}

/**
 * Where a diagnostic about a field of a node points. A field that an alias or a merge key brought is
 * written once and stands in several nodes, so the place where it is brought tells which one is meant.
 */
export function placeIn(draft: Draft, field: Field<unknown>): { source: Source; related: RelatedPlace[] } {
  const node = draft.written?.at;
  const merged = node !== undefined && field.at.offset < node.offset ? node : undefined;
  const brought = draft.alias ?? merged;
  if (brought === undefined) return placeOf(field);
  return { source: sourceOf(brought), related: [{ message: 'written here', source: sourceOf(field.at) }] };
}

/** Where a diagnostic about a node points: its title, where it has one. */
export function nodePlace(written: WrittenNode): Located {
  return written.at.anchor === undefined ? (written.title?.at ?? written.at) : written.at;
}
