// What the manifest means: spaces and nodes, flat, parents before children, every default filled in.
// Invariant: a node's parent is its space's address or a node that stands earlier in the same space.

import type { Source } from '../diagnostic/source.ts';
import type { Address, NodeId, SpaceId } from './identifier.ts';

/** A page of its own, or a pointer to one. */
export type NodeKind = 'origin' | 'shortcut';

/** A page named by its address in the manifest, or, where it is not declared, by its id. */
export type Reference = { readonly address: Address } | { readonly id: NodeId };

/** How a page comes to be where there is none yet. */
export type Making =
  | { readonly from: 'nothing' }
  /** `subtree`: the live pages below a source named by id are declared here too. */
  | { readonly from: 'copy'; readonly of: Reference; readonly subtree: boolean }
  | { readonly from: 'shortcut'; readonly of: Reference };

export interface DesiredNode {
  readonly address: Address;
  /** The address of the parent node, or of the space at the top level. */
  readonly parent: Address;
  readonly key: string;
  readonly title: string;
  /** The vendor's word; `undefined` where only the live source of a copy or shortcut can tell. */
  readonly type: string | undefined;
  readonly kind: NodeKind;
  readonly making: Making;
  /** Exactly this live node. */
  readonly id: NodeId | undefined;
  /** Where the page was; `'none'` says outright that it is new. */
  readonly movedFrom: Address | 'none' | undefined;
  /** Level below the space; 1 at the top. */
  readonly depth: number;
  readonly source: Source;
}

/** What becomes of pages that leave the manifest. */
export type OnRemove = 'keep' | { readonly archive: Address };

export interface DesiredSpace {
  readonly key: string;
  readonly address: Address;
  readonly name: string;
  readonly description: string | undefined;
  readonly sharing: 'open' | 'closed' | undefined;
  readonly id: SpaceId | undefined;
  readonly onRemove: OnRemove;
  readonly titles: 'enforce' | 'follow';
  readonly source: Source;
  /** Preorder: parents before children, siblings as written. */
  readonly nodes: readonly DesiredNode[];
}

export interface DesiredTree {
  readonly spaces: readonly DesiredSpace[];
}
