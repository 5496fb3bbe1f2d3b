// Spaces without room: what waits for them is not forgotten.

import { expect, test } from 'vitest';
import { expectLegalWithoutAny, expectToConverge } from './law.ts';
import { chain, leaves, type Outline, pairFrom } from './outline.ts';
import { planPair } from './pair-plan.ts';
import { limitedTo } from './setting.ts';

// Found by chance, and shrunk. A page is parked below one that waits for room in the full space, and makes
// its branch too large for what comes free; when it has gone on, the branch fits.
test('a branch that something was parked in is asked again when that has left', () => {
  const limits = limitedTo({ nodes: 12, children: 5 });
  const kept: Outline = { d9: leaves('d14', 'u15'), d7: {} };
  const before = {
    s0: { d3: leaves('d17', 'd19'), ...leaves('d8', 'd10', 'd12', 'd18') },
    s1: { d0: { d1: leaves('u2', 'u4'), ...kept }, ...leaves('u5', 'd6'), ...chain('d13', 'd16') },
    s2: {},
  };
  const after = {
    s0: leaves('d10', 'd13'),
    s1: { ...leaves('u5'), d18: leaves('d3', 'd8', 'm11'), ...leaves('d6'), d0: kept, ...leaves('d16') },
    s2: { d1: leaves('u2', 'u4', 'd12', 'd17', 'd19') },
  };
  const pair = pairFrom(before, after);
  const { plan } = planPair(pair, { limits });
  expect(plan.diagnostics).toEqual([]);
  expectToConverge(plan, pair, limits);
  expectLegalWithoutAny(plan, pair, limits);
});
