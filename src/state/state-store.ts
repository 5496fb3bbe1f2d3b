// The port behind which the state is kept: a file today, a Git ref tomorrow.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { JournalEntry, Remains, Unfinished } from './journal.ts';
import type { State } from './state.ts';

export type LoadedState =
  | ({ readonly kind: 'state' } & Remains)
  | { readonly kind: 'none' }
  /** It may well be there, and cannot be had from here: a plan may do without it, an apply may not. */
  | { readonly kind: 'unreachable'; readonly diagnostic: Diagnostic }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic };

/** A journal that is being written. */
export interface Journal {
  /**
   * Resolves once the entry is durable.
   *
   * @throws {StateWriteError} when the store refuses.
   */
  append(entry: JournalEntry): Promise<void>;
  close(): Promise<void>;
}

export interface StateStore {
  /** What people call the place, such as the file's path. */
  readonly name: string;
  /** What they call the place of the journal. */
  readonly journalName: string;
  /** The state with what a journal adds. Never throws: what cannot be read is a diagnostic. */
  load(): Promise<LoadedState>;
  /**
   * Replaces the state, whole and durably, and ends the journal; what is not finished is kept.
   *
   * @throws {StateWriteError} when the store refuses; what was there is then untouched.
   */
  save(state: State, unfinished?: Unfinished): Promise<void>;
  /**
   * Begins a journal on the state last saved, in place of the one before. What an earlier run left
   * unknown still stands in it.
   *
   * @throws {StateWriteError} when the store refuses.
   */
  begin(unfinished: Unfinished): Promise<Journal>;
}

/** The store refused to write: a full disk, a read-only folder. */
export class StateWriteError extends Error {
  override readonly name = 'StateWriteError';
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic, cause: unknown) {
    super(diagnostic.detail, { cause });
    this.diagnostic = diagnostic;
  }
}
