// Rule 5: an unambiguous move or rename is found; anything else is doubt, and doubt names its candidates.

import { describe, expect, test } from 'vitest';
import { type DesiredPage, desiredTree, liveTree } from '../fixture.ts';
import { compare, only } from './compare.ts';

type Pages = readonly (string | DesiredPage)[];

describe('what is inferred', () => {
  const cases: readonly { title: string; before: Pages; after: Pages; pages: object; changes: string[] }[] = [
    {
      title: 'a page below another parent under its key',
      before: ['A', { title: 'B', children: ['X'] }],
      after: [{ title: 'A', children: ['X'] }, 'B'],
      pages: { 'h/A/X': 'inferred h/B/X' },
      changes: ['move h/A/X from h/B'],
    },
    {
      title: 'a page below a new one under its key, though another new page lies where it was',
      before: ['A', 'B'],
      after: ['B', 'More', { title: 'New', type: 'sheet', children: ['A'] }],
      pages: { 'h/New/A': 'inferred h/A' },
      changes: ['create h/More', 'create h/New', 'move h/New/A from h'],
    },
    {
      title: 'the only vanished and the only new page below one parent, as a rename',
      before: [{ title: 'A', children: ['Raodmap', 'Other'] }],
      after: [{ title: 'A', children: ['Roadmap', 'Other'] }],
      pages: { 'h/A/Roadmap': 'inferred h/A/Raodmap' },
      changes: ['rename h/A/Roadmap'],
    },
    {
      title: 'a renamed parent, and its children with it',
      before: [{ title: 'Old', children: ['X', { title: 'Y', children: ['Z'] }] }],
      after: [{ title: 'New', children: ['X', { title: 'Y', children: ['Z'] }] }],
      pages: {
        'h/New': 'inferred h/Old',
        'h/New/X': 'carried h/Old/X',
        'h/New/Y': 'carried h/Old/Y',
        'h/New/Y/Z': 'carried h/Old/Y/Z',
      },
      changes: ['rename h/New'],
    },
    {
      title: 'a page under another key, below a branch that moved',
      before: [{ title: 'Plans', children: ['Raodmap', 'Other'] }, 'To'],
      after: [{ title: 'To', children: [{ title: 'Plans', children: ['Roadmap', 'Other'] }] }],
      pages: {
        'h/To/Plans': 'inferred h/Plans',
        'h/To/Plans/Roadmap': 'inferred h/Plans/Raodmap',
        'h/To/Plans/Other': 'carried h/Plans/Other',
      },
      changes: ['move h/To/Plans from h', 'rename h/To/Plans/Roadmap'],
    },
    {
      title: 'two branches that each hold an Overview, dragged at once',
      before: [{ title: 'One', children: ['Overview'] }, { title: 'Two', children: ['Overview'] }, 'To'],
      after: [
        {
          title: 'To',
          children: [
            { title: 'One', children: ['Overview'] },
            { title: 'Two', children: ['Overview'] },
          ],
        },
      ],
      pages: {
        'h/To/One': 'inferred h/One',
        'h/To/One/Overview': 'carried h/One/Overview',
        'h/To/Two': 'inferred h/Two',
        'h/To/Two/Overview': 'carried h/Two/Overview',
      },
      changes: ['move h/To/One from h', 'move h/To/Two from h'],
    },
    {
      title: 'keys given to two siblings at once, their titles unchanged',
      before: ['Goals', 'Risks'],
      after: [
        { title: 'Goals', key: 'goals' },
        { title: 'Risks', key: 'risks' },
      ],
      pages: { 'h/goals': 'inferred h/Goals', 'h/risks': 'inferred h/Risks' },
      changes: [],
    },
    {
      title: 'one page as moved and another as renamed, though either could be the other by type',
      before: [{ title: 'A', children: ['X', 'Raodmap'] }, 'B'],
      after: [
        { title: 'A', children: ['Roadmap'] },
        { title: 'B', children: ['X'] },
      ],
      pages: { 'h/B/X': 'inferred h/A/X', 'h/A/Roadmap': 'inferred h/A/Raodmap' },
      changes: ['rename h/A/Roadmap', 'move h/B/X from h/A'],
    },
    {
      title: 'a page that leaves a branch while the branch is dragged',
      before: [{ title: 'A', children: ['X', 'Y'] }, 'B'],
      after: [{ title: 'B', children: [{ title: 'A', children: ['Y'] }] }, 'X'],
      pages: { 'h/B/A': 'inferred h/A', 'h/B/A/Y': 'carried h/A/Y', 'h/X': 'inferred h/A/X' },
      changes: ['move h/B/A from h', 'move h/X from h/A'],
    },
    {
      title: 'a shortcut by what it points to',
      before: ['A', 'B', { title: 'S', shortcut: 'h/A' }, { title: 'To' }],
      after: ['A', 'B', { title: 'To', children: [{ title: 'S', shortcut: 'h/A' }] }],
      pages: { 'h/To/S': 'inferred h/S' },
      changes: ['move h/To/S from h'],
    },
  ];

  test.each(cases)('$title', ({ before, after, pages, changes }) => {
    const compared = compare({ before: desiredTree({ h: before }), after: desiredTree({ h: after }) });
    expect(compared.codes).toEqual([]);
    expect(compared.pages).toEqual(pages);
    expect(compared.changes).toEqual(changes);
  });

  test('a page in another space', () => {
    const before = desiredTree({ h: ['A', 'X'], other: ['B'] });
    const after = desiredTree({ h: ['A'], other: [{ title: 'B', children: ['X'] }] });
    expect(compare({ before, after }).changes).toEqual(['move other/B/X from h']);
  });

  test('is marked as inferred', () => {
    const { difference } = compare({
      before: desiredTree({ h: ['Old'] }),
      after: desiredTree({ h: ['New'] }),
    });
    expect(difference.changes.map(({ inferred }) => inferred)).toEqual([true]);
  });
});

