// What came of an intent without an outcome: the rules of `recover`, one table each.

import { describe, expect, test } from 'vitest';
import type { Intent, Making } from '../../src/state/journal.ts';
import { type Finding, recover } from '../../src/state/recover.ts';
import { startSightings } from '../../src/survey/sightings.ts';
import { type Address, nodeId, spaceId } from '../../src/tree/identifier.ts';
import type { LiveNode, LiveSpace, LiveTree } from '../../src/tree/live.ts';

const space = spaceId('7');
const minute = 60;
/** Unix seconds by the vendor's clock, when the intent was written. */
const now = 1_770_000_000;

type Page = Making & { readonly kind: 'node' };

const making: Page = {
  kind: 'node',
  space,
  parent: nodeId('parent'),
  title: 'Goals',
  type: 'docx',
  nodeKind: 'origin',
  origin: null,
  known: [],
  creator: 'ou_us',
  since: now - 5 * minute,
};

function page(id: string, parts: Partial<LiveNode> = {}): LiveNode {
  return {
    id: nodeId(id),
    space,
    parent: nodeId('parent'),
    title: 'Goals',
    type: 'docx',
    kind: 'origin',
    origin: null,
    hasChildren: false,
    createdAt: now,
    creator: 'ou_us',
    ...parts,
  };
}

function treeOf(pages: readonly LiveNode[], spaces: readonly LiveSpace[] = []): LiveTree {
  const sightings = startSightings();
  sightings.addAllSpaces({ spaces, nodes: [], pages: 1 });
  sightings.addNode({ spaces: [], nodes: pages, pages: 1 });
  return sightings.tree;
}

const intentOf = (made: Making | undefined): Intent => ({
  step: 's1',
  address: 'h/Goals' as Address,
  atMs: now * 1000,
  making: made,
});

function find(pages: readonly LiveNode[], parts: Partial<Page> = {}, taken: readonly string[] = []): Finding {
  return recover(intentOf({ ...making, ...parts }), treeOf(pages), (id) => taken.includes(id));
}

/** `made n1`, `unclear n1 n2`, `not-made`. */
function told(finding: Finding): string {
  switch (finding.kind) {
    case 'space':
      return `${finding.was} ${finding.space.id}`;
    case 'node':
      return `${finding.was} ${finding.node.id}`;
    case 'unclear':
      return ['unclear', ...finding.ids].join(' ');
    case 'not-made':
      return finding.kind;
  }
}

const elsewhere = { parent: nodeId('other') };
const renamed = { title: 'Aims' };

interface Case {
  readonly what: string;
  readonly pages: readonly LiveNode[];
  readonly parts?: Partial<Page>;
  readonly taken?: readonly string[];
  readonly expected: string;
}

const check = ({ pages, parts, taken, expected }: Case): void => {
  expect(told(find(pages, parts, taken))).toBe(expected);
};

describe('rule 1: the only one in its place with its title', () => {
  const cases: readonly Case[] = [
    { what: 'is ours', pages: [page('n1')], expected: 'made n1' },
    {
      what: 'is ours though nobody knows who makes pages',
      pages: [page('n1')],
      parts: { creator: undefined },
      expected: 'made n1',
    },
    {
      what: 'is ours though the vendor tells nothing',
      pages: [page('n1', { createdAt: undefined, creator: undefined })],
      expected: 'made n1',
    },
    {
      what: 'goes before one that was renamed',
      pages: [page('n1'), page('n2', renamed)],
      expected: 'made n1',
    },
    {
      what: 'is ours under the title that the next step gives it, beside another of its first title elsewhere',
      pages: [page('n1', renamed), page('n2', elsewhere)],
      parts: { later: ['Aims'], creator: undefined },
      expected: 'made n1',
    },
    {
      what: 'goes before one that was moved',
      pages: [page('n1'), page('n2', elsewhere)],
      expected: 'made n1',
    },
    {
      what: 'at the top level',
      pages: [page('n1', { parent: null })],
      parts: { parent: null },
      expected: 'made n1',
    },
    {
      what: 'is not ours if somebody else made it',
      pages: [page('n1', { creator: 'ou_other' })],
      expected: 'not-made',
    },
    {
      what: 'is not ours if it was there before',
      pages: [page('n1')],
      parts: { known: [nodeId('n1')] },
      expected: 'not-made',
    },
    { what: 'is not ours if the state binds it', pages: [page('n1')], taken: ['n1'], expected: 'not-made' },
    {
      what: 'is not ours if it is of another type',
      pages: [page('n1', { type: 'sheet' })],
      expected: 'not-made',
    },
    {
      what: 'is ours of any type where a copy does not tell it',
      pages: [page('n1', { type: 'sheet' })],
      parts: { type: '' },
      expected: 'made n1',
    },
    {
      what: 'is not ours if it is a shortcut',
      pages: [page('n1', { kind: 'shortcut', origin: nodeId('o') })],
      expected: 'not-made',
    },
  ];
  test.each(cases)('$what', check);

  test('a shortcut is ours if it leads to the same page', () => {
    const parts: Partial<Page> = { nodeKind: 'shortcut', origin: nodeId('o') };
    const shortcut = (origin: string): LiveNode => page('n1', { kind: 'shortcut', origin: nodeId(origin) });
    expect(told(find([shortcut('o')], parts))).toBe('made n1');
    expect(told(find([shortcut('p')], parts))).toBe('not-made');
  });
});

