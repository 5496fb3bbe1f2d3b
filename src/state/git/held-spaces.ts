// The lease of a run on its spaces, as files of the ref's tree. It is renewed with whatever the run pushes,
// and by a push of its own only when half its time is over: across machines only time ends a lease, so it is
// a long one. Its holder stops a little before the time is over, for clocks differ.

import type { Address } from '../../tree/identifier.ts';
import { type Lease, type ProcessTable, printLease, standingOf } from '../lease.ts';
import type { LeaseHolder } from '../lease-store.ts';
import type { NewFile } from './commit.ts';
import { pathOf, type SpaceRecord } from './ref-tree.ts';

/** How long a lease lasts unless it is renewed. */
export const refTermMs = 300_000;
/** How far clocks of two machines may differ. */
export const refSlackMs = 30_000;

/** Each run that has a lease on one of the spaces; all spaces where none are named. */
export function holdersIn(
  spaces: ReadonlyMap<Address, SpaceRecord>,
  asked: readonly Address[] | undefined,
  wallMs: number,
  processes: ProcessTable,
): readonly LeaseHolder[] {
  const holders = new Map<string, LeaseHolder & { readonly spaces: Address[] }>();
  for (const [space, { lease }] of spaces) {
    if (lease === undefined || asked?.includes(space) === false) continue;
    const known = holders.get(lease.id);
    if (known !== undefined) known.spaces.push(space);
    else holders.set(lease.id, { lease, standing: standingOf(lease, wallMs, processes), spaces: [space] });
  }
  return [...holders.values()];
}

/** Whether each of the spaces is still the lease's, and none of those that it is to have is another's. */
export function isOurs(
  spaces: ReadonlyMap<Address, SpaceRecord>,
  leased: Iterable<Address>,
  fresh: ReadonlySet<Address>,
  { id }: Lease,
): boolean {
  return [...leased].every((space) => {
    const holder = spaces.get(space)?.lease?.id;
    return holder === id || (fresh.has(space) && holder === undefined);
  });
}

/** The tree with the lease on the spaces, or with none. */
export function withLeases(
  files: ReadonlyMap<string, NewFile>,
  spaces: Iterable<Address>,
  lease: Lease | undefined,
): Map<string, NewFile> {
  const changed = new Map(files);
  for (const space of spaces) {
    const path = pathOf(space, 'lease.json');
    if (lease === undefined) changed.delete(path);
    else changed.set(path, { text: printLease(lease) });
  }
  return changed;
}
