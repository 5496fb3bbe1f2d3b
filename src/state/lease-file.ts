// The lease of a state that is a file; `lease-chain-file.ts` tells how it is kept.

import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './durable-file.ts';
import { type Lease, leaseTermMs, type ProcessTable, standingOf } from './lease.ts';
import { appendLease, isLast, readLast, renewLease, sweep } from './lease-chain-file.ts';
import { leaseTakenOver, leaseUnwritable, stateLocked } from './lease-notice.ts';
import type { Acquired, HeldLease, LeaseClock, LeaseHolder, LeaseRequest, Leases } from './lease-store.ts';

export interface LeaseFileOptions {
  /** The state's own file, as people are to be told it. */
  readonly statePath: string;
  readonly clock: LeaseClock;
  readonly processes: ProcessTable;
}

/** How often a waiting run looks. */
const pollMs = 500;
/** More attempts in a row than any race has. */
const maxRaces = 100;

/** Leases in a file beside the state. */
export function leaseFile(options: LeaseFileOptions): Leases {
  const root = leasePath(options.statePath);
  return {
    acquire: (request) => acquire(options, request),
    async holders() {
      const holder = await readHolder(options);
      return holder === undefined ? [] : [holder];
    },
    async break() {
      const lease = await readLast(root);
      await rm(root, { force: true });
      await sweep(root);
      return lease === undefined ? [] : [lease];
    },
  };
}

/** `…/state.json` has its lease in `…/state.lock`. */
export function leasePath(statePath: string): string {
  return `${statePath.replace(/\.json$/, '')}.lock`;
}

async function acquire(options: LeaseFileOptions, request: LeaseRequest): Promise<Acquired> {
  const { clock, statePath } = options;
  const deadlineMs = clock.monotonicMs() + request.waitMs;
  let hasTold = false;
  for (;;) {
    const claim = await claimAfterRaces(options, request.command);
    if (claim.kind === 'won') return held(options, claim);
    if (claim.kind === 'failed')
      return { kind: 'refused', diagnostic: leaseUnwritable(statePath, claim.why) };
    const leftMs = deadlineMs - clock.monotonicMs();
    if (leftMs <= 0) return { kind: 'refused', diagnostic: stateLocked(statePath, claim.holder) };
    if (!hasTold) request.onWait?.(claim.holder);
    hasTold = true;
    await clock.sleep(Math.min(pollMs, leftMs), request.signal);
  }
}

function held(options: LeaseFileOptions, { lease, from }: Won): Acquired {
  const isTakenOver = from !== undefined && from.standing !== 'held';
  const notes = isTakenOver ? [leaseTakenOver(options.statePath, from.lease, from.standing)] : [];
  return { kind: 'held', lease: new LeaseInFile(options, lease), notes };
}

interface Won {
  readonly kind: 'won';
  readonly lease: Lease;
  /** Whose lease it was. */
  readonly from: LeaseHolder | undefined;
}

type Claim = Won | { readonly kind: 'taken'; readonly holder: Lease };
type Failure = { readonly kind: 'failed'; readonly why: string };

/** A race is lost because somebody else came further, so that looking again ends it. */
async function claimAfterRaces(options: LeaseFileOptions, command: string): Promise<Claim | Failure> {
  try {
    await mkdir(dirname(options.statePath), { recursive: true });
    for (let race = 0; race < maxRaces; race += 1) {
      const claim = await claimOnce(options, command);
      if (claim !== undefined) return claim;
    }
    return { kind: 'failed', why: 'it changes all the time' };
  } catch (error) {
    return { kind: 'failed', why: codeOf(error) };
  }
}

/** `undefined` where somebody else was faster. */
async function claimOnce(options: LeaseFileOptions, command: string): Promise<Claim | undefined> {
  const from = await readHolder(options);
  if (from?.standing === 'held') return { kind: 'taken', holder: from.lease };
  const lease = newLease(options, command);
  const isPlaced = await appendLease(leasePath(options.statePath), from?.lease, lease);
  return isPlaced ? { kind: 'won', lease, from } : undefined;
}

function newLease({ clock, processes }: LeaseFileOptions, command: string): Lease {
  const { self, user } = processes;
  const sinceMs = clock.wallMs();
  return { id: randomUUID(), user, by: self, command, sinceMs, untilMs: sinceMs + leaseTermMs };
}

async function readHolder(options: LeaseFileOptions): Promise<LeaseHolder | undefined> {
  const { statePath, clock, processes } = options;
  const lease = await readLast(leasePath(statePath));
  return lease === undefined ? undefined : { lease, standing: standingOf(lease, clock.wallMs(), processes) };
}

class LeaseInFile implements HeldLease {
  readonly #root: string;
  readonly #clock: LeaseClock;
  readonly #loss = new AbortController();
  #lease: Lease;

  constructor({ statePath, clock }: LeaseFileOptions, lease: Lease) {
    this.#root = leasePath(statePath);
    this.#clock = clock;
    this.#lease = lease;
  }

  get lost(): AbortSignal {
    return this.#loss.signal;
  }

  async isHeld(): Promise<boolean> {
    return this.#hasTime() ? this.#isOurs() : this.renew();
  }

  /** One lease is for all spaces. */
  async cover(): Promise<undefined> {}

  async renew(): Promise<boolean> {
    if (!(await this.#isOurs())) return false;
    const renewed = { ...this.#lease, untilMs: this.#clock.wallMs() + leaseTermMs };
    try {
      if (!(await renewLease(this.#root, renewed))) return await this.#isOurs();
      this.#lease = renewed;
    } catch {
      // The disk may be better the next time; until its time is over the lease holds.
    }
    return this.#hasTime();
  }

  async release(): Promise<void> {
    if (await this.#isOurs()) await rm(this.#root, { force: true }).catch(() => undefined);
  }

  #hasTime(): boolean {
    return this.#clock.wallMs() < this.#lease.untilMs;
  }

  /** What is lost is lost for good. A disk that cannot be read says nothing: then time alone counts. */
  async #isOurs(): Promise<boolean> {
    if (this.#loss.signal.aborted) return false;
    const isOurs = await isLast(this.#root, this.#lease).catch(() => this.#hasTime());
    if (!isOurs) this.#loss.abort(new Error('another run has taken the lock over'));
    return isOurs;
  }
}
