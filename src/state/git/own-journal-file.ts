// Journals that this checkout keeps for itself, one for each run, in the checkout's Git folder. They hold
// what a run came to since it last told the ref, and go once the ref knows it.

import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalEntry } from '../journal.ts';
import { openJournal, readJournal, replaceJournal } from '../journal-file.ts';
import type { Journal } from '../state-store.ts';
import type { OwnJournal } from './recollection.ts';

export interface KeptJournal extends OwnJournal {
  readonly path: string;
}

export type KeptJournals =
  | { readonly kind: 'journals'; readonly journals: readonly KeptJournal[] }
  | { readonly kind: 'broken'; readonly path: string; readonly line: number };

/** @param mark - what tells the ref from others that this checkout knows. */
const nameOf = (mark: string, run: string): string => `journal-${mark}-${run}.ndjson`;

/** Of all runs but those that are still at work. */
export async function readOwnJournals(
  home: string,
  mark: string,
  isAtWork: (run: string) => boolean,
): Promise<KeptJournals> {
  const journals: KeptJournal[] = [];
  const [start, end] = nameOf(mark, '*').split('*');
  const names = await readdir(home).catch(() => []);
  for (const name of [...names].sort()) {
    if (start === undefined || end === undefined || !name.startsWith(start) || !name.endsWith(end)) continue;
    const run = name.slice(start.length, -end.length);
    if (isAtWork(run)) continue;
    const path = join(home, name);
    const parsed = await readJournal(path);
    if (parsed.kind === 'broken') return { kind: 'broken', path, line: parsed.line };
    journals.push({ run, path, entries: parsed.entries });
  }
  return { kind: 'journals', journals };
}

/** Begins one with these entries. */
export async function openOwnJournal(
  home: string,
  mark: string,
  run: string,
  entries: readonly JournalEntry[],
  refused: (path: string, cause: unknown) => Error,
): Promise<Journal & { readonly path: string }> {
  const path = join(home, nameOf(mark, run));
  try {
    await replaceJournal(path, entries);
    const journal = await openJournal(path, (cause) => refused(path, cause));
    return { ...journal, path };
  } catch (error) {
    throw refused(path, error);
  }
}

/** Never throws: one that stays is read once more, and adds nothing. */
export async function forgetOwnJournal(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}
