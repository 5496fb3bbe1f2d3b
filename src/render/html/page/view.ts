// The two trees and the moves between them. The place of a line is its number times the height of one,
// so lines and curves never part.

import { startColumn } from './column.ts';
import { curves, type Move, movesIn } from './curve.ts';
import { element, part } from './element.ts';
import { isOnSide, type LineContext } from './line.ts';
import type { Line, Outline } from './outline.ts';
import { tallies } from './tally.ts';
import type { Side } from './word.ts';

interface Selection {
  readonly key: number;
  readonly side: Side;
}

export interface View {
  /** Draws again: something was folded, filtered or looked for. */
  refresh(): void;
  /** Brings lines and curves up to date with what is in sight. */
  draw(): void;
  select(line: Line, side: Side): void;
  selection(): Selection | undefined;
  /** The selected line; `undefined` where there is none or a filter leaves it out. */
  current(): Line | undefined;
  clear(): void;
  hover(row: number): void;
  /** What titles are searched for. */
  seek(text: string): void;
}

/** Lines drawn above and below what is in sight, so that scrolling meets no gaps. */
const margin = 12;

export function startView(outline: Outline, onSelect: (line: Line | undefined) => void): View {
  const canvas = part('trees');
  const strokes = part('curves');
  const context: LineContext = { outline, tallyOf: tallies(outline), sought: '' };
  let sought = '';
  const columns = {
    before: startColumn('before', () => ({ ...context, sought })),
    after: startColumn('after', () => ({ ...context, sought })),
  };
  const moves: readonly Move[] = movesIn(outline);
  let selected: Selection | undefined;
  let hovered = -1;

  const rowHeight = (): number =>
    Number.parseFloat(getComputedStyle(canvas).getPropertyValue('--line')) || 30;

  function range(): { readonly first: number; readonly last: number } {
    const height = rowHeight();
    const first = Math.max(0, Math.floor(-canvas.getBoundingClientRect().top / height));
    return { first, last: first + Math.ceil(innerHeight / height) };
  }

  function glance(): void {
    const { first, last } = range();
    const { width } = strokes.getBoundingClientRect();
    const lit = new Set([hovered, selected?.key ?? -1].filter((row) => row >= 0));
    const view = { first, last, rowHeight: rowHeight(), width, lit };
    strokes.replaceChildren(...curves(moves, outline, view));
    const pairOf = (row: number | undefined): number | undefined => outline.rows[row ?? -1]?.pair;
    const near = new Set([selected?.key, pairOf(selected?.key), hovered, pairOf(hovered)]);
    for (const side of sides) {
      columns[side].show({ selected: selected?.key, isHere: selected?.side === side, near });
    }
  }

  function draw(): void {
    const { first, last } = range();
    for (const side of sides) {
      const keep = selected?.side === side ? selected.key : undefined;
      columns[side].draw(first - margin, last + margin, keep, rowHeight());
    }
    glance();
  }

  /** Scrolls no more than it takes, clear of the bar above and of the details below. */
  function reveal(at: number): void {
    const height = rowHeight();
    const top = canvas.getBoundingClientRect().top + at * height;
    const ceiling = part('bar').getBoundingClientRect().bottom + height;
    const floor = innerHeight - part('details').offsetHeight - height * 2;
    if (top >= ceiling && top <= floor) return;
    // What is far away comes to the middle, where its surroundings can be seen.
    const isFar = top < -innerHeight || top > innerHeight * 2;
    const goal = isFar ? (ceiling + floor) / 2 : top < ceiling ? ceiling : floor;
    scrollBy(0, top - goal);
  }

  return {
    refresh() {
      for (const side of sides) columns[side].empty();
      canvas.style.height = `${outline.lines().length * rowHeight()}px`;
      draw();
    },
    draw,
    select(line, side) {
      selected = { key: line.key, side: isOnSide(line, side, outline) ? side : other(side) };
      onSelect(line);
      reveal(outline.lines().indexOf(line));
      draw();
      columns[selected.side].focus(line.key);
    },
    selection: () => selected,
    current: () => outline.lines().find(({ key }) => key === selected?.key),
    clear() {
      selected = undefined;
      onSelect(undefined);
      draw();
    },
    hover(row) {
      if (row === hovered) return;
      hovered = row;
      glance();
    },
    seek(text) {
      sought = text;
    },
  };
}

const sides = ['before', 'after'] as const;

export const other = (side: Side): Side => (side === 'before' ? 'after' : 'before');

/** The frame that lines and curves are drawn into. */
export function frame(): Node {
  const heading = (id: string, name: string, what: string): HTMLElement =>
    element('h2', { id }, name, element('small', {}, what));
  const tree = (id: string, label: string): HTMLElement =>
    element('div', { id, role: 'tree', class: 'tree', 'aria-labelledby': label });
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.id = 'curves';
  svg.setAttribute('aria-hidden', 'true');
  return element(
    'div',
    { id: 'wiki' },
    heading('is', 'Before', 'the wiki as it is'),
    heading('will', 'After', 'as the plan leaves it'),
    element('div', { id: 'trees' }, tree('before', 'is'), svg, tree('after', 'will')),
  );
}
