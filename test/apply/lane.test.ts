// Which steps run side by side, and what a failure stops. Steps end when the test says so.

import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type Lanes, runSteps } from '../../src/apply/lane.ts';
import type { Step } from '../../src/schedule/plan.ts';
import { desiredTree, planOf } from '../fixture.ts';

interface Written {
  readonly after?: readonly string[];
  readonly alone?: readonly string[];
  readonly shared?: readonly string[];
}

/** Runs steps `s0`, `s1`, …; `end` lets one finish, and tells what has begun by then. */
function start(written: readonly Written[], concurrency = 8) {
  const [sample] = planOf({ desired: desiredTree({ h: ['A'] }) }).plan.steps;
  if (sample === undefined) throw new Error('no step');
  const steps = written.map(({ after = [] }, at): Step => ({ ...sample, id: `s${at}`, after }));
  const lanes = new Map(
    written.map(({ alone = [], shared = [] }, at): [string, Lanes] => [`s${at}`, { alone, shared }]),
  );
  const begun: string[] = [];
  const ends = new Map<string, (isDone: boolean) => void>();
  const halt = { isHalted: false };
  const finished = runSteps({
    steps,
    concurrency,
    lanesOf: (step) => lanes.get(step.id) ?? { alone: [], shared: [] },
    mayStart: () => !halt.isHalted,
    run: (step) => {
      begun.push(step.id);
      return new Promise((resolve) => ends.set(step.id, resolve));
    },
  });
  const end = async (id: string, isDone = true): Promise<readonly string[]> => {
    ends.get(id)?.(isDone);
    await setImmediate();
    return begun;
  };
  return { begun, end, halt, finished };
}

describe('one write at a time goes to a parent', () => {
  test('so steps in one lane take turns, in the plan’s order', async () => {
    const run = start([{ alone: ['p'] }, { alone: ['p'] }, { alone: ['p'] }]);
    expect(run.begun).toEqual(['s0']);
    expect(await run.end('s0')).toEqual(['s0', 's1']);
    expect(await run.end('s1')).toEqual(['s0', 's1', 's2']);
    await run.end('s2');
    await run.finished;
  });

  test('and steps in different lanes run side by side', () => {
    expect(start([{ alone: ['p'] }, { alone: ['q'] }, { alone: ['p'] }]).begun).toEqual(['s0', 's1']);
  });

  test('and a step in two lanes waits for both', async () => {
    const run = start([{ alone: ['p'] }, { alone: ['q'] }, { alone: ['p', 'q'] }]);
    expect(await run.end('s0')).toEqual(['s0', 's1']);
    expect(await run.end('s1')).toEqual(['s0', 's1', 's2']);
  });
});

describe('a branch that moves', () => {
  test('waits for those who are in it', async () => {
    const run = start([{ shared: ['b'] }, { shared: ['b'] }, { alone: ['b'] }]);
    expect(run.begun).toEqual(['s0', 's1']);
    expect(await run.end('s0')).toEqual(['s0', 's1']);
    expect(await run.end('s1')).toEqual(['s0', 's1', 's2']);
  });

  test('keeps out those who would go into it', async () => {
    const run = start([{ alone: ['b'] }, { shared: ['b'] }, { shared: ['b'] }]);
    expect(run.begun).toEqual(['s0']);
    expect(await run.end('s0')).toEqual(['s0', 's1', 's2']);
  });
});

describe('what depends on a step', () => {
  test('begins when all it waits for is done', async () => {
    const run = start([{}, {}, { after: ['s0', 's1'] }]);
    expect(await run.end('s0')).toEqual(['s0', 's1']);
    expect(await run.end('s1')).toEqual(['s0', 's1', 's2']);
  });

  test('is not begun when the step failed, and everything else is', async () => {
    const run = start([{ alone: ['p'] }, { after: ['s0'] }, { after: ['s1'] }, { alone: ['p'] }]);
    expect(await run.end('s0', false)).toEqual(['s0', 's3']);
    await run.end('s3');
    await run.finished;
    expect(run.begun).toEqual(['s0', 's3']);
  });

  test('does not wait for steps that are not in the run', () => {
    expect(start([{ after: ['s9'] }]).begun).toEqual(['s0']);
  });
});

test('no more run at once than allowed', async () => {
  const run = start([{}, {}, {}], 2);
  expect(run.begun).toEqual(['s0', 's1']);
  expect(await run.end('s1')).toEqual(['s0', 's1', 's2']);
});

test('once told to stop, nothing new begins, and what is under way is waited for', async () => {
  const run = start([{ alone: ['p'] }, { alone: ['p'] }, {}]);
  run.halt.isHalted = true;
  expect(await run.end('s0')).toEqual(['s0', 's2']);
  await run.end('s2');
  await run.finished;
  expect(run.begun).toEqual(['s0', 's2']);
});

test('no steps are done at once', async () => {
  await expect(start([]).finished).resolves.toBeUndefined();
});
