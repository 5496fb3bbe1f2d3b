// Asynchronous tasks: a branch that is copied or moved goes on for a while after the answer. The change of the
// world is there at once; only the task takes its time to say so.

import { digits } from './random.ts';

/** How long a task says that it is under way. */
const taskMs = 300;

export interface DingtalkTasks {
  /** Begins one, and gives its id. */
  begin(nowMs: number): string;
  /** `undefined` for an id that no task has. */
  statusOf(id: string, nowMs: number): 'IN_PROGRESS' | 'SUCCESS' | undefined;
}

export function createDingtalkTasks(seed: number): DingtalkTasks {
  const ends = new Map<string, number>();
  return {
    begin(nowMs) {
      const id = digits(12, seed, 'task', ends.size);
      ends.set(id, nowMs + taskMs);
      return id;
    },
    statusOf(id, nowMs) {
      const endsAtMs = ends.get(id);
      if (endsAtMs === undefined) return undefined;
      return nowMs < endsAtMs ? 'IN_PROGRESS' : 'SUCCESS';
    },
  };
}
