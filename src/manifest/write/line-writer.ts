// Lines as they are laid out: content goes in piece by piece, and blanks, line ends and comments as they
// stood in the file.
//
// Terms. A *level* is a block collection that is open, with the column its items had in the file and the one
// they get. A comment on a line of its own belongs to the deepest open level that it was not left of, so
// that a child that somebody commented out stays among the children.
// Invariants: every comment comes out once and in order; a run of blank lines comes out as one; laying out
// what came out changes nothing.

import type { CST } from 'yaml';

interface Comment {
  readonly text: string;
  /** In the file. */
  readonly column: number;
  /** Whether a blank line stood before it. */
  readonly spaced: boolean;
}

interface Level {
  readonly old: number;
  readonly column: number;
}

export interface LineWriter {
  /** Takes a blank, a line end or a comment. */
  trivia(token: CST.SourceToken): void;
  /** Content at the head of a line. */
  line(text: string, column: number): void;
  /** Content behind what was written last, a blank between; at the head of a line where a comment ended that one. */
  inline(text: string, column: number): void;
  /** Content right behind what was written last. */
  glue(text: string): void;
  /** Whole lines that are written as they are, up to the end of the last. */
  raw(lines: readonly string[]): void;
  /** Notes that items stand at this column, which in the file stood at another. */
  open(column: number, old: number): void;
  /** Whether the line goes on. */
  readonly isOpen: boolean;
  /** The column at which the next content of the line would stand. */
  readonly nextColumn: number;
  /** All lines, whatever is pending included. */
  end(): string[];
}

/** @param columnOf - the column of an offset in the file, from 0. */
export function lineWriter(columnOf: (offset: number) => number): LineWriter {
  const lines: string[] = [];
  let current: string | undefined;
  let isEnded = false;
  let newlines = 0;
  let gap = '';
  let pending: Comment[] = [];
  let levels: Level[] = [];

  function push(line: string): void {
    lines.push(line.trimEnd());
  }

  function flush(column: number): void {
    if (current !== undefined) push(current);
    current = undefined;
    for (const { text, column: old, spaced } of pending) {
      if (spaced && lines.length > 0) lines.push('');
      const level = levels.findLast((one) => one.column >= column && one.old <= old);
      push(`${' '.repeat(level?.column ?? column)}${text}`);
    }
    pending = [];
  }

  function begin(text: string, column: number): void {
    flush(column);
    if (newlines > 1 && lines.length > 0) lines.push('');
    write(`${' '.repeat(column)}${text}`);
  }

  function write(line: string): void {
    current = line;
    isEnded = false;
    newlines = 0;
    gap = '';
  }

  return {
    trivia(token) {
      if (token.type === 'newline') newlines += 1;
      if (token.type === 'comment') {
        const text = token.source.trimEnd();
        if (newlines === 0 && current !== undefined && !isEnded) {
          current += `${/^ +$/.test(gap) ? gap : ' '}${text}`;
          isEnded = true;
        } else pending.push({ text, column: columnOf(token.offset), spaced: newlines > 1 });
        newlines = 0;
      }
      gap = token.type === 'space' ? token.source : '';
    },
    line: begin,
    inline(text, column) {
      if (current === undefined || isEnded || pending.length > 0) begin(text, column);
      else write(`${current} ${text}`);
    },
    glue: (text) => write(`${current ?? ''}${text}`),
    raw(text) {
      if (current !== undefined) push(current);
      lines.push(...text);
      current = undefined;
      newlines = 1;
    },
    open(column, old) {
      levels = levels.filter((level) => level.column < column);
      levels.push({ old, column });
    },
    get isOpen() {
      return current !== undefined && !isEnded && pending.length === 0;
    },
    get nextColumn() {
      return (current ?? '').length + 1;
    },
    end() {
      flush(0);
      return lines;
    },
  };
}
