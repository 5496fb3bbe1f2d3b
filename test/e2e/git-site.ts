// A repository with a remote, clones of it, and an emulated wiki on real HTTP: what a pipeline has. The
// remote is a bare repository; clones are made, worked in and deleted as runners are.

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Edge } from '../../src/cli/edge.ts';
import { run } from '../../src/cli/run.ts';
import { testEdge } from '../edge.ts';
import { type Ending, runMortal } from './command.ts';
import { user } from './site.ts';

export type { Ending } from './command.ts';

export interface Clone {
  readonly folder: string;
  write(file: string, text: string): void;
  git(...words: readonly string[]): string;
  /** Runs the command in this process. */
  run(words: string, edge?: Partial<Edge>): Promise<Ending>;
  /** Runs the built command in a process of its own; `onStart` gets what kills it. */
  command(
    words: string,
    env?: Edge['env'],
    onStart?: (kill: () => void, pid: number) => void,
    onErr?: (text: string) => void,
  ): Promise<Ending>;
  delete(): void;
}

export interface GitSite {
  readonly folder: string;
  /** The bare repository. */
  readonly remote: string;
  /** Where every clone's environment is from: no settings but the test's. */
  readonly env: Readonly<Record<string, string>>;
  git(...words: readonly string[]): string;
  /** Commits the manifest on the remote's branch. */
  commit(manifest: string): void;
  clone(...flags: readonly string[]): Clone;
  /** Writes a hook of the remote. */
  hook(name: string, script: string): void;
}

/** @param credentials - of who works in the clones; the user unless told. */
export function openGitSite(credentials: Edge['env'] = user): GitSite {
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-git-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const home = join(folder, 'home');
  const remote = join(folder, 'remote.git');
  mkdirSync(home);
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'ann',
    GIT_AUTHOR_EMAIL: 'ann@example.com',
    GIT_COMMITTER_NAME: 'ann',
    GIT_COMMITTER_EMAIL: 'ann@example.com',
  };
  const gitIn = (cwd: string, words: readonly string[]): string =>
    execFileSync('git', words, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  gitIn(folder, ['init', '-q', '--bare', '--initial-branch=main', remote]);
  const seed = join(folder, 'seed');
  gitIn(folder, ['init', '-q', '--initial-branch=main', seed]);
  gitIn(seed, ['remote', 'add', 'origin', remote]);
  let clones = 0;

  return {
    folder,
    remote,
    env,
    git: (...words) => gitIn(remote, words),
    commit(manifest) {
      writeFileSync(join(seed, 'wikiform.yaml'), manifest);
      gitIn(seed, ['add', '-A']);
      gitIn(seed, ['commit', '-q', '-m', 'Change the manifest']);
      gitIn(seed, ['push', '-q', 'origin', 'main']);
    },
    clone(...flags) {
      clones += 1;
      const place = join(folder, `clone-${clones}`);
      gitIn(folder, ['clone', '-q', ...flags, remote, place]);
      return cloneIn(place, { ...env, ...credentials }, gitIn);
    },
    hook(name, script) {
      const path = join(remote, 'hooks', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `#!/bin/sh\n${script}\n`);
      chmodSync(path, 0o755);
    },
  };
}

function cloneIn(
  folder: string,
  env: Edge['env'],
  gitIn: (cwd: string, words: readonly string[]) => string,
): Clone {
  const split = (words: string): string[] => words.split(' ').filter((word) => word !== '');
  return {
    folder,
    write(file, text) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    },
    git: (...words) => gitIn(folder, words),
    async run(words, edge = {}) {
      const made = testEdge({ cwd: folder, env, ...edge });
      const exitCode = await run(split(words), made);
      return { exitCode, stdout: made.stdout(), stderr: made.stderr() };
    },
    command: (words, more = {}, onStart, onErr) =>
      runMortal(split(words), { cwd: folder, env: { ...env, ...more } }, { onStart, onErr }),
    delete: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
