// A state that is being written: the sum of its events, in which no page has two addresses.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyState, type NodeBinding, openBook, type StateEvent } from '../../src/state/state.ts';
import { type Address, nodeId } from '../../src/tree/identifier.ts';

const binding = (id: string): NodeBinding => ({
  id: nodeId(id),
  parent: 'h' as Address,
  title: 'T',
  type: 'docx',
  kind: 'origin',
  origin: null,
  archived: false,
});

const bind = (address: string, id: string): StateEvent => ({
  kind: 'bind-node',
  address: address as Address,
  binding: binding(id),
});

function idsAfter(...events: readonly StateEvent[]): Record<string, string> {
  const book = openBook(emptyState('feishu', 'app'));
  for (const event of events) book.record(event);
  return Object.fromEntries([...book.state.nodes].map(([address, { id }]) => [address, id]));
}

test('a page that is bound elsewhere leaves the address it had', () => {
  expect(idsAfter(bind('h/a', '1'), bind('h/b', '1'))).toEqual({ 'h/b': '1' });
});

test('two pages that change addresses keep one each', () => {
  expect(idsAfter(bind('h/a', '1'), bind('h/b', '2'), bind('h/a', '2'), bind('h/b', '1'))).toEqual({
    'h/a': '2',
    'h/b': '1',
  });
});

test('a chain of pages that each take the next one’s address loses none', () => {
  const before = [bind('h/a', '1'), bind('h/b', '2')];
  expect(idsAfter(...before, bind('h/b', '1'), bind('h/c', '2'))).toEqual({ 'h/b': '1', 'h/c': '2' });
});

test('what is forgotten can be bound again', () => {
  expect(idsAfter(bind('h/a', '1'), { kind: 'forget', address: 'h/a' as Address }, bind('h/b', '1'))).toEqual(
    {
      'h/b': '1',
    },
  );
});

test('no two addresses ever bind one page', () => {
  const place = fc.constantFrom('h/a', 'h/b', 'h/c', 'h/d');
  const event = fc.oneof(
    fc.tuple(place, fc.constantFrom('1', '2', '3')).map(([address, id]) => bind(address, id)),
    place.map((address): StateEvent => ({ kind: 'forget', address: address as Address })),
  );
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const ids = Object.values(idsAfter(...events));
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});
