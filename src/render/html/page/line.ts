// One line of one tree as an element.

import type { PageMark, PageRow } from '../page-data.ts';
import { element } from './element.ts';
import type { Line, Outline } from './outline.ts';
import { hits } from './search.ts';
import { pages, type Side, signs, spoken, thousands } from './word.ts';

export interface LineContext {
  readonly outline: Outline;
  readonly tallyOf: (row: number) => string;
  readonly sought: string;
}

/** Whether the line has anything to show on a side. */
export function isOnSide(line: Line, side: Side, { rows }: Outline): boolean {
  if (line.row >= 0) return standsOn(rows[line.row], side);
  return line.folded.some((row) => standsOn(rows[row], side));
}

const standsOn = (row: PageRow | undefined, side: Side): boolean =>
  row !== undefined && (row.side === undefined || row.side === side);

export function lineElement(line: Line, side: Side, context: LineContext): HTMLElement {
  const { outline } = context;
  const row = outline.rows[line.row];
  const made = element('div', {
    role: 'treeitem',
    class: classOf(line, row, side),
    tabindex: -1,
    'aria-level': line.depth + 1,
    'aria-expanded': line.state === 'leaf' ? undefined : String(line.state === 'open'),
    'aria-selected': 'false',
    'data-key': line.key,
  });
  made.style.setProperty('--depth', String(line.depth));
  made.append(element('span', { class: 'twist', 'aria-hidden': 'true' }));
  made.append(...(row === undefined ? foldedParts(line, outline) : rowParts(row, line, side, context)));
  return made;
}

/** What stands where a line has nothing to show: the guides of the branch go on. */
export function fillerElement(line: Line, side: Side, { rows, parentOf }: Outline): HTMLElement {
  let above = parentOf(line.row);
  while (above >= 0 && !standsOn(rows[above], side)) above = parentOf(above);
  const made = element('div', { class: 'filler', role: 'none' });
  made.style.setProperty('--depth', String((rows[above]?.depth ?? -1) + 1));
  return made;
}

function classOf(line: Line, row: PageRow | undefined, side: Side): string {
  if (row === undefined || row.unlisted !== undefined) return `line quiet fold ${line.state}`;
  const marks = marksOn(row, side);
  const kinds = marks.length === 0 && row.kind !== 'space' ? ['quiet'] : marks.map(({ kind }) => kind);
  const carried = row.side !== undefined && marks.length === 0 ? ['carried'] : [];
  return ['line', line.state, row.kind ?? 'page', ...kinds, ...carried].join(' ');
}

/** The tree before tells of a page that stays only that its title or the page itself is in question. */
function marksOn(row: PageRow, side: Side): readonly PageMark[] {
  const { marks = [] } = row;
  if (row.side !== undefined || side === 'after') return marks;
  return marks.filter(({ kind }) => kind === 'rename' || kind === 'blocked');
}

function rowParts(row: PageRow, line: Line, side: Side, context: LineContext): Node[] {
  if (row.unlisted !== undefined) return [text('title', `… ${pages(row.unlisted)} unchanged`)];
  const marks = marksOn(row, side);
  const isTold = side === 'after' || row.side !== undefined;
  return [
    ...marks.flatMap(({ kind }) => [
      element('span', { class: `sign ${kind}`, 'aria-hidden': 'true' }, signs[kind]),
      text('unseen', isTold ? spoken[kind] : `${spoken[kind]}, see after`),
    ]),
    titleOf(side === 'before' ? (row.was ?? row.title) : row.title, context.sought),
    ...(row.detail === undefined ? [] : [text('detail', row.detail)]),
    ...(line.state === 'open' || !isTold ? [] : tally(context.tallyOf(line.row))),
    ...(isTold ? remarks(row, marks, context.outline.changesIn(line.row) === 0) : []),
  ];
}

const tally = (said: string): Node[] => (said === '' ? [] : [text('tally', said)]);

/** @param isQuiet - nothing changes below it. */
function remarks(
  { kind, unplanned, marks: all = [] }: PageRow,
  marks: readonly PageMark[],
  isQuiet: boolean,
): Node[] {
  if (kind === 'undeclared' && all.length === 0) return [text('note', 'not declared')];
  if (unplanned && all.length === 0) return isQuiet ? [text('note', 'not planned')] : [];
  const notes = marks.map(({ note }) => note).filter((note) => note !== '' && note !== 'declared');
  const tags = [...new Set(marks.map(({ tag = '' }) => tag))].filter((tag) => tag !== '');
  return [
    ...(notes.length === 0 ? [] : [text('note', notes.join('; '))]),
    ...tags.map((tag) => text('tag', tag.replace(/[()]/g, ''))),
  ];
}

/** A direction of its own, so that a title cannot turn around what stands beside it. */
function titleOf(title: string, sought: string): HTMLElement {
  const [before, hit, after] = hits(title, sought);
  const made = element('bdi', { class: 'title', title }, before);
  if (hit !== '') made.append(element('mark', {}, hit), after);
  return made;
}

function foldedParts({ folded }: Line, { rows, endOf }: Outline): Node[] {
  const counts = { spaces: 0, unchanged: 0, undeclared: 0, unplanned: 0 };
  for (const top of folded) {
    for (let at = top; at < endOf(top); at += 1) {
      const { kind, unplanned, unlisted = 1 } = rows[at] ?? {};
      if (unplanned) counts.unplanned += 1;
      else if (kind === 'space') counts.spaces += 1;
      else if (kind === 'undeclared') counts.undeclared += 1;
      else counts.unchanged += unlisted;
    }
  }
  const unchanged = [
    ...(counts.spaces === 0 ? [] : [counts.spaces === 1 ? '1 space' : `${thousands(counts.spaces)} spaces`]),
    ...(counts.unchanged === 0
      ? []
      : [counts.spaces === 0 ? thousands(counts.unchanged) : pages(counts.unchanged)]),
  ];
  const parts = [
    ...(unchanged.length === 0 ? [] : [`${unchanged.join(' with ')} unchanged`]),
    ...(counts.unplanned === 0 ? [] : [`${thousands(counts.unplanned)} not planned`]),
    ...(counts.undeclared === 0 ? [] : [`${thousands(counts.undeclared)} not declared`]),
  ];
  return [text('title', `… ${parts.join(', ')}`)];
}

const text = (name: string, said: string): HTMLElement => element('span', { class: name }, said);
