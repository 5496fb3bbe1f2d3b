// The small bare repository of one run, inside the checkout's Git folder: made with the checkout's settings,
// and taken away again, also by the next run where this one was killed.

import { createHash, randomUUID } from 'node:crypto';
import { appendFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ProcessTable } from '../lease.ts';
import type { GitAnswer } from './command.ts';

export interface OwnRepositoryOptions {
  /** What belongs to wikiform inside the checkout's Git folder. */
  readonly home: string;
  /** The top of the checkout. */
  readonly top: string;
  /** The checkout's own files of settings. */
  readonly settings: readonly string[];
  readonly isSha256: boolean;
  readonly processes: ProcessTable;
  readonly ask: Ask;
}

/** Makes it, and resolves to its path. */
export async function makeOwnRepository(options: OwnRepositoryOptions): Promise<string> {
  const { home, top, settings, isSha256, processes, ask } = options;
  const mark = `run-${hashOf(processes.self.machine)}-`;
  const repository = join(home, `${mark}${processes.self.pid}-${randomUUID()}`);
  await sweep(home, mark, processes);
  await makeRepository(repository, settings, isSha256);
  await includeWhatIsMissing(repository, top, ask);
  return repository;
}

/** Git, asked in the checkout. */
export type Ask = (...words: readonly string[]) => Promise<GitAnswer>;

/**
 * Settings that hold only for the checkout, by a condition on its Git folder: pipelines keep credentials in
 * such files. What the copy does not see by itself is included by name.
 */
async function includeWhatIsMissing(repository: string, top: string, ask: Ask): Promise<void> {
  const words = ['config', '--includes', '--show-origin', '--name-only', '-z', '--list'];
  const [theirs, ours] = await Promise.all([
    ask('-C', top, ...words),
    ask('-C', top, `--git-dir=${repository}`, ...words),
  ]);
  const seen = new Set(originsIn(ours, top));
  const missing = originsIn(theirs, top).filter((file) => !seen.has(file));
  if (missing.length > 0) await appendFile(join(repository, 'config'), missing.map(includeOf).join(''));
}

/** The files that settings come from, in their order. */
const originsIn = ({ out }: GitAnswer, top: string): readonly string[] => [
  ...new Set(
    out
      .toString('utf8')
      .split('\0')
      .filter((part) => part.startsWith('file:'))
      .map((part) => resolve(top, part.slice('file:'.length))),
  ),
];

const includeOf = (file: string): string => `[include]\n\tpath = "${file.replace(/[\\"]/g, '\\$&')}"\n`;

/** See gitrepository-layout(5): what makes a folder a repository. */
async function makeRepository(path: string, settings: readonly string[], isSha256: boolean): Promise<void> {
  await mkdir(join(path, 'objects'), { recursive: true });
  await mkdir(join(path, 'refs'));
  await writeFile(join(path, 'HEAD'), 'ref: refs/heads/none\n');
  const format = isSha256
    ? '[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectFormat = sha256\n'
    : '[core]\n\trepositoryformatversion = 0\n\tbare = true\n';
  await writeFile(join(path, 'config'), format + settings.map(includeOf).join(''));
}

/** Takes away what runs have left that were killed on this machine. */
async function sweep(home: string, mark: string, { self, isRunning }: ProcessTable): Promise<void> {
  const names = await readdir(home).catch(() => []);
  for (const name of names.filter((found) => found.startsWith(mark))) {
    const pid = Number.parseInt(name.slice(mark.length), 10);
    if (pid === self.pid || isRunning({ ...self, pid, started: null })) continue;
    await rm(join(home, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);
