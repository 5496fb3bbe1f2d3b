// The manifest stage's port to the disk. Invariant: no file outside the repository is read through an
// include, not even through a link.

import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { FileContent, IncludeMatch, ManifestFiles } from '../manifest/files.ts';
import { expandInclude, type FileTree, literalStart } from './include-glob.ts';

/** Files by names relative to `cwd`, as a user would type them. */
export function manifestFiles(cwd: string): ManifestFiles {
  return {
    read: (file) => read(resolve(cwd, file)),
    match: (fromFile, pattern) => matchFiles(cwd, fromFile, pattern),
    contains: (fromFile, path) => {
      const from = dirname(resolve(cwd, fromFile));
      return isInside(realOf(resolve(from, path)), repositoryRoot(from));
    },
  };
}

function read(path: string): FileContent {
  try {
    if (statSync(path).isDirectory()) return { kind: 'unreadable', reason: 'it is a directory' };
    return { kind: 'text', bytes: readFileSync(path) };
  } catch (error) {
    return { kind: 'unreadable', reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'permission denied';
  return error instanceof Error ? error.message : String(error);
}

/** The nearest folder upwards that holds `.git`; the folder itself where there is none. */
export function repositoryRoot(folder: string): string {
  for (let at = realOf(folder); ; at = dirname(at)) {
    if (exists(join(at, '.git'))) return at;
    if (dirname(at) === at) return realOf(folder);
  }
}

function matchFiles(cwd: string, fromFile: string, pattern: string): IncludeMatch {
  const from = dirname(resolve(cwd, fromFile));
  const root = repositoryRoot(from);
  if (isAbsolute(pattern) || !isInside(realOf(resolve(from, literalStart(pattern))), root)) {
    return { kind: 'outside' };
  }
  const found = expandInclude(pattern, treeAt(from));
  if (found.some((file) => !isInside(realOf(resolve(from, file)), root))) return { kind: 'outside' };
  return { kind: 'files', files: found.map((file) => relative(cwd, resolve(from, file))) };
}

/** The disk, seen from a folder. */
function treeAt(from: string): FileTree {
  return {
    exists: (path) => exists(resolve(from, path)),
    list: (folder) =>
      entriesOf(resolve(from, folder)).map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() })),
  };
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isInside(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** The path with its links followed; of what does not exist, as far as it does. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realOf(parent), relative(parent, path));
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
