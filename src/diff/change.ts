// One difference between the trees, in addresses. A change says what and why, not when: the order is
// made in `schedule/`.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Source } from '../diagnostic/source.ts';
import type { NodeKind, Reference } from '../tree/desired.ts';
import type { Address, NodeId } from '../tree/identifier.ts';

export type ChangeKind = 'create-space' | 'create-node' | 'copy-node' | 'move-node' | 'rename-node';

/** Whose doing the difference is: the manifest moved on since the last apply, or the wiki did. */
export type Origin = 'this-change' | 'pending' | 'drift';

export interface Before {
  readonly address: Address;
  readonly parent: Address;
  readonly title: string;
}

export interface Change {
  readonly kind: ChangeKind;
  readonly address: Address;
  readonly title: string;
  /** `undefined` for a space. */
  readonly type: string | undefined;
  readonly nodeType: NodeKind | undefined;
  /** Where the page belongs: a node's address or a space's; `undefined` for a space. */
  readonly parent: Address | undefined;
  /** Where and what it is now; `undefined` for what does not exist yet. */
  readonly before: Before | undefined;
  /** The source of a copy, or the origin of a shortcut. */
  readonly reference: Reference | undefined;
  readonly reason: string;
  /** Nobody said so outright; rule 5 found it. */
  readonly inferred: boolean;
  readonly origin: Origin;
  readonly source: Source | undefined;
  /** Why it cannot be done right now; it is shown, and so is what depends on it, and nothing is tried. */
  readonly blocked: string | undefined;
  /** The page is put away under the archive, not declared here. */
  readonly archives: boolean;
}

/** What the comparison found, before any order is made. */
export interface Difference {
  readonly changes: readonly Change[];
  /** Undeclared pages that changes name. */
  readonly strangers: ReadonlyMap<Address, NodeId>;
  /** Addresses that get a page or space they had no memory of, without a call. */
  readonly adopted: readonly Address[];
  /** Bindings that leave the state. */
  readonly forgotten: readonly Address[];
  /** Bound pages that left the manifest and lie under the archive, or will. */
  readonly archived: readonly Address[];
  /** Topmost undeclared pages that were read. */
  readonly unmanaged: number;
  /** Declared pages that are as declared. */
  readonly unchanged: number;
  readonly diagnostics: readonly Diagnostic[];
}
