// Gone, hidden and not yet looked for: a page missing from a listing is asked for by id, the topmost only.

import { describe, expect, test } from 'vitest';
import { desiredTree, liveTree, pageId, stateOf } from '../fixture.ts';
import { compare } from './compare.ts';

const before = desiredTree({ h: [{ title: 'A', children: [{ title: 'B', children: ['C', 'D'] }] }, 'Z'] });

describe('a bound page that is missing', () => {
  test('is asked for by id, and nothing below it', () => {
    const { match } = compare({ before, after: before, live: liveTree({ h: ['Z'] }) });
    expect([...match.unseen]).toEqual([pageId('h/A')]);
  });

  test('below one that was seen, is asked for itself', () => {
    const live = liveTree({ h: [{ title: 'A', children: [{ title: 'B', children: ['D'] }] }, 'Z'] });
    expect([...compare({ before, after: before, live }).match.unseen]).toEqual([pageId('h/A/B/C')]);
  });

  test('and gone, is made again with all that was below it, and the plan says so', () => {
    const live = liveTree({ h: [{ title: 'A', children: [] }, 'Z'] }, { gone: ['h/A/B'] });
    const { changes, codes, difference } = compare({ before, after: before, live });
    expect(changes).toEqual(['create h/A/B', 'create h/A/B/C', 'create h/A/B/D']);
    expect(codes).toEqual(['NODE_GONE', 'NODE_GONE', 'NODE_GONE']);
    expect(difference.changes.map(({ origin }) => origin)).toEqual(['drift', 'drift', 'drift']);
  });

  test('below a gone one but seen elsewhere, is put back below the new one', () => {
    const live = liveTree(
      { h: [{ title: 'A', children: [] }, 'Z', { title: 'C', was: 'h/A/B/C' }] },
      { gone: ['h/A/B'] },
    );
    expect(compare({ before, after: before, live }).changes).toEqual([
      'create h/A/B',
      'move h/A/B/C from h',
      'create h/A/B/D',
    ]);
  });

  test('and hidden, is left alone, and so is what depends on it', () => {
    const after = desiredTree({
      h: [
        { title: 'A', children: [{ title: 'B', children: ['C', 'D', 'New'] }] },
        { title: 'Z' },
        { title: 'Copy', copy: 'h/A/B' },
      ],
    });
    const live = liveTree({ h: [{ title: 'A', children: [] }, 'Z'] }, { hidden: ['h/A/B'] });
    const { changes, codes } = compare({ before, after, live });
    expect(changes).toEqual(['blocked: create h/A/B/New', 'blocked: copy h/Copy']);
    expect(codes).toEqual(['NODE_HIDDEN', 'NODE_HIDDEN', 'NODE_HIDDEN']);
  });
});

test('a page that was moved by hand to where nothing is declared is found by its id and put back', () => {
  const live = liveTree({
    h: [
      { title: 'A', children: [] },
      {
        title: 'Not declared',
        was: 'stranger',
        children: [{ title: 'B', was: 'h/A/B', children: ['C', 'D'] }],
      },
      'Z',
    ],
  });
  const { changes, difference } = compare({ before, after: before, live });
  expect(changes).toEqual(['move h/A/B from h/Not declared']);
  expect(difference.changes[0]?.reason).toBe('was moved by hand to h/Not declared');
});

test('bindings whose parents go in a circle end in questions, not in a loop', () => {
  const state = stateOf(before);
  const nodes = new Map(state.nodes);
  for (const [address, binding] of nodes) nodes.set(address, { ...binding, parent: address });
  const { match } = compare({ state: { ...state, nodes }, after: before, live: liveTree({ h: [] }) });
  expect([...match.unseen]).toContain(pageId('h/A'));
});
