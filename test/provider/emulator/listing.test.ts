import { describe, expect, test } from 'vitest';
import { deleteSubtree, dragNode } from '../../../src/provider/emulator/person.ts';
import { seedWorld } from '../../../src/provider/emulator/seed.ts';
import { feishuRules } from '../../../src/provider/emulator/server.ts';
import { app, at, done, home, list, pages, refusal, smallWorld, user } from './worlds.ts';

const letters = ['A', 'B', 'C', 'D', 'E'];

function firstToken(world: ReturnType<typeof smallWorld>, parent?: string): string | undefined {
  const result = done(world, list(parent, 2));
  return result.kind === 'nodes' ? result.next : undefined;
}

describe('paging', () => {
  test('goes through all siblings in the order they came', () => {
    const world = smallWorld(letters);
    expect(pages(world, undefined, 2)).toEqual([['A', 'B'], ['C', 'D'], ['E']]);
    expect(pages(world, undefined, 5)).toEqual([letters]);
  });

  test('goes through 2,000 siblings', () => {
    const titles = Array.from({ length: 2000 }, (_, index) => `Page ${index}`);
    const world = smallWorld(titles);
    const found = pages(world, undefined, 50);
    expect(found.length).toBe(40);
    expect(found.flat()).toEqual(titles);
  });

  test('shuffles siblings by seed where told, each still once', () => {
    const titles = Array.from({ length: 50 }, (_, index) => `Page ${index}`);
    const order = (seed: number) => {
      const rules = feishuRules({}, 'shuffled');
      return pages(
        seedWorld([{ id: home, name: 'Home', nodes: titles }], { rules, seed }),
        undefined,
        7,
      ).flat();
    };
    expect(order(1)).not.toEqual(titles);
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
    expect(order(1).toSorted()).toEqual(titles.toSorted());
  });

  test('is not thrown off by siblings that come and go', () => {
    const world = smallWorld(letters);
    const token = firstToken(world);
    deleteSubtree(world, at(world, 'A'));
    dragNode(world, at(world, 'B'), { space: home });
    expect(done(world, list(undefined, 5, token))).toMatchObject({
      nodes: [{ title: 'C' }, { title: 'D' }, { title: 'E' }, { title: 'B' }],
    });
  });

  test('refuses tokens of other queries and made-up ones', () => {
    const world = smallWorld([...letters, { title: 'Top', id: 'top', children: letters }]);
    const token = firstToken(world);
    expect(refusal(world, list('top', 2, token))).toBe('invalid');
    expect(refusal(world, list(undefined, 2, token), user)).toBe('invalid');
    expect(refusal(world, list(undefined, 2, 'MS4y'))).toBe('invalid');
    expect(refusal(world, list(undefined, 2, '?'))).toBe('invalid');
    done(world, list(undefined, 4, token), app);
  });
});
