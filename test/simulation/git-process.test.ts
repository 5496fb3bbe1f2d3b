// Real processes with their state on a Git ref, killed without a warning: at a request of theirs, before the
// wiki has done it or after, and at a push, before the remote has taken it or after. The clone is deleted, and
// a run in a fresh one ends in the declared tree, with nothing made twice.

import { test } from 'vitest';
import { casesOf, patienceMs } from './fate.ts';
import { jobs } from './job.ts';
import { openRemote } from './lodging.ts';
import { killAll } from './process-stage.ts';

test.each(jobs)(
  '$vendor.kind, $name: killed anywhere, its clone deleted, and run again in a fresh one',
  (job) => killAll(job, openRemote, Math.min(casesOf(8), 150)),
  patienceMs * 10,
);
