// Where pages wait that made way.

import { expect, test } from 'vitest';
import type { ForestPair } from './forest-pair.ts';
import { expectToConverge } from './law.ts';
import { nameOf } from './naive-wiki.ts';
import { leaves, pairFrom } from './outline.ts';
import { planPair } from './pair-plan.ts';
import { limitedTo } from './setting.ts';

const limits = limitedTo({ children: 3 });

/** Where the plan parks pages. */
function sheltersIn(pair: ForestPair): string[] {
  const { plan } = planPair(pair, { limits });
  expectToConverge(plan, pair, limits);
  return plan.steps.filter(({ parks }) => parks).map(({ parent }) => nameOf(parent));
}

const left = leaves('dl0', 'dl1', 'dl2');
const right = leaves('dr0', 'dr1', 'dr2');

test('under the common ancestor, where that has room', () => {
  const pair = pairFrom(
    { s: { dAbove: { dLeft: left, dRight: right }, dOther: {} } },
    { s: { dAbove: { dLeft: right, dRight: left }, dOther: {} } },
  );
  expect(sheltersIn(pair)).toEqual(['dAbove']);
});

test('above it, where that is full', () => {
  const pair = pairFrom(
    { s: { dAbove: { dLeft: left, dRight: right, dFull: leaves('d0', 'd1', 'd2') }, dOther: {} } },
    { s: { dAbove: { dLeft: right, dRight: left, dFull: leaves('d0', 'd1', 'd2') }, dOther: {} } },
  );
  expect(sheltersIn(pair)).toEqual(['s']);
});

test('below a declared page rather than an undeclared one', () => {
  const others = { dAbove: { uRoom: {}, dRoom: {}, u2: {} } };
  const pair = pairFrom(
    { s: { dLeft: left, dRight: right, ...others } },
    { s: { dLeft: right, dRight: left, ...others } },
  );
  expect(sheltersIn(pair)).toEqual(['dRoom']);
});

test('in its own space, though another has more room', () => {
  const pair = pairFrom(
    { s: { dLeft: left, dRight: right, dFull: leaves('d0') }, other: {} },
    { s: { dLeft: right, dRight: left, dFull: leaves('d0') }, other: {} },
  );
  expect(sheltersIn(pair)).toEqual(['dFull']);
});

test('never below a page made for it: only what is declared is made', () => {
  const pair = pairFrom(
    { s: { dLeft: left, dRight: right } },
    { s: { dLeft: right, dRight: left, mNew: {} } },
  );
  const { plan } = planPair(pair, { limits });
  expectToConverge(plan, pair, limits);
  expect(
    plan.steps.filter(({ kind }) => kind === 'create-node').map(({ address }) => nameOf(address)),
  ).toEqual(['mNew']);
});
