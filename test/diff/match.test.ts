// Rules 1 to 4: what the manifest and the memory say outright, and what follows from it.

import { describe, expect, test } from 'vitest';
import { desiredTree, liveTree, stateOf } from '../fixture.ts';
import { compare } from './compare.ts';

describe('rule 1, an id', () => {
  test('names exactly this page, wherever it is and whatever it is bound to', () => {
    const before = desiredTree({ h: ['A', { title: 'B', children: ['X'] }] });
    const after = desiredTree({
      h: [{ title: 'A', children: [{ title: 'Pinned', id: 'page:h/B/X', type: 'docx' }] }, 'B'],
    });
    const { pages, changes } = compare({ before, after });
    expect(pages).toEqual({ 'h/A/Pinned': 'id h/B/X' });
    expect(changes).toEqual(['move h/A/Pinned from h/B', 'rename h/A/Pinned']);
  });

  test('goes before the binding of the address', () => {
    const before = desiredTree({ h: ['A', 'B'] });
    const after = desiredTree({
      h: [
        { title: 'A', id: 'page:h/B' },
        { title: 'B', id: 'page:h/A' },
      ],
    });
    const { pages, changes } = compare({ before, after });
    expect(pages).toEqual({ 'h/A': 'id h/B', 'h/B': 'id h/A' });
    expect(changes).toEqual(['rename h/A', 'rename h/B']);
  });

  test('goes before what rule 4 would say of the page', () => {
    const before = desiredTree({
      h: ['P', { title: 'Q', children: ['X'] }, { title: 'R', children: ['X'] }],
    });
    const after = desiredTree({
      h: [
        {
          title: 'P',
          children: [{ title: 'Q', id: 'page:h/Q', children: [{ title: 'X', id: 'page:h/R/X' }] }],
        },
        { title: 'R', children: [{ title: 'Y', id: 'page:h/Q/X' }] },
      ],
    });
    expect(compare({ before, after }).pages).toEqual({
      'h/P/Q': 'id h/Q',
      'h/P/Q/X': 'id h/R/X',
      'h/R/Y': 'id h/Q/X',
    });
  });

  test('of a page that the vendor does not know is an error', () => {
    const after = desiredTree({ h: [{ title: 'A', id: 'page:h/gone' }] });
    const { codes } = compare({ after, live: liveTree({ h: [] }, { gone: ['h/gone'] }) });
    expect(codes).toContain('NODE_NOT_FOUND');
  });

  test('of a page not seen yet is asked for', () => {
    const after = desiredTree({ h: [{ title: 'A', id: 'page:h/far' }] });
    expect([...compare({ after, live: liveTree({ h: [] }) }).match.unseen]).toEqual(['page:h/far']);
  });
});

describe('rule 2, the binding', () => {
  test('finds the page wherever people dragged it and whatever they called it', () => {
    const before = desiredTree({ h: ['A', 'B'] });
    const live = liveTree({
      h: [{ title: 'A', children: [{ title: 'Bee', was: 'h/B' }] }],
    });
    const { pages, changes } = compare({ before, after: before, live });
    expect(pages).toEqual({});
    expect(changes).toEqual(['move h/B from h/A', 'rename h/B']);
  });

  test('holds though another page now stands in its place under its title', () => {
    const before = desiredTree({ h: ['A', 'B'] });
    const live = liveTree({
      h: [
        { title: 'B', was: 'stranger' },
        { title: 'A', children: [{ title: 'B', was: 'h/B' }] },
      ],
    });
    expect(compare({ before, after: before, live }).changes).toEqual(['move h/B from h/A']);
  });

  test('tells drift from a change of the manifest', () => {
    const before = desiredTree({ h: ['A', { title: 'B', key: 'b' }, { title: 'C', key: 'c' }] });
    const after = desiredTree({ h: ['A', { title: 'Bee', key: 'b' }, { title: 'C', key: 'c' }] });
    const live = liveTree({
      h: ['A', { title: 'B', was: 'h/b' }, { title: 'by hand', was: 'h/c' }],
    });
    const { difference } = compare({ before, after, live });
    expect(difference.changes.map(({ address, origin }) => `${address} ${origin}`)).toEqual([
      'h/b this-change',
      'h/c drift',
    ]);
  });
});

