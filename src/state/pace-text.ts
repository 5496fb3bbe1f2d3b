// The memory of a pace as text: a line when an attempt begins, one when it ends, or when so many do that are
// noted together. Reading trusts nothing: a line that is broken, or was cut off by a kill, is passed over.

/** Attempts that ended together, in Unix milliseconds. */
export interface PaceAttempts {
  readonly endpoint: string;
  readonly endedMs: number;
  readonly count: number;
}

/** An attempt waits for its answer at most this long, whatever the settings. */
const longestAttemptMs = 3_600_000;

export function printBegan(id: string, endpoint: string, beganMs: number, count = 1): string {
  return `${JSON.stringify({ id, endpoint, beganMs, ...shown(count) })}\n`;
}

export function printEnded(id: string, endpoint: string, endedMs: number, count = 1): string {
  return `${JSON.stringify({ id, endpoint, endedMs, ...shown(count) })}\n`;
}

const shown = (count: number): { count?: number } => (count === 1 ? {} : { count });

/**
 * The attempts that ended less than `keepMs` ago. One without an end belongs to a process that was killed,
 * and ends now; an end in the future was written by a clock that has been set back, and is now too.
 */
export function foldPace(text: string, nowMs: number, keepMs: number): PaceAttempts[] {
  const attempts = new Map<string, PaceAttempts>();
  for (const line of text.split('\n')) {
    const read = parseLine(line);
    if (read === undefined) continue;
    const { id, endpoint, count, beganMs, endedMs } = read;
    if (endedMs !== undefined) attempts.set(id, { endpoint, count, endedMs: Math.min(endedMs, nowMs) });
    else if (beganMs !== undefined && beganMs > nowMs - longestAttemptMs && !attempts.has(id))
      attempts.set(id, { endpoint, count, endedMs: nowMs });
  }
  return [...attempts.values()].filter(({ endedMs }) => endedMs > nowMs - keepMs);
}

interface Line {
  readonly id: string;
  readonly endpoint: string;
  readonly count: number;
  readonly beganMs: number | undefined;
  readonly endedMs: number | undefined;
}

function parseLine(line: string): Line | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, endpoint, count, beganMs, endedMs }: Record<string, unknown> = { ...value };
  if (typeof id !== 'string' || typeof endpoint !== 'string') return undefined;
  return { id, endpoint, count: toCount(count), beganMs: toMs(beganMs), endedMs: toMs(endedMs) };
}

const toMs = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const mostTogether = 1_000_000;

function toCount(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0
    ? Math.min(value, mostTogether)
    : 1;
}
