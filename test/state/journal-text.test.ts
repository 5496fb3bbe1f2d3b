// The journal as text: what was printed is read again, and a torn end says nothing.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Intent, JournalEntry, Making, Stray } from '../../src/state/journal.ts';
import { parseJournal, printEntry } from '../../src/state/journal-text.ts';
import type { StateEvent } from '../../src/state/state.ts';
import { type Address, nodeId, spaceId } from '../../src/tree/identifier.ts';
import type { Place } from '../../src/tree/live.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const address = text.map((written) => `handbook/${written}` as Address);
const node = fc.string({ minLength: 1, maxLength: 8 }).map(nodeId);
const space = fc.string({ minLength: 1, maxLength: 8 }).map(spaceId);
const kind = fc.constantFrom('origin' as const, 'shortcut' as const);

const place: fc.Arbitrary<Place> = fc.record({ space, parent: fc.option(node) });
const stray: fc.Arbitrary<Stray> = fc.record({
  node,
  home: place,
  places: fc.array(place, { maxLength: 3 }),
});
const copied: fc.Arbitrary<Pick<Making & { kind: 'node' }, 'later' | 'brings'>> = fc.record(
  {
    later: fc.array(text, { maxLength: 2 }),
    brings: fc.array(fc.record({ address, parent: address, title: text, type: text }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const page: fc.Arbitrary<Making> = fc
  .tuple(
    fc.record({
      kind: fc.constant('node' as const),
      space,
      parent: fc.option(node),
      title: text,
      type: text,
      nodeKind: kind,
      origin: fc.option(node),
      known: fc.array(node, { maxLength: 3 }),
      creator: fc.option(text, { nil: undefined }),
      since: fc.option(fc.nat(), { nil: undefined }),
    }),
    copied,
  )
  .map(([made, more]) => ({ ...made, ...more }));
const making: fc.Arbitrary<Making> = fc.oneof(
  fc.record<Making & { kind: 'space' }>({
    kind: fc.constant('space'),
    name: text,
    description: text,
    known: fc.array(space, { maxLength: 3 }),
  }),
  page,
);
const step = fc.nat(99).map((number) => `s${number}`);
const intent: fc.Arbitrary<Intent> = fc
  .record({
    step,
    address,
    atMs: fc.nat(),
    making: fc.option(making, { nil: undefined }),
    stray: fc.option(stray, { nil: undefined }),
    ticket: fc.option(text, { nil: undefined }),
  })
  .map(({ stray: away, ticket, ...rest }) => ({
    ...rest,
    ...(away === undefined ? {} : { stray: away }),
    ...(ticket === undefined ? {} : { ticket }),
  }));
const event: fc.Arbitrary<StateEvent> = fc.oneof(
  fc.record({ kind: fc.constant('forget' as const), address }),
  fc.record({
    kind: fc.constant('bind-space' as const),
    address,
    binding: fc.record({ id: space, name: text }),
  }),
  fc.record({
    kind: fc.constant('bind-node' as const),
    address,
    binding: fc.record({
      id: node,
      parent: address,
      title: text,
      type: text,
      kind,
      origin: fc.option(node),
      archived: fc.boolean(),
    }),
  }),
);
const entry: fc.Arbitrary<JournalEntry> = fc.oneof(
  fc.record({
    entry: fc.constant('run' as const),
    onto: text,
    plan: text,
    strays: fc.array(stray, { maxLength: 2 }),
  }),
  fc.record({ entry: fc.constant('intent' as const), intent }),
  fc.record({ entry: fc.constant('failed' as const), step }),
  fc
    .record({
      entry: fc.constant('done' as const),
      step,
      events: fc.array(event, { maxLength: 2 }),
      creator: fc.option(text, { nil: undefined }),
    })
    .map(({ creator, ...rest }) => (creator === undefined ? rest : { ...rest, creator })),
);
const journal = fc.array(entry, { maxLength: 6 });
const printed = (entries: readonly JournalEntry[]): string => entries.map(printEntry).join('');

describe('what was printed', () => {
  test('is read again', () => {
    fc.assert(
      fc.property(journal, (entries) => {
        expect(parseJournal(printed(entries))).toEqual({ kind: 'entries', entries });
      }),
    );
  });

  test('has one line for each entry, whatever titles hold', () => {
    fc.assert(
      fc.property(journal, (entries) => {
        expect(printed(entries).split('\n')).toHaveLength(entries.length + 1);
      }),
    );
  });

  test('and torn at any byte, is read up to the last entry that is whole', () => {
    fc.assert(
      fc.property(journal, entry, fc.nat(), (entries, last, cut) => {
        const line = Buffer.from(printEntry(last));
        const bytes = cut % line.length;
        const torn = Buffer.concat([Buffer.from(printed(entries)), line.subarray(0, bytes)]).toString('utf8');
        // All but the end of the line is the whole entry.
        const isWhole = bytes === line.length - 1;
        expect(parseJournal(torn)).toEqual({
          kind: 'entries',
          entries: isWhole ? [...entries, last] : entries,
        });
      }),
    );
  });
});

describe('what cannot be read', () => {
  const good = printEntry({ entry: 'failed', step: 's1' });

  test('in the middle is named by its line', () => {
    expect(parseJournal(`${good}{"entry":"fai\n${good}`)).toEqual({ kind: 'broken', line: 2 });
    expect(parseJournal(`\n${good}`)).toEqual({ kind: 'broken', line: 1 });
  });

  test.each([
    ['no object', '[]'],
    ['an unknown entry', '{"entry":"maybe","step":"s1"}'],
    ['a run without its plan', '{"entry":"run","onto":"x","strays":[]}'],
    ['a run with half a stray', '{"entry":"run","onto":"x","plan":"y","strays":[{"node":"n","places":[]}]}'],
    ['a step without a name', '{"entry":"failed"}'],
    ['an outcome without events', '{"entry":"done","step":"s1"}'],
    ['an event of an unknown kind', '{"entry":"done","step":"s1","events":[{"kind":"bind","address":"a"}]}'],
    [
      'a binding without an id',
      '{"entry":"done","step":"s1","events":[{"kind":"bind-node","address":"a","binding":{}}]}',
    ],
    ['an intent without a time', '{"entry":"intent","intent":{"step":"s1","address":"a"}}'],
    [
      'an intent that makes what it does not say',
      '{"entry":"intent","intent":{"step":"s1","address":"a","atMs":1,"making":{"kind":"node","known":[]}}}',
    ],
    [
      'a stray without a home',
      '{"entry":"intent","intent":{"step":"s1","address":"a","atMs":1,"stray":{"node":"n","places":[]}}}',
    ],
  ])('%s is broken, or torn where it is the last', (_what, line) => {
    expect(parseJournal(`${line}\n${good}`)).toEqual({ kind: 'broken', line: 1 });
    expect(parseJournal(`${good}${line}`)).toEqual({
      kind: 'entries',
      entries: [{ entry: 'failed', step: 's1' }],
    });
  });
});
