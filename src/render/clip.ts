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

/** Words in lines of at most so many columns; only a word that is longer than a line is broken. */
export function wrap(words: readonly string[], columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer) <= columns) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = broken(word, columns);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return line === '' ? lines : [...lines, line];
}

function broken(word: string, columns: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let left = columns;
  for (const character of word) {
    const width = characterWidth(character);
    if (width > left && piece !== '') {
      pieces.push(piece);
      piece = '';
      left = columns;
    }
    piece += character;
    left -= width;
  }
  return [...pieces, piece];
}
