// One node against its page: what it is cannot change, what it is called may follow or be enforced.

import { describe, expect, test } from 'vitest';
import { type DesiredPage, desiredTree, liveTree } from '../fixture.ts';
import { compare, only } from './compare.ts';

const wiki = (...pages: readonly (string | DesiredPage)[]) =>
  desiredTree({ h: ['Origin', 'Other', ...pages] });

describe('what a page is', () => {
  test.each([
    ['TYPE_CHANGED', { title: 'X' }, { title: 'X', type: 'sheet' }],
    ['KIND_CHANGED', { title: 'X' }, { title: 'X', shortcut: 'h/Origin' }],
    ['KIND_CHANGED', { title: 'X', shortcut: 'h/Origin' }, { title: 'X' }],
    ['SHORTCUT_RETARGETED', { title: 'X', shortcut: 'h/Origin' }, { title: 'X', shortcut: 'h/Other' }],
  ])('%s is an error', (code, was, is) => {
    const compared = compare({ before: wiki(was), after: wiki(is) });
    expect(only(compared, code)).toMatchObject({ severity: 'error', source: { line: 4 } });
    expect(compared.changes).toEqual([]);
  });

  test('a shortcut to a page that is yet to be made, while the old one stands, is an error', () => {
    const before = wiki({ title: 'X', shortcut: 'h/Origin' });
    const after = wiki({ title: 'X', shortcut: 'h/New' }, { title: 'New', movedFrom: 'none' });
    expect(only(compare({ before, after }), 'SHORTCUT_RETARGETED').severity).toBe('error');
  });

  test('a shortcut whose origin was deleted by hand is a warning', () => {
    const before = wiki({ title: 'X', shortcut: 'h/Origin' });
    const live = liveTree({ h: ['Other', { title: 'X', shortcut: 'h/Origin' }] }, { gone: ['h/Origin'] });
    const compared = compare({ before, after: before, live });
    expect(compared.changes).toEqual(['create h/Origin']);
    expect(only(compared, 'SHORTCUT_RETARGETED').severity).toBe('warning');
  });

  test('a type that nothing is made of is an error only where the page is to be made', () => {
    const before = wiki({ title: 'Upload', type: 'file' });
    expect(compare({ before, after: before }).codes).toEqual([]);
    expect(compare({ before: wiki(), after: before }).codes).toEqual(['TYPE_NOT_CREATABLE']);
  });

  test('and is blocked where it was deleted by hand', () => {
    const before = wiki({ title: 'Upload', type: 'file' });
    const live = liveTree({ h: ['Origin', 'Other'] }, { gone: ['h/Upload'] });
    const compared = compare({ before, after: before, live });
    expect(compared.changes).toEqual(['blocked: create h/Upload']);
    expect(compared.codes).toEqual(['NODE_GONE']);
  });
});

describe('a title', () => {
  const named = (titles: 'enforce' | 'follow', title: string) =>
    desiredTree({ h: { titles, pages: [{ title, key: 'x' }] } });
  const renamedByHand = liveTree({ h: [{ title: 'By hand', was: 'h/x' }] });

  test('that was changed by hand is named back', () => {
    const before = named('enforce', 'X');
    expect(compare({ before, after: before, live: renamedByHand }).changes).toEqual(['rename h/x']);
  });

  test('that was changed by hand stays where titles follow the wiki', () => {
    const before = named('follow', 'X');
    expect(compare({ before, after: before, live: renamedByHand }).changes).toEqual([]);
  });

  test('that was changed by hand stays until the manifest’s changes', () => {
    const after = named('follow', 'New');
    expect(compare({ before: named('follow', 'X'), after, live: renamedByHand }).changes).toEqual([
      'rename h/x',
    ]);
  });

  test('that no call can change is a warning', () => {
    const before = desiredTree({ h: [{ title: 'X', key: 'x', type: 'sheet' }] });
    const after = desiredTree({ h: [{ title: 'New', key: 'x', type: 'sheet' }] });
    const compared = compare({ before, after });
    expect(compared.changes).toEqual([]);
    expect(only(compared, 'TITLE_NOT_WRITABLE').severity).toBe('warning');
  });
});

test('a copy of a page that the vendor does not know is an error', () => {
  const after = wiki({ title: 'C', copy: { id: 'page:far' } });
  const live = liveTree({ h: ['Origin', 'Other'] }, { gone: ['far'] });
  const gone = { ...live, goneNodes: new Set([...live.goneNodes]) };
  expect(compare({ before: wiki(), after, live: gone }).codes).toEqual(['NODE_NOT_FOUND']);
});
