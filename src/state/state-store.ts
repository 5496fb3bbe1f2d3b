// The port behind which the state is kept: a file today, a Git ref tomorrow.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Intent, JournalEntry, Remains } from './journal.ts';
import type { State } from './state.ts';

export type LoadedState =
  | ({ readonly kind: 'state' } & Remains)
  | { readonly kind: 'none' }
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
  /** The state with what a journal adds. Never throws: what cannot be read is a diagnostic. */
  load(): Promise<LoadedState>;
  /**
   * Replaces the state, whole and durably, and ends the journal. Of a run that is not finished, the plan
   * and what is still unknown are kept.
   *
   * @throws {StateWriteError} when the store refuses; what was there is then untouched.
   */
  save(state: State, unfinished?: Unfinished): Promise<void>;
  /**
   * Begins a journal on the state last saved, in place of the one before.
   *
   * @throws {StateWriteError} when the store refuses.
   */
  begin(plan: string): Promise<Journal>;
}

export interface Unfinished {
  /** The plan's digest. */
  readonly plan: string;
  readonly open: readonly Intent[];
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
