// The journal of a run as the ref is told it: the entries so far, each space's own in its own file. An intent
// that was told ahead gives way to the same intent with all its ids once its turn has come.

import type { Address } from '../../tree/identifier.ts';
import type { Intent, JournalEntry } from '../journal.ts';
import { printEntry } from '../journal-text.ts';
import type { State } from '../state.ts';
import { entriesIn } from './recollection.ts';

export class RefJournal {
  readonly #entries: JournalEntry[];
  readonly #intentAt = new Map<string, number>();
  /** Steps whose intents the ref has. */
  readonly #told = new Set<string>();

  /** @param left - what an earlier run left, and the journal's head. */
  constructor(left: readonly JournalEntry[]) {
    this.#entries = [...left];
  }

  isTold(step: string): boolean {
    return this.#told.has(step);
  }

  /** Those of the intents that the ref has not been told. */
  untold(intents: readonly Intent[]): readonly Intent[] {
    const seen = new Set<string>();
    return intents.filter(({ step }) => {
      const isNew = !this.#told.has(step) && !seen.has(step);
      seen.add(step);
      return isNew;
    });
  }

  noteTold(intents: readonly Intent[]): void {
    for (const { step } of intents) this.#told.add(step);
  }

  note(entry: JournalEntry): void {
    if (entry.entry !== 'intent') {
      this.#entries.push(entry);
      return;
    }
    const { step } = entry.intent;
    const at = this.#intentAt.get(step);
    if (at !== undefined) this.#entries[at] = entry;
    else this.#intentAt.set(step, this.#entries.push(entry) - 1);
  }

  /** The file of one space. */
  textIn(space: Address, state: State): string {
    return printEntriesIn(space, this.#entries, state);
  }
}

/** What the entries say of one space, the head with the strays whose home is there. */
export function printEntriesIn(space: Address, entries: readonly JournalEntry[], { spaces }: State): string {
  const id = spaces.get(space)?.id;
  return entriesIn(space, entries)
    .map((entry) =>
      entry.entry === 'run'
        ? { ...entry, strays: entry.strays.filter(({ home }) => home.space === id) }
        : entry,
    )
    .map(printEntry)
    .join('');
}
