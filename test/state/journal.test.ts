// The state as the sum of what was saved and of the journal that was begun on it.

import { describe, expect, test } from 'vitest';
import {
  foldJournal,
  type Intent,
  type JournalEntry,
  type Making,
  type Stray,
} from '../../src/state/journal.ts';
import { emptyState, type NodeBinding, openBook, type State } from '../../src/state/state.ts';
import { type Address, nodeId, spaceId } from '../../src/tree/identifier.ts';

const at = (text: string): Address => text as Address;
const handbook = spaceId('7');

function binding(id: string, title = 'Page'): NodeBinding {
  return {
    id: nodeId(id),
    parent: at('h'),
    title,
    type: 'docx',
    kind: 'origin',
    origin: null,
    archived: false,
  };
}

function stateOf(...bound: readonly (readonly [string, string])[]): State {
  const book = openBook(emptyState('feishu', 'user'));
  for (const [address, id] of bound)
    book.record({ kind: 'bind-node', address: at(address), binding: binding(id) });
  return book.state;
}

const run = (onto = 'now', strays: readonly Stray[] = []): JournalEntry => ({
  entry: 'run',
  onto,
  plan: 'sha256:plan',
  strays,
});

function page(title: string, creator?: string): Making {
  return {
    kind: 'node',
    space: handbook,
    parent: null,
    title,
    type: 'docx',
    nodeKind: 'origin',
    origin: null,
    known: [],
    creator,
    since: undefined,
  };
}

function intent(
  step: string,
  address: string,
  making?: Making,
  stray?: Stray,
): JournalEntry & { entry: 'intent' } {
  const told: Intent = { step, address: at(address), atMs: 1, making };
  return { entry: 'intent', intent: stray === undefined ? told : { ...told, stray } };
}

const done = (step: string, address?: string, id = 'n1', creator?: string): JournalEntry => ({
  entry: 'done',
  step,
  events: address === undefined ? [] : [{ kind: 'bind-node', address: at(address), binding: binding(id) }],
  creator,
});

const bindingsOf = ({ nodes }: State): Record<string, string> =>
  Object.fromEntries([...nodes].map(([address, { id }]) => [address, id]));

describe('a journal that was begun on this state', () => {
  test('none at all leaves nothing unfinished', () => {
    expect(foldJournal(stateOf(['h/a', 'n1']), 'now', [])).toEqual({
      state: stateOf(['h/a', 'n1']),
      unfinished: undefined,
    });
  });

  test('adds what was done, rebinding what it rebound', () => {
    const entries = [run(), intent('s0', 'h/b', page('b')), done('s0', 'h/b', 'n2'), done('s1', 'h/a', 'n3')];
    const { state, unfinished } = foldJournal(stateOf(['h/a', 'n1']), 'now', entries);
    expect(bindingsOf(state)).toEqual({ 'h/a': 'n3', 'h/b': 'n2' });
    expect(unfinished).toEqual({ plan: 'sha256:plan', open: [], strays: [] });
  });

  test('leaves open what has no outcome, and only what makes something', () => {
    const made = intent('s0', 'h/a', page('a'));
    const entries = [
      run(),
      made,
      intent('s1', 'h/b', page('b')),
      intent('s2', 'h/c'),
      { entry: 'failed', step: 's1' } as const,
    ];
    expect(foldJournal(stateOf(), 'now', entries).unfinished?.open).toEqual([made.intent]);
  });

  test('leaves open what was being made again at an address that is bound', () => {
    const again = intent('s0', 'h/a', page('a'));
    expect(foldJournal(stateOf(['h/a', 'gone']), 'now', [run(), again]).unfinished?.open).toEqual([
      again.intent,
    ]);
  });

  test('tells the first steps who makes pages, once a later answer told', () => {
    const entries = [
      run(),
      intent('s0', 'h/a', page('a')),
      intent('s1', 'h/b', page('b')),
      done('s1', 'h/b', 'n2', 'ou_us'),
    ];
    const [open] = foldJournal(stateOf(), 'now', entries).unfinished?.open ?? [];
    expect(open?.making).toMatchObject({ title: 'a', creator: 'ou_us' });
  });

  test('takes a space for made once it is bound', () => {
    const making: Making = { kind: 'space', name: 'H', description: '', known: [] };
    const bound = {
      entry: 'done',
      step: 's9',
      events: [{ kind: 'bind-space', address: at('h'), binding: { id: handbook, name: 'H' } }],
    } as const;
    expect(foldJournal(stateOf(), 'now', [run(), intent('s0', 'h', making)]).unfinished?.open).toHaveLength(
      1,
    );
    expect(foldJournal(stateOf(), 'now', [run(), intent('s0', 'h', making), bound]).unfinished?.open).toEqual(
      [],
    );
  });
});

describe('a journal that is older than the state', () => {
  test('adds only pages and addresses that the state knows nothing of', () => {
    const entries = [
      run('before'),
      done('s0', 'h/a', 'n9'),
      done('s1', 'h/c', 'n2'),
      done('s2', 'h/d', 'n4'),
    ];
    const { state } = foldJournal(stateOf(['h/a', 'n1'], ['h/b', 'n2']), 'now', entries);
    expect(bindingsOf(state)).toEqual({ 'h/a': 'n1', 'h/b': 'n2', 'h/d': 'n4' });
  });

  test('forgets nothing', () => {
    const forget = { entry: 'done', step: 's0', events: [{ kind: 'forget', address: at('h/a') }] } as const;
    expect(bindingsOf(foldJournal(stateOf(['h/a', 'n1']), 'now', [run('before'), forget]).state)).toEqual({
      'h/a': 'n1',
    });
    expect(bindingsOf(foldJournal(stateOf(['h/a', 'n1']), 'now', [run(), forget]).state)).toEqual({});
  });

  test('asks only for addresses that are bound to nothing', () => {
    const entries = [run('before'), intent('s0', 'h/a', page('a')), intent('s1', 'h/b', page('b'))];
    const { unfinished } = foldJournal(stateOf(['h/a', 'n1']), 'now', entries);
    expect(unfinished?.open.map(({ address }) => address)).toEqual(['h/b']);
  });
});

describe('undeclared pages that make way', () => {
  const home = { space: handbook, parent: nodeId('home') };
  const shelter = { space: handbook, parent: null };
  const parked: Stray = { node: nodeId('u1'), home, places: [shelter] };
  const back: Stray = { ...parked, places: [shelter, home] };
  const straysAfter = (...entries: readonly JournalEntry[]): readonly Stray[] | undefined =>
    foldJournal(stateOf(), 'now', entries).unfinished?.strays;

  test('are away from the intent on', () => {
    expect(straysAfter(run(), intent('s0', 'h/u', undefined, parked))).toEqual([parked]);
    expect(straysAfter(run(), intent('s0', 'h/u', undefined, parked), done('s0'))).toEqual([parked]);
  });

  test('are home only once they have arrived', () => {
    const begun = [
      run(),
      intent('s0', 'h/u', undefined, parked),
      done('s0'),
      intent('s1', 'h/u', undefined, back),
    ];
    expect(straysAfter(...begun)).toEqual([back]);
    expect(straysAfter(...begun, done('s1'))).toEqual([]);
  });

  test('are handed on from run to run', () => {
    expect(straysAfter(run('now', [parked]))).toEqual([parked]);
  });
});
