// The text of one file with small replacements in it, and pieces of it by offset, the replacements made.
// Invariant: whatever is not replaced comes out as it went in, to the last blank.

export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface SourceSlices {
  readonly text: string;
  replace(replacement: Replacement): void;
  /** The piece, with every replacement that lies in it. */
  slice(start: number, end: number): string;
}

export function sourceSlices(text: string): SourceSlices {
  const replacements: Replacement[] = [];
  let isSorted = true;
  return {
    text,
    replace(replacement) {
      replacements.push(replacement);
      isSorted = false;
    },
    slice(start, end) {
      if (!isSorted) replacements.sort((a, b) => a.start - b.start || a.end - b.end);
      isSorted = true;
      let piece = '';
      let at = start;
      for (let index = firstFrom(replacements, start); index < replacements.length; index += 1) {
        const found = replacements[index];
        if (found === undefined || found.end > end) break;
        piece += text.slice(at, found.start) + found.text;
        at = found.end;
      }
      return piece + text.slice(at, end);
    },
  };
}

/** The index of the first replacement that begins at the offset or after it. */
function firstFrom(replacements: readonly Replacement[], offset: number): number {
  let low = 0;
  let high = replacements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((replacements[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The offset at which the line of an offset begins. */
export const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** The offset behind the line end of an offset's line. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at === -1 ? text.length : at + 1;
}

/** Lines without their ends, each with its blanks; the last line end opens no further line. */
export function linesOf(piece: string): string[] {
  if (piece === '') return [];
  return (piece.endsWith('\n') ? piece.slice(0, -1) : piece).split('\n');
}

/** Lines with so many blanks more, or less, before them. */
export function shifted(lines: readonly string[], columns: number): string[] {
  if (columns === 0) return [...lines];
  return lines.map((line) => {
    if (line.trim() === '') return line;
    if (columns > 0) return ' '.repeat(columns) + line;
    const blanks = /^ */.exec(line)?.[0].length ?? 0;
    return line.slice(Math.min(-columns, blanks));
  });
}

/**
 * What stands in brackets, braces or quotes over several lines, to be put elsewhere: on one line, or, where a
 * comment ends one of its lines, with the lines after the first at the column or deeper.
 */
export function reflowed(text: string, column: number): string {
  const [first = '', ...others] = text.split('\n');
  if (others.length === 0) return text;
  const hasGap = others.some((line) => line.trim() === '');
  if (!hasGap && !/(?:^|\s)#/.test(text)) return [first, ...others].map((line) => line.trim()).join(' ');
  const blanks = others.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0);
  return [first, ...shifted(others, Math.max(0, column - Math.min(...blanks)))].join('\n');
}
