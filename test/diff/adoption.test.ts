// Rules 6 and 7 where there is no memory: what is just as declared is taken, once and only where it is
// the only one; what may have been dragged elsewhere is never made a second time.

import { describe, expect, test } from 'vitest';
import { desiredTree, liveOf, liveTree, stateOf } from '../fixture.ts';
import { compare, only } from './compare.ts';

describe('a state that was lost', () => {
  test('is found again by place, title, type and kind, without a step', () => {
    const wiki = desiredTree({
      h: [
        { title: 'A', children: ['X', { title: 'X', key: 'x-sheet', type: 'sheet' }] },
        { title: 'S', shortcut: 'h/A/X' },
        { title: 'S', key: 'other', shortcut: 'h/A' },
      ],
    });
    const { pages, changes, codes } = compare({ after: wiki, live: liveOf(wiki) });
    expect(changes).toEqual([]);
    expect(codes).toEqual(['SPACE_ADOPTED']);
    expect(pages).toEqual({
      'h/A': 'adopted h/A',
      'h/A/X': 'adopted h/A/X',
      'h/A/x-sheet': 'adopted h/A/x-sheet',
      'h/S': 'adopted h/S',
      'h/other': 'adopted h/other',
    });
  });

  test('takes one page for one of two declared twins, and makes the other', () => {
    const after = desiredTree({ h: ['X', { title: 'X', key: 'second' }] });
    expect(compare({ after, live: liveTree({ h: ['X'] }) }).changes).toEqual(['create h/second']);
  });

  test('doubts where two pages in the place look just as declared', () => {
    const after = desiredTree({ h: ['X'] });
    const live = liveTree({ h: ['X', { title: 'X', was: 'twin' }] });
    const compared = compare({ after, live });
    expect(compared.pages).toEqual({});
    expect(only(compared, 'DOUBT').help).toContain('id: "page:h/X" | id: "page:twin" | movedFrom: none');
  });

  test('doubts where a page of that title and type lies elsewhere in the space', () => {
    const after = desiredTree({ h: ['A', { title: 'B', children: ['X'] }] });
    const live = liveTree({ h: [{ title: 'A', children: ['X'] }, 'B'] });
    const compared = compare({ after, live });
    expect(only(compared, 'DOUBT').detail).toContain('page:h/A/X');
    expect(only(compared, 'DOUBT').help).toContain('id: "page:h/A/X" | movedFrom: none');
  });

  test('doubts of a shortcut that was dragged as of any page', () => {
    const after = desiredTree({ h: ['A', { title: 'B', children: [{ title: 'S', shortcut: 'h/A' }] }] });
    const live = liveTree({ h: ['A', 'B', { title: 'S', shortcut: 'h/A', was: 'dragged' }] });
    expect(only(compare({ after, live }), 'DOUBT').detail).toContain('page:dragged');
  });

  test.each([
    ['of another type', { title: 'X', type: 'sheet' }],
    ['of another title', { title: 'Y' }],
  ])('does not doubt for a page %s', (_, page) => {
    const after = desiredTree({ h: ['A', { title: 'B', children: ['X'] }] });
    const live = liveTree({ h: [{ title: 'A', children: [page] }, 'B'] });
    expect(compare({ after, live }).changes).toEqual(['create h/B/X']);
  });

  test('does not doubt for a page that is ignored, nor in another space', () => {
    const after = desiredTree({ h: ['Drafts', { title: 'B', children: ['X'] }], other: [] });
    const live = liveTree({ h: [{ title: 'Drafts', children: ['X'] }, 'B'], other: ['X'] });
    expect(compare({ after, live, ignore: ['h/Drafts/*'] }).changes).toEqual(['create h/B/X']);
  });
});

test('once a space has bindings, a page elsewhere that looks the same is nobody’s business', () => {
  const before = desiredTree({ h: ['A', 'B'] });
  const after = desiredTree({ h: ['A', { title: 'B', children: ['X'] }] });
  const live = liveTree({ h: [{ title: 'A', children: [{ title: 'X', was: 'stranger' }] }, 'B'] });
  expect(compare({ before, after, live }).changes).toEqual(['create h/B/X']);
});

test('a new page is taken from the hands that made it already', () => {
  const before = desiredTree({ h: ['A'] });
  const after = desiredTree({ h: [{ title: 'A', children: ['X'] }] });
  const live = liveTree({ h: [{ title: 'A', children: ['X'] }] });
  const { pages, changes, difference } = compare({ before, after, live });
  expect(pages).toEqual({ 'h/A/X': 'adopted h/A/X' });
  expect(changes).toEqual([]);
  expect(difference.adopted).toEqual(['h/A/X']);
});

test('a page that is bound to another address is not adopted', () => {
  const before = desiredTree({ h: ['A', { title: 'X', type: 'sheet' }] });
  const after = desiredTree({ h: ['A', { title: 'X', key: 'new', type: 'sheet', movedFrom: 'none' }] });
  expect(compare({ before, after }).changes).toEqual(['create h/new']);
});

test('a type that only the wiki can tell is no obstacle', () => {
  const after = desiredTree({ h: [{ title: 'C', copy: { id: 'far' } }] });
  const open = { spaces: after.spaces.map((space) => ({ ...space, nodes: space.nodes.map(untyped) })) };
  expect(compare({ after: open, live: liveTree({ h: [{ title: 'C', type: 'sheet' }] }) }).pages).toEqual({
    'h/C': 'adopted h/C',
  });
});

const untyped = <T extends object>(node: T): T => ({ ...node, type: undefined });

test('an id claims its page before anybody adopts it', () => {
  const after = desiredTree({ h: ['X', { title: 'X', key: 'pinned', id: 'page:h/X' }] });
  const state = { ...stateOf({ spaces: [] }) };
  expect(compare({ after, state, live: liveTree({ h: ['X'] }) }).pages).toEqual({ 'h/pinned': 'id h/X' });
});
