// The text of one file, and the way from an offset in it to the line and column that people read.

import type { Source } from '../diagnostic/source.ts';

export interface SourceText {
  /** As the user would type it. */
  readonly file: string;
  readonly text: string;
  /** The place of an offset in UTF-16 units; lines and columns count from 1. */
  sourceAt(offset: number): Source;
}

export function sourceText(file: string, text: string): SourceText {
  const starts = lineStarts(text);
  /** The line that was asked for last: who reads a file asks for one after the other. */
  let last = 0;
  return {
    file,
    text,
    sourceAt(offset) {
      const line = lineOf(starts, offset, last);
      last = line;
      return { file, line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
    },
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** @param near - a line from which it is likely not far. */
function lineOf(starts: readonly number[], offset: number, near: number): number {
  for (let line = near; line <= near + 2; line += 1) {
    const end = starts[line + 1] ?? Number.POSITIVE_INFINITY;
    if ((starts[line] ?? Number.POSITIVE_INFINITY) <= offset && offset < end) return line;
  }
  return lastNotAfter(starts, offset);
}

/** The index of the last start that is not after the offset. */
function lastNotAfter(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