describe('what is not', () => {
  const cases: readonly { title: string; before: Pages; after: Pages; changes: string[] }[] = [
    {
      title: 'a page of another type is another page',
      before: [{ title: 'Numbers', type: 'sheet' }],
      after: ['Numbers 2'],
      changes: ['create h/Numbers 2'],
    },
    {
      title: 'a shortcut to another page is another shortcut',
      before: ['A', 'B', { title: 'S', shortcut: 'h/A' }],
      after: ['A', 'B', { title: 'S2', shortcut: 'h/B' }],
      changes: ['create h/S2'],
    },
    {
      title: 'one vanished and two new siblings leave nothing to choose from, and both are made',
      before: ['Old'],
      after: ['New', 'Newer'],
      changes: ['create h/New', 'create h/Newer'],
    },
    {
      title: 'vanished below one parent and new below another, under another key, is no rename',
      before: [{ title: 'A', children: ['X'] }, 'B'],
      after: ['A', { title: 'B', children: ['Y'] }],
      changes: ['create h/B/Y'],
    },
  ];

  test.each(cases)('$title', ({ before, after, changes }) => {
    const compared = compare({ before: desiredTree({ h: before }), after: desiredTree({ h: after }) });
    expect(compared.codes).toEqual([]);
    expect(compared.changes).toEqual(changes);
  });

  test('a page that people deleted is no candidate', () => {
    const before = desiredTree({ h: ['A', 'X'] });
    const after = desiredTree({ h: [{ title: 'A', children: ['X'] }] });
    const live = liveTree({ h: ['A'] }, { gone: ['h/X'] });
    expect(compare({ before, after, live }).changes).toEqual(['create h/A/X']);
  });

  test('a vanished page that is missing from its listing is asked for before anything is inferred', () => {
    const before = desiredTree({ h: ['A', 'X'] });
    const after = desiredTree({ h: [{ title: 'A', children: ['X'] }] });
    expect([...compare({ before, after, live: liveTree({ h: ['A'] }) }).match.unseen]).toEqual(['page:h/X']);
  });

  test('a vanished page that no new address could be is not asked for', () => {
    const before = desiredTree({ h: ['A', { title: 'X', type: 'sheet' }] });
    const after = desiredTree({ h: [{ title: 'A', children: ['Y'] }] });
    expect(compare({ before, after, live: liveTree({ h: ['A'] }) }).match.unseen.size).toBe(0);
  });
});

