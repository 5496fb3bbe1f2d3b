import { describe, expect, test } from 'vitest';
import { outlineOf } from '../../../src/provider/emulator/outline.ts';
import { addPage, contentOf, deleteSubtree, writeContent } from '../../../src/provider/emulator/person.ts';
import { spaceOf, type World } from '../../../src/provider/emulator/world.ts';
import { app, at, away, copy, create, done, home, move, refusal, smallWorld } from './worlds.ts';

const outline = (world: World, space = home) => outlineOf(world, space);

describe('ids', () => {
  test('look like the vendor’s', () => {
    const world = smallWorld([]);
    const result = done(world, create({ type: 'sheet' }));
    expect(result.kind === 'node' && result.node.id).toMatch(/^wikcn[A-Za-z0-9]{22}$/);
    expect(result.kind === 'node' && result.node.document).toMatch(/^shtcn[A-Za-z0-9]{22}$/);
    const user = { kind: 'user', id: 'ou_a' } as const;
    const made = done(world, { kind: 'create-space', name: 'S', description: '', sharing: 'closed' }, user);
    expect(made.kind === 'space' && made.space.id).toMatch(/^7\d{18}$/);
  });

  test('are the same for the same seed, and never the same twice', () => {
    const ids = () => {
      const world = smallWorld(Array.from({ length: 500 }, (_, index) => `Page ${index}`));
      return [...world.nodes.keys(), ...world.documents.keys()];
    };
    expect(ids()).toEqual(ids());
    expect(new Set(ids()).size).toBe(1000);
  });
});

describe('creating', () => {
  test('puts pages last, titles repeated or blank', () => {
    const world = smallWorld(['A']);
    done(world, create({ title: 'A' }));
    done(world, create({ title: undefined }));
    done(world, create({ parent: at(world, 'A'), title: 'Below', type: 'bitable' }));
    expect(outline(world)).toEqual(['A', '  Below (bitable)', 'A', '']);
  });

  test('refuses types that nothing new is made of', () => {
    const world = smallWorld([]);
    expect(refusal(world, create({ type: 'doc' }))).toBe('retired');
    expect(refusal(world, create({ type: 'file' }))).toBe('invalid');
    expect(outline(world)).toEqual([]);
  });

  test('refuses parents that are not there, elsewhere, or shortcuts', () => {
    const world = smallWorld([
      { title: 'A', id: 'a' },
      { title: 'To A', id: 's', shortcut: 'a' },
    ]);
    expect(refusal(world, create({ parent: 'wikcnNobody' }))).toBe('not-found');
    expect(refusal(world, create({ space: away, parent: 'a' }))).toBe('not-found');
    expect(refusal(world, create({ space: 'nowhere' }))).toBe('not-found');
    expect(refusal(world, create({ parent: 's' }))).toBe('invalid');
  });
});

describe('shortcuts', () => {
  test('share their origin’s document and take its title', () => {
    const world = smallWorld([{ title: 'Old', id: 'old', type: 'doc' }]);
    const result = done(world, create({ type: 'doc', origin: 'old', title: undefined }));
    const origin = world.nodes.get('old');
    expect(result).toMatchObject({ node: { kind: 'shortcut', origin: 'old', title: 'Old' } });
    expect(result.kind === 'node' && result.node.document).toBe(origin?.document);
    expect(world.documents.size).toBe(1);
  });

  test('do not point to shortcuts, to other types, or to nothing', () => {
    const world = smallWorld([
      { title: 'A', id: 'a' },
      { title: 'To A', id: 's', shortcut: 'a' },
    ]);
    expect(refusal(world, create({ origin: 's' }))).toBe('invalid');
    expect(refusal(world, create({ origin: 'a', type: 'sheet' }))).toBe('invalid');
    expect(refusal(world, create({ origin: 'wikcnNobody' }))).toBe('not-found');
    expect(refusal(world, copy('s', { targetSpace: home }))).toBe('invalid');
  });

  test('outlive their origin', () => {
    const world = smallWorld([
      { title: 'A', id: 'a' },
      { title: 'To A', id: 's', shortcut: 'a' },
    ]);
    deleteSubtree(world, 'a');
    expect(outline(world)).toEqual(['To A -> a']);
    expect(done(world, { kind: 'get-node', token: 's', type: 'wiki' })).toMatchObject({
      node: { origin: 'a' },
    });
  });
});

describe('copying', () => {
  test('copies the page and its content, and nothing below it', () => {
    const world = smallWorld([{ title: 'A', id: 'a', content: 'hello', children: ['Below'] }]);
    const result = done(world, copy('a', { targetSpace: away }));
    const made = result.kind === 'node' ? result.node : undefined;
    expect(outline(world, away)).toEqual(['A']);
    expect(contentOf(world, made?.id ?? '')).toBe('hello');
    writeContent(world, 'a', 'changed');
    expect(contentOf(world, made?.id ?? '')).toBe('hello');
    expect(made?.document).not.toBe(world.nodes.get('a')?.document);
  });

  test('keeps the title, changes it, or leaves it blank', () => {
    const world = smallWorld([{ title: 'A', id: 'a' }]);
    done(world, copy('a', { targetParent: 'a' }));
    done(world, copy('a', { targetParent: 'a', title: 'B' }));
    done(world, copy('a', { targetParent: 'a', title: '' }));
    expect(outline(world)).toEqual(['A', '  A', '  B', '  ']);
  });

  test('refuses to copy to nowhere, or to two places', () => {
    const world = smallWorld([{ title: 'A', id: 'a' }]);
    expect(refusal(world, copy('a'))).toBe('invalid');
    expect(refusal(world, copy('a', { targetParent: 'a', targetSpace: away }))).toBe('not-found');
    expect(refusal(world, copy('a', { space: away, targetSpace: home }))).toBe('not-found');
  });
});

