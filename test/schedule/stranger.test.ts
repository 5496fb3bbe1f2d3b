// Undeclared pages that steps name: each by a name of its own, and none that was not read as a shelter.

import { describe, expect, test } from 'vitest';
import { desiredTree, liveTree, pageId, planOf } from '../fixture.ts';

const limits = { children: 3, nodesPerMove: 4 };

describe('twins among undeclared pages', () => {
  /** Two branches of one title, each with pages of the same titles, in a branch that is too large to move. */
  const twin = (was: string) => ({
    title: 'Twin',
    was,
    children: [
      { title: 'Notes', was: `${was}/Notes`, children: [{ title: 'Old', was: `${was}/Notes/Old` }] },
    ],
  });
  const { plan, strangers } = planOf({
    desired: desiredTree({
      s: [{ title: 'Top', id: pageId('s/Home/Top') }, { title: 'Home' }],
    }),
    live: liveTree({
      s: [{ title: 'Home', children: [{ title: 'Top', children: [twin('one'), twin('two')] }] }],
    }),
    limits: { ...limits, nodesPerMove: 2 },
    peelUnmanaged: true,
  });

  test('are told apart by id, whatever level they stand on', () => {
    const parked = plan.steps.filter(({ parks }) => parks);
    expect(parked.length).toBeGreaterThan(0);
    for (const { address } of parked) expect(address).toMatch(/ \[page:(one|two)/);
    expect(new Set(parked.map(({ address }) => strangers.get(address))).size).toBe(parked.length);
  });
});

test('a page is not parked below one whose children were not read', () => {
  const full = (prefix: string): string[] => [0, 1, 2].map((number) => `${prefix}${number}`);
  const live = liveTree({
    s: [
      { title: 'Left', children: full('l') },
      { title: 'Right', children: full('r') },
      { title: 'Unread', children: ['Some', 'More'] },
    ],
  });
  const listings = new Map([...live.listings].filter(([key]) => key !== pageId('s/Unread')));
  const from = (home: string) => (title: string) => ({ title, id: pageId(`s/${home}/${title}`) });
  const { plan } = planOf({
    desired: desiredTree({
      s: [
        { title: 'Left', children: full('r').map(from('Right')) },
        { title: 'Right', children: full('l').map(from('Left')) },
      ],
    }),
    live: { ...live, listings },
    limits: { ...limits, depth: 2 },
  });
  expect(plan.steps).toEqual([]);
  expect(plan.diagnostics.map(({ code }) => code)).toContain('NO_LEGAL_ORDER');
});