describe('doubt', () => {
  test('where several vanished pages have the key, names them and the lines to choose from', () => {
    const before = desiredTree({
      h: [{ title: 'A', children: ['Overview'] }, { title: 'B', children: ['Overview'] }, 'C'],
    });
    const after = desiredTree({ h: ['A', 'B', { title: 'C', children: ['Overview'] }] });
    const compared = compare({ before, after });
    expect(compared.pages).toEqual({});
    const { detail, help, source } = only(compared, 'DOUBT');
    expect(detail).toContain('h/A/Overview, h/B/Overview');
    expect(help).toContain('movedFrom: h/A/Overview | movedFrom: h/B/Overview | movedFrom: none');
    expect(source?.line).toBe(5);
  });

  test.each([
    ['movedFrom: h/A/Overview', ['move h/C/Overview from h/A']],
    ['movedFrom: none', ['create h/C/Overview']],
  ])('ends with a line %s', (line, changes) => {
    const before = desiredTree({
      h: [{ title: 'A', children: ['Overview'] }, { title: 'B', children: ['Overview'] }, 'C'],
    });
    const movedFrom = line.replace('movedFrom: ', '');
    const after = desiredTree({
      h: ['A', 'B', { title: 'C', children: [{ title: 'Overview', movedFrom }] }],
    });
    const compared = compare({ before, after });
    expect(compared.codes).toEqual([]);
    expect(compared.changes).toEqual(changes);
  });

  test('where one vanished page could be several new ones, is about each of them', () => {
    const before = desiredTree({ h: ['A', 'B', 'X'] });
    const after = desiredTree({
      h: [
        { title: 'A', children: ['X'] },
        { title: 'B', children: ['X'] },
      ],
    });
    const compared = compare({ before, after });
    expect(compared.codes).toEqual(['DOUBT', 'DOUBT']);
    expect(compared.pages).toEqual({});
  });

  test('where several siblings vanished and a new one came', () => {
    const before = desiredTree({ h: ['Goals', 'Risks'] });
    const after = desiredTree({ h: ['Aims'] });
    expect(only(compare({ before, after }), 'DOUBT').detail).toContain('h/Goals, h/Risks');
  });

  test('names ten candidates and counts the rest', () => {
    const folders = Array.from({ length: 12 }, (_, at) => ({ title: `F${10 + at}`, children: ['X'] }));
    const before = desiredTree({ h: folders });
    const after = desiredTree({ h: [...folders.map(({ title }) => title), 'X'] });
    const { detail, help } = only(compare({ before, after }), 'DOUBT');
    expect(detail).toContain('h/F19/X and 2 more');
    expect(help).not.toContain('h/F20/X');
  });
});

test('a doubt about a branch is told once, and not again for what lies in it', () => {
  const team = (title: string) => ({ title, children: ['Overview', { title: 'Rota', children: ['May'] }] });
  const before = desiredTree({ h: [team('North'), team('South')] });
  const open = compare({ before, after: desiredTree({ h: [team('West')] }) });
  expect(only(open, 'DOUBT').detail).toBe(
    'h/West is new, and 2 pages that left the manifest could be it: h/North, h/South. The answer settles 3 pages below it, too.',
  );
  const after = desiredTree({ h: [{ ...team('West'), movedFrom: 'h/South' }] });
  expect(compare({ before, after }).codes).toEqual([]);

  // A page that could come from elsewhere as well is a question of its own.
  const two = desiredTree({ h: [team('North'), team('South'), { title: 'Other', children: ['May'] }] });
  const apart = compare({ before: two, after: desiredTree({ h: [team('West')] }) });
  expect(apart.codes).toEqual(['DOUBT', 'DOUBT']);
});

test('a renamed branch takes what lies in it along before a deeper page is compared with it', () => {
  const before = desiredTree({ h: ['A', { title: 'E', children: ['A', 'D'] }] });
  // What lies below a page with an id is no part of a new branch, and may not be looked at before the branch.
  const after = desiredTree({
    h: [
      'A',
      {
        title: 'C',
        children: [
          { title: 'A', movedFrom: 'none' },
          { title: 'D', id: 'page:h/E/D', type: 'docx', children: ['A'] },
        ],
      },
    ],
  });
  const { pages, changes } = compare({ before, after });
  expect(pages).toMatchObject({ 'h/C': 'inferred h/E', 'h/C/A': 'carried h/E/A' });
  expect(changes).toContain('create h/C/D/A');
});
