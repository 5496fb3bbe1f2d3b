// What the page's script is given: the plan as rows of two trees that stand side by side, and the steps
// behind them. Plain JSON, and types alone: the script is compiled for browsers, the rest for Node.

/** What happens to a page, in the words of the page's filters. */
export type MarkKind = 'create' | 'copy' | 'move' | 'leave' | 'rename' | 'adopt' | 'blocked';

export interface PageMark {
  readonly kind: MarkKind;
  readonly note: string;
  /** `(inferred, drift)`. */
  readonly tag?: string;
  /** Which of the plan's steps these are, by place in `steps`; an adoption has none. */
  readonly steps?: readonly number[];
}

/**
 * One line across both trees, in preorder. A page that stays is one row with a side in each tree; one
 * that changes its place is two rows with a side each.
 */
export interface PageRow {
  /** 0 for a space. */
  readonly depth: number;
  /** The only tree it stands in; both where absent. */
  readonly side?: 'before' | 'after';
  readonly title: string;
  /** The title in the tree before, where it is another. */
  readonly was?: string;
  /** What follows the title: key, type, a shortcut's target. */
  readonly detail?: string;
  /** A declared page where absent. */
  readonly kind?: 'space' | 'undeclared';
  /** It was not compared: not asked for, or it may not be read. */
  readonly unplanned?: true;
  readonly marks?: readonly PageMark[];
  /** The same page's row in the other tree. */
  readonly pair?: number;
  /** Pages here without a change that are counted and not listed. */
  readonly unlisted?: number;
}

export interface PageStep {
  readonly id: string;
  readonly kind: string;
  readonly address: string;
  /** Where it is now, and where it goes. */
  readonly from?: string;
  readonly to?: string;
  /** The title now, where it changes. */
  readonly was?: string;
  /** What is copied, or what a shortcut points to. */
  readonly of?: string;
  readonly reason: string;
  readonly origin: string;
  readonly inferred?: true;
  readonly blocked?: string;
  readonly carried?: number;
  readonly parked?: true;
  /** `file:line:column`. */
  readonly source?: string;
  readonly after?: readonly string[];
}

export interface PageData {
  readonly rows: readonly PageRow[];
  readonly steps: readonly PageStep[];
  /** Nothing is folded at first. */
  readonly full: boolean;
}
