// Surprising plans are refused with their numbers.

import { describe, expect, test } from 'vitest';
import { guardPlan } from '../../src/schedule/guard.ts';
import { Bindings } from '../../src/state/bindings.ts';
import type { DesiredTree } from '../../src/tree/desired.ts';
import { type DesiredPage, desiredTree, liveOf, liveTree, planOf, stateOf } from '../fixture.ts';

const noLimit = { maxChanges: undefined, maxAffectedPercent: 100 };

function guarded(before: DesiredTree, after: DesiredTree, guard = noLimit): string[] {
  const state = stateOf(before);
  const live = liveOf(before);
  const { plan, match } = planOf({ desired: after, state, live });
  return guardPlan(plan.steps, match, live, state, { ...noLimit, ...guard }).map(
    ({ code, detail }) => `${code}: ${detail}`,
  );
}

/** A space of so many pages, of which some lie in a branch that is below `B` or not. */
function space(total: number, inBranch: number, isMoved: boolean): DesiredTree {
  const branch: DesiredPage = { title: 'A', children: pages('in', inBranch - 1) };
  const rest = pages('out', total - inBranch - 1);
  return desiredTree({
    h: isMoved ? [{ title: 'B', children: [branch] }, ...rest] : [{ title: 'B' }, branch, ...rest],
  });
}

const pages = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${name} ${at}`);

describe('maxAffectedPercent', () => {
  test('counts what a move carries along, and tells the numbers', () => {
    const found = guarded(space(50, 16, false), space(50, 16, true), { ...noLimit, maxAffectedPercent: 30 });
    expect(found).toEqual([
      'GUARD_EXCEEDED: In h, 16 of 50 bound pages (32.0 %) would be moved or carried along; guard.maxAffectedPercent allows 30 %.',
    ]);
  });

  test('does not count what nobody declared', () => {
    const pagesBelow = [...pages('in', 15), ...pages('undeclared', 20)];
    const nodes = Bindings.of(stateOf(space(50, 16, false)).nodes);
    const state = { ...stateOf(space(50, 16, false)), nodes };
    const wiki = { h: ['B', { title: 'A', children: pagesBelow }, ...pages('out', 33)] };
    for (const numbering of [undefined, nodes.pages]) {
      const live = liveTree(wiki, numbering === undefined ? {} : { numbering });
      const { plan, match } = planOf({ desired: space(50, 16, true), state, live });
      const guard = { ...noLimit, maxAffectedPercent: 30 };
      expect(guardPlan(plan.steps, match, live, state, guard)).toMatchObject([
        { detail: expect.stringContaining('16 of 50 bound pages') },
      ]);
    }
  });

  test.each([
    ['the share itself is allowed', 50, 15, 30],
    ['below 50 bound pages no share is counted', 49, 40, 30],
  ])('%s', (_, total, inBranch, maxAffectedPercent) => {
    const guard = { ...noLimit, maxAffectedPercent };
    expect(guarded(space(total, inBranch, false), space(total, inBranch, true), guard)).toEqual([]);
  });

  test('zero allows no move at all', () => {
    const guard = { ...noLimit, maxAffectedPercent: 0 };
    expect(guarded(space(50, 1, false), space(50, 1, true), guard)).toHaveLength(1);
  });
});

describe('maxChanges', () => {
  const before = desiredTree({ h: ['A'] });
  const after = desiredTree({ h: ['A', 'B', 'C'] });

  test('tells the number of steps and the threshold', () => {
    const { plan, match } = planOf({ desired: after, state: stateOf(before), live: liveOf(before) });
    const guard = { maxChanges: 1, maxAffectedPercent: 100 };
    const [found] = guardPlan(plan.steps, match, liveOf(before), stateOf(before), guard);
    expect(found?.detail).toBe('The plan has 2 steps; guard.maxChanges allows 1.');
    expect(found?.help).toContain('--ignore-guard');
  });

  test('lets as many through', () => {
    const { plan, match } = planOf({ desired: after, state: stateOf(before), live: liveOf(before) });
    const guard = { maxChanges: 2, maxAffectedPercent: 100 };
    expect(guardPlan(plan.steps, match, liveOf(before), stateOf(before), guard)).toEqual([]);
  });
});

describe('a manifest that suddenly declares nothing', () => {
  const before = desiredTree({ h: ['A', 'B'], other: ['C'] });

  test('of all spaces', () => {
    expect(guarded(before, desiredTree({}))).toEqual([
      'MANIFEST_EMPTIED: The manifest declares no spaces, and the state binds 2 of them with 3 pages.',
    ]);
  });

  test('of the nodes in one', () => {
    expect(guarded(before, desiredTree({ h: [], other: ['C'] }))).toEqual([
      'MANIFEST_EMPTIED: h declares no nodes, and the state binds 2 pages in it.',
    ]);
  });

  test('but never had anything, is no surprise', () => {
    expect(guarded(desiredTree({ h: [] }), desiredTree({ h: [] }))).toEqual([]);
  });
});
