// One run at a time applies with a state: takes the state's lease, renews it while the work goes on, and
// gives it back whatever happens.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { nameHolder } from '../state/lease-notice.ts';
import { type HeldLease, keepRenewed, type LeasedSpaces } from '../state/lease-store.ts';
import type { Store } from '../state/store.ts';
import { parseAddress, spaceAddress, spaceOfAddress } from '../tree/address.ts';
import type { DesiredTree } from '../tree/desired.ts';
import { CommandFailure } from './report.ts';
import type { ScopeOptions } from './scope.ts';
import type { Context } from './settings.ts';

export interface LeaseOptions {
  /** What it is for, such as `wikiform apply`. */
  readonly command: string;
  /** How long to wait for another run to end. */
  readonly waitMs: number;
  /** The spaces that may be written to; all by default. */
  readonly spaces?: LeasedSpaces | undefined;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/** What a run may write to: the chosen spaces, those of the targets, or all. */
export function leasedSpaces(
  { targets = [], spaces = [] }: ScopeOptions,
  desired: DesiredTree,
): LeasedSpaces {
  const chosen = spaces.map(spaceAddress);
  const targeted = targets.flatMap((text) => {
    const address = parseAddress(text);
    return address === undefined ? [] : [spaceOfAddress(address)];
  });
  const addresses = chosen.length > 0 ? chosen : targeted;
  if (addresses.length > 0) return { addresses: [...new Set(addresses)], andAllKnown: false };
  return { addresses: desired.spaces.map(({ address }) => address), andAllKnown: true };
}

/**
 * Works while nobody else may. `notes` say what was found, such as the lock of a run that was cut off.
 *
 * @throws {CommandFailure} when another run has the state, or the lock cannot be written.
 */
export async function withLease<T>(
  store: Store,
  { command, waitMs, spaces, signal }: LeaseOptions,
  context: Context,
  work: (lease: HeldLease, notes: readonly Diagnostic[]) => Promise<T>,
): Promise<T> {
  const { edge } = context;
  const acquired = await store.leases.acquire({
    command,
    spaces,
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
