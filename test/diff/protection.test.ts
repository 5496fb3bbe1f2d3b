// What `protect` names is neither moved nor renamed nor carried: an error where the manifest asks for it, and
// blocked, as it is where people's hands did it.

import { describe, expect, test } from 'vitest';
import type { Address } from '../../src/tree/identifier.ts';
import { desiredTree, liveTree } from '../fixture.ts';
import { compare, only } from './compare.ts';

const protect = ['h/Policies/**'];
const before = desiredTree({ h: [{ title: 'Policies', children: ['Security'] }, 'To', 'Other'] });

describe('an error', () => {
  test('to move a protected page out', () => {
    const after = desiredTree({ h: ['Policies', { title: 'To', children: ['Security'] }, 'Other'] });
    const compared = compare({ before, after, protect });
    expect(compared.changes).toEqual(['blocked: move h/To/Security from h/Policies']);
    expect(only(compared, 'PROTECTED').detail).toContain('"h/Policies/**"');
  });

  test('to move a page in', () => {
    const after = desiredTree({ h: [{ title: 'Policies', children: ['Security', 'Other'] }, 'To'] });
    expect(compare({ before, after, protect }).codes).toEqual(['PROTECTED']);
  });

  test('to rename a protected page', () => {
    const after = desiredTree({
      h: [{ title: 'Policies', children: [{ title: 'Safety', key: 'Security' }] }, 'To', 'Other'],
    });
    expect(compare({ before, after, protect }).codes).toEqual(['PROTECTED']);
  });

  test('to carry a protected page along with a branch, though its address is another one then', () => {
    const nested = desiredTree({
      h: [{ title: 'A', children: [{ title: 'Policies', children: ['X'] }] }, 'To'],
    });
    const after = desiredTree({
      h: [{ title: 'To', children: [{ title: 'A', children: [{ title: 'Policies', children: ['X'] }] }] }],
    });
    const compared = compare({ before: nested, after, protect: ['h/A/Policies/**'] });
    expect(compared.changes).toEqual(['blocked: move h/To/A from h']);
    expect(only(compared, 'PROTECTED').detail).toContain('carries h/A/Policies');
  });

  test('to carry it to the archive', () => {
    const spaces = (pages: Parameters<typeof desiredTree>[0][string]) =>
      desiredTree({
        h: { pages: 'pages' in pages ? [] : pages, onRemove: { archive: 'h/Archive' as Address } },
      });
    const nested = spaces([{ title: 'A', children: [{ title: 'Policies', children: ['X'] }] }, 'Archive']);
    const after = spaces(['Archive']);
    expect(compare({ before: nested, after, protect: ['h/A/Policies/**'] }).codes).toEqual(['PROTECTED']);
  });
});

test('a protected page that was moved or renamed by hand is blocked, and the rest goes on', () => {
  const live = liveTree({
    h: [
      'Policies',
      { title: 'To', children: [{ title: 'Security', was: 'h/Policies/Security' }] },
      { title: 'By hand', was: 'h/Other' },
    ],
  });
  const { changes, codes } = compare({ before, after: before, live, protect });
  expect(changes).toEqual(['blocked: move h/Policies/Security from h/To', 'rename h/Other']);
  expect(codes).toEqual([]);
});

test('a page is made in a protected place, for that moves nothing', () => {
  const after = desiredTree({ h: [{ title: 'Policies', children: ['Security', 'New'] }, 'To', 'Other'] });
  expect(compare({ before, after, protect }).changes).toEqual(['create h/Policies/New']);
});
