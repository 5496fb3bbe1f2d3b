// Spaces match by id, by binding, or by being the only visible one of the name; what no call can change in
// them is said, not done.

import { describe, expect, test } from 'vitest';
import { type Address, spaceId } from '../../src/tree/identifier.ts';
import { desiredTree, liveTree, stateOf } from '../fixture.ts';
import { compare, only } from './compare.ts';

const one = desiredTree({ h: ['A'] });

test('the only visible space of the name is taken, and that is announced', () => {
  const compared = compare({ after: one, live: liveTree({ h: ['A'] }) });
  expect(only(compared, 'SPACE_ADOPTED')).toMatchObject({ severity: 'info' });
  expect(compared.difference.adopted).toEqual(['h', 'h/A']);
});

test('several of the name are an error that lists their ids', () => {
  const live = liveTree({ h: [], twin: [] });
  const spaces = new Map([...live.spaces].map(([id, space]) => [id, { ...space, name: 'h' }] as const));
  const compared = compare({ after: one, live: { ...live, spaces } });
  expect(only(compared, 'SPACE_AMBIGUOUS').help).toContain('id: "space:h" or id: "space:twin"');
  expect(compared.changes).toEqual([]);
});

test('none of the name: it is created, pages and all', () => {
  expect(compare({ after: one, live: liveTree({}) }).changes).toEqual(['create-space h', 'create h/A']);
});

test('a bound space is found by its id, and another name in the wiki is a warning', () => {
  const live = liveTree({ h: ['A'] });
  const spaces = new Map([...live.spaces].map(([id, space]) => [id, { ...space, name: 'By hand' }] as const));
  const compared = compare({ before: one, after: one, live: { ...live, spaces } });
  expect(compared.changes).toEqual([]);
  expect(only(compared, 'SPACE_NAME_DIFFERS').severity).toBe('warning');
});

test('an id goes before the binding', () => {
  const after = desiredTree({ h: { pages: [], id: spaceId('space:other') } });
  const { match } = compare({ before: one, after, live: liveTree({ h: ['A'], other: [] }) });
  expect(match.spaces.get('h' as Address)).toEqual({
    kind: 'live',
    id: spaceId('space:other'),
    rule: 'id',
  });
});

test('an id that the vendor does not know is an error, and nothing in the space is planned', () => {
  const after = desiredTree({ h: { pages: ['A'], id: spaceId('nowhere') } });
  const live = { ...liveTree({}), goneSpaces: new Set([spaceId('nowhere')]) };
  const { changes, codes } = compare({ after, live });
  expect(changes).toEqual([]);
  expect(codes).toEqual(['SPACE_NOT_FOUND']);
});

describe('a space that one address binds', () => {
  test('is not to be had by another by name', () => {
    const after = desiredTree({ h: ['A'], twin: { pages: [], name: 'h' } });
    expect(compare({ before: one, after }).changes).toEqual(['create-space twin']);
  });

  test('and that may not be read, blocks nothing outside it', () => {
    const both = desiredTree({ h: ['A'], other: ['B'] });
    const after = desiredTree({ h: ['A', 'New'], other: ['B', 'New'] });
    const live = { ...liveTree({ other: ['B'] }), hiddenSpaces: new Set([spaceId('space:h')]) };
    const { changes, codes } = compare({ state: stateOf(both), after, live });
    expect(changes).toContain('create other/New');
    expect(changes).toContain('blocked: create h/New');
    expect(codes).toContain('SPACE_HIDDEN');
  });

  test('and that is gone, is made again', () => {
    const live = { ...liveTree({}), goneSpaces: new Set([spaceId('space:h')]) };
    expect(compare({ before: one, after: one, live }).changes).toEqual(['create-space h', 'create h/A']);
  });
});
