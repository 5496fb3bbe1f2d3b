// Fitting text into columns. Invariant: the start of a text is kept, and what is cut is marked.

import { printable } from './printable.ts';
import { characterWidth, textWidth } from './text-width.ts';

/** Fit for one line of a terminal. */
export function oneLine(text: string): string {
  return printable(text).replaceAll('\n', '\ufffd');
}

/** The text in at most so many columns; none where there is not even room for the mark. */
export function clip(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let kept = '';
  let left = columns - 1;
  for (const character of text) {
    left -= characterWidth(character);
    if (left < 0) break;
    kept += character;
  }
  return columns < 1 ? '' : `${kept.trimEnd()}…`;
}

/** Spaces that bring the text to so many columns. */
export function paddingFor(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - textWidth(text)));
}
