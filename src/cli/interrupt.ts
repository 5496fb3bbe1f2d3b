// Ctrl-C while nothing is written: the run stops at once.

import { diagnostic } from '../diagnostic/diagnostic.ts';
import { CommandFailure } from './report.ts';
import type { Context } from './settings.ts';

/** Runs `work` with a signal that the first interrupt aborts. */
export async function withInterrupt<T>(
  { edge }: Context,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const interrupt = new AbortController();
  const release = edge.onInterrupt(() => interrupt.abort(new Error('interrupted')));
  try {
    return await work(interrupt.signal);
  } catch (error) {
    if (interrupt.signal.aborted) throw new CommandFailure([interrupted()]);
    throw error;
  } finally {
    release();
  }
}

function interrupted(): ReturnType<typeof diagnostic> {
  return diagnostic('INTERRUPTED', {
    detail: 'The run was interrupted before anything was written.',
    help: 'Run the same command again.',
  });
}
