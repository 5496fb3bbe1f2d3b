// The outline as rows, what is unchanged folded away; a huge plan also folds long runs of siblings that
// all change in one way. Rows know no width and no colour: tree, Markdown and HTML are laid out from them.

import { counted, grouped } from './count.ts';
import type { Glyph } from './glyph.ts';
import type { Branch } from './plan-outline.ts';
import { type Tallies, type Tally, tallies } from './plan-tally.ts';

export interface Row {
  readonly kind: Branch['kind'] | 'fold';
  readonly glyphs: readonly Glyph[];
  /** Tree lines before the title. */
  readonly guide: string;
  readonly title: string;
  readonly detail: string;
  readonly note: string;
  readonly tag: string;
}

export interface Folding {
  /** Siblings that all change in one way are folded after the first few. */
  readonly runs: boolean;
  /** Branches without a change are folded. */
  readonly unchanged: boolean;
}

/** A run this long is folded to its first few. */
const longestRun = 6;
const shownOfRun = 3;

export function planRows(roots: readonly Branch[], folding: Folding): readonly Row[] {
  const counts = tallies(roots);
  const rows: Row[] = [];
  const items = itemsOf(roots, counts, folding);
  for (const item of items) {
    if (item.kind === 'branch') rows.push(branchRow(item.branch, ''));
    else rows.push(item.row(''));
    if (item.kind === 'branch') addBelow(item.branch, '', rows, counts, folding);
  }
  return rows;
}

function addBelow(branch: Branch, guide: string, rows: Row[], counts: Tallies, folding: Folding): void {
  const items = isQuietBelow(branch, counts, folding) ? [] : itemsOf(branch.children, counts, folding);
  items.forEach((item, index) => {
    const isLast = index === items.length - 1;
    const own = `${guide}${isLast ? '└─ ' : '├─ '}`;
    if (item.kind === 'fold') {
      rows.push(item.row(own));
      return;
    }
    rows.push(branchRow(item.branch, own));
    addBelow(item.branch, `${guide}${isLast ? '   ' : '│  '}`, rows, counts, folding);
  });
}

/** Below a page that changes, pages that do not are not worth a line: they come along. */
function isQuietBelow(branch: Branch, counts: Tallies, folding: Folding): boolean {
  if (!folding.unchanged || branch.kind === 'space' || branch.marks.length === 0) return false;
  return counts.get(branch)?.changed === 1;
}

type Item =
  | { readonly kind: 'branch'; readonly branch: Branch }
  | { readonly kind: 'fold'; readonly row: (guide: string) => Row };

/** What is shown of siblings: those with changes, then one line for all the others. */
function itemsOf(siblings: readonly Branch[], counts: Tallies, folding: Folding): readonly Item[] {
  if (!folding.unchanged) return siblings.map(shown);
  const isChanged = (branch: Branch): boolean => (counts.get(branch)?.changed ?? 0) > 0;
  const changed = siblings.filter(isChanged);
  const items = folding.runs ? foldRuns(changed, counts) : changed.map(shown);
  const quiet = siblings.filter((branch) => !isChanged(branch));
  return quiet.length === 0 ? items : [...items, { kind: 'fold', row: quietRow(quiet, counts) }];
}

const shown = (branch: Branch): Item => ({ kind: 'branch', branch });

function foldRuns(siblings: readonly Branch[], counts: Tallies): readonly Item[] {
  const items: Item[] = [];
  for (let start = 0; start < siblings.length; ) {
    const sign = signAt(siblings, start, counts);
    let end = start + 1;
    while (sign !== undefined && end < siblings.length && signAt(siblings, end, counts) === sign) end += 1;
    const run = siblings.slice(start, end);
    const visible = run.length > longestRun ? run.slice(0, shownOfRun) : run;
    items.push(...visible.map(shown));
    if (visible.length < run.length)
      items.push({ kind: 'fold', row: moreRow(run.slice(shownOfRun), counts) });
    start = end;
  }
  return items;
}

function signAt(siblings: readonly Branch[], index: number, counts: Tallies): string | undefined {
  const branch = siblings[index];
  return branch === undefined || branch.marks.length === 0 ? undefined : counts.get(branch)?.sign;
}

function moreRow(run: readonly Branch[], counts: Tallies): (guide: string) => Row {
  const [first] = run;
  const changes = sum(run, counts, 'changed');
  const all = changes === run.length ? '' : ` (${counted(changes, 'change')} in all)`;
  const title = `… ${grouped(run.length)} more like this${all}`;
  const glyphs = (first?.marks ?? []).map(({ glyph }) => glyph);
  return (guide) => ({ ...plainRow, glyphs, guide, title, tag: first?.marks.at(-1)?.tag ?? '' });
}

function quietRow(quiet: readonly Branch[], counts: Tallies): (guide: string) => Row {
  const unplanned = sum(quiet, counts, 'unplanned');
  const unchanged = sum(quiet, counts, 'unchanged');
  const spaces = quiet.filter(({ kind }) => kind === 'space').length;
  const parts = [
    ...(spaces === 0 ? [] : [`${counted(spaces, 'space')} unchanged`]),
    ...(unchanged === 0 ? [] : [`${spaces === 0 ? '' : 'with '}${pages(unchanged, spaces)}`]),
    ...(unplanned === 0 ? [] : [`${grouped(unplanned)} not planned`]),
  ];
  return (guide) => ({ ...plainRow, guide, title: `… ${parts.join(', ')}` });
}

const pages = (count: number, spaces: number): string =>
  spaces === 0 ? `${grouped(count)} unchanged` : counted(count, 'page');

const sum = (branches: readonly Branch[], counts: Tallies, what: Exclude<keyof Tally, 'sign'>): number =>
  branches.reduce((total, branch) => total + (counts.get(branch)?.[what] ?? 0), 0);

const plainRow: Omit<Row, 'guide' | 'title'> = { kind: 'fold', glyphs: [], detail: '', note: '', tag: '' };

function branchRow({ kind, title, detail, marks }: Branch, guide: string): Row {
  return {
    kind,
    glyphs: [...new Set(marks.map(({ glyph }) => glyph))],
    guide,
    title,
    detail,
    note: marks.map(({ note }) => note).join('; '),
    tag: [...new Set(marks.map(({ tag }) => tag))].filter((tag) => tag !== '').join(' '),
  };
}
