// One port for all that is kept between runs: the state with its journal, and the leases on it. The file
// store is the reference; `test/conformance/store.ts` holds every store to the same promises.

import type { SignedAccount } from './account.ts';
import type { Leases } from './lease-store.ts';
import type { LoadedState, StateStore } from './state-store.ts';

export interface Store extends StateStore {
  readonly leases: Leases;
  /**
   * A path on this machine; files beside it are named after it, such as the memory of the pace. `undefined`
   * where nothing can be kept.
   */
  readonly localPath: string | undefined;
  /** What was done, where the store remembers it. */
  readonly history: History | undefined;
  /** Lets go of what the store keeps open. Never throws. */
  close(): Promise<void>;
}

export interface LoggedRun {
  readonly commit: string;
  /** Unix milliseconds. */
  readonly atMs: number;
  readonly author: string;
  /** `undefined` for a commit that wikiform did not make; `subject` says what it was. */
  readonly account: SignedAccount | undefined;
  readonly subject: string;
}

/** The audit trail. What cannot be read is a `DiagnosticError`. */
export interface History {
  /** The latest first. */
  log(most: number): Promise<readonly LoggedRun[]>;
  /** The state as that run left it; `none` where there is no such commit. */
  at(commit: string): Promise<LoadedState>;
}
