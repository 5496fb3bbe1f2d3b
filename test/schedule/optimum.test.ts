// On a handful of pages everything can be looked at: what has a legal order gets one, and the shortest.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/schedule/plan.ts';
import { forestPairs } from './forest-pair.ts';
import { effort, isFuzzing } from './fuzz.ts';
import { expectLegalInAnyOrder, expectToConverge, isRefused } from './law.ts';
import { fewestSteps } from './optimum.ts';
import { planPair } from './pair-plan.ts';
import { limitedTo } from './setting.ts';

const brimful = [
  { depth: 3, children: 2, nodesPerMove: 2 },
  { depth: 3, children: 3, nodesPerMove: 3 },
  { depth: 4, children: 2, nodesPerMove: 3 },
  { depth: 3, children: 3, nodes: 5 },
].map((limits) => limitedTo(limits));
const { parameters, timeoutMs } = effort(0.05);

describe.each([true, false])('where undeclared pages may be moved: %s', (peelUnmanaged) => {
  test.each(brimful)(
    'at most $depth levels, $children children, $nodesPerMove a move, $nodes a space',
    (limits) => {
      const distances: number[] = [];
      const property = fc.property(
        forestPairs({ limits, maxPages: 7, maxSpaces: 2 }),
        fc.nat(),
        (pair, seed) => {
          const { plan } = planPair(pair, { limits, peelUnmanaged });
          const fewest = fewestSteps(pair, { limits, peelUnmanaged });
          expect(isRefused(plan)).toBe(fewest === undefined);
          if (fewest === undefined) return;
          expectToConverge(plan, pair, limits);
          expectLegalInAnyOrder(plan, pair, limits, seed);
          distances.push(placingsIn(plan) - fewest);
        },
      );
      fc.assert(property, parameters);
      const most = Math.max(0, ...distances);
      const average = distances.reduce((sum, distance) => sum + distance, 0) / Math.max(1, distances.length);
      if (isFuzzing)
        console.log(`steps beyond the optimum: ${average.toFixed(4)} on average, ${most} at most`);
      expect(most).toBe(0);
    },
    timeoutMs,
  );
});

const placingsIn = ({ steps }: Plan): number =>
  steps.filter(({ kind }) => kind !== 'rename-node' && kind !== 'create-space').length;
