// A branch of more pages than one move may carry: its parts go first, the rest follows, and what had only
// made way comes back.

import { describe, expect, test } from 'vitest';
import {
  callsOf,
  expectAccounted,
  expectLegalWithoutAny,
  expectToConverge,
  isRefused,
  necessityOf,
} from './law.ts';
import { nameOf } from './naive-wiki.ts';
import { leaves, numbered, pairFrom } from './outline.ts';
import { planPair } from './pair-plan.ts';
import { limitedTo } from './setting.ts';

const limits = limitedTo({ nodesPerMove: 6 });

describe('a branch of ten pages where a move carries six', () => {
  const branch = { dTop: { d0: numbered('dA', 3), d1: numbered('dB', 3), ...leaves('d2') } };
  const pair = pairFrom({ s: { dHome: branch, dNew: {} } }, { s: { dHome: {}, dNew: branch } });
  const { plan } = planPair(pair, { limits, peelUnmanaged: false });

  test('loses a part that is large enough, moves, and gets it back', () => {
    expectToConverge(plan, pair, limits);
    expectLegalWithoutAny(plan, pair, limits);
    expectAccounted(plan, pair);
    expect(plan.summary).toMatchObject({ moveNode: 2, parked: 1 });
    expect(plan.steps.map(({ address, parks }) => [nameOf(address), parks])).toEqual([
      [expect.stringMatching(/^d[01]$/), true],
      ['dTop', false],
      [expect.stringMatching(/^d[01]$/), false],
    ]);
  });

  test('says why, there and back', () => {
    expect(plan.steps.map(({ reason }) => reason)).toEqual([
      'parked: s/dNew/dTop carries more pages than one move may',
      'moved from s/dHome',
      expect.stringMatching(/^back from s\b/),
    ]);
  });
});

test('parts that go elsewhere anyway go first, and nothing makes way', () => {
  const parts = { d0: numbered('dA', 3), d1: numbered('dB', 3) };
  const pair = pairFrom(
    { s: { dHome: { dTop: parts }, dNew: {} } },
    { s: { dHome: {}, dNew: { dTop: {}, ...parts } } },
  );
  const { plan } = planPair(pair, { limits });
  expectToConverge(plan, pair, limits);
  expect(plan.steps).toHaveLength(callsOf(necessityOf(pair)));
});

describe('a branch whose pages nobody declared', () => {
  const branch = { dTop: { u0: numbered('uA', 3), u1: numbered('uB', 3), ...leaves('d2') } };
  const pair = pairFrom({ s: { dHome: branch, dNew: {} } }, { s: { dHome: {}, dNew: branch } });

  test('is refused, with what it carries, who they are and the way out', () => {
    const { plan } = planPair(pair, { limits, peelUnmanaged: false });
    expect(plan.steps).toEqual([]);
    expect(plan.diagnostics).toEqual([expect.objectContaining({ code: 'MOVE_TOO_LARGE' })]);
    expect(plan.diagnostics[0]?.detail).toBe(
      's/dNew/dTop cannot move: it carries 10 pages, one move may carry 6, and it cannot be split. Not in the manifest, and so not touched, are s/dHome/dTop/u0 (4), s/dHome/dTop/u1 (4).',
    );
    expect(plan.diagnostics[0]?.help).toContain('--peel-unmanaged');
  });

  test('is split where that was allowed, and they are put back', () => {
    const { plan, strangers } = planPair(pair, { limits, peelUnmanaged: true });
    expect(isRefused(plan)).toBe(false);
    expectToConverge(plan, pair, limits);
    expectLegalWithoutAny(plan, pair, limits);
    expectAccounted(plan, pair);
    expect([...strangers.keys()].map(nameOf)).toEqual([expect.stringMatching(/^u[01]$/)]);
  });

  test('is split by declared parts as long as those are enough', () => {
    const mixed = { dTop: { u0: numbered('uA', 4), d1: numbered('dB', 3) } };
    const other = pairFrom({ s: { dHome: mixed, dNew: {} } }, { s: { dHome: {}, dNew: mixed } });
    const { plan, strangers } = planPair(other, { limits, peelUnmanaged: true });
    expectToConverge(plan, other, limits);
    expect([...strangers.keys()]).toEqual([]);
  });
});
