// The outline as rows, what is unchanged folded away; of a huge plan also siblings that change alike, and
// what is left of many that do not. Rows know no width and no colour: tree, Markdown and HTML are laid out from them.

import { counted, grouped } from './count.ts';
import type { Glyph } from './glyph.ts';
import type { Branch } from './plan-outline.ts';
import { branchesOf, type Tallies, type Tally, tallies } from './plan-tally.ts';

export interface Row {
  readonly kind: Branch['kind'] | 'fold';
  readonly glyphs: readonly Glyph[];
  /** Tree lines before the title. */
  readonly guide: string;
  readonly title: string;
  readonly detail: string;
  readonly note: string;
  readonly tag: string;
  /** Steps that this row tells of, or counts. Over all rows they are the plan's. */
  readonly steps: number;
}

export interface Folding {
  /** Of siblings that change alike the first few are shown, of the others some more. */
  readonly runs: boolean;
  /** Branches without a change are folded. */
  readonly unchanged: boolean;
}

/** A longer run is folded to its first few. */
const longestRun = 6;
const shownOfRun = 3;
/** So many siblings that change in several ways are shown. */
const longestMix = 12;

export function planRows(roots: readonly Branch[], folding: Folding): readonly Row[] {
  const counts = tallies(roots);
  const rows: Row[] = [];
  add(roots, undefined);
  return rows;

  function add(siblings: readonly Branch[], above: string | undefined): void {
    const items = itemsOf(siblings, counts, folding);
    items.forEach((item, index) => {
      const guide = guides(above, index === items.length - 1);
      if (item.kind === 'fold') rows.push({ ...item.row, guide: guide.own });
      else {
        rows.push(branchRow(item.branch, guide.own));
        if (!isQuietBelow(item.branch, counts, folding)) add(item.branch.children, guide.below);
      }
    });
  }
}

/** Tree lines before a branch and before what lies below it; roots have none. */
function guides(
  above: string | undefined,
  isLast: boolean,
): { readonly own: string; readonly below: string } {
  if (above === undefined) return { own: '', below: '' };
  return { own: `${above}${isLast ? '└─ ' : '├─ '}`, below: `${above}${isLast ? '   ' : '│  '}` };
}

/** Below a page that changes, pages that do not are not worth a line: they come along. */
function isQuietBelow(branch: Branch, counts: Tallies, folding: Folding): boolean {
  if (!folding.unchanged || branch.kind === 'space' || branch.marks.length === 0) return false;
  return counts.get(branch)?.changed === 1;
}

type Item =
  | { readonly kind: 'branch'; readonly branch: Branch }
  | { readonly kind: 'fold'; readonly row: Omit<Row, 'guide'> };

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

/** Siblings that change alike stand together, the first few of them; then those that change in several ways. */
function foldRuns(siblings: readonly Branch[], counts: Tallies): readonly Item[] {
  const alike = new Map<string, Branch[]>();
  const mixed: Branch[] = [];
  for (const branch of siblings) {
    const sign = branch.marks.length === 0 ? undefined : counts.get(branch)?.sign;
    const group = sign === undefined ? mixed : (alike.get(sign) ?? []);
    group.push(branch);
    if (sign !== undefined) alike.set(sign, group);
  }
  return [
    ...[...alike.values()].flatMap((run) => firstOf(run, longestRun, shownOfRun, moreRow)),
    ...firstOf(mixed, longestMix, longestMix, moreMixedRow),
  ];

  function firstOf(run: readonly Branch[], longest: number, few: number, rest: typeof moreRow): Item[] {
    if (run.length <= longest) return run.map(shown);
    return [...run.slice(0, few).map(shown), { kind: 'fold', row: rest(run.slice(few), counts) }];
  }
}

function moreRow(run: readonly Branch[], counts: Tallies): Omit<Row, 'guide'> {
  const [first] = run;
  const changes = sum(run, counts, 'changed');
  const all = changes === run.length ? '' : ` (${counted(changes, 'change')} in all)`;
  const title = `… ${grouped(run.length)} more like this${all}`;
  const glyphs = (first?.marks ?? []).map(({ glyph }) => glyph);
  const steps = sum(run, counts, 'steps');
  return { ...plainRow, glyphs, title, tag: first?.marks.at(-1)?.tag ?? '', steps };
}

/** Its signs are all that occur in it, so that nothing is hidden that a reviewer looks for. */
function moreMixedRow(run: readonly Branch[], counts: Tallies): Omit<Row, 'guide'> {
  const changes = counted(sum(run, counts, 'changed'), 'change');
  const title = `… ${grouped(run.length)} more with ${changes} in all`;
  const marks = branchesOf(run).flatMap((branch) => branch.marks);
  const glyphs = [...new Set(marks.map(({ glyph }) => glyph))];
  const tag = [...new Set(marks.map(({ tag }) => tag))].filter((text) => text !== '').join(' ');
  return { ...plainRow, glyphs, title, tag, steps: sum(run, counts, 'steps') };
}

/** `… 14 unchanged, 1 not planned`; what could not be compared was hidden, or is not what was asked for. */
function quietRow(quiet: readonly Branch[], counts: Tallies): Omit<Row, 'guide'> {
  const spaces = quiet.filter(({ kind }) => kind === 'space');
  const parts = [
    ...quietPart(spaces.filter(isCompared).length, sum(quiet, counts, 'unchanged'), 'unchanged'),
    ...quietPart(
      spaces.filter((space) => !space.compared).length,
      sum(quiet, counts, 'unplanned'),
      'not planned',
    ),
  ];
  return { ...plainRow, title: `… ${parts.join(', ')}` };
}

const isCompared = (branch: Branch): boolean => branch.compared;

/** Pages go without their name, but where spaces are counted too. */
function quietPart(spaces: number, pages: number, what: string): string[] {
  if (spaces === 0) return pages === 0 ? [] : [`${grouped(pages)} ${what}`];
  const within = pages === 0 ? '' : ` (${counted(pages, 'page')})`;
  return [`${counted(spaces, 'space')}${within} ${what}`];
}

const sum = (branches: readonly Branch[], counts: Tallies, what: Exclude<keyof Tally, 'sign'>): number =>
  branches.reduce((total, branch) => total + (counts.get(branch)?.[what] ?? 0), 0);

const plainRow: Omit<Row, 'guide' | 'title'> = {
  kind: 'fold',
  glyphs: [],
  detail: '',
  note: '',
  tag: '',
  steps: 0,
};

function branchRow({ kind, title, detail, marks }: Branch, guide: string): Row {
  return {
    kind,
    glyphs: [...new Set(marks.map(({ glyph }) => glyph))],
    guide,
    title,
    detail,
    note:
      kind === 'undeclared' && marks.length === 0 ? 'not declared' : marks.map(({ note }) => note).join('; '),
    tag: [...new Set(marks.map(({ tag }) => tag))].filter((tag) => tag !== '').join(' '),
    steps: marks.reduce((total, { steps }) => total + steps, 0),
  };
}
