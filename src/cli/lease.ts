// One run at a time applies with a state: takes the state's lease, renews it while the work goes on, and
// gives it back whatever happens.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { leaseFile } from '../state/lease-file.ts';
import { nameHolder } from '../state/lease-notice.ts';
import { type HeldLease, keepRenewed, type Leases } from '../state/lease-store.ts';
import type { StateStore } from '../state/state-store.ts';
import { CommandFailure } from './report.ts';
import type { Context } from './settings.ts';

export interface LeaseOptions {
  /** What it is for, such as `wikiform apply`. */
  readonly command: string;
  /** How long to wait for another run to end. */
  readonly waitMs: number;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/** The leases of a state. */
export function leasesOf(store: StateStore, { edge }: Context): Leases {
  return leaseFile({ statePath: store.name, clock: edge.clock, processes: edge.processes });
}

/**
 * Works while nobody else may. `notes` say what was found, such as the lock of a run that was cut off.
 *
 * @throws {CommandFailure} when another run has the state, or the lock cannot be written.
 */
export async function withLease<T>(
  store: StateStore,
  { command, waitMs, signal }: LeaseOptions,
  context: Context,
  work: (lease: HeldLease, notes: readonly Diagnostic[]) => Promise<T>,
): Promise<T> {
  const { edge } = context;
  const acquired = await leasesOf(store, context).acquire({
    command,
    waitMs,
    signal,
    onWait: (holder) => edge.err(`Waiting for ${nameHolder(holder)} to end.\n`),
  });
  if (acquired.kind === 'refused') throw new CommandFailure([acquired.diagnostic]);
  const { lease, notes } = acquired;
  const end = new AbortController();
  const renewing = keepRenewed(lease, edge.clock, end.signal);
  try {
    return await work(lease, notes);
  } finally {
    end.abort();
    await renewing;
    await lease.release();
  }
}
