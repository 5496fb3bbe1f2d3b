// Parents without room, chains and circles: where steps wait for each other.

import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/schedule/plan.ts';
import type { Limits } from '../../src/tree/limit.ts';
import type { ForestPair } from './forest-pair.ts';
import { callsOf, expectAccounted, expectLegalWithoutAny, expectToConverge, necessityOf } from './law.ts';
import { nameOf } from './naive-wiki.ts';
import { chain, leaves, numbered, type Outline, pairFrom } from './outline.ts';
import { planPair } from './pair-plan.ts';
import { limitedTo } from './setting.ts';

/** Plans, checks every law, and returns the plan and its steps beyond the fewest. */
function planned(pair: ForestPair, limits: Limits): { plan: Plan; extra: number } {
  const { plan } = planPair(pair, { limits });
  expectToConverge(plan, pair, limits);
  expectLegalWithoutAny(plan, pair, limits);
  expectAccounted(plan, pair);
  return { plan, extra: plan.steps.length - callsOf(necessityOf(pair)) };
}

const swapped = (left: Outline, right: Outline, ...others: readonly string[]): ForestPair =>
  pairFrom(
    { s: { dLeft: left, dRight: right, ...leaves(...others) } },
    { s: { dLeft: right, dRight: left, ...leaves(...others) } },
  );

describe('two full parents that exchange all their children', () => {
  test('one page makes way, and everything goes through the hole it left', () => {
    const limits = limitedTo({ children: 4 });
    const { plan, extra } = planned(swapped(numbered('dl', 4), numbered('dr', 4)), limits);
    expect(extra).toBe(1);
    expect(plan.summary).toMatchObject({ moveNode: 8, parked: 1 });
    expect(plan.steps.find(({ parks }) => parks)?.reason).toMatch(
      /^parked: s\/d(Left|Right) is full, and .* has to come in$/,
    );
  });

  test('with 2,000 children each, one extra step, and no parent ever holds more', () => {
    const limits = limitedTo({});
    const pair = swapped(numbered('dl', limits.children), numbered('dr', limits.children));
    const { plan } = planPair(pair, { limits });
    expect(plan.steps).toHaveLength(2 * limits.children + 1);
    expect(mostChildren(plan, pair)).toBe(limits.children);
  });

  test('a page that came to rest stays where it is', () => {
    const limits = limitedTo({ children: 4 });
    const { plan } = planned(swapped(numbered('dl', 4), numbered('dr', 4), 'dOther'), limits);
    expect(plan.steps.map(({ address }) => nameOf(address))).not.toContain('dOther');
  });
});

/** The most that any parent held after any step. */
function mostChildren({ steps }: Plan, { before }: ForestPair): number {
  const parents = new Map(before);
  const counts = new Map<string, number>();
  for (const parent of before.values()) counts.set(parent, (counts.get(parent) ?? 0) + 1);
  let most = Math.max(...counts.values());
  for (const step of steps) {
    const [page, to] = [nameOf(step.address), nameOf(step.parent)];
    const from = parents.get(page) ?? '';
    parents.set(page, to);
    counts.set(from, (counts.get(from) ?? 0) - 1);
    counts.set(to, (counts.get(to) ?? 0) + 1);
    most = Math.max(most, counts.get(to) ?? 0);
  }
  return most;
}

describe('a full space root', () => {
  const limits = limitedTo({ children: 3 });

  test('is emptied before it is filled', () => {
    const pair = pairFrom(
      { s: { ...leaves('d0', 'd1'), d2: leaves('d3') } },
      { s: { ...leaves('d0', 'd3'), d2: leaves('d1') } },
    );
    expect(planned(pair, limits).extra).toBe(0);
  });

  test('whose page changes place with one of a full parent needs one page to make way', () => {
    const pair = pairFrom(
      { s: { ...leaves('d0', 'd1'), d2: leaves('d3', 'd4', 'd5') } },
      { s: { ...leaves('d0', 'd3'), d2: leaves('d1', 'd4', 'd5') } },
    );
    expect(planned(pair, limits).extra).toBe(1);
  });

  test('may have to lend the place of a page that stays', () => {
    // What leaves the root can only go below what comes in, and reaches too low to wait anywhere.
    const pair = pairFrom(
      { s: { d0: leaves('d1', 'd2', 'd3'), d4: leaves('d5', 'd6'), d7: { d8: leaves('d9', 'd10') } } },
      { s: { d0: leaves('d1', 'd2', 'd3'), d4: leaves('d5', 'd6', 'd10'), d9: { d7: leaves('d8') } } },
    );
    const { plan } = planned(pair, limitedTo({ depth: 3, children: 3, nodesPerMove: 3 }));
    expect(plan.steps.length).toBeGreaterThan(callsOf(necessityOf(pair)));
  });
});

describe('pages that change above and below', () => {
  test('a page and its child change places in two steps', () => {
    const pair = pairFrom({ s: { d0: { d1: leaves('d2') } } }, { s: { d1: { d0: leaves('d2') } } });
    const { plan, extra } = planned(pair, limitedTo({}));
    expect(extra).toBe(0);
    expect(plan.steps.map(({ address }) => nameOf(address))).toEqual(['d1', 'd0', 'd2']);
  });

  const names = Array.from({ length: 50 }, (_, number) => `d${number}`);

  test.each([5, 50])('a chain of %i is turned round at the lowest level, each page once', (length) => {
    const some = names.slice(0, length);
    const pair = pairFrom({ s: chain(...some) }, { s: chain(...some.toReversed()) });
    expect(planned(pair, limitedTo({ depth: length })).extra).toBe(0);
  });
});
