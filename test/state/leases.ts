// Leases, and processes that hold them, as a test wants them.

import type { Lease, ProcessTable } from '../../src/state/lease.ts';

interface Processes {
  readonly pid?: number;
  readonly machine?: string;
  /** Pids; only 4121 and this one's, unless told. */
  readonly running?: readonly number[];
}

/** Ann's process on the machine `ci-7`. */
export function processes({
  pid = 1,
  machine = 'boot',
  running = [4121, pid],
}: Processes = {}): ProcessTable {
  return {
    self: { host: 'ci-7', machine, pid, started: '99' },
    user: 'ann',
    isRunning: (mark) => running.includes(mark.pid),
  };
}

/** Ann's lease, held by the process 4121. */
export function aLease(parts: Partial<Lease> = {}): Lease {
  const sinceMs = Date.UTC(2026, 0, 1);
  return {
    id: 'lease-of-ann',
    user: 'ann',
    by: { host: 'ci-7', machine: 'boot', pid: 4121, started: '7' },
    command: 'wikiform apply',
    sinceMs,
    untilMs: sinceMs + 60_000,
    ...parts,
  };
}
