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
 * Appends entries in the order in which they come; those that wait while others are flushed share the
 * next flush. After a refusal nothing more is written: what came next would stand behind half a line.
 */
export async function openJournal(path: string, refused: (cause: unknown) => Error): Promise<Journal> {
  const file = await open(path, 'a');
  let last: Promise<void> = Promise.resolve();
  let next: { lines: string; written: Promise<void> } | undefined;

  async function write(after: Promise<void>, batch: { lines: string }): Promise<void> {
    await after;
    next = undefined; // whoever comes from now on waits for the next flush
    await appendDurably(file, batch.lines).catch((error: unknown) => {
      throw refused(error);
    });
  }

  return {
    append(entry) {
      if (next === undefined) {
        next = { lines: '', written: last };
        next.written = write(last, next);
        last = next.written;
      }
      next.lines += printEntry(entry);
      return next.written;
    },
    async close() {
      await last.catch(() => undefined);
      await file.close();
    },
  };
}
