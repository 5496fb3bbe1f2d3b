// Which step may run now: its dependencies are done, its lanes are free, and among those that can, the
// first in the plan's order. A lane is a parent whose children a step changes.

import type { Step } from '../schedule/plan.ts';

export interface StepRun {
  /** In the plan's order. */
  readonly steps: readonly Step[];
  readonly concurrency: number;
  /** Asked just before the step runs: where a page lies may have changed by then. */
  readonly lanesOf: (step: Step) => readonly string[];
  /** Once false, nothing new is begun. */
  readonly mayStart: () => boolean;
  /** Resolves to whether what depends on the step may begin. */
  readonly run: (step: Step) => Promise<boolean>;
}

/** Runs every step that can be run; resolves when nothing is under way any more. */
export function runSteps(input: StepRun): Promise<void> {
  const { steps, run } = input;
  const missing = new Map<string, number>();
  const dependents = new Map<string, Step[]>();
  const known = new Set(steps.map((step) => step.id));
  for (const step of steps) {
    const after = step.after.filter((id) => known.has(id));
    missing.set(step.id, after.length);
    for (const id of after) dependents.set(id, [...(dependents.get(id) ?? []), step]);
  }
  const ready: Step[] = steps.filter((step) => missing.get(step.id) === 0).reverse();
  const busy = new Set<string>();
  const queued = new Map<string, Step[]>();
  let underWay = 0;

  return new Promise((resolve, reject) => {
    fill();

    function fill(): void {
      while (underWay < input.concurrency && input.mayStart()) {
        const step = ready.pop();
        if (step === undefined) break;
        try {
          begin(step);
        } catch (error) {
          reject(error);
          return;
        }
      }
      if (underWay === 0) resolve();
    }

    function begin(step: Step): void {
      const lanes = input.lanesOf(step);
      const taken = lanes.find((lane) => busy.has(lane));
      if (taken !== undefined) {
        queued.set(taken, [...(queued.get(taken) ?? []), step]);
        return;
      }
      for (const lane of lanes) busy.add(lane);
      underWay += 1;
      run(step).then((isDone) => end(step, lanes, isDone), reject);
    }

    function end(step: Step, lanes: readonly string[], isDone: boolean): void {
      underWay -= 1;
      const woken: Step[] = isDone ? releaseDependents(step) : [];
      for (const lane of lanes) {
        busy.delete(lane);
        woken.push(...(queued.get(lane) ?? []));
        queued.delete(lane);
      }
      ready.push(...woken.sort((a, b) => rank(b) - rank(a)));
      fill();
    }

    function releaseDependents(step: Step): Step[] {
      return (dependents.get(step.id) ?? []).filter((dependent) => {
        const left = (missing.get(dependent.id) ?? 0) - 1;
        missing.set(dependent.id, left);
        return left === 0;
      });
    }
  });
}

const rank = (step: Step): number => Number(step.id.slice(1));
