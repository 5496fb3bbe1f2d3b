// Which step may run now: its dependencies are done, its lanes are free, and among those that can, the
// first in the plan's order. A lane is a parent whose children a step changes, or a branch that it moves
// or has business in.

import type { Step } from '../schedule/plan.ts';

/** What a step needs to itself, or shares with others, while it runs. */
export interface Lanes {
  /** Nobody else may be in these. */
  readonly alone: readonly string[];
  /** Others may be in these, but nobody alone. */
  readonly shared: readonly string[];
}

export interface StepRun {
  /** In the plan's order. */
  readonly steps: readonly Step[];
  readonly concurrency: number;
  /** Asked just before the step runs: where a page lies may have changed by then. */
  readonly lanesOf: (step: Step) => Lanes;
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
  const traffic = startTraffic();
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
      const taken = traffic.obstacle(lanes);
      if (taken !== undefined) {
        queued.set(taken, [...(queued.get(taken) ?? []), step]);
        return;
      }
      traffic.enter(lanes);
      underWay += 1;
      run(step).then((isDone) => end(step, lanes, isDone), reject);
    }

    function end(step: Step, lanes: Lanes, isDone: boolean): void {
      underWay -= 1;
      const woken: Step[] = isDone ? releaseDependents(step) : [];
      for (const lane of traffic.leave(lanes)) {
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

interface Traffic {
  /** A lane that cannot be entered now; `undefined` where all can. */
  obstacle(lanes: Lanes): string | undefined;
  enter(lanes: Lanes): void;
  /** The lanes that somebody may enter now who could not before. */
  leave(lanes: Lanes): readonly string[];
}

function startTraffic(): Traffic {
  const alone = new Set<string>();
  const sharing = new Map<string, number>();
  return {
    obstacle: (lanes) =>
      lanes.alone.find((lane) => alone.has(lane) || sharing.has(lane)) ??
      lanes.shared.find((lane) => alone.has(lane)),
    enter(lanes) {
      for (const lane of lanes.alone) alone.add(lane);
      for (const lane of lanes.shared) sharing.set(lane, (sharing.get(lane) ?? 0) + 1);
    },
    leave(lanes) {
      for (const lane of lanes.alone) alone.delete(lane);
      for (const lane of lanes.shared) {
        const left = (sharing.get(lane) ?? 1) - 1;
        if (left === 0) sharing.delete(lane);
        else sharing.set(lane, left);
      }
      return [...lanes.alone, ...lanes.shared.filter((lane) => !sharing.has(lane))];
    },
  };
}

const rank = (step: Step): number => Number(step.id.slice(1));
