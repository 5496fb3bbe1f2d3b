// A plan for a part, on random forests with little room: each of its steps is legal, what was asked for is
// where it is wanted, and no other page is moved but to make room, or to come back.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDeclared } from './forest-pair.ts';
import { effort } from './fuzz.ts';
import { expectLegalInAnyOrder, forestAfter, isRefused } from './law.ts';
import { branchOf, pathOf } from './naive-wiki.ts';
import { addressIn, planPair } from './pair-plan.ts';
import { settings } from './setting.ts';
import { pairsOf } from './vendor-pair.ts';

test.each(settings)('$vendor.kind: with $name', ({ vendor, limits, mostRefused }) => {
  const { parameters } = effort(0.04 * vendor.share);
  const found = { asked: 0, refused: 0 };
  const property = fc.property(
    pairsOf(vendor, { limits, maxPages: 30 }),
    fc.nat(),
    fc.nat(),
    (pair, pick, seed) => {
      const declared = pair.pages.filter(({ role }) => isDeclared(role));
      const target = declared[pick % Math.max(1, declared.length)]?.name;
      if (target === undefined) return;
      const scope = [addressIn(target, pair.after)];
      const { plan } = planPair(pair, { limits, scope, ways: vendor.capabilities });
      found.asked += 1;
      if (isRefused(plan)) {
        // Only together with the rest is there room.
        found.refused += 1;
        return;
      }
      const forest = forestAfter(plan, pair, limits);
      expectLegalInAnyOrder(plan, pair, limits, seed);
      const names = new Set(declared.map(({ name }) => name));
      const wanted = branchOf(target, pair.after).filter((page) => names.has(page));
      for (const page of wanted)
        expect(`${page} below ${forest.get(page)}`).toBe(`${page} below ${pair.after.get(page)}`);
      for (const [page, parent] of forest) {
        if (pathOf(page, pair.after)?.includes(target) === true) continue;
        expect([pair.before.get(page), pair.after.get(page)]).toContain(parent);
      }
    },
  );
  fc.assert(property, parameters);
  expect(found.refused / found.asked).toBeLessThan(mostRefused);
});
