// Detours belong to whoever's doing they are: a page makes way for a step, and comes back, on that step's account.

import { expect, test } from 'vitest';
import { originCounts } from '../../src/schedule/plan.ts';
import { desiredTree, liveTree, planOf, stateOf } from '../fixture.ts';

const desired = desiredTree({
  s: [
    { title: 'Left', children: ['One', 'Two'] },
    { title: 'Right', children: ['Three', 'Four'] },
  ],
});
const limits = { children: 2 };

test('pages that people exchanged between full parents: every step is drift, the detour too', () => {
  const live = liveTree({
    s: [
      { title: 'Left', children: [{ title: 'Three', was: 's/Right/Three' }, 'Two'] },
      { title: 'Right', children: [{ title: 'One', was: 's/Left/One' }, 'Four'] },
    ],
  });
  const { plan } = planOf({ desired, state: stateOf(desired), live, limits });
  expect(plan.summary).toMatchObject({ moveNode: 2, parked: 1 });
  expect(plan.steps.map(({ origin }) => origin)).toEqual(['drift', 'drift', 'drift']);
  expect(originCounts(plan)).toEqual({ 'this-change': 0, pending: 0, drift: 2 });
});

test('a page that only makes way comes back on the account of the branch it made way for', () => {
  const parts = ['A', 'B'].map((title) => ({ title, children: [`${title} 1`, `${title} 2`, `${title} 3`] }));
  const branch = { title: 'Top', children: parts };
  const declared = desiredTree({ s: [{ title: 'Home', children: [branch] }, 'New'] });
  const dragged = {
    title: 'Top',
    was: 's/Home/Top',
    children: parts.map(({ title, children }) => ({
      title,
      was: `s/Home/Top/${title}`,
      children: children.map((page) => ({ title: page, was: `s/Home/Top/${title}/${page}` })),
    })),
  };
  const live = liveTree({
    s: [
      { title: 'Home', children: [] },
      { title: 'New', children: [dragged] },
    ],
  });
  const { plan } = planOf({ desired: declared, state: stateOf(declared), live, limits: { nodesPerMove: 6 } });
  expect(plan.summary).toMatchObject({ moveNode: 2, parked: 1 });
  expect(plan.steps.at(-1)?.reason).toMatch(/^back from /);
  expect(plan.steps.map(({ origin }) => origin)).toEqual(['drift', 'drift', 'drift']);
});
