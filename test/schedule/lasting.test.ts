// Calls that go on as a task after their answer are foretold: one more call each, to ask whether it is over.

import { describe, expect, test } from 'vitest';
import { present } from '../../src/diagnostic/invariant.ts';
import { dingtalkCapabilities } from '../../src/provider/dingtalk/capability.ts';
import type { Listing, LiveTree } from '../../src/tree/live.ts';
import { desiredTree, type LivePage, liveTree, pageId, planOf, stateOf } from '../fixture.ts';

const before = desiredTree({ h: ['Source', { title: 'Box', type: 'folder' }] }, 'doc');

/** Whatever lies below the source, the vendor once said that something does. */
function live(...below: readonly string[]): LiveTree {
  const children = below.map((title): LivePage => ({ title, type: 'doc' }));
  return liveTree({
    h: [
      { title: 'Source', type: 'doc', children },
      { title: 'Box', type: 'folder' },
    ],
  });
}

/** Nothing was seen below the source, and this is how it was listed. */
function listedAs(how: Partial<Listing> | undefined): LiveTree {
  const seen = live();
  const id = pageId('h/Source');
  const listings = new Map(seen.listings);
  const listing = present(listings.get(id), id);
  if (how === undefined) listings.delete(id);
  else listings.set(id, { ...listing, ...how });
  return { ...seen, listings };
}

/** How many calls to read a copy of the source takes; beside it, the copy is made elsewhere and moved on. */
function foretold(seen: LiveTree, place: 'inside Box' | 'beside it'): number {
  const copy = { title: 'Copy', copy: 'h/Source', type: 'doc' };
  const box = { title: 'Box', type: 'folder', children: place === 'inside Box' ? [copy] : [] };
  const desired = desiredTree({ h: ['Source', box, ...(place === 'beside it' ? [copy] : [])] }, 'doc');
  const { plan } = planOf({ desired, state: stateOf(before), live: seen, ways: dingtalkCapabilities });
  const moves = plan.steps.filter(({ kind }) => kind === 'move-node');
  expect(moves).toHaveLength(place === 'beside it' ? 1 : 0);
  return plan.estimate.readCalls;
}

describe('a copy of a branch', () => {
  const isBelow: readonly (readonly [string, LiveTree])[] = [
    ['was seen', live('By hand')],
    ['was not looked at', listedAs(undefined)],
    ['may not be shown', listedAs({ hidden: true, pages: 0 })],
    ['is not remembered', listedAs({ pages: 0 })],
  ];

  test.each(isBelow)('is a task where what lies below %s, and so is the next move of the copy', (_, seen) => {
    expect(foretold(seen, 'inside Box') - foretold(live(), 'inside Box')).toBe(1);
    expect(foretold(seen, 'beside it') - foretold(live(), 'beside it')).toBe(2);
  });
});
