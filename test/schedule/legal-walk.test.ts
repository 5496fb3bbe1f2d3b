// A legal reorganisation is never refused because the search was lazy: where a walk of legal steps leads from
// one forest to another, the planner finds a way, too.

import fc from 'fast-check';
import { describe, test } from 'vitest';
import type { Limits } from '../../src/tree/limit.ts';
import { effort } from './fuzz.ts';
import { expectAccounted, expectLegalInAnyOrder, expectToConverge } from './law.ts';
import { planPair } from './pair-plan.ts';
import { limitedTo } from './setting.ts';
import { walkedPairs } from './walked-pair.ts';

interface Setting {
  readonly name: string;
  readonly limits: Partial<Limits>;
  readonly maxPages: number;
}

const settings: readonly Setting[] = [
  { name: 'five levels', limits: { depth: 5 }, maxPages: 60 },
  { name: 'four children', limits: { children: 4 }, maxPages: 60 },
  { name: 'six pages a move', limits: { nodesPerMove: 6 }, maxPages: 60 },
  { name: 'a full space', limits: { nodes: 20 }, maxPages: 39 },
  { name: 'all of them', limits: { depth: 5, children: 4, nodesPerMove: 6 }, maxPages: 60 },
  { name: 'and full spaces', limits: { depth: 5, children: 4, nodesPerMove: 6, nodes: 20 }, maxPages: 39 },
  { name: 'three levels of three', limits: { depth: 3, children: 3, nodesPerMove: 3 }, maxPages: 39 },
];
const { parameters, timeoutMs } = effort(0.04);

describe.each(settings)('$name', ({ limits: smaller, maxPages }) => {
  const limits = limitedTo(smaller);

  test(
    'what a walk has reached, a plan reaches',
    () => {
      const pairs = walkedPairs({ limits, maxPages, maxSteps: 3 * maxPages });
      const property = fc.property(pairs, fc.nat(), (pair, seed) => {
        const { plan } = planPair(pair, { limits, peelUnmanaged: false });
        expectToConverge(plan, pair, limits);
        expectLegalInAnyOrder(plan, pair, limits, seed);
        expectAccounted(plan, pair);
      });
      fc.assert(property, parameters);
    },
    timeoutMs,
  );

  test(
    'and where undeclared pages made way, it may ask them to',
    () => {
      const pairs = walkedPairs({ limits, maxPages, maxSteps: 2 * maxPages, peels: true });
      const property = fc.property(pairs, fc.nat(), (pair, seed) => {
        const { plan } = planPair(pair, { limits, peelUnmanaged: true });
        expectToConverge(plan, pair, limits);
        expectLegalInAnyOrder(plan, pair, limits, seed);
        expectAccounted(plan, pair);
      });
      fc.assert(property, parameters);
    },
    timeoutMs,
  );
});
