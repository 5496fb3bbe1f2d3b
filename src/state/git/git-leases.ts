// Who may work on which spaces, decided on the ref: a lease is won by the push that puts it there.

import { randomUUID } from 'node:crypto';
import { DiagnosticError } from '../../diagnostic/diagnostic-error.ts';
import { type Address, compareText } from '../../tree/identifier.ts';
import type { Lease, ProcessTable } from '../lease.ts';
import { leaseTakenOver, stateLocked } from '../lease-notice.ts';
import type { Acquired, HeldLease, LeaseClock, LeaseHolder, LeaseRequest, Leases } from '../lease-store.ts';
import { holdersIn, refTermMs, withLeases } from './held-spaces.ts';
import type { RefSession, Sight } from './ref-session.ts';
import { GitTrouble } from './trouble.ts';

export interface GitLeasesOptions {
  readonly session: RefSession;
  readonly clock: LeaseClock;
  readonly processes: ProcessTable;
  /** As people are to be told it. */
  readonly place: string;
  /** Told of a lease that was won. */
  readonly onHeld: (lease: Lease, spaces: readonly Address[], isWhole: boolean) => HeldLease;
}

/** How often a waiting run looks: each time costs a fetch. */
const pollMs = 2000;

export function gitLeases(options: GitLeasesOptions): Leases {
  const { session, clock, processes } = options;
  return {
    acquire: (request) => acquire(options, request),
    async holders(asked) {
      const { spaces } = await orDiagnostic(() => session.look());
      return holdersIn(spaces, asked, clock.wallMs(), processes);
    },
    async break(asked) {
      let broken: readonly LeaseHolder[] = [];
      await orDiagnostic(async () => {
        await session.look();
        await session.change({
          message: undefined,
          files: ({ tip, spaces }) => {
            broken = holdersIn(spaces, asked, clock.wallMs(), processes);
            if (broken.length === 0) return undefined;
            return withLeases(
              new Map(tip?.files),
              broken.flatMap((holder) => holder.spaces ?? []),
              undefined,
            );
          },
        });
      });
      return broken.map(({ lease }) => lease);
    },
  };
}

async function acquire(options: GitLeasesOptions, request: LeaseRequest): Promise<Acquired> {
  const { clock, place } = options;
  const deadlineMs = clock.monotonicMs() + request.waitMs;
  let hasTold = false;
  for (;;) {
    const claim = await claimOnce(options, request).catch((error: unknown) => {
      if (error instanceof GitTrouble) return error;
      throw error;
    });
    if (claim instanceof GitTrouble) return { kind: 'refused', diagnostic: claim.diagnostic };
    if (claim.kind === 'held') return claim;
    const { lease, spaces = [] } = claim.holder;
    const leftMs = deadlineMs - clock.monotonicMs();
    if (leftMs <= 0)
      return { kind: 'refused', diagnostic: stateLocked(`${spaces.join(', ')} in ${place}`, lease) };
    if (!hasTold) request.onWait?.(lease);
    hasTold = true;
    await clock.sleep(Math.min(pollMs, leftMs), request.signal);
  }
}

type Claim = Extract<Acquired, { kind: 'held' }> | { readonly kind: 'taken'; readonly holder: LeaseHolder };

async function claimOnce(options: GitLeasesOptions, request: LeaseRequest): Promise<Claim> {
  const { session, clock, processes, place, onHeld } = options;
  const lease = newLease(options, request.command);
  let leased: readonly Address[] = [];
  let holders: readonly LeaseHolder[] = [];
  await session.look(request.signal);
  const isWon = await session.change({
    message: undefined,
    files: (sight) => {
      leased = spacesOf(request, sight);
      holders = holdersIn(sight.spaces, leased, clock.wallMs(), processes);
      if (holders.some(({ standing }) => standing === 'held')) return undefined;
      return withLeases(new Map(sight.tip?.files), leased, lease);
    },
  });
  const holder = holders.find(({ standing }) => standing === 'held');
  if (!isWon && holder !== undefined) return { kind: 'taken', holder };
  const notes = holders.flatMap(({ lease: former, standing, spaces = [] }) =>
    standing === 'held' ? [] : [leaseTakenOver(`${spaces.join(', ')} in ${place}`, former, standing)],
  );
  return { kind: 'held', lease: onHeld(lease, leased, request.spaces?.andAllKnown !== false), notes };
}

/** A run without spaces of its own asks for all there are. */
function spacesOf({ spaces: asked }: LeaseRequest, { spaces }: Sight): readonly Address[] {
  const all = new Set(asked?.addresses);
  if (asked === undefined || asked.andAllKnown) for (const space of spaces.keys()) all.add(space);
  return [...all].sort(compareText);
}

function newLease({ clock, processes }: GitLeasesOptions, command: string): Lease {
  const { self, user } = processes;
  const sinceMs = clock.wallMs();
  return { id: randomUUID(), user, by: self, command, sinceMs, untilMs: sinceMs + refTermMs };
}

/** Where there is no result to tell it in. @throws {DiagnosticError} */
export async function orDiagnostic<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof GitTrouble ? new DiagnosticError(error.diagnostic) : error;
  }
}
