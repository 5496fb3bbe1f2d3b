// How much of a plan is shown line by line: what is unchanged is folded, and of a huge plan long runs of
// siblings that change alike are too.

import type { Branch } from './plan-outline.ts';
import { planRows, type Row } from './plan-row.ts';

/** Changed lines from which on a plan is summed up by a table and its long runs are folded. */
const hugePlan = 200;

export interface FoldedRows {
  readonly rows: readonly Row[];
  readonly isHuge: boolean;
}

/** @param full - folds nothing. */
export function foldedRows(roots: readonly Branch[], full: boolean): FoldedRows {
  const rows = planRows(roots, { unchanged: !full, runs: false });
  const isHuge = !full && rows.filter(isChanged).length > hugePlan;
  return { rows: isHuge ? planRows(roots, { unchanged: true, runs: true }) : rows, isHuge };
}

export const isChanged = ({ glyphs }: Row): boolean => glyphs.length > 0;
