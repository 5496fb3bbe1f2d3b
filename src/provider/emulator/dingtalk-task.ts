// Asynchronous tasks: a branch that is copied or moved goes on for a while after the answer. The change of the
// world is there at once, and only the task takes its time to say so; or, where a fault says so, it comes when
// the task ends, and whoever looks before sees nothing of it. Nobody has documented which of the two it is.

import { digits } from './random.ts';

/** How long a task says that it is under way. */
const taskMs = 300;

export type TaskStatus = 'IN_PROGRESS' | 'SUCCESS' | 'FAIL';

/** Does what was put off; the code of the refusal where it cannot be done any more. */
export type Work = () => string | undefined;

export interface DingtalkTasks {
  /** Begins one whose work is done already, and gives its id. */
  begin(nowMs: number): string;
  /** Begins one whose work is done when it ends, after so many milliseconds. */
  beginLate(nowMs: number, lateMs: number, work: Work): string;
  /** Does the work of all that end by now, in the order in which they end. */
  settle(nowMs: number): void;
  /** `undefined` for an id that no task has. */
  statusOf(
    id: string,
    nowMs: number,
  ): { readonly status: TaskStatus; readonly why?: string | undefined } | undefined;
}

interface Task {
  readonly endsAtMs: number;
  /** `undefined` once it is done. */
  work: Work | undefined;
  why: string | undefined;
}

export function createDingtalkTasks(seed: number): DingtalkTasks {
  const tasks = new Map<string, Task>();

  function add(endsAtMs: number, work: Work | undefined): string {
    const id = digits(12, seed, 'task', tasks.size);
    tasks.set(id, { endsAtMs, work, why: undefined });
    return id;
  }

  return {
    begin: (nowMs) => add(nowMs + taskMs, undefined),
    beginLate: (nowMs, lateMs, work) => add(nowMs + lateMs, work),
    settle(nowMs) {
      const due = [...tasks.values()].filter(({ work, endsAtMs }) => work !== undefined && endsAtMs <= nowMs);
      for (const task of due.sort((a, b) => a.endsAtMs - b.endsAtMs)) {
        task.why = task.work?.();
        task.work = undefined;
      }
    },
    statusOf(id, nowMs) {
      const task = tasks.get(id);
      if (task === undefined) return undefined;
      if (nowMs < task.endsAtMs) return { status: 'IN_PROGRESS' };
      return task.why === undefined ? { status: 'SUCCESS' } : { status: 'FAIL', why: task.why };
    },
  };
}
