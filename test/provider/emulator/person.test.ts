import { describe, expect, test } from 'vitest';
import { findPage, outlineOf } from '../../../src/provider/emulator/outline.ts';
import * as person from '../../../src/provider/emulator/person.ts';
import { seedWorld } from '../../../src/provider/emulator/seed.ts';
import { feishuRules } from '../../../src/provider/emulator/server.ts';
import { spaceOf } from '../../../src/provider/emulator/world.ts';
import { at, away, home, smallWorld } from './worlds.ts';

describe('a person', () => {
  test('adds pages and shortcuts past every limit', () => {
    const world = smallWorld(['A'], { children: 1, depth: 1, nodes: 1 });
    const sheet = person.addPage(
      world,
      { parent: at(world, 'A') },
      { title: 'S', type: 'sheet', content: 'x' },
    );
    person.addPage(world, { space: home }, { title: 'To S', origin: sheet });
    expect(outlineOf(world, home)).toEqual(['A', '  S (sheet)', `To S (sheet) -> ${sheet}`]);
    expect(person.contentOf(world, at(world, 'To S'))).toBe('x');
    expect(spaceOf(world, home).nodeCount).toBe(3);
  });

  test('renames anything, and writes', () => {
    const world = smallWorld([{ title: 'S', id: 's', type: 'sheet' }]);
    person.renamePage(world, 's', 'T', 5_000);
    person.writeContent(world, 's', 'new', 9_000);
    expect(outlineOf(world, home)).toEqual(['T (sheet)']);
    expect(person.contentOf(world, 's')).toBe('new');
    expect([...world.documents.values()].map((document) => document.editedAtMs)).toEqual([9_000]);
  });

  test('drags between parents and spaces, but not below itself', () => {
    const world = smallWorld([{ title: 'A', children: [{ title: 'B', children: ['C'] }] }], {
      nodesPerMove: 1,
    });
    const b = at(world, 'A', 'B');
    expect(() => person.dragNode(world, b, { parent: at(world, 'A', 'B', 'C') })).toThrow(/below itself/);
    person.dragNode(world, b, { space: away });
    expect(outlineOf(world, away)).toEqual(['B', '  C']);
    person.dragNode(world, b, { parent: at(world, 'A') });
    expect(outlineOf(world, home)).toEqual(['A', '  B', '    C']);
    expect(spaceOf(world, away).nodeCount).toBe(0);
  });

  test('deletes a page with all below it', () => {
    const world = smallWorld([{ title: 'A', children: [{ title: 'B', children: ['C'] }] }]);
    person.deleteSubtree(world, at(world, 'A', 'B'));
    expect(outlineOf(world, home)).toEqual(['A']);
    expect([world.nodes.size, world.documents.size, spaceOf(world, home).nodeCount]).toEqual([1, 1, 1]);
  });

  test('changes what a space is called and who reads it', () => {
    const world = smallWorld([]);
    person.changeSpace(world, home, { name: 'New', sharing: 'open', visibility: 'public' });
    expect(spaceOf(world, home)).toMatchObject({ name: 'New', sharing: 'open', visibility: 'public' });
  });
});

describe('a seed', () => {
  test('plants a large space from flat arrays', () => {
    const count = 20_000;
    const titles = Array.from({ length: count }, (_, index) => `Page ${index}`);
    const parents = titles.map((_, index) => (index < 10 ? -1 : Math.floor((index - 10) / 100)));
    const world = seedWorld([{ id: home, name: 'Large', flat: { titles, parents } }], {
      rules: feishuRules(),
    });
    expect(world.nodes.size).toBe(count);
    expect(findPage(world, home, 'Page 1', 'Page 110')).toBeDefined();
    expect(findPage(world, home, 'Page 2', 'Page 110')).toBe(undefined);
  });

  test('refuses a parent that does not stand earlier', () => {
    const flat = { titles: ['A'], parents: [3] };
    expect(() => seedWorld([{ name: 'Bad', flat }], { rules: feishuRules() })).toThrow(/earlier page 3/);
  });
});
