// A line of a file with the line before it, and a caret under the place that a finding is about.
// Invariant: one character of the file stays one character of the frame until widths are counted, so
// that the caret stands under the right one, whatever is before it.

import type { Source } from '../diagnostic/source.ts';
import { printable, withoutPasswords } from './printable.ts';
import type { Style } from './style.ts';
import { characterWidth, textWidth } from './text-width.ts';

/** Columns of a line that are shown, and how many of them stand before the place. */
const shownColumns = 100;
const shownBefore = 60;

const tab = '    ';

/** The frame as lines without indentation, or none where the file does not have that line. */
export function codeFrame(text: string, source: Source, style: Style): string[] {
  const line = lineOf(text, source.line);
  if (line === undefined) return [];
  const before = source.line > 1 ? lineOf(text, source.line - 1) : undefined;
  const digits = String(source.line).length;
  const bar = style.dim('│');
  const { shown, caretAt, carets } = clip(line, source.column);
  const number = (line: number) => style.dim(String(line).padStart(digits));
  return [
    ...(before === undefined ? [] : [`  ${number(source.line - 1)} ${bar} ${clip(before, 1).shown}`]),
    `${style.red('>')} ${number(source.line)} ${bar} ${shown}`,
    `  ${' '.repeat(digits)} ${bar} ${' '.repeat(caretAt)}${style.red('^'.repeat(carets))}`,
  ].map((line) => line.trimEnd());
}

/** The line of the place, cut to what a screen can show around it. */
export function excerpt(text: string, source: Source): string | undefined {
  const line = lineOf(text, source.line);
  return line === undefined ? undefined : clip(line, source.column).shown.trim();
}

/** A line by number, without reading further than it. */
function lineOf(text: string, line: number): string | undefined {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    start = text.indexOf('\n', start) + 1;
    if (start === 0) return undefined;
  }
  const end = text.indexOf('\n', start);
  return withoutPasswords(text.slice(start, end === -1 ? undefined : end).replace(/\r$/, ''));
}

/** A part of a line, drawn, and where in it the place begins. */
function clip(line: string, column: number): { shown: string; caretAt: number; carets: number } {
  const characters = [...line];
  const place = [...line.slice(0, column - 1)].length;
  const from = startFor(characters, place);
  const lead = from > 0 ? '…' : '';
  const before = draw(characters.slice(from, place));
  const rest = fitting(characters.slice(place), shownColumns - textWidth(before));
  const after = rest.length < characters.length - place ? '…' : '';
  const meant = characters.slice(place, place + tokenLength(characters.slice(place)));
  const carets = Math.max(1, Math.min(textWidth(draw(meant)), textWidth(draw(rest))));
  return {
    shown: `${lead}${before}${draw(rest)}${after}`,
    caretAt: textWidth(lead) + textWidth(before),
    carets,
  };
}

/** The first character to show, so that not more than `shownBefore` columns stand before the place. */
function startFor(characters: readonly string[], place: number): number {
  let columns = 0;
  for (let at = place; at > 0; at -= 1) {
    columns += widthOf(characters[at - 1] ?? '');
    if (columns > shownBefore) return at;
  }
  return 0;
}

function fitting(characters: readonly string[], columns: number): readonly string[] {
  let left = columns;
  const end = characters.findIndex((character) => {
    left -= widthOf(character);
    return left < 0;
  });
  return end === -1 ? characters : characters.slice(0, end);
}

function widthOf(character: string): number {
  return character === '\t' ? tab.length : characterWidth(printable(character));
}

function draw(characters: readonly string[]): string {
  return characters.map((character) => (character === '\t' ? tab : printable(character))).join('');
}

/** How far the value or key reaches that begins here: a quoted text, or plain up to a sign or a comment. */
function tokenLength(characters: readonly string[]): number {
  const rest = characters.slice(0, shownColumns).join('');
  const token =
    /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|(?:(?![:,](?:\s|$)|\s+#|[\]},]|\s+$).)+)/u.exec(rest)?.[0] ?? '';
  return [...token].length;
}