describe('rule 3, movedFrom', () => {
  const before = desiredTree({ h: [{ title: 'Planning', children: ['Roadmap', 'Budget'] }] });

  test('says where the page was, though key and title changed with the place', () => {
    const after = desiredTree({
      h: [
        { title: 'Planning', children: ['Budget'] },
        { title: 'Roadmap 2027', movedFrom: 'h/Planning/Roadmap' },
      ],
    });
    const { pages, changes } = compare({ before, after });
    expect(pages).toEqual({ 'h/Roadmap 2027': 'moved-from h/Planning/Roadmap' });
    expect(changes).toEqual(['move h/Roadmap 2027 from h/Planning', 'rename h/Roadmap 2027']);
  });

  test('goes before what rule 4 would say of the page', () => {
    const branch = desiredTree({ h: [{ title: 'A', children: ['X'] }, 'B'] });
    const after = desiredTree({
      h: [
        { title: 'B', children: [{ title: 'A2', movedFrom: 'h/A', children: ['X'] }] },
        { title: 'X2', movedFrom: 'h/A/X' },
      ],
    });
    const { pages, changes } = compare({ before: branch, after });
    expect(pages).toEqual({ 'h/B/A2': 'moved-from h/A', 'h/X2': 'moved-from h/A/X' });
    expect(changes).toContain('create h/B/A2/X');
  });

  test('that has done its work says nothing: the page keeps its binding', () => {
    const applied = desiredTree({ h: [{ title: 'Roadmap', movedFrom: 'h/Planning/Roadmap' }] });
    expect(compare({ before: applied, after: applied }).changes).toEqual([]);
  });

  test.each(['h/old/X', 'none'])(
    'that has done its work (%s) does not keep a page from its branch',
    (movedFrom) => {
      const applied = desiredTree({ h: [{ title: 'A', children: [{ title: 'X', movedFrom }] }, 'B'] });
      const after = desiredTree({
        h: [{ title: 'B', children: [{ title: 'A', children: [{ title: 'X', movedFrom }] }] }],
      });
      expect(compare({ before: applied, after }).changes).toEqual(['move h/B/A from h']);
    },
  );

  test('that has done its work leaves the page to be inferred like any other', () => {
    const applied = desiredTree({ h: ['A', { title: 'X', movedFrom: 'h/old/X' }] });
    const after = desiredTree({ h: [{ title: 'A', children: [{ title: 'X', movedFrom: 'h/old/X' }] }] });
    expect(compare({ before: applied, after }).pages).toEqual({ 'h/A/X': 'inferred h/X' });
  });

  test('none says that the page is new, whatever vanished', () => {
    const after = desiredTree({
      h: [
        { title: 'Planning', children: ['Budget'] },
        { title: 'Roadmap', movedFrom: 'none' },
      ],
    });
    const { changes, difference } = compare({ before, after });
    expect(changes).toEqual(['create h/Roadmap']);
    expect(difference.forgotten).toEqual(['h/Planning/Roadmap']);
  });
});

describe('rule 4, the branch that comes along', () => {
  test('takes the same keys below, level by level, without a step', () => {
    const before = desiredTree({
      h: ['P', { title: 'A', children: [{ title: 'X', children: ['Deep'] }, 'Y'] }],
    });
    const after = desiredTree({
      h: [{ title: 'P', children: [{ title: 'A', children: [{ title: 'X', children: ['Deep'] }, 'Y'] }] }],
    });
    const { pages, changes } = compare({ before, after });
    expect(pages).toEqual({
      'h/P/A': 'inferred h/A',
      'h/P/A/X': 'carried h/A/X',
      'h/P/A/X/Deep': 'carried h/A/X/Deep',
      'h/P/A/Y': 'carried h/A/Y',
    });
    expect(changes).toEqual(['move h/P/A from h']);
  });

  test('leaves behind what left the branch, and makes what is new in it', () => {
    const before = desiredTree({ h: ['P', { title: 'A', children: ['X', 'Y'] }] });
    const after = desiredTree({
      h: [{ title: 'P', children: [{ title: 'A', movedFrom: 'h/A', children: ['X', 'New', 'Newer'] }] }],
    });
    const { changes, difference } = compare({ before, after });
    expect(changes).toEqual(['move h/P/A from h', 'create h/P/A/New', 'create h/P/A/Newer']);
    expect(difference.forgotten).toEqual(['h/A/Y']);
  });

  test('does not take a page whose own address is still declared', () => {
    const before = desiredTree({ h: ['P', { title: 'A', children: ['X'] }] });
    const after = desiredTree({
      h: [
        { title: 'P', children: [{ title: 'A', id: 'page:h/A', children: ['X'] }] },
        { title: 'A', children: ['X'] },
      ],
    });
    const { pages, changes } = compare({ before, after });
    expect(pages).toEqual({ 'h/P/A': 'id h/A' });
    expect(changes).toEqual(['move h/P/A from h', 'create h/P/A/X', 'create h/A', 'move h/A/X from h/A']);
  });

  test('finds in the branch what people dragged out of it', () => {
    const before = desiredTree({ h: ['P', { title: 'A', children: ['X'] }] });
    const after = desiredTree({ h: [{ title: 'P', children: [{ title: 'A', children: ['X'] }] }] });
    const live = liveTree({ h: ['P', { title: 'A' }, { title: 'X', was: 'h/A/X' }] });
    expect(compare({ before, after, live }).changes).toEqual(['move h/P/A from h', 'move h/P/A/X from h']);
  });
});

test('a parent and its child change places in one move each', () => {
  const before = desiredTree({
    h: [{ title: 'Parent', children: [{ title: 'Child', children: ['Leaf'] }] }],
  });
  const after = desiredTree({ h: [{ title: 'Child', children: [{ title: 'Parent' }, 'Leaf'] }] });
  const { changes } = compare({ before, after });
  expect(changes).toEqual(['move h/Child from h/Parent', 'move h/Child/Parent from h']);
});

test('nothing of the match hangs on the order in which siblings are written or bound', () => {
  const before = desiredTree({
    h: [{ title: 'A', children: ['X', 'Y'] }, { title: 'B', children: ['Z'] }, 'C'],
  });
  const after = (order: (pages: string[]) => string[]) =>
    desiredTree({ h: [{ title: 'C', children: order(['X', 'Y', 'Z']) }, 'A', 'B'] });
  const state = stateOf(before);
  const backwards = { ...state, nodes: new Map([...state.nodes].reverse()) };
  const forth = compare({ before, after: after((pages) => pages) });
  const back = compare({ before, state: backwards, after: after((pages) => pages.reverse()) });
  expect(back.pages).toEqual(forth.pages);
  expect([...back.changes].sort()).toEqual([...forth.changes].sort());
});
