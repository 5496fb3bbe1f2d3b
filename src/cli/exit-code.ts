// What the exit code says; the contract scripts rely on.

import type { DiagnosticCode } from '../diagnostic/code.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';

export const exitCodes = {
  /** Done, or nothing to do. */
  done: 0,
  /** The manifest or the run is at fault, and no write was tried. */
  fault: 1,
  /** There are steps (only with --detailed-exitcode). */
  steps: 2,
  /** Apply stopped part-way or left something blocked. */
  incomplete: 3,
  /** Refused before any write. */
  refused: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Errors that refuse a sound plan; it is printed first. */
const refusals: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  'PLAN_STALE',
  'GUARD_EXCEEDED',
  'MANIFEST_EMPTIED',
  'IDENTITY_CHANGED',
  'IDENTITY_REQUIRED',
  'AUDIENCE_WIDENED',
  'STATE_LOCKED',
  'PACE_SHARE_TOO_SMALL',
]);

/** The code for these findings: `done` where there is no error among them. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  const errors = diagnostics.filter((found) => found.severity === 'error');
  if (errors.length === 0) return exitCodes.done;
  if (errors.some((found) => found.code === 'INTERRUPTED')) return exitCodes.interrupted;
  return errors.every((found) => refusals.has(found.code)) ? exitCodes.refused : exitCodes.fault;
}
