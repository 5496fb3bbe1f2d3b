// The port behind which the state is kept: a file, or a ref on a Git remote.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Account } from './account.ts';
import type { Intent, JournalEntry, Remains, Unfinished } from './journal.ts';
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
   * Resolves once the entry is durable: an intent wherever the next run may look, an outcome at least here,
   * and there with the next intent that has to go there.
   *
   * @param ahead - what may be begun next, asked for only by a store to which each write is dear; it makes
   * these intents durable along with this one, and has nothing to write when their turn comes.
   * @throws {StateWriteError} when the store refuses.
   */
  append(entry: JournalEntry, ahead?: () => readonly Intent[]): Promise<void>;
  close(): Promise<void>;
}

export interface StateStore {
  /** What people call the place, such as the file's path. */
  readonly name: string;
  /** The state with what a journal adds. Never throws: what cannot be read is a diagnostic. */
  load(): Promise<LoadedState>;
  /**
   * Replaces the state, whole and durably, and ends the journal; what is not finished is kept.
   *
   * @param account - what the run that ends with this has done, for a store that keeps an audit trail; such
   * a store gives the lease back with the same write.
   * @throws {StateWriteError} when the store refuses; what was there is then untouched.
   */
  save(state: State, unfinished?: Unfinished, account?: Account): Promise<void>;
  /**
   * Begins a journal, in place of the one before. What an earlier run left unknown still stands in it.
   *
   * @param state - what it begins on, durable with the first intent at the latest; by default the state
   * last saved.
   * @throws {StateWriteError} when the store refuses.
   */
  begin(unfinished: Unfinished, state?: State): Promise<Journal>;
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
