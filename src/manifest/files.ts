// The port to the disk: how the manifest stage asks for files without touching any.

/** What stands in a file. */
export type FileContent =
  | { readonly kind: 'text'; readonly bytes: Uint8Array }
  /** `reason` ends the sentence "The file cannot be read: …". */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The files that an include's pattern leads to. */
export type IncludeMatch =
  /** Sorted, named like `CompileInput.file`; empty where nothing matches. */
  | { readonly kind: 'files'; readonly files: readonly string[] }
  /** The pattern, or a file it matches, lies outside the repository. */
  | { readonly kind: 'outside' };

export interface ManifestFiles {
  /** The file with this name; names are relative to the working directory, as a user would type them. */
  read(file: string): FileContent;
  /** Expands a glob that is relative to the directory of `fromFile`. */
  match(fromFile: string, pattern: string): IncludeMatch;
  /** Whether a path that is relative to the directory of `fromFile` lies inside the repository. */
  contains(fromFile: string, path: string): boolean;
}
