// What an include's pattern leads to, in any tree of files: the disk's, or a commit's. The same rules for
// both, so that a base is read as the manifest beside it is.

import picomatch from 'picomatch';
import { compareText } from '../tree/identifier.ts';

/** Files and folders by paths with `/`, relative to the folder that the pattern is read from. */
export interface FileTree {
  readonly exists: (path: string) => boolean;
  /** What lies in a folder, in any order; nothing where there is no such folder. */
  readonly list: (folder: string) => readonly TreeEntry[];
}

export interface TreeEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

const skipped: ReadonlySet<string> = new Set(['.git', 'node_modules', '.wikiform']);

/** The part of a pattern before its first wild one. */
export function literalStart(pattern: string): string {
  const parts = pattern.split('/');
  const wild = parts.findIndex((part) => /[*?[\]{}()!+@]/.test(part));
  return wild === -1 ? pattern : parts.slice(0, wild).join('/') || '.';
}

/** The files that the pattern matches, sorted by code unit. */
export function expandInclude(pattern: string, tree: FileTree): string[] {
  const clean = pattern.replace(/^(\.\/)+/, '');
  if (literalStart(clean) === clean) return tree.exists(clean) ? [clean] : [];
  const matches = picomatch(clean);
  const found: string[] = [];
  const open = [literalStart(clean)];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const { name, isFolder } of tree.list(folder)) {
      const path = folder === '.' ? name : `${folder}/${name}`;
      if (isFolder) {
        if (!skipped.has(name)) open.push(path);
      } else if (matches(path)) found.push(path);
    }
  }
  return found.sort(compareText);
}
