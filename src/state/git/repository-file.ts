// The ref as it is fetched, written and pushed. All of it happens in a small bare repository of this run's
// own, inside the checkout's Git folder: a shallow fetch marks where it was cut off, and the checkout's own
// history must not get such marks; and what a killed run leaves half-done harms no other run.
//
// It reads the checkout's settings, so that the remote is reached as the checkout reaches it.

import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { codeOf } from '../durable-file.ts';
import type { ProcessTable } from '../lease.ts';
import { callGit, type GitAnswer } from './command.ts';
import {
  type Commit,
  importScript,
  type NewCommit,
  parseCommit,
  parseTree,
  type TreeFile,
} from './commit.ts';
import { type Environment, gitEnvironment } from './environment.ts';
import { type Ask, makeOwnRepository } from './own-repository-file.ts';
import {
  checkoutTrouble,
  checkoutUnwritable,
  GitTrouble,
  notOurs,
  type RefPlace,
  readTrouble,
  refusedPush,
  remoteMissing,
  writeTrouble,
} from './trouble.ts';

export interface RepositoryOptions extends RefPlace {
  /** Any folder of the checkout. */
  readonly folder: string;
  readonly env: Environment;
  /** How long one call of Git may take. */
  readonly timeoutMs: number;
  readonly processes: ProcessTable;
}

export interface Tip extends Commit {
  /** Every file of its tree, by path. */
  readonly files: ReadonlyMap<string, TreeFile>;
}

/** `behind`: the ref is not what it was. `not-forward`: the remote lets nothing be replaced. */
export type Pushed = 'done' | 'behind' | 'not-forward';

/** Who works here, and on which commit of the manifest. */
export interface Surroundings {
  readonly name: string | undefined;
  readonly email: string | undefined;
  /** `undefined` before the first commit. */
  readonly commit: string | undefined;
  /** Whether files in the manifest's folder differ from the commit. */
  readonly isChanged: boolean;
}

/** More than any state that people have; a ref that holds more is not one. */
const mostBytes = 1_000_000_000;

/** See git-fetch-pack(1): as good as infinite. */
const wholeHistory = 2_147_483_647;

const tipRef = 'refs/wikiform/tip';
const draftRef = 'refs/wikiform/draft';

export class Repository {
  readonly #options: RepositoryOptions;
  readonly #env: Record<string, string>;
  readonly #top: string;
  /** What belongs to wikiform inside the checkout's Git folder. */
  readonly home: string;
  readonly #gitFolder: string;

  private constructor(
    options: RepositoryOptions,
    env: Record<string, string>,
    top: string,
    home: string,
    own: string,
  ) {
    this.#options = options;
    this.#env = env;
    this.#top = top;
    this.home = home;
    this.#gitFolder = own;
  }

  /** @throws {GitTrouble} where the checkout cannot be used, or has no such remote. */
  static async open(options: RepositoryOptions): Promise<Repository> {
    const { folder, timeoutMs, remote, processes } = options;
    const env = gitEnvironment(options.env);
    const ask: Ask = (...words) => callGit({ words, cwd: folder, env, timeoutMs });
    const found = await ask(
      'rev-parse',
      '--show-toplevel',
      '--git-common-dir',
      '--git-dir',
      '--show-object-format',
    );
    const [top, common, own, format] = linesOf(found);
    if (found.end !== 0 || top === undefined || common === undefined || own === undefined)
      throw new GitTrouble(checkoutTrouble(folder, found), true);
    const remotes = linesOf(await ask('remote'));
    if (!remotes.includes(remote)) throw new GitTrouble(remoteMissing(options, remotes), true);
    const home = join(resolve(folder, common), 'wikiform');
    const settings = [join(resolve(folder, common), 'config'), join(resolve(folder, own), 'config.worktree')];
    try {
      const isSha256 = format === 'sha256';
      const repository = await makeOwnRepository({ home, top, settings, isSha256, processes, ask });
      return new Repository(options, env, top, home, repository);
    } catch (error) {
      throw new GitTrouble(checkoutUnwritable(home, codeOf(error)));
    }
  }

