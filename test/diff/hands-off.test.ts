// What is not declared stays where it is, or goes to the archive with all below it, and comes back.

import { describe, expect, test } from 'vitest';
import type { State } from '../../src/state/state.ts';
import { isWithin } from '../../src/tree/address.ts';
import type { Address } from '../../src/tree/identifier.ts';
import { type DesiredPage, desiredTree, liveTree, pageId, stateOf } from '../fixture.ts';
import { compare } from './compare.ts';

type Pages = readonly (string | DesiredPage)[];

const archiving = (pages: Pages) =>
  desiredTree({ h: { pages: [...pages, 'Archive'], onRemove: { archive: 'h/Archive' as Address } } });

/** The state in which the branch was put away. */
function archived(state: State, root: Address): State {
  const nodes = new Map(state.nodes);
  for (const [address, binding] of nodes) {
    const parent = address === root ? ('h/Archive' as Address) : binding.parent;
    if (isWithin(address, root)) nodes.set(address, { ...binding, parent, archived: true });
  }
  return { ...state, nodes };
}

const old = 'h/Old' as Address;

describe('with keep', () => {
  test('what left the manifest stays in the wiki and leaves the state', () => {
    const before = desiredTree({ h: ['A', { title: 'Old', children: ['X'] }] });
    const { changes, difference } = compare({ before, after: desiredTree({ h: ['A'] }) });
    expect(changes).toEqual([]);
    expect(difference.forgotten).toEqual(['h/Old', 'h/Old/X']);
  });

  test('a space that left the manifest is forgotten with all its pages', () => {
    const before = desiredTree({ h: ['A'], other: ['B'] });
    const { changes, difference } = compare({ before, after: desiredTree({ h: ['A'] }) });
    expect(changes).toEqual([]);
    expect([...difference.forgotten].sort()).toEqual(['other', 'other/B']);
  });
});

describe('with an archive', () => {
  const before = archiving(['A', { title: 'Old', children: ['X', { title: 'Y', children: ['Z'] }] }]);

  test('the topmost page of a branch that left moves, and the rest is carried', () => {
    const { changes, difference } = compare({ before, after: archiving(['A']) });
    expect(changes).toEqual(['move h/Old from h']);
    expect(difference.changes[0]).toMatchObject({ parent: 'h/Archive', archives: true });
    expect(difference.archived).toEqual(['h/Old', 'h/Old/X', 'h/Old/Y', 'h/Old/Y/Z']);
    expect(difference.forgotten).toEqual([]);
  });

  test('a page that left from below a page that stays is topmost as well', () => {
    const after = archiving(['A', { title: 'Old', children: [{ title: 'Y', children: [] }] }]);
    expect(compare({ before, after }).changes).toEqual([
      'move h/Old/X from h/Old',
      'move h/Old/Y/Z from h/Old/Y',
    ]);
  });

  test('a declared page leaves the branch that goes', () => {
    const after = archiving([{ title: 'A', children: ['X'] }]);
    expect([...compare({ before, after }).changes].sort()).toEqual([
      'move h/A/X from h/Old',
      'move h/Old from h',
    ]);
  });

  test('what was put away asks for nothing any more', () => {
    const state = archived(stateOf(before), old);
    const live = liveTree({
      h: ['A', { title: 'Archive', children: [{ title: 'Old', was: 'h/Old', children: [] }] }],
    });
    const { changes, difference } = compare({ state, after: archiving(['A']), live });
    expect(changes).toEqual([]);
    expect(difference.archived).toHaveLength(4);
  });

  test('declared again, it moves back, branch and all', () => {
    const state = archived(stateOf(before), old);
    const live = liveTree({
      h: [
        'A',
        {
          title: 'Archive',
          children: [
            {
              title: 'Old',
              was: 'h/Old',
              children: ['X', { title: 'Y', children: ['Z'] }],
            },
          ],
        },
      ],
    });
    expect(compare({ state, after: before, live }).changes).toEqual(['move h/Old from h/Archive']);
  });

  test('declared again, it moves back from an archive that is ignored', () => {
    const state = archived(stateOf(before), old);
    const live = liveTree({ h: ['A', { title: 'Archive', children: [] }] });
    const listings = new Map([...live.listings].filter(([place]) => place !== pageId('h/Archive')));
    const { match } = compare({
      state,
      after: before,
      live: { ...live, listings },
      ignore: ['h/Archive/**'],
    });
    expect([...match.unseen]).toEqual([pageId('h/Old')]);
  });

  test('a page that was dragged out of sight before it left is asked for', () => {
    const live = liveTree({ h: ['A', 'Archive', { title: 'Stranger', was: 'stranger' }] });
    expect([...compare({ before, after: archiving(['A']), live }).match.unseen]).toEqual([pageId('h/Old')]);
  });

  test('what is gone is forgotten', () => {
    const live = liveTree({ h: ['A', 'Archive'] }, { gone: ['h/Old'] });
    const { changes, difference } = compare({ before, after: archiving(['A']), live });
    expect(changes).toEqual([]);
    expect(difference.forgotten).toEqual(['h/Old', 'h/Old/X', 'h/Old/Y', 'h/Old/Y/Z']);
  });

  test('a page that cannot go there now is not taken for archived', () => {
    const live = liveTree(
      { h: ['A', { title: 'Old', children: ['X', { title: 'Y', children: ['Z'] }] }] },
      { hidden: ['h/Archive'] },
    );
    const { changes, difference } = compare({ before, after: archiving(['A']), live });
    expect(changes).toEqual(['blocked: move h/Old from h']);
    expect(difference.archived).toEqual([]);
    expect(difference.forgotten).toEqual([]);
  });
});

describe('unmanaged pages', () => {
  test('have no step, wherever they lie', () => {
    const before = desiredTree({ h: ['A', { title: 'B', children: ['X'] }] });
    const live = liveTree({
      h: [
        { title: 'A', children: [{ title: 'by hand', was: 'one' }] },
        { title: 'B', children: ['X', { title: 'X', was: 'two' }] },
        { title: 'also', was: 'three', children: [{ title: 'below', was: 'four' }] },
      ],
    });
    const { changes, difference } = compare({ before, after: before, live });
    expect(changes).toEqual([]);
    expect(difference.unmanaged).toBe(3);
  });

  test('are not counted where they are ignored', () => {
    const before = desiredTree({ h: ['Drafts'] });
    const live = liveTree({ h: [{ title: 'Drafts', children: [{ title: 'one', was: 'one' }] }] });
    expect(compare({ before, after: before, live, ignore: ['h/Drafts/**'] }).difference.unmanaged).toBe(0);
  });
});
