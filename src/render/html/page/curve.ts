// The moves, drawn between the trees. A short one is a soft S; a long one goes into a lane of its own, so
// that many can be told apart, and comes out where it ends.

import { drawn } from './element.ts';
import type { Outline } from './outline.ts';

export interface Move {
  /** Rows in the tree before and in the tree after. */
  readonly from: number;
  readonly to: number;
}

/** The marked moves, not what they carry. */
export function movesIn({ rows }: Outline): readonly Move[] {
  return rows.flatMap((row, from) => {
    const leaves = (row.marks ?? []).some(({ kind }) => kind === 'leave');
    return leaves && row.pair !== undefined ? [{ from, to: row.pair }] : [];
  });
}

export interface CurveView {
  readonly first: number;
  readonly last: number;
  readonly rowHeight: number;
  readonly width: number;
  /** Rows the reader looks at; their moves are drawn wherever they end. */
  readonly lit: ReadonlySet<number>;
}

interface Stroke {
  readonly from: number;
  readonly to: number;
  readonly lane: number;
  count: number;
  isLit: boolean;
}

/** One path for each pair of lines; moves that are folded into the same lines share one. */
export function curves(moves: readonly Move[], outline: Outline, view: CurveView): SVGElement[] {
  const strokes = new Map<string, Stroke>();
  const isSeen = (line: number): boolean => line >= view.first && line <= view.last;
  for (const { from: row, to: other } of moves) {
    const from = outline.lineOf(row);
    const to = outline.lineOf(other);
    const isLit = view.lit.has(row) || view.lit.has(other);
    if (from < 0 || to < 0 || from === to || !(isLit || isSeen(from) || isSeen(to))) continue;
    const known = strokes.get(`${from} ${to}`);
    if (known === undefined) strokes.set(`${from} ${to}`, { from, to, lane: laneOf(row), count: 1, isLit });
    else {
      known.count += 1;
      known.isLit ||= isLit;
    }
  }
  const anyLit = [...strokes.values()].some(({ isLit }) => isLit);
  return [...strokes.values()]
    .sort((a, b) => Number(a.isLit) - Number(b.isLit))
    .map((stroke) => strokeElement(stroke, view, anyLit));
}

/** Spread evenly and always the same: the fractions of the golden ratio. */
const laneOf = (row: number): number => (row * 0.618_033_988_75) % 1;

function strokeElement(
  { from, to, lane, count, isLit }: Stroke,
  view: CurveView,
  anyLit: boolean,
): SVGElement {
  const { rowHeight, width } = view;
  const middle = (line: number): number => (line + 0.5) * rowHeight;
  const d = pathFrom(middle(from), middle(to), width, width * (0.2 + 0.5 * lane));
  const look = isLit ? 'lit' : anyLit ? 'dim' : '';
  const weight = Math.min(1.6 + Math.log2(count), 5);
  return drawn(
    'g',
    { class: `curve ${look}` },
    drawn('path', { class: 'stroke', d, 'stroke-width': weight }),
    drawn('path', { class: 'tip', d: `M${width - 7} ${middle(to) - 4}L${width} ${middle(to)}l-7 4z` }),
    drawn('path', { class: 'reach', d, 'data-to': to, 'data-from': from }),
  );
}

function pathFrom(y1: number, y2: number, width: number, lane: number): string {
  const end = width - 6;
  const rise = Math.abs(y2 - y1);
  if (rise < 220) return `M0 ${y1}C${width * 0.55} ${y1} ${width * 0.4} ${y2} ${end} ${y2}`;
  const bend = Math.sign(y2 - y1) * 56;
  return [
    `M0 ${y1}C${lane * 0.7} ${y1} ${lane} ${y1} ${lane} ${y1 + bend}`,
    `V${y2 - bend}`,
    `C${lane} ${y2} ${lane + (end - lane) * 0.3} ${y2} ${end} ${y2}`,
  ].join('');
}
