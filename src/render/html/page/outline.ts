// Which lines are in sight: rows that are unfolded, and one line for the unchanged siblings that are put
// away. Pure: knows no document. Invariant: every row has a line that stands for it, its own or that of
// what it is folded into, unless a filter leaves it out.

import type { PageRow } from '../page-data.ts';

/** A row, or siblings without a change that are folded into one line. */
export interface Line {
  /** Unlike any other line's, and the same for as long as the page is open. */
  readonly key: number;
  readonly depth: number;
  /** -1 for siblings that are folded. */
  readonly row: number;
  readonly folded: readonly number[];
  /** Whether it can be unfolded, and is. */
  readonly state: 'leaf' | 'open' | 'closed';
}

export interface Outline {
  readonly rows: readonly PageRow[];
  lines(): readonly Line[];
  /** The line that stands for a row; -1 where a filter leaves it out. */
  lineOf(row: number): number;
  parentOf(row: number): number;
  /** Changes in the branch, the row's own included. */
  changesIn(row: number): number;
  /** The row after the last one below it. */
  endOf(row: number): number;
  toggle(line: Line): void;
  foldAll(): void;
  /** Every branch with a change, as at first. */
  unfoldChanges(): void;
  unfoldAll(): void;
  /** Unfolds whatever hides the row. */
  uncover(row: number): void;
  /** Leaves only these rows and what is above them; `undefined` brings all back. */
  filter(keeps: ((row: PageRow, at: number) => boolean) | undefined): void;
}

type Folding = 'changes' | 'all' | 'none';

export function startOutline(rows: readonly PageRow[], full: boolean): Outline {
  const { parents, ends, changes } = structure(rows);
  const choices = new Map<number, boolean>();
  const shown = new Set<number>();
  const lineOfRow = new Int32Array(rows.length);
  let folding: Folding = full ? 'none' : 'changes';
  let kept: readonly boolean[] | undefined;
  let lines: readonly Line[] | undefined;

  const changesBelow = (row: number): number => at(changes, row) - (isMarked(rows[row]) ? 1 : 0);
  const hasBelow = (row: number): boolean => at(ends, row) > row + 1;

  function isOpen(row: number): boolean {
    const chosen = choices.get(row);
    if (chosen !== undefined) return chosen;
    if (kept !== undefined || folding === 'none') return true;
    return folding === 'changes' && changesBelow(row) > 0;
  }

  function childrenOf(row: number): number[] {
    const children: number[] = [];
    const end = row < 0 ? rows.length : at(ends, row);
    for (let child = row + 1; child < end; child = at(ends, child)) children.push(child);
    return children;
  }

  function list(): readonly Line[] {
    const found: Line[] = [];
    lineOfRow.fill(-1);
    place(-1, 0, found);
    return found;
  }

  function place(parent: number, depth: number, found: Line[]): void {
    const children = childrenOf(parent).filter((child) => kept === undefined || kept[child]);
    const isQuiet = (child: number): boolean => at(changes, child) === 0;
    const quiet =
      kept === undefined && folding !== 'none' && !shown.has(parent) ? children.filter(isQuiet) : [];
    const folds =
      quiet.length < children.length && quiet.some((row, _, all) => all.length > 1 || hasBelow(row));
    for (const child of folds ? children.filter((row) => !isQuiet(row)) : children) {
      const state = !hasBelow(child) ? 'leaf' : isOpen(child) ? 'open' : 'closed';
      lineOfRow[child] = found.length;
      found.push({ key: child, depth, row: child, folded: [], state });
      if (state === 'open') place(child, depth + 1, found);
      else lineOfRow.fill(found.length - 1, child, at(ends, child));
    }
    if (!folds) return;
    for (const row of quiet) lineOfRow.fill(found.length, row, at(ends, row));
    found.push({ key: -2 - parent, depth, row: -1, folded: quiet, state: 'closed' });
  }

  function again(): void {
    lines = undefined;
  }

  return {
    rows,
    lines: () => {
      lines ??= list();
      return lines;
    },
    lineOf: (row) => lineOfRow[row] ?? -1,
    parentOf: (row) => at(parents, row),
    changesIn: (row) => at(changes, row),
    endOf: (row) => at(ends, row),
    toggle({ row, key, state }) {
      if (row === -1) shown.add(-2 - key);
      else if (state !== 'leaf') choices.set(row, state === 'closed');
      again();
    },
    foldAll() {
      choices.clear();
      shown.clear();
      folding = 'all';
      again();
    },
    unfoldChanges() {
      choices.clear();
      shown.clear();
      folding = 'changes';
      again();
    },
    unfoldAll() {
      choices.clear();
      folding = 'none';
      again();
    },
    uncover(row) {
      for (let above = at(parents, row); above >= 0; above = at(parents, above)) choices.set(above, true);
      for (let quiet = row; quiet >= 0 && at(changes, quiet) === 0; quiet = at(parents, quiet))
        shown.add(at(parents, quiet));
      again();
    },
    filter(keeps) {
      kept = keeps === undefined ? undefined : withAncestors(rows, parents, keeps);
      choices.clear();
      again();
    },
  };
}

const isMarked = (row: PageRow | undefined): boolean => (row?.marks ?? []).length > 0;

/** Inside its bounds; the compiler cannot know that. */
const at = (numbers: Int32Array, index: number): number => numbers[index] ?? -1;

interface Structure {
  readonly parents: Int32Array;
  readonly ends: Int32Array;
  readonly changes: Int32Array;
}

function structure(rows: readonly PageRow[]): Structure {
  const parents = new Int32Array(rows.length).fill(-1);
  const ends = new Int32Array(rows.length).fill(rows.length);
  const changes = new Int32Array(rows.length);
  const open: number[] = [];
  rows.forEach((row, index) => {
    while (open.length > row.depth) ends[open.pop() ?? 0] = index;
    parents[index] = open.at(-1) ?? -1;
    open.push(index);
  });
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    changes[index] = at(changes, index) + (isMarked(rows[index]) ? 1 : 0);
    const parent = at(parents, index);
    if (parent >= 0) changes[parent] = at(changes, parent) + at(changes, index);
  }
  return { parents, ends, changes };
}

function withAncestors(
  rows: readonly PageRow[],
  parents: Int32Array,
  keeps: (row: PageRow, at: number) => boolean,
): readonly boolean[] {
  const kept = rows.map(keeps);
  for (let row = rows.length - 1; row >= 0; row -= 1) {
    const parent = at(parents, row);
    if (kept[row] && parent >= 0) kept[parent] = true;
  }
  return kept;
}
