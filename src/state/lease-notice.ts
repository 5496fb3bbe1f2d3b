// What people are told about leases: whose it is, since when, and what they can do.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { Lease, Standing } from './lease.ts';

/** Another run has it. `place` is what people call the state. */
export function stateLocked(place: string, lease: Lease): Diagnostic {
  return diagnostic('STATE_LOCKED', {
    detail: `${nameHolder(lease)} works with ${place} since ${nameTime(lease.sinceMs)}, and one run at a time may apply. Its lock lasts until ${nameTime(lease.untilMs)} unless that run puts it off.`,
    help: 'Wait until it has ended and run again, or let --lock-timeout 10m wait for it. If you know that it has ended: wikiform state unlock --force.',
  });
}

/** A run that was cut off left it behind. */
export function leaseTakenOver(place: string, lease: Lease, standing: Exclude<Standing, 'held'>): Diagnostic {
  const why =
    standing === 'dead'
      ? 'whose process is gone'
      : `whose lock ended at ${nameTime(lease.untilMs)} without being put off`;
  return diagnostic('LEASE_TAKEN_OVER', {
    severity: 'info',
    detail: `The lock of ${place} was that of ${nameHolder(lease)}, ${why}. It had begun at ${nameTime(lease.sinceMs)}.`,
    help: 'Nothing has to be done: this run goes on from where that one stopped.',
  });
}

/** The lock cannot be written, so nothing is. `why` is the system's own code. */
export function leaseUnwritable(place: string, why: string): Diagnostic {
  return diagnostic('STATE_UNWRITABLE', {
    detail: `The lock of ${place} cannot be written beside it (${why}), so nothing was begun.`,
    help: 'Make room or give write permission to that folder, then run the same command again.',
  });
}

/** For a sentence about whoever has it. */
export function nameHolder({ user, by, command }: Lease): string {
  return `${user}@${by.host} (${command}, process ${by.pid})`;
}

const nameTime = (ms: number): string =>
  new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
