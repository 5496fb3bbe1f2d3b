// The journal on disk, beside the state it was begun on. It is bounded by one run: saving the state takes
// it away.

import { open, readFile, rm } from 'node:fs/promises';
import { appendDurably, codeOf, replaceFile } from './durable-file.ts';
import type { JournalEntry } from './journal.ts';
import { type ParsedJournal, parseJournal, printEntry } from './journal-text.ts';
import type { Journal } from './state-store.ts';

/** `…/state.json` has its journal in `…/state.journal.ndjson`. */
export function journalPath(statePath: string): string {
  return `${statePath.replace(/\.json$/, '')}.journal.ndjson`;
}

/** No file is an empty journal. @throws where there is one that cannot be read. */
export async function readJournal(path: string): Promise<ParsedJournal> {
  try {
    return parseJournal(await readFile(path, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { kind: 'entries', entries: [] };
    throw error;
  }
}

/** A journal with these entries, in place of what was there; with none, there is no journal. */
export async function replaceJournal(path: string, entries: readonly JournalEntry[]): Promise<void> {
  if (entries.length === 0) await rm(path, { force: true });
  else await replaceFile(path, entries.map(printEntry).join(''));
}

/**
 * Appends one entry after the other, each flushed before the next. After a refusal nothing more is
 * written: what came next would stand behind half a line.
 */
export async function openJournal(path: string, refused: (cause: unknown) => Error): Promise<Journal> {
  const file = await open(path, 'a');
  let last: Promise<void> = Promise.resolve();
  return {
    append(entry) {
      last = last.then(() =>
        appendDurably(file, printEntry(entry)).catch((error: unknown) => {
          throw refused(error);
        }),
      );
      return last;
    },
    async close() {
      await last.catch(() => undefined);
      await file.close();
    },
  };
}
