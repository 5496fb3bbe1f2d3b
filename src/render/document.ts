// What every JSON document shares.

import type { Estimate, Summary } from '../schedule/plan.ts';

/** A new field raises the second number; a changed or missing one the first. */
export const formatVersion = '1.0';

export const noSummary: Summary = {
  createSpace: 0,
  createNode: 0,
  copyNode: 0,
  moveNode: 0,
  renameNode: 0,
  parked: 0,
  blocked: 0,
  carried: 0,
  adopt: 0,
  forget: 0,
  unmanaged: 0,
  unchanged: 0,
};

export const noEstimate: Estimate = { readCalls: 0, writeCalls: 0, seconds: 0 };