describe('moving', () => {
  test('carries all below along, ids and content too, even into another space', () => {
    const world = smallWorld([
      { title: 'A', id: 'a', children: [{ title: 'B', id: 'b', content: 'b', children: ['C'] }] },
    ]);
    done(world, move('b', { targetSpace: away }));
    expect(outline(world)).toEqual(['A']);
    expect(outline(world, away)).toEqual(['B', '  C']);
    expect(contentOf(world, 'b')).toBe('b');
    expect([spaceOf(world, home).nodeCount, spaceOf(world, away).nodeCount]).toEqual([1, 2]);
  });

  test('puts a page last, also among the siblings it had', () => {
    const world = smallWorld(['A', 'B', 'C']);
    done(world, move(at(world, 'A'), { targetSpace: home }));
    expect(outline(world)).toEqual(['B', 'C', 'A']);
  });

  test('refuses to go below itself or below a shortcut', () => {
    const world = smallWorld([
      { title: 'A', id: 'a', children: [{ title: 'B', id: 'b' }] },
      { title: 'To A', id: 's', shortcut: 'a' },
    ]);
    expect(refusal(world, move('a', { targetParent: 'b' }))).toBe('impossible');
    expect(refusal(world, move('a', { targetParent: 'a' }))).toBe('impossible');
    expect(refusal(world, move('b', { targetParent: 's' }))).toBe('invalid');
    expect(outline(world)).toEqual(['A', '  B', 'To A -> a']);
  });
});

describe('renaming', () => {
  const rename = (node: string) => ({ kind: 'rename-node', space: home, node, title: 'New' }) as const;

  test('is for documents and shortcuts', () => {
    const world = smallWorld([
      { title: 'A', id: 'a' },
      { title: 'B', id: 'b', type: 'doc' },
      { title: 'C', id: 'c', type: 'sheet' },
      { title: 'To C', id: 's', shortcut: 'c' },
    ]);
    for (const node of ['a', 'b', 's']) done(world, rename(node));
    expect(refusal(world, rename('c'))).toBe('invalid');
    expect(outline(world)).toEqual(['New', 'New (doc)', 'C (sheet)', 'New (sheet) -> c']);
  });
});

describe('limits', () => {
  test('of children hold for creating, copying and moving', () => {
    const world = smallWorld(
      [
        { title: 'A', id: 'a', children: ['1', '2'] },
        { title: 'B', id: 'b' },
      ],
      {
        children: 2,
      },
    );
    expect(refusal(world, create({ parent: 'a' }))).toBe('limit');
    expect(refusal(world, copy('b', { targetParent: 'a' }))).toBe('limit');
    expect(refusal(world, move('b', { targetParent: 'a' }))).toBe('limit');
    expect(refusal(world, create())).toBe('limit');
    done(world, move(at(world, 'A', '1'), { targetParent: 'a' }));
    expect(outline(world)).toEqual(['A', '  2', '  1', 'B']);
  });

  test('of depth hold for all that a move carries', () => {
    const world = smallWorld(
      [
        { title: 'A', id: 'a', children: [{ title: 'B', id: 'b' }] },
        { title: 'C', id: 'c', children: [{ title: 'D', id: 'd' }] },
      ],
      { depth: 3 },
    );
    expect(refusal(world, move('c', { targetParent: 'b' }))).toBe('limit');
    done(world, move('c', { targetParent: 'a' }));
    expect(refusal(world, create({ parent: 'd' }))).toBe('limit');
    expect(refusal(world, copy('a', { targetParent: 'd' }))).toBe('limit');
  });

  test('of depth hold where a move begins, too', () => {
    const world = smallWorld(['A'], { depth: 2 });
    const b = addPage(world, { parent: at(world, 'A') }, { title: 'B' });
    const c = addPage(world, { parent: b }, { title: 'C' });
    expect(refusal(world, move(c, { targetSpace: home }))).toBe('limit');
  });

  test('of nodes hold for the space that nodes come into', () => {
    const world = smallWorld([{ title: 'A', id: 'a', children: ['B', 'C'] }], { nodes: 3 });
    expect(refusal(world, create())).toBe('limit');
    expect(refusal(world, copy('a', { targetSpace: home }))).toBe('limit');
    done(world, create({ space: away }));
    expect(refusal(world, move('a', { targetSpace: away }))).toBe('limit');
    done(world, move(at(world, 'A', 'C'), { targetSpace: home }));
  });

  test('of nodes per move count the node and all below it', () => {
    const world = smallWorld([{ title: 'A', id: 'a', children: ['B', { title: 'C', children: ['D'] }] }], {
      nodesPerMove: 3,
    });
    expect(refusal(world, move('a', { targetSpace: away }))).toBe('limit');
    expect(refusal(world, move('a', { targetSpace: home }))).toBe('limit');
    deleteSubtree(world, at(world, 'A', 'B'));
    done(world, move('a', { targetSpace: away }), app);
  });

  test('are the vendor’s unless told', () => {
    const parents = Array.from({ length: 2001 }, () => 0);
    const titles = parents.map((_, index) => `Page ${index}`);
    const world = smallWorld([], {}, { flat: { titles, parents: [-1, ...parents.slice(1)] } });
    expect(refusal(world, create({ parent: at(world, 'Page 0') }))).toBe('limit');
    expect(refusal(world, move(at(world, 'Page 0'), { targetSpace: away }))).toBe('limit');
  });
});