  /**
   * The commit that the ref names now, and so many before it; `undefined` where there is no such ref.
   *
   * @param signal - aborted: rejects with its reason.
   * @throws {GitTrouble} where it cannot be fetched, or names no commit.
   */
  async fetchTip(depth: number | 'all' = 2, signal?: AbortSignal): Promise<Tip | undefined> {
    const { remote, ref } = this.#options;
    const words = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-prune', '--no-filter'];
    const fetched = await this.#git(
      [...words, `--depth=${depth === 'all' ? wholeHistory : depth}`, remote, `+${ref}:${tipRef}`],
      undefined,
      signal,
    );
    if (fetched.end === 'aborted') throw signal?.reason;
    if (fetched.end !== 0) {
      if (/couldn't find remote ref/i.test(fetched.said)) return undefined;
      throw new GitTrouble(readTrouble(this.#options, fetched), true);
    }
    return this.commit(tipRef);
  }

  /** @throws {GitTrouble} where it is no commit. */
  async commit(name: string): Promise<Tip> {
    const [object] = await this.#objects([name]);
    const commit = object?.type === 'commit' ? parseCommit(object.id, object.text) : undefined;
    if (commit === undefined)
      throw new GitTrouble(
        notOurs(this.#options, `it names a ${object?.type ?? 'thing that is missing'} and no commit`),
      );
    const tree = await this.#git(['ls-tree', '-r', '-l', '-z', '--full-tree', commit.id]);
    if (tree.end !== 0) throw new GitTrouble(readTrouble(this.#options, tree));
    const files = parseTree(tree.out.toString('utf8'));
    const bytes = [...files.values()].reduce((sum, file) => sum + file.bytes, 0);
    if (bytes > mostBytes) throw new GitTrouble(notOurs(this.#options, `it is ${bytes} bytes large`));
    return { ...commit, files };
  }

  /** The commit's id, where `text` begins exactly one that the ref leads to. */
  async find(text: string): Promise<string | undefined> {
    const found = await this.#git(['rev-parse', '--quiet', '--verify', `${text}^{commit}`]);
    return found.end === 0 ? linesOf(found)[0] : undefined;
  }

  /** The commit and those before it, along first parents, the latest first. */
  async history(from: string, most: number): Promise<readonly Commit[]> {
    const listed = await this.#git(['rev-list', '--first-parent', `--max-count=${most}`, from]);
    if (listed.end !== 0) throw new GitTrouble(readTrouble(this.#options, listed));
    const objects = await this.#objects(linesOf(listed));
    return objects.flatMap(({ id, text }) => parseCommit(id, text) ?? []);
  }

  /** Texts of files, by the ids of their objects. */
  async texts(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map();
    return new Map((await this.#objects(ids)).map(({ id, text }) => [id, text]));
  }

  /** Makes the commit here; the ref does not know it yet. */
  async write(commit: NewCommit): Promise<string> {
    const input = importScript(commit, draftRef);
    const made = await this.#git(['fast-import', '--quiet', '--force'], input);
    const id = linesOf(made).at(-1);
    if (made.end !== 0 || id === undefined) throw new GitTrouble(writeTrouble(this.#options, made));
    return id;
  }

  /**
   * Sets the ref to the commit if it is still `expected`; `undefined` where it is not there.
   *
   * @throws {GitTrouble} where the remote cannot be reached, or refuses.
   */
  async push(commit: string, expected: string | undefined): Promise<Pushed> {
    const { remote, ref } = this.#options;
    const words = ['push', '--porcelain', '--no-verify', '--no-follow-tags', '--recurse-submodules=no'];
    const lease = `--force-with-lease=${ref}:${expected ?? ''}`;
    const pushed = await this.#git([...words, lease, remote, `${commit}:${ref}`]);
    if (pushed.end === 0) return 'done';
    const [, reason] = /^!\t\S+\t(.*)$/m.exec(pushed.out.toString('utf8')) ?? [];
    if (reason === undefined) throw new GitTrouble(writeTrouble(this.#options, pushed));
    if (/non-fast-forward|non-ff/i.test(`${reason} ${pushed.said}`)) return 'not-forward';
    if (
      /stale info|fetch first|failed to (update|lock)|cannot lock|already exists|incorrect old value/i.test(
        reason,
      )
    )
      return 'behind';
    throw new GitTrouble(refusedPush(this.#options, reason, pushed));
  }

  /** What the checkout says of itself. */
  async surroundings(): Promise<Surroundings> {
    const { folder } = this.#options;
    const ask = (...words: string[]): Promise<GitAnswer> => this.#call(words, folder);
    const [head, status, name, email] = await Promise.all([
      ask('rev-parse', '--quiet', '--verify', 'HEAD'),
      ask('--no-optional-locks', 'status', '--porcelain', '--untracked-files=no', '--', '.'),
      ask('config', '--get', 'user.name'),
      ask('config', '--get', 'user.email'),
    ]);
    const line = (answer: GitAnswer): string | undefined =>
      answer.end === 0 ? linesOf(answer)[0] : undefined;
    return {
      commit: line(head),
      isChanged: linesOf(status).length > 0,
      name: line(name),
      email: line(email),
    };
  }

  /** Takes this run's copy away. Never throws. */
  async close(): Promise<void> {
    await rm(this.#gitFolder, { recursive: true, force: true }).catch(() => undefined);
  }

  /** Objects by their ids or names, in that order; those that are missing are left out. */
  async #objects(names: readonly string[]): Promise<readonly { id: string; type: string; text: string }[]> {
    const read = await this.#git(['cat-file', '--batch'], `${names.join('\n')}\n`);
    const objects: { id: string; type: string; text: string }[] = [];
    for (let at = 0; at < read.out.length; ) {
      const end = read.out.indexOf(10, at);
      if (end === -1) break;
      const [, id, type, bytes] = /^([0-9a-f]+) (\w+) (\d+)$/.exec(read.out.toString('utf8', at, end)) ?? [];
      at = end + 1;
      if (id === undefined || type === undefined) continue;
      const length = Number(bytes);
      objects.push({ id, type, text: read.out.toString('utf8', at, at + length) });
      at += length + 1;
    }
    return objects;
  }

  /** In this run's own repository. */
  #git(words: readonly string[], input?: string, signal?: AbortSignal): Promise<GitAnswer> {
    return this.#call(
      [`--git-dir=${this.#gitFolder}`, ...settings(this.#options.remote), ...words],
      this.#top,
      input,
      signal,
    );
  }

  #call(words: readonly string[], cwd: string, input?: string, signal?: AbortSignal): Promise<GitAnswer> {
    return callGit({ words, cwd, env: this.#env, timeoutMs: this.#options.timeoutMs, input, signal });
  }
}

/** What of the checkout's settings is not for this: hooks, signatures, house-keeping, mirroring. */
function settings(remote: string): string[] {
  const off = [
    'core.hooksPath=/dev/null',
    'core.logAllRefUpdates=false',
    'gc.auto=0',
    'maintenance.auto=false',
    'fetch.writeCommitGraph=false',
    'push.gpgSign=false',
    'push.useForceIfIncludes=false',
    `remote.${remote}.mirror=false`,
  ];
  return off.flatMap((setting) => ['-c', setting]);
}

const linesOf = ({ out }: GitAnswer): string[] =>
  out
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