describe('rules 2 and 3: none there, but one that was renamed or moved', () => {
  const cases: readonly Case[] = [
    { what: 'renamed in its place', pages: [page('n1', renamed)], expected: 'renamed n1' },
    { what: 'moved under its title', pages: [page('n1', elsewhere)], expected: 'moved n1' },
    {
      what: 'not one that was renamed and moved',
      pages: [page('n1', { ...renamed, ...elsewhere })],
      expected: 'not-made',
    },
    {
      what: 'not one of somebody else',
      pages: [page('n1', { ...renamed, creator: 'ou_other' })],
      expected: 'not-made',
    },
    {
      what: 'doubt where nobody knows who makes pages',
      pages: [page('n1', renamed)],
      parts: { creator: undefined },
      expected: 'unclear n1',
    },
    {
      what: 'doubt where the vendor does not tell who made it',
      pages: [page('n1', { ...elsewhere, creator: undefined })],
      expected: 'unclear n1',
    },
    {
      what: 'doubt where it does not tell when',
      pages: [page('n1', { ...renamed, createdAt: undefined })],
      expected: 'unclear n1',
    },
    {
      what: 'doubt where it came hours later',
      pages: [page('n1', { ...renamed, createdAt: now + 120 * minute })],
      expected: 'unclear n1',
    },
  ];
  test.each(cases)('$what', check);
});

describe('rule 4: none anywhere', () => {
  const cases: readonly Case[] = [
    { what: 'nothing was seen', pages: [], expected: 'not-made' },
    {
      what: 'only other pages were seen',
      pages: [page('n1', { ...elsewhere, ...renamed })],
      expected: 'not-made',
    },
  ];
  test.each(cases)('$what', check);

  test('of a move or a rename there is nothing to find', () => {
    expect(told(recover(intentOf(undefined), treeOf([page('n1')]), () => false))).toBe('not-made');
  });
});

describe('rule 5: several', () => {
  const cases: readonly Case[] = [
    { what: 'in its place with its title', pages: [page('n2'), page('n1')], expected: 'unclear n1 n2' },
    {
      what: 'renamed',
      pages: [page('n1', renamed), page('n2', { title: 'Ends' })],
      expected: 'unclear n1 n2',
    },
    {
      what: 'one renamed and one moved',
      pages: [page('n1', renamed), page('n2', elsewhere)],
      expected: 'unclear n1 n2',
    },
    {
      what: 'but one of them is known',
      pages: [page('n1', renamed), page('n2', elsewhere)],
      parts: { known: [nodeId('n2')] },
      expected: 'renamed n1',
    },
  ];
  test.each(cases)('$what', check);
});

describe('when it was made', () => {
  const aged = (seconds: number): LiveNode[] => [page('n1', { createdAt: now + seconds })];
  const cases: readonly Case[] = [
    { what: 'after the youngest page that was seen before', pages: aged(-4 * minute), expected: 'made n1' },
    {
      what: 'a little before it, by another machine’s clock',
      pages: aged(-5.5 * minute),
      expected: 'made n1',
    },
    { what: 'well before it: not ours', pages: aged(-7 * minute), expected: 'not-made' },
    {
      what: 'long before the intent, by a vendor’s clock that is behind',
      pages: aged(-300 * minute),
      parts: { since: now - 301 * minute },
      expected: 'made n1',
    },
    {
      what: 'no page told a time before: a clock may be ten minutes behind',
      pages: aged(-9 * minute),
      parts: { since: undefined },
      expected: 'made n1',
    },
    { what: 'and not more', pages: aged(-11 * minute), parts: { since: undefined }, expected: 'not-made' },
  ];
  test.each(cases)('$what', check);
});

describe('a space', () => {
  const named = (id: string, name: string, description = ''): LiveSpace => ({
    id: spaceId(id),
    name,
    description,
    sharing: 'closed',
    visibility: 'private',
  });
  const cases: readonly {
    what: string;
    spaces: readonly LiveSpace[];
    description?: string;
    expected: string;
  }[] = [
    { what: 'of its name is ours', spaces: [named('1', 'H'), named('2', 'Other', 'us')], expected: 'made 1' },
    {
      what: 'of its name, twice: doubt',
      spaces: [named('1', 'H'), named('2', 'H')],
      expected: 'unclear 1 2',
    },
    {
      what: 'of its description was renamed',
      spaces: [named('1', 'G', 'us')],
      description: 'us',
      expected: 'renamed 1',
    },
    {
      what: 'of its description, twice: doubt',
      spaces: [named('1', 'G', 'us'), named('2', 'F', 'us')],
      description: 'us',
      expected: 'unclear 1 2',
    },
    {
      what: 'without a description, as ours has none: doubt',
      spaces: [named('1', 'G')],
      expected: 'unclear 1',
    },
    { what: 'of another description is not ours', spaces: [named('1', 'G', 'them')], expected: 'not-made' },
    { what: 'that was there before is not ours', spaces: [named('known', 'H')], expected: 'not-made' },
    { what: 'that the state binds is not ours', spaces: [named('taken', 'H')], expected: 'not-made' },
  ];
  test.each(cases)('$what', ({ spaces, description = '', expected }) => {
    const made: Making = { kind: 'space', name: 'H', description, known: [spaceId('known')] };
    expect(told(recover(intentOf(made), treeOf([], spaces), (id) => id === 'taken'))).toBe(expected);
  });
});
