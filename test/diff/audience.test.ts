// Law 11: no move shows pages to more people unless somebody says so.

import { describe, expect, test } from 'vitest';
import { spaceId } from '../../src/tree/identifier.ts';
import type { LiveSpace, LiveTree } from '../../src/tree/live.ts';
import { type DesiredPage, desiredTree, liveOf } from '../fixture.ts';
import { compare, only } from './compare.ts';

type Audience = Pick<LiveSpace, 'sharing' | 'visibility'>;

const before = desiredTree({ from: ['X', 'Y'], to: ['A'] });
const after = desiredTree({ from: ['Y'], to: [{ title: 'A', children: ['X'] }] });

function live(from: Partial<Audience>, to: Partial<Audience>): LiveTree {
  const tree = liveOf(before);
  const spaces = new Map(tree.spaces);
  for (const [key, audience] of [
    ['from', from],
    ['to', to],
  ] as const) {
    const space = spaces.get(spaceId(`space:${key}`));
    if (space !== undefined) spaces.set(space.id, { ...space, ...audience });
  }
  return { ...tree, spaces };
}

describe('a move into a space', () => {
  test.each([
    ['public from private', { visibility: 'private' }, { visibility: 'public' }, true],
    ['open from closed', { sharing: 'closed' }, { sharing: 'open' }, true],
    ['open from unknown', { sharing: undefined }, { sharing: 'open' }, true],
    ['public from public', { visibility: 'public' }, { visibility: 'public' }, false],
    ['private from public', { visibility: 'public' }, { visibility: 'private' }, false],
    ['closed from open', { sharing: 'open' }, { sharing: 'closed' }, false],
  ] as const)('%s', (_, from, to, isWider) => {
    const { codes } = compare({ before, after, live: live(from, to) });
    expect(codes.includes('AUDIENCE_WIDENED')).toBe(isWider);
  });

  test('is let through where somebody says so', () => {
    const wide = live({}, { visibility: 'public' });
    expect(compare({ before, after, live: wide, allowWiderAudience: true }).codes).toEqual([]);
  });

  test('that is yet to be made with open sharing', () => {
    const opened = (pages: readonly DesiredPage[]) =>
      desiredTree({ from: ['Y'], to: ['A'], fresh: { pages, sharing: 'open' } });
    const compared = compare({ before, after: opened([{ title: 'X' }]) });
    expect(only(compared, 'AUDIENCE_WIDENED').detail).toContain('fresh');
  });
});

test('a move within a public space widens nothing', () => {
  const within = desiredTree({ from: [{ title: 'Y', children: ['X'] }], to: ['A'] });
  const wide = live({ visibility: 'public' }, {});
  expect(compare({ before, after: within, live: wide }).codes).toEqual([]);
});
