// The keys of a tree, as people know them from file managers, and a few of the page's own.

import { isOnSide } from './line.ts';
import type { Line, Outline } from './outline.ts';
import { other, type View } from './view.ts';
import type { Side } from './word.ts';

export interface Keys {
  readonly outline: Outline;
  readonly view: View;
  /** Something was folded or unfolded. */
  refold(line: Line): void;
  focusSearch(): void;
  toggleHelp(): void;
}

/** What the keys do, for the help. */
export const keyHelp: readonly (readonly [string, string])[] = [
  ['↑ ↓', 'the line above, below'],
  ['→ ←', 'unfold, fold; then inwards, outwards'],
  ['Enter', 'follow a page to its other place; elsewhere, fold or unfold'],
  ['Space', 'fold or unfold'],
  ['Tab', 'the other tree'],
  ['n p', 'the next change, the one before'],
  ['Home End', 'the first line, the last'],
  ['/', 'search'],
  ['Esc', 'leave the search, clear the selection'],
  ['?', 'this help'],
];

export function listen(keys: Keys): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    if (press(event.key, keys)) event.preventDefault();
  });
}

function isTyping({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog[open]') !== null) return true;
  return target.matches('input, button, summary') && key !== '/' && key !== '?' && key !== 'Escape'
    ? true
    : target.matches('input') && key !== 'Escape';
}

function press(key: string, keys: Keys): boolean {
  switch (key) {
    case '/':
      keys.focusSearch();
      return true;
    case '?':
      keys.toggleHelp();
      return true;
    case 'Escape':
      keys.view.clear();
      return true;
    case 'n':
    case 'p':
      return step(keys, key === 'n' ? 1 : -1, isChange);
    default:
      return pressInTree(key, keys);
  }
}

function pressInTree(key: string, keys: Keys): boolean {
  const { outline, view } = keys;
  const lines = outline.lines();
  switch (key) {
    case 'ArrowDown':
      return step(keys, 1, isAny);
    case 'ArrowUp':
      return step(keys, -1, isAny);
    case 'PageDown':
    case 'PageUp':
      return false;
    case 'Home':
      return step(keys, 1, isAny, -1);
    case 'End':
      return step(keys, -1, isAny, lines.length);
    case 'ArrowRight':
      return inwards(keys);
    case 'ArrowLeft':
      return outwards(keys);
    case 'Enter':
      return follow(keys);
    case ' ': {
      const line = view.current();
      if (line !== undefined) keys.refold(line);
      return line !== undefined;
    }
    default:
      return false;
  }
}

type Test = (line: Line, side: Side, outline: Outline) => boolean;

const isAny: Test = isOnSide;

const isChange: Test = (line, side, outline) =>
  isOnSide(line, side, outline) && (outline.rows[line.row]?.marks ?? []).length > 0;

/** The nearest line in a direction that passes; changes are looked for in both trees. */
function step({ outline, view }: Keys, by: 1 | -1, passes: Test, from?: number): boolean {
  const lines = outline.lines();
  const side = view.selection()?.side ?? 'after';
  const current = view.current();
  const start = from ?? (current === undefined ? -1 : lines.indexOf(current));
  for (let at = start + by; at >= 0 && at < lines.length; at += by) {
    const line = lines[at];
    if (line === undefined) continue;
    const found = passes(line, side, outline) ? side : passes === isChange ? other(side) : undefined;
    if (found === undefined || !passes(line, found, outline)) continue;
    view.select(line, found);
    return true;
  }
  return current !== undefined;
}

function inwards(keys: Keys): boolean {
  const line = keys.view.current();
  if (line === undefined) return false;
  if (line.state === 'closed') keys.refold(line);
  else if (line.state === 'open') step(keys, 1, isAny);
  return true;
}

function outwards(keys: Keys): boolean {
  const { outline, view } = keys;
  const line = view.current();
  if (line === undefined) return false;
  if (line.state === 'open') keys.refold(line);
  else {
    const above = outline.parentOf(line.row === -1 ? (line.folded[0] ?? -1) : line.row);
    const parent = outline.lines()[outline.lineOf(above)];
    if (above >= 0 && parent !== undefined) view.select(parent, view.selection()?.side ?? 'after');
  }
  return true;
}

/** To the other place of a page that has two. */
export function follow({ outline, view, refold }: Pick<Keys, 'outline' | 'view' | 'refold'>): boolean {
  const line = view.current();
  const selection = view.selection();
  if (line === undefined || selection === undefined) return false;
  const pair = outline.rows[line.row]?.pair;
  if (pair === undefined) {
    refold(line);
    return true;
  }
  if (outline.lines()[outline.lineOf(pair)]?.row !== pair) {
    outline.uncover(pair);
    view.refresh();
  }
  const end = outline.lines()[outline.lineOf(pair)];
  if (end !== undefined) view.select(end, other(selection.side));
  return true;
}
