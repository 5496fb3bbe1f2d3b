// The system's git, asked about one commit of the repository that the manifest lies in. Nothing is written
// and no working tree is touched. Invariant: what a user typed never becomes a flag of git, and no
// credential of a vendor reaches it.

import { spawnSync } from 'node:child_process';
import { gitEnvironment } from '../state/git/environment.ts';
import type { Edge } from './edge.ts';

export interface Repository {
  /** The folder of the manifest, from the top of the repository, with a `/` at its end; `''` at the top. */
  readonly prefix: string;
  /** The commit that a ref means; `undefined` where this clone has none of that name. */
  commitOf(ref: string): string | undefined;
  /** Whether history was cut off when it was cloned. */
  isShallow(): boolean;
  /** Every file of a commit, by its path from the top. */
  filesOf(commit: string): readonly string[];
  /** What stands at each path of a commit, links followed as far as they stay in it. */
  contentsOf(commit: string, paths: readonly string[]): readonly Blob[];
  /**
   * The commit at which the checkout and another commit parted, where the other has gone on since;
   * `undefined` where it has not, or where nobody can tell.
   */
  partedFrom(commit: string): string | undefined;
  /** Whether these paths, from the top, are not the same in two commits. */
  differ(a: string, b: string, paths: readonly string[]): boolean;
}

export type Blob =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'absent' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Why there is no repository, to end a sentence with. */
export interface NoRepository {
  readonly why: string;
  readonly isGitMissing: boolean;
}

interface Answer {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** The repository that a folder lies in. */
export function openRepository(folder: string, env: Edge['env']): Repository | NoRepository {
  const git = (words: readonly string[], input?: string): Answer => runGit(words, folder, env, input);
  let found: Answer;
  try {
    found = git(['rev-parse', '--show-prefix']);
  } catch (error) {
    return { why: reasonOf(error), isGitMissing: true };
  }
  if (found.status !== 0) return { why: firstLine(found.stderr), isGitMissing: false };
  const text = (words: readonly string[]): string | undefined => {
    const { status, stdout } = git(words);
    return status === 0 ? stdout.toString('utf8').trim() : undefined;
  };
  return {
    prefix: found.stdout.toString('utf8').replace(/\n$/, ''),
    commitOf: (ref) =>
      ref.startsWith('-') || ref.trim() === ''
        ? undefined
        : text(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]),
    isShallow: () => text(['rev-parse', '--is-shallow-repository']) === 'true',
    filesOf(commit) {
      const { stdout } = git(['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit]);
      return stdout
        .toString('utf8')
        .split('\0')
        .filter((path) => path !== '');
    },
    contentsOf(commit, paths) {
      // A name with a line break in it cannot be asked for.
      const asked = paths.filter((path) => !path.includes('\n'));
      const input = asked.map((path) => `${commit}:${path}\n`).join('');
      const { stdout } = git(['cat-file', '--batch', '--follow-symlinks'], input);
      const answers = readBlobs(stdout, asked.length);
      const blobs = new Map(asked.map((path, index) => [path, answers[index]]));
      return paths.map((path) => blobs.get(path) ?? { kind: 'unreadable', reason: 'git cannot read it' });
    },
    partedFrom(commit) {
      const parted = text(['merge-base', 'HEAD', commit]);
      return parted === commit ? undefined : parted;
    },
    differ(a, b, paths) {
      const words = [
        'diff-tree',
        '-r',
        '--quiet',
        a,
        b,
        '--',
        ...paths.map((path) => `:(top,literal)${path}`),
      ];
      return git(words).status === 1;
    },
  };
}

/** The answers of `git cat-file --batch`, one after the other. */
function readBlobs(stdout: Buffer, count: number): readonly Blob[] {
  const blobs: Blob[] = [];
  for (let at = 0; blobs.length < count && at < stdout.length; ) {
    const end = stdout.indexOf('\n', at);
    const head = stdout.toString('utf8', at, end === -1 ? stdout.length : end);
    const start = end === -1 ? stdout.length : end + 1;
    const [, kind = '', size] = /(?:^|^[0-9a-f]+ )([a-z]+) (\d+)$/.exec(head) ?? [];
    if (size === undefined) {
      blobs.push({ kind: 'absent' });
      at = start;
    } else {
      blobs.push(blobOf(kind, stdout.subarray(start, start + Number(size))));
      at = start + Number(size) + 1;
    }
  }
  return blobs;
}

function blobOf(kind: string, bytes: Uint8Array): Blob {
  switch (kind) {
    case 'blob':
      return { kind: 'file', bytes };
    case 'tree':
      return { kind: 'folder' };
    case 'dangling':
    case 'notdir':
      return { kind: 'absent' };
    case 'symlink':
      return { kind: 'unreadable', reason: 'it is a link that leads outside the repository' };
    default:
      return { kind: 'unreadable', reason: `it is a ${kind}` };
  }
}

function runGit(words: readonly string[], cwd: string, env: Edge['env'], input?: string): Answer {
  const ended = spawnSync('git', words, {
    cwd,
    // Looking takes no lock.
    env: { ...gitEnvironment(env), GIT_OPTIONAL_LOCKS: '0' },
    maxBuffer: Number.POSITIVE_INFINITY,
    ...(input === undefined ? {} : { input }),
  });
  if (ended.error !== undefined) throw ended.error;
  return { status: ended.status ?? 1, stdout: ended.stdout, stderr: ended.stderr.toString('utf8') };
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' ? 'there is no git on this machine' : String(error);
}

const firstLine = (text: string): string =>
  (text.trim().split('\n')[0] ?? '').replace(/^fatal: /, '') || 'git says nothing';
