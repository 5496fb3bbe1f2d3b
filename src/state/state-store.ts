// The port behind which the state is kept: a file today, a Git ref tomorrow.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { State } from './state.ts';

export type LoadedState =
  | { readonly kind: 'state'; readonly state: State }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic };

export interface StateStore {
  /** What people call the place, such as the file's path. */
  readonly name: string;
  /** Never throws: what cannot be read is a diagnostic. */
  load(): Promise<LoadedState>;
  /**
   * Replaces the state, whole and durably.
   *
   * @throws {StateWriteError} when the store refuses; what was there is then untouched.
   */
  save(state: State): Promise<void>;
}

/** The store refused the state: a full disk, a read-only folder. */
export class StateWriteError extends Error {
  override readonly name = 'StateWriteError';
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic, cause: unknown) {
    super(diagnostic.detail, { cause });
    this.diagnostic = diagnostic;
  }
}
