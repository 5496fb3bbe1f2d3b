// Where in a file the user wrote something. Lines and columns count from 1, columns in UTF-16 units,
// as editors and GitHub annotations do. Only `render/` turns a Source into text or a code frame.

/** A place in a file; `file` is a path relative to the working directory, as the user would type it. */
export interface Source {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Orders places by file, then line, then column, without regard to locale. */
export function compareSources(a: Source, b: Source): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
