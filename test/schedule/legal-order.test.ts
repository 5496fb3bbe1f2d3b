// Law 4 on random forests: whatever is wanted, and however little room there is, the tree keeps every
// limit after every step, in any order that the edges allow, whichever steps fail.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { vendorsUnderTest } from '../vendor.ts';
import { chanceFrom, shuffled } from './chance.ts';
import { forestPairs } from './forest-pair.ts';
import { effort, isFuzzing } from './fuzz.ts';
import {
  callsOf,
  expectAccounted,
  expectHandsOff,
  expectLegalInAnyOrder,
  expectLegalWithoutAny,
  expectToConverge,
  isRefused,
  necessityOf,
} from './law.ts';
import { planPair } from './pair-plan.ts';
import { limitedTo, settings } from './setting.ts';
import { pairsOf } from './vendor-pair.ts';

const maxPages = 36;

describe.each(settings)(
  '$vendor.kind: with $name',
  ({ name, vendor, limits, mostExtra, mostLazy, share }) => {
    const { parameters, timeoutMs } = effort(share);

    test(
      'every wish is fulfilled, legally, with few detours',
      () => {
        const total = { cases: 0, refused: 0, necessary: 0, extra: 0, most: 0 };
        const property = fc.property(pairsOf(vendor, { limits, maxPages }), fc.nat(), (pair, seed) => {
          const { plan } = planPair(pair, { limits, ways: vendor.capabilities });
          total.cases += 1;
          if (mostLazy > 0 && isRefused(plan)) {
            total.refused += 1;
            return;
          }
          expectToConverge(plan, pair, limits);
          expectLegalInAnyOrder(plan, pair, limits, seed);
          expectAccounted(plan, pair);
          const necessary = callsOf(necessityOf(pair));
          const extra = plan.steps.length - necessary;
          total.necessary += necessary;
          total.extra += extra;
          total.most = Math.max(total.most, extra);
        });
        fc.assert(property, parameters);
        const ratio = total.extra / Math.max(1, total.necessary);
        if (isFuzzing) console.log(`${name}: ${ratio.toFixed(4)} extra steps a step, ${total.most} at most`);
        expect(ratio).toBeLessThanOrEqual(mostExtra);
        expect(total.refused / total.cases).toBeLessThanOrEqual(mostLazy);
      },
      timeoutMs,
    );
  },
);

const tight = limitedTo({ depth: 5, children: 4, nodesPerMove: 6 });
const { parameters, timeoutMs } = effort(0.1);

test.each(vendorsUnderTest)(
  '$kind: any one step may fail or be late, and the others stay legal',
  (vendor) => {
    const { parameters: runs } = effort(0.1 * vendor.share);
    const limits = { ...vendor.capabilities.limits, depth: 5, children: 4, nodesPerMove: 6 };
    const property = fc.property(pairsOf(vendor, { limits, maxPages: 24 }), (pair) => {
      const { plan } = planPair(pair, { limits, ways: vendor.capabilities });
      expectLegalWithoutAny(plan, pair, limits);
    });
    fc.assert(property, runs);
  },
  timeoutMs,
);

test(
  'spaces may be full as well; what is planned is legal',
  () => {
    const limits = limitedTo({ nodes: 12, children: 5 });
    const property = fc.property(forestPairs({ limits, maxPages }), fc.nat(), (pair, seed) => {
      const { plan } = planPair(pair, { limits });
      const onlySpacesAreFull = plan.diagnostics.every(
        ({ code, detail }) => code === 'NO_LEGAL_ORDER' && detail.includes('the space holds'),
      );
      if (isRefused(plan)) expect(onlySpacesAreFull && pair.spaces.length > 1).toBe(true);
      else expectToConverge(plan, pair, limits);
      expectLegalInAnyOrder(plan, pair, limits, seed);
      expectLegalWithoutAny(plan, pair, limits);
    });
    fc.assert(property, parameters);
  },
  timeoutMs,
);

test(
  'undeclared pages are not touched unless that was allowed',
  () => {
    const property = fc.property(forestPairs({ limits: tight, maxPages }), (pair) => {
      const { plan, strangers } = planPair(pair, { limits: tight, peelUnmanaged: false });
      expectHandsOff(plan, pair);
      if (!isRefused(plan)) expectToConverge(plan, pair, tight);
      const places = new Set(plan.steps.map(({ parent }) => parent));
      expect([...strangers.keys()].filter((name) => !places.has(name))).toEqual([]);
    });
    fc.assert(property, parameters);
  },
  timeoutMs,
);

test(
  'the order in which siblings are listed changes nothing',
  () => {
    const property = fc.property(forestPairs({ limits: tight, maxPages }), fc.nat(), (pair, seed) => {
      const chance = chanceFrom(seed);
      const arrange = (siblings: readonly string[]): string[] => shuffled(siblings, chance);
      const one = planPair(pair, { limits: tight }).plan;
      const other = planPair(pair, { limits: tight, arrange }).plan;
      expect(other).toEqual(one);
    });
    fc.assert(property, parameters);
  },
  timeoutMs,
);
