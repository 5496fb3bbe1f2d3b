// A space read whole: everything in it, each parent listed once.

import { expect, test } from 'vitest';
import { hideNode } from '../../src/provider/emulator/person.ts';
import { readWhole } from '../../src/survey/whole.ts';
import { nodeId, spaceId } from '../../src/tree/identifier.ts';
import { onStage, type Stage, tally } from '../property/stage.ts';

const wiki = [
  {
    name: 'Handbook',
    nodes: ['Welcome', { title: 'Apollo', children: ['Goals', { title: 'Minutes', children: ['Monday'] }] }],
  },
  { name: 'Other', nodes: ['Elsewhere'] },
];

const titlesIn = (live: { nodes: ReadonlyMap<string, { title: string }> }): string[] =>
  [...live.nodes.values()].map(({ title }) => title).sort();

const idOf = ({ world }: Stage, title: string): string =>
  [...world.nodes.values()].find((node) => node.title === title)?.id ?? '';

test('all pages are seen, with one call for the space and one for each parent', async () => {
  await onStage({ spaces: wiki, pageSize: 50 }, async (stage) => {
    const space = spaceId(stage.world.spaces[0]?.id ?? '');
    const { live, readCalls } = await readWhole({ spaces: [space], provider: stage.provider });
    expect(titlesIn(live)).toEqual(['Apollo', 'Goals', 'Minutes', 'Monday', 'Welcome']);
    expect(tally(stage.asked())).toEqual({ 'get-space': 1, 'list-nodes': 3 });
    expect(readCalls).toBe(4);
  });
});

test('a depth leaves the lower levels unread', async () => {
  await onStage({ spaces: wiki, pageSize: 50 }, async (stage) => {
    const space = spaceId(stage.world.spaces[0]?.id ?? '');
    const { live } = await readWhole({ spaces: [space], depth: 2, provider: stage.provider });
    expect(titlesIn(live)).toEqual(['Apollo', 'Goals', 'Minutes', 'Welcome']);
    expect(tally(stage.asked())).toEqual({ 'get-space': 1, 'list-nodes': 2 });
  });
});

test('what is gone or hidden is said, and the rest is read', async () => {
  await onStage({ spaces: wiki, pageSize: 50 }, async (stage) => {
    const space = spaceId(stage.world.spaces[0]?.id ?? '');
    const minutes = nodeId(idOf(stage, 'Minutes'));
    hideNode(stage.world, minutes, ['user']);
    const nowhere = spaceId('7000000000000000000');
    const { live } = await readWhole({ spaces: [space, nowhere], provider: stage.provider });
    expect(live.goneSpaces).toContain(nowhere);
    expect(titlesIn(live)).not.toContain('Monday');
    expect(titlesIn(live)).toContain('Goals');
  });
});
