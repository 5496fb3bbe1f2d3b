// What the reader looks for: words, and kinds of change. Without either everything is in sight.

import type { PageRow, PageStep } from '../page-data.ts';
import { type Filter, filtersOf } from './word.ts';

export interface Search {
  readonly text: string;
  readonly kinds: ReadonlySet<Filter>;
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Whether a row is what is looked for; `undefined` where nothing is. */
export function finder(
  { text, kinds }: Search,
  steps: readonly PageStep[],
): ((row: PageRow) => boolean) | undefined {
  const wanted = folded(text.trim());
  if (wanted === '' && kinds.size === 0) return undefined;
  return (row) => isOfKind(row, kinds) && textOf(row, steps).some((part) => folded(part).includes(wanted));
}

function isOfKind({ marks = [] }: PageRow, kinds: ReadonlySet<Filter>): boolean {
  if (kinds.size === 0) return true;
  return marks.some((mark) => filtersOf(mark).some((kind) => kinds.has(kind)));
}

function textOf(row: PageRow, steps: readonly PageStep[]): readonly string[] {
  const { title, was = '', detail = '', marks = [] } = row;
  const addresses = marks.flatMap((mark) => (mark.steps ?? []).map((at) => steps[at]?.address ?? ''));
  return [title, was, detail, ...marks.map(({ note }) => note), ...addresses];
}

/** The title cut where the words looked for begin and end; one piece where they are not in it. */
export function hits(title: string, text: string): readonly [string, string, string] {
  const lower = title.toLowerCase();
  const wanted = text.trim().toLowerCase();
  // Lower case can be longer than what it is made from, and then places do not fit.
  const start = wanted === '' || lower.length !== title.length ? -1 : lower.indexOf(wanted);
  if (start === -1) return [title, '', ''];
  const end = start + wanted.length;
  return [title.slice(0, start), title.slice(start, end), title.slice(end)];
}
