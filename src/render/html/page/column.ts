// One of the two trees on the screen. Only lines in sight have elements, whatever the size of the plan.

import { part } from './element.ts';
import { fillerElement, isOnSide, type LineContext, lineElement } from './line.ts';
import type { Line } from './outline.ts';
import type { Side } from './word.ts';

export interface Glance {
  /** The line that is selected, and whether in this tree. */
  readonly selected: number | undefined;
  readonly isHere: boolean;
  /** Lines that belong together with what the reader looks at. */
  readonly near: ReadonlySet<number | undefined>;
}

export interface Column {
  /** Makes and drops elements so that these lines have one, and the one that is to be kept. */
  draw(first: number, last: number, keep: number | undefined, rowHeight: number): void;
  show(glance: Glance): void;
  empty(): void;
  focus(key: number): void;
}

export function startColumn(side: Side, context: () => LineContext): Column {
  const tree = part(side);
  const elements = new Map<number, HTMLElement>();

  function isWanted(first: number, last: number, keep: number | undefined): Map<number, number> {
    const { outline } = context();
    const lines = outline.lines();
    const wanted = new Map<number, number>();
    const include = (at: number, line: Line | undefined): void => {
      if (line !== undefined) wanted.set(line.key, at);
    };
    for (let at = Math.max(0, first); at <= last; at += 1) include(at, lines[at]);
    // What has the focus stays, or the keyboard would lose its place.
    if (keep !== undefined && !wanted.has(keep)) {
      const at = lines.findIndex(({ key }) => key === keep);
      include(at, lines[at]);
    }
    return wanted;
  }

  return {
    draw(first, last, keep, rowHeight) {
      const wanted = isWanted(first, last, keep);
      for (const [key, old] of elements) {
        if (wanted.has(key)) continue;
        old.remove();
        elements.delete(key);
      }
      const { outline } = context();
      for (const [key, at] of wanted) {
        const line = outline.lines()[at];
        if (line === undefined || elements.has(key)) continue;
        const isHere = isOnSide(line, side, outline);
        const made = isHere ? lineElement(line, side, context()) : fillerElement(line, side, outline);
        made.style.top = `${at * rowHeight}px`;
        made.dataset.at = String(at);
        elements.set(key, made);
        insert(tree, made, at);
      }
    },
    show({ selected, isHere, near }) {
      const first = tree.querySelector('.line');
      const own = isHere && selected !== undefined ? elements.get(selected) : undefined;
      for (const [key, made] of elements) {
        if (!made.classList.contains('line')) continue;
        made.classList.toggle('near', near.has(key));
        made.classList.toggle('selected', selected === key);
        made.setAttribute('aria-selected', String(made === own));
        // One line of each tree can be reached with Tab.
        made.tabIndex = made === (own ?? first) ? 0 : -1;
      }
    },
    empty() {
      tree.replaceChildren();
      elements.clear();
    },
    focus(key) {
      elements.get(key)?.focus({ preventScroll: true });
    },
  };
}

/** In the order of the lines, which is the order in which they are read out. */
function insert(tree: HTMLElement, made: HTMLElement, at: number): void {
  const isLater = (child: Element): boolean => child instanceof HTMLElement && Number(child.dataset.at) > at;
  tree.insertBefore(made, [...tree.children].find(isLater) ?? null);
}
