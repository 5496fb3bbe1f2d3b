import fc from 'fast-check';
import { test } from 'vitest';
import { forestPairs } from './forest-pair.ts';
import {
  callsOf,
  expectAccounted,
  expectLegalInAnyOrder,
  expectLegalWithoutAny,
  expectToConverge,
  necessityOf,
} from './law.ts';
import { planPair } from './pair-plan.ts';

const vendor = { depth: 50, children: 2000, nodes: 400000, nodesPerMove: 2000 };
for (const [name, limits] of Object.entries({
  loose: vendor,
  depth: { ...vendor, depth: 5 },
  fan: { ...vendor, children: 4 },
  size: { ...vendor, nodesPerMove: 6 },
  all: { ...vendor, depth: 5, children: 4, nodesPerMove: 6 },
  tight: { ...vendor, depth: 3, children: 3, nodesPerMove: 3 },
})) {
  test(name, () => {
    let need = 0,
      extra = 0,
      n = 0,
      pages = 0;
    const t = Date.now();
    fc.assert(
      fc.property(forestPairs({ limits, maxPages: 36 }), fc.integer(), (pair, seed) => {
        const { plan } = planPair(pair, { limits });
        expectToConverge(plan, pair, limits);
        expectLegalInAnyOrder(plan, pair, limits, seed);
        if (n % 10 === 0) expectLegalWithoutAny(plan, pair, limits);
        expectAccounted(plan, pair);
        n++;
        pages += pair.pages.length;
        need += callsOf(necessityOf(pair));
        extra += plan.steps.length - callsOf(necessityOf(pair));
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 200) },
    );
    console.log(name, n, 'pages', pages / n, 'need', need / n, 'extra', extra / need, Date.now() - t);
  }, 600000);
}
