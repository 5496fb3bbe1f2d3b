// The plan as a unified diff of two outlines, one page a line: the wiki as it is, and as it will be.
//
// Why lines are not compared as text: two pages may have one title, and a page that gives way to another
// of its name is a change. Which line is which page is known, so lines are paired by page, in one pass; a
// comparison of texts takes quadratic time on a reorganisation. Patching the first outline with the diff
// makes the second.

import { FILE_HEADERS_ONLY, formatPatch, type StructuredPatchHunk } from 'diff';
import type { Match } from '../diff/match.ts';
import type { Plan } from '../schedule/plan.ts';
import { oneLine } from './clip.ts';
import { planRemarks } from './plan-remark.ts';
import { type Item, type Place, placesOf, type Side, sides } from './plan-sides.ts';
import { renderSummary } from './plan-summary.ts';
import type { Style } from './style.ts';

export interface DiffOptions {
  readonly style: Style;
  /** The type that goes without saying; the vendor's default, `docx` unless given. */
  readonly defaultType?: string | undefined;
}

/** Unchanged lines around a change. */
const context = 3;

/**
 * The sum of the plan and what a diff cannot show, then the diff; tools that patch pass over what stands
 * before it. Lines without a line break at the end. Takes time in proportion to the plan and the manifest.
 */
export function renderPlanDiff(plan: Plan, match: Match, options: DiffOptions): string {
  const { style, defaultType = 'docx' } = options;
  const script = scriptOf(sides(plan, match, defaultType));
  const hunks = hunksOf(script);
  const remarks = planRemarks(plan, style);
  const head = [style.bold(renderSummary(plan)), ...(remarks.length === 0 ? [] : ['', ...remarks])];
  if (hunks.length === 0) return head.join('\n');
  return [...head, '', ...patchLines(hunks, style)].join('\n');
}

/** The outlines that the diff is between, each line with its break. */
export function planOutlines(plan: Plan, match: Match, defaultType = 'docx'): Readonly<Record<Side, string>> {
  const items = sides(plan, match, defaultType);
  const text = (side: Side): string =>
    placesOf(items, side)
      .map((place) => `${lineOf(place, side)}\n`)
      .join('');
  return { before: text('before'), after: text('after') };
}

interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
  readonly item: Item;
  readonly side: Side;
}

/** Both outlines as one list of lines that stay, go and come. */
function scriptOf(items: readonly Item[]): readonly Line[] {
  const before = placesOf(items, 'before');
  const after = placesOf(items, 'after');
  const isStaying = stayingIn(after);
  const script: Line[] = [];
  const take = (places: readonly Place[], from: number, side: Side): number => {
    let at = from;
    for (let place = places[at]; place !== undefined && !isStaying(place.item); place = places[at]) {
      script.push(lineIn(place, side === 'before' ? '-' : '+', side));
      at += 1;
    }
    return at;
  };
  for (let from = 0, to = 0; from < before.length || to < after.length; from += 1, to += 1) {
    from = take(before, from, 'before');
    to = take(after, to, 'after');
    const staying = after[to];
    if (staying !== undefined) script.push(lineIn(staying, ' ', 'after'));
  }
  return script;
}

/** Whether a page has the same line on both sides: its own place and name stay, and so do all places above. */
function stayingIn(after: readonly Place[]): (item: Item) => boolean {
  const inPlace = new Set<Item | undefined>([undefined]);
  const same = new Set<Item>();
  for (const { item } of after) {
    const { before, after } = item;
    if (before === undefined || after === undefined) continue;
    if (before.parent !== after.parent || !inPlace.has(before.parent)) continue;
    inPlace.add(item);
    if (before.title === after.title && before.key === after.key) same.add(item);
  }
  return (item) => same.has(item);
}

const lineIn = (place: Place, sign: Line['sign'], side: Side): Line => ({
  sign,
  text: lineOf(place, side),
  item: place.item,
  side,
});

function lineOf({ item, level }: Place, side: Side): string {
  const { title = '', key } = item[side] ?? {};
  const shown = title === '' ? '(untitled)' : title;
  const detail = `${key === title ? '' : ` [${key}]`}${item.detail}`;
  return `${'  '.repeat(level)}${oneLine(shown + detail)}`;
}

interface Range {
  readonly start: number;
  end: number;
}

/** Changed lines with those around them; ranges that would touch are one. */
function rangesOf(script: readonly Line[]): readonly Range[] {
  const ranges: Range[] = [];
  script.forEach(({ sign }, at) => {
    if (sign === ' ') return;
    const start = Math.max(0, at - context);
    const end = Math.min(script.length, at + context + 1);
    const last = ranges.at(-1);
    if (last === undefined || start > last.end) ranges.push({ start, end });
    else last.end = end;
  });
  return ranges;
}

interface Hunk extends StructuredPatchHunk {
  /** What the first changed line lies below. */
  readonly heading: string;
}

function hunksOf(script: readonly Line[]): readonly Hunk[] {
  let at = 0;
  let oldStart = 1;
  let newStart = 1;
  const pass = (lines: readonly Line[]): void => {
    oldStart += countOf(lines, '-');
    newStart += countOf(lines, '+');
  };
  return rangesOf(script).map(({ start, end }) => {
    pass(script.slice(at, start));
    const lines = script.slice(start, end);
    const hunk = {
      oldStart,
      newStart,
      oldLines: countOf(lines, '-'),
      newLines: countOf(lines, '+'),
      lines: lines.map(({ sign, text }) => sign + text),
      heading: headingOf(lines),
    };
    pass(lines);
    at = end;
    return hunk;
  });
}

/** Lines of one outline: those of both, and its own. */
const countOf = (lines: readonly Line[], own: Line['sign']): number =>
  lines.filter(({ sign }) => sign === ' ' || sign === own).length;

function headingOf(lines: readonly Line[]): string {
  const changed = lines.find(({ sign }) => sign !== ' ');
  const parent = changed?.item[changed.side]?.parent;
  return parent === undefined ? '' : oneLine(parent.address);
}

function patchLines(hunks: readonly Hunk[], style: Style): readonly string[] {
  const names = { oldFileName: 'before', newFileName: 'after', oldHeader: undefined, newHeader: undefined };
  const headings = hunks.map(({ heading }) => heading).values();
  const patch = formatPatch({ ...names, hunks: [...hunks] }, FILE_HEADERS_ONLY).replace(/\n$/, '');
  const [from = '', to = '', ...lines] = patch.split('\n');
  return [style.bold(from), style.bold(to), ...lines.map(coloured)];

  /** Content begins with a sign; only the head of a hunk begins with an `@`. */
  function coloured(line: string): string {
    if (line.startsWith('@')) return style.cyan(`${line} ${headings.next().value ?? ''}`.trimEnd());
    if (line.startsWith('+')) return style.green(line);
    return line.startsWith('-') ? style.red(line) : line;
  }
}
