// What cannot be is refused before the first write, with the parent, the count and the way out.

import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Limits } from '../../src/tree/limit.ts';
import { expectToConverge } from './law.ts';
import { chain, leaves, numbered, type Outline, pairFrom } from './outline.ts';
import { planPair } from './pair-plan.ts';
import { limitedTo } from './setting.ts';

function refused(before: Outline, after: Outline, limits: Limits): readonly Diagnostic[] {
  const { plan } = planPair(pairFrom(before, after), { limits });
  expect(plan.steps).toEqual([]);
  return plan.diagnostics;
}

test('a parent that would have too many children, undeclared ones included', () => {
  const before = { s: { dParent: leaves('u0', 'u1'), ...leaves('d0', 'd1') } };
  const after = { s: { dParent: leaves('u0', 'u1', 'd0', 'd1') } };
  expect(refused(before, after, limitedTo({ children: 3 }))).toEqual([
    expect.objectContaining({
      code: 'CHILDREN_EXCEEDED',
      detail: 's/dParent would have 4 children, 2 of them not in the manifest; a parent may have 3.',
      help: 'Group them below pages of their own, or move 1 of them elsewhere.',
      source: expect.objectContaining({ file: 'wikiform.yaml' }),
    }),
  ]);
});

test('a page that would stand too low, with what comes along', () => {
  const before = { s: { ...chain('d0', 'd1'), d2: leaves('u0') } };
  const after = { s: { ...chain('d0', 'd1', 'd2', 'u0') } };
  expect(refused(before, after, limitedTo({ depth: 3 }))).toEqual([
    expect.objectContaining({
      code: 'DEPTH_EXCEEDED',
      detail: 's/d2/u0, which comes with s/d0/d1/d2, would stand on level 4; a space may have 3 levels.',
    }),
  ]);
});

test('a space that would hold too many pages', () => {
  const found = refused(
    { s: leaves('d0', 'u0'), t: {} },
    { s: leaves('d0', 'u0', 'm0'), t: {} },
    limitedTo({ nodes: 2 }),
  );
  expect(found).toEqual([
    expect.objectContaining({
      code: 'NODES_EXCEEDED',
      detail: 's would hold 3 pages, as far as they were seen; a space may hold 2.',
      help: 'Move 1 of them to another space.',
    }),
  ]);
});

test('what was over a limit before is not the plan’s doing', () => {
  const pair = pairFrom(
    { s: { d0: numbered('d1', 4), d2: {} } },
    { s: { d0: numbered('d1', 3), d2: leaves('d13') } },
  );
  const limits = limitedTo({ children: 3 });
  const { plan } = planPair(pair, { limits });
  expectToConverge(plan, pair, limitedTo({ children: 4 }));
  expect(plan.steps).toHaveLength(1);
});

test('full spaces that exchange pages: no page is parked in another space to make room', () => {
  const before = { s: numbered('d0', 2), t: numbered('d1', 2), free: {} };
  const after = { s: numbered('d1', 2), t: numbered('d0', 2), free: {} };
  const found = refused(before, after, limitedTo({ nodes: 2 }));
  expect(found[0]).toMatchObject({
    code: 'NO_LEGAL_ORDER',
    detail: 's/d10 cannot be put into s: the space holds 2 pages, and a space may hold 2.',
    help: 'Move pages out of that space first, in a change of its own, and apply it.',
  });
});

test('no room anywhere: the full parent is named', () => {
  const before = { s: { d0: leaves('d1', 'd2'), d3: leaves('d4', 'd5') } };
  const after = { s: { d0: leaves('d4', 'd5'), d3: leaves('d1', 'd2') } };
  const found = refused(before, after, limitedTo({ depth: 2, children: 2 }));
  expect(found[0]).toMatchObject({ code: 'NO_LEGAL_ORDER' });
  expect(found[0]?.detail).toMatch(/^s\/d0\/d4 cannot move below s\/d0: it has .*2.* there is no place/);
});
