// What waits for what, where steps run side by side: cases in which an order other than the plan's would
// break a limit.

import { describe, expect, test } from 'vitest';
import type { Limits } from '../../src/tree/limit.ts';
import type { ForestPair } from './forest-pair.ts';
import { expectLegalInAnyOrder, expectLegalWithoutAny, expectToConverge } from './law.ts';
import { nameOf } from './naive-wiki.ts';
import { leaves, numbered, pairFrom } from './outline.ts';
import { planPair } from './pair-plan.ts';
import { limitedTo } from './setting.ts';

/** For each step, by the page's name, the pages whose steps it waits for; every order is checked. */
function waits(pair: ForestPair, limits: Limits): Record<string, string[]> {
  const { plan } = planPair(pair, { limits });
  expectToConverge(plan, pair, limits);
  expectLegalWithoutAny(plan, pair, limits);
  for (let seed = 0; seed < 20; seed += 1) expectLegalInAnyOrder(plan, pair, limits, seed);
  const names = new Map(plan.steps.map(({ id, address }) => [id, nameOf(address)]));
  return Object.fromEntries(
    plan.steps.map(({ address, after }) => [nameOf(address), after.map((id) => names.get(id) ?? id)]),
  );
}

test('where no limit is near, pages wait only for what lies above them', () => {
  const pair = pairFrom(
    { s: leaves('d0', 'd1', 'd2', 'd3') },
    { s: { d0: { d1: {} }, d2: { d3: {} }, m4: leaves('m5') } },
  );
  expect(waits(pair, limitedTo({}))).toEqual({ d1: [], d3: [], m4: [], m5: ['m4'] });
});

describe('room', () => {
  test('each arrival at a full parent waits for a departure of its own', () => {
    const pair = pairFrom(
      { s: { d0: leaves('dA', 'dB'), d1: leaves('dC', 'dD') }, t: {} },
      { s: { d0: leaves('dC', 'dD'), d1: {} }, t: leaves('dA', 'dB') },
    );
    const found = waits(pair, limitedTo({ children: 2 }));
    expect([found.dC, found.dD].flat().sort()).toEqual(['dA', 'dB']);
  });
});

describe('a space near its limit', () => {
  test('counts a branch with what has yet to leave it', () => {
    // Done early, dTop would bring its three pages along, and they would not fit.
    const pair = pairFrom(
      { s: { dTop: numbered('d1', 3) }, t: numbered('d2', 4) },
      { s: numbered('d1', 3), t: { ...numbered('d2', 4), dTop: {} } },
    );
    const { dTop = [] } = waits(pair, limitedTo({ nodes: 6 }));
    expect([...dTop].sort()).toEqual(['d10', 'd11', 'd12']);
  });
});

test('a branch that was too large waits until enough has left it', () => {
  const pair = pairFrom(
    { s: { dOld: { dTop: numbered('d1', 4) }, dNew: {} } },
    { s: { dOld: {}, dNew: { dTop: numbered('d1', 2) }, ...leaves('d12', 'd13') } },
  );
  const { dTop = [] } = waits(pair, limitedTo({ nodesPerMove: 3 }));
  expect([...dTop].sort()).toEqual(['d12', 'd13']);
});

test('a page lands on a page that moves only after it has moved', () => {
  const pair = pairFrom({ s: { d0: { d1: {} }, d2: {}, d3: {} } }, { s: { d0: {}, d3: { d1: { d2: {} } } } });
  expect(waits(pair, limitedTo({}))).toEqual({ d1: [], d2: ['d1'] });
});

test('what left a branch in one space has left it before the branch is built upon in another', () => {
  // With d2 still below it, d1 would reach below the third level.
  const pair = pairFrom(
    { s: { d0: { d1: { d2: {} } }, d3: {} }, t: {} },
    { s: { d2: {} }, t: { d0: { d3: { d1: {} } } } },
  );
  const { d0 = [] } = waits(pair, limitedTo({ depth: 3 }));
  expect(d0).toContain('d2');
});
