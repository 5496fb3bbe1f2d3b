// The manifest stage's port to the files of a commit: what `manifest-files.ts` is to the disk, under the same
// names and the same rules for includes.

import { dirname, isAbsolute, posix, relative, resolve, sep } from 'node:path';
import type { FileContent, ManifestFiles } from '../manifest/files.ts';
import type { Blob, Repository } from './base-git.ts';
import { expandInclude, type FileTree, literalStart, type TreeEntry } from './include-glob.ts';

export interface CommitFiles extends ManifestFiles {
  has(file: string): boolean;
  /** The file's path from the top of the repository; `undefined` where the name leads out of it. */
  pathOf(file: string): string | undefined;
}

/** Names are relative to `cwd`, as on the disk; `manifest` is the one that the user named. */
export function commitFiles(
  repository: Repository,
  commit: string,
  manifest: string,
  cwd: string,
): CommitFiles {
  const home = dirname(resolve(cwd, manifest));
  const known = new Map<string, Blob>();
  let folders: Folders | undefined;

  const pathOf = (name: string, from: string): string | undefined => {
    const path = posix.join(repository.prefix, relative(home, resolve(from, name)).replaceAll(sep, '/'));
    return path === '..' || path.startsWith('../') ? undefined : path.replace(/\/$/, '');
  };

  /** All at once, so that many includes cost one process. */
  function load(paths: readonly string[]): void {
    const missing = paths.filter((path) => !known.has(path));
    if (missing.length === 0) return;
    const blobs = repository.contentsOf(commit, missing);
    for (const [index, path] of missing.entries()) known.set(path, blobs[index] ?? { kind: 'absent' });
  }

  function treeAt(from: string): FileTree {
    folders ??= foldersOf(repository.filesOf(commit));
    const all = folders;
    const inTree = (path: string): string | undefined => pathOf(path, from);
    return {
      exists: (path) => all.paths.has(inTree(path) ?? '..'),
      list: (folder) => all.entries.get(normal(inTree(folder))) ?? [],
    };
  }

  function blobOf(file: string): Blob {
    const path = pathOf(file, cwd);
    if (path === undefined) return { kind: 'unreadable', reason: 'it lies outside the repository' };
    load([path]);
    return known.get(path) ?? { kind: 'absent' };
  }

  return {
    has: (file) => blobOf(file).kind !== 'absent',
    pathOf: (file) => pathOf(file, cwd),
    read: (file) => contentOf(blobOf(file)),
    match(fromFile, pattern) {
      const from = dirname(resolve(cwd, fromFile));
      if (isAbsolute(pattern) || pathOf(literalStart(pattern), from) === undefined)
        return { kind: 'outside' };
      const found = expandInclude(pattern, treeAt(from));
      load(found.flatMap((file) => pathOf(file, from) ?? []));
      return { kind: 'files', files: found.map((file) => relative(cwd, resolve(from, file))) };
    },
    contains: (fromFile, path) => pathOf(path, dirname(resolve(cwd, fromFile))) !== undefined,
  };
}

const normal = (folder: string | undefined): string => (folder === '.' ? '' : (folder ?? '..'));

function contentOf(blob: Blob): FileContent {
  switch (blob.kind) {
    case 'file':
      return { kind: 'text', bytes: blob.bytes };
    case 'folder':
      return { kind: 'unreadable', reason: 'it is a directory' };
    case 'unreadable':
      return { kind: 'unreadable', reason: blob.reason };
    case 'absent':
      return { kind: 'unreadable', reason: 'there is no such file' };
  }
}

interface Folders {
  /** Files and folders. */
  readonly paths: ReadonlySet<string>;
  readonly entries: ReadonlyMap<string, readonly TreeEntry[]>;
}

function foldersOf(files: readonly string[]): Folders {
  const paths = new Set<string>();
  const entries = new Map<string, TreeEntry[]>();
  const add = (path: string, isFolder: boolean): void => {
    if (paths.has(path)) return;
    paths.add(path);
    const slash = path.lastIndexOf('/');
    const folder = slash === -1 ? '' : path.slice(0, slash);
    const entry = { name: path.slice(slash + 1), isFolder };
    const siblings = entries.get(folder);
    if (siblings === undefined) entries.set(folder, [entry]);
    else siblings.push(entry);
    if (folder !== '') add(folder, true);
  };
  for (const file of files) add(file, false);
  return { paths, entries };
}
