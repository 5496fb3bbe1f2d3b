import { describe, expect, test } from 'vitest';
import { changeSpace, dragNode, hideNode } from '../../../src/provider/emulator/person.ts';
import { addMember, spaceOf } from '../../../src/provider/emulator/world.ts';
import {
  app,
  at,
  away,
  copy,
  create,
  done,
  home,
  list,
  move,
  pages,
  refusal,
  smallWorld,
  user,
} from './worlds.ts';

const getNode = (token: string) => ({ kind: 'get-node', token, type: 'wiki' }) as const;
const getSpace = { kind: 'get-space', space: home } as const;
const listSpaces = { kind: 'list-spaces', page: { size: 50, token: undefined } } as const;

describe('spaces', () => {
  test('are seen by members only', () => {
    const world = smallWorld(['A'], {}, { members: [{ type: 'openid', id: user.id, role: 'member' }] });
    expect(refusal(world, getSpace)).toBe('forbidden');
    expect(refusal(world, getNode(at(world, 'A')))).toBe('forbidden');
    expect(refusal(world, list())).toBe('forbidden');
    expect(done(world, listSpaces)).toMatchObject({ spaces: [{ id: away }] });
    expect(done(world, listSpaces, user)).toMatchObject({ spaces: [{ id: home }, { id: away }] });
    addMember(world, spaceOf(world, home), { type: 'appid', id: app.id, role: 'member' });
    expect(done(world, getSpace)).toMatchObject({ space: { id: home } });
  });

  test('that are public are read by all and written by members', () => {
    const world = smallWorld([{ title: 'A', id: 'a' }], {}, { members: [] });
    changeSpace(world, home, { visibility: 'public' });
    expect(pages(world, undefined, 50)).toEqual([['A']]);
    expect(refusal(world, create())).toBe('forbidden');
    expect(refusal(world, create({ parent: 'a' }))).toBe('forbidden');
    expect(refusal(world, move('a', { targetSpace: away }))).toBe('forbidden');
    expect(refusal(world, { kind: 'rename-node', space: home, node: 'a', title: 'B' })).toBe('forbidden');
    done(world, copy('a', { targetSpace: away }));
  });

  test('belong to whoever makes them', () => {
    const world = smallWorld([]);
    const request = { kind: 'create-space', name: 'Mine', description: '', sharing: 'open' } as const;
    const made = done(world, request, user);
    const space = made.kind === 'space' ? made.space.id : '';
    expect(done(world, { kind: 'get-space', space }, user)).toMatchObject({ space: { sharing: 'open' } });
    expect(refusal(world, { kind: 'get-space', space })).toBe('forbidden');
  });
});

describe('members', () => {
  const member = { type: 'appid', id: app.id, role: 'member' } as const;

  test('are added and removed by admins', () => {
    const world = smallWorld([], {}, { members: [{ type: 'openid', id: user.id, role: 'admin' }] });
    done(world, { kind: 'add-member', space: home, member }, user);
    expect(refusal(world, { kind: 'add-member', space: home, member }, user)).toBe('exists');
    const other = { ...member, id: 'cli_other' };
    expect(refusal(world, { kind: 'add-member', space: home, member: other })).toBe('forbidden');
    done(world, { kind: 'remove-member', space: home, member }, user);
    expect(refusal(world, { kind: 'remove-member', space: home, member }, user)).toBe('not-found');
    expect(refusal(world, getSpace)).toBe('forbidden');
  });
});

describe('hidden nodes', () => {
  test('leave empty pages that are not the last', () => {
    const nodes = ['A', 'B', 'C', 'D', 'E'].map((title) => ({
      title,
      hiddenFrom: title < 'E' ? ['app'] : [],
    }));
    const world = smallWorld([{ title: 'Top', children: nodes }]);
    expect(pages(world, at(world, 'Top'), 2)).toEqual([[], [], ['E']]);
    expect(pages(world, at(world, 'Top'), 2, user)).toEqual([['A', 'B'], ['C', 'D'], ['E']]);
  });

  test('hide all below them, and still count as children', () => {
    const world = smallWorld([
      { title: 'Top', id: 'top', children: [{ title: 'A', id: 'a', children: ['B'] }] },
    ]);
    hideNode(world, 'a', [`app:${app.id}`]);
    expect(refusal(world, getNode('a'))).toBe('forbidden');
    expect(refusal(world, getNode(at(world, 'Top', 'A', 'B')))).toBe('forbidden');
    expect(refusal(world, list('a'))).toBe('forbidden');
    expect(refusal(world, move('a', { targetSpace: away }))).toBe('forbidden');
    const top = done(world, getNode('top'));
    expect(top.kind === 'node' && top.node.children.length).toBe(1);
    dragNode(world, at(world, 'Top', 'A', 'B'), { space: home });
    done(world, getNode(at(world, 'B')));
    hideNode(world, 'a', []);
    done(world, getNode('a'));
  });

  test('count against the limit of children', () => {
    const world = smallWorld([{ title: 'Top', id: 'top', children: [{ title: 'A', hiddenFrom: ['app'] }] }], {
      children: 1,
    });
    expect(refusal(world, create({ parent: 'top' }))).toBe('limit');
  });
});
