// The port behind which leases are kept: a file beside the state, or files in the tree of a Git ref.
// Invariant: of all who ask for the lease of one space, one at a time has it. A store may keep one lease for
// all its spaces.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Address } from '../tree/identifier.ts';
import { type Lease, leaseRenewalMs, type Standing } from './lease.ts';

export interface LeaseRequest {
  /** The spaces that the run may write to; all by default. */
  readonly spaces?: LeasedSpaces | undefined;
  /** What the lease is for, such as `wikiform apply`. */
  readonly command: string;
  /** How long to wait for another run to end; 0 does not wait. */
  readonly waitMs: number;
  /** Ends the wait: `acquire` then rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told once, when the wait begins. */
  readonly onWait?: ((holder: Lease) => void) | undefined;
}

export interface LeasedSpaces {
  readonly addresses: readonly Address[];
  /** And whatever else the state knows of. */
  readonly andAllKnown: boolean;
}

export type Acquired =
  /** `notes` are informations, such as whose lease was taken over. */
  | { readonly kind: 'held'; readonly lease: HeldLease; readonly notes: readonly Diagnostic[] }
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic };

export interface Leases {
  /** Never throws for what is wrong with the store; that is a refusal. */
  acquire(request: LeaseRequest): Promise<Acquired>;
  /** Who has a lease now, if anybody; of all spaces by default. */
  holders(spaces?: readonly Address[]): Promise<readonly LeaseHolder[]>;
  /** Takes the leases away from whoever has them, and says from whom. */
  break(spaces?: readonly Address[]): Promise<readonly Lease[]>;
}

export interface LeaseHolder {
  readonly lease: Lease;
  readonly standing: Standing;
  /** The spaces it has, where a store keeps a lease for each. */
  readonly spaces?: readonly Address[] | undefined;
}

/** The lease as its holder has it. */
export interface HeldLease {
  /** Aborted once the lease is known to be lost. */
  readonly lost: AbortSignal;
  /** To be asked before each write: looks, and renews where the time is over. */
  isHeld(): Promise<boolean>;
  /**
   * Takes more spaces in, without waiting. What is wrong with that is told: another run has one of them, or
   * has changed it since the state was loaded.
   */
  cover(spaces: readonly Address[]): Promise<Diagnostic | undefined>;
  /** Puts the end off by a term; resolves to whether the lease is still held. */
  renew(): Promise<boolean>;
  /** Gives the lease back, unless it is somebody else's by now. Never throws. */
  release(): Promise<void>;
}

/** The time that leases need; any `Clock` has it. */
export interface LeaseClock {
  /** Milliseconds that never go backwards. */
  monotonicMs(): number;
  /** Unix milliseconds. */
  wallMs(): number;
  /** Rejects with the signal's reason once it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Renews the lease again and again, until the signal is aborted or the lease is lost. */
export async function keepRenewed(lease: HeldLease, clock: LeaseClock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const slept = await clock.sleep(leaseRenewalMs, signal).then(
      () => true,
      () => false,
    );
    if (!slept || !(await lease.renew())) return;
  }
}
