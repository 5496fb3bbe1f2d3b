// Who may apply with a state: the rules, without a disk. A lease is a lock that ends by itself: its
// holder renews it while it works, and one whose process is gone or whose time is over binds nobody.
//
// What a lease cannot do: a holder that sleeps longer than a term (a laptop's lid) between looking at
// its lease and writing to the wiki still writes once. No lock with an end can do better while the vendor
// takes writes from whoever sends them; so the holder looks before each write, and the term is long.

/** One process, as another can recognise it. */
export interface ProcessMark {
  readonly host: string;
  /** Whatever counts its pid: pids mean something only among processes that have this in common. */
  readonly machine: string;
  readonly pid: number;
  /** When it began, in the machine's own count: pids are used again. `null` where nothing tells. */
  readonly started: string | null;
}

/** The processes that this one can see; handed in from the edge. */
export interface ProcessTable {
  readonly self: ProcessMark;
  /** Who runs this process, for people. */
  readonly user: string;
  /** Asked only about a process on the same machine. */
  isRunning(mark: ProcessMark): boolean;
}

export interface Lease {
  /** Differs from that of every other lease there ever was. */
  readonly id: string;
  readonly user: string;
  /** The process that holds it. */
  readonly by: ProcessMark;
  /** What it is held for, such as `wikiform apply`. */
  readonly command: string;
  /** Unix milliseconds. */
  readonly sinceMs: number;
  /** Unix milliseconds; put off by renewing. */
  readonly untilMs: number;
}

/** How long a lease lasts unless it is renewed. */
export const leaseTermMs = 60_000;
/** How often a holder renews: two renewals may fail before the time is over. */
export const leaseRenewalMs = 20_000;

/** Whether a lease still binds, and if not, why. */
export type Standing = 'held' | 'dead' | 'expired';

export function standingOf(lease: Lease, wallMs: number, processes: ProcessTable): Standing {
  const isHere = lease.by.machine === processes.self.machine;
  if (isHere && !processes.isRunning(lease.by)) return 'dead';
  return lease.untilMs <= wallMs ? 'expired' : 'held';
}

/** One line of JSON that has the same length whatever the time, so that it can be renewed in place. */
export function printLease(lease: Lease): string {
  const { id, user, by, command } = lease;
  const [since, until] = [lease.sinceMs, lease.untilMs].map((ms) => new Date(ms).toISOString());
  return `${JSON.stringify({ id, user, ...by, command, since, until })}\n`;
}

/** `undefined` for a text that is no lease. */
export function parseLease(text: string): Lease | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, user, command, host, machine, pid, started, since, until }: Record<string, unknown> = {
    ...value,
  };
  const sinceMs = toMs(since);
  const untilMs = toMs(until);
  if (!isId(id) || !isText(user) || !isText(command) || sinceMs === undefined || untilMs === undefined)
    return undefined;
  if (!isText(host) || !isText(machine) || !isPid(pid)) return undefined;
  const by = { host, machine, pid, started: isText(started) ? started : null };
  return { id, user, by, command, sinceMs, untilMs };
}

function toMs(value: unknown): number | undefined {
  const ms = isText(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

const isText = (value: unknown): value is string => typeof value === 'string';
/** It becomes a part of a file's name. */
const isId = (value: unknown): value is string => isText(value) && /^[\w-]{1,64}$/.test(value);
const isPid = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0;
