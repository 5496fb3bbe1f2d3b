import { describe, expect, test } from 'vitest';
import { toNode, toPage, toSpace } from '../../../src/provider/feishu/convert.ts';
import { node } from './open.ts';

describe('a node', () => {
  test('needs its ids, its type and its kind only', () => {
    const bare = { space_id: 's', node_token: 'n', obj_type: 'docx', node_type: 'origin' };
    expect(toNode(bare)).toEqual({
      id: 'n',
      space: 's',
      parent: null,
      title: '',
      type: 'docx',
      kind: 'origin',
      origin: null,
      hasChildren: false,
      createdAt: undefined,
      creator: undefined,
    });
  });

  test('that is a copy points to nothing, a shortcut to its origin', () => {
    const origin = { origin_node_token: 'o' };
    expect(toNode(node('n', origin)).origin).toBeNull();
    expect(toNode(node('n', { ...origin, node_type: 'shortcut' }))).toMatchObject({
      kind: 'shortcut',
      origin: 'o',
    });
  });

  test('tells who made it and when', () => {
    const told = { creator: 'ou_page', node_creator: 'ou_node', node_create_time: '1642402428' };
    expect(toNode(node('n', told))).toMatchObject({ creator: 'ou_node', createdAt: 1642402428 });
    expect(toNode(node('n', { creator: 'ou_page', node_create_time: '0' }))).toMatchObject({
      creator: 'ou_page',
      createdAt: undefined,
    });
  });

  test.each([
    [{ node_token: '' }, 'node.node_token is missing'],
    [{ node_token: 12 }, 'node.node_token is not a text but of type number'],
    [{ space_id: undefined }, 'node.space_id is missing'],
    [{ obj_type: null }, 'node.obj_type is missing'],
    [{ node_type: 'link' }, 'node.node_type is neither origin nor shortcut'],
    [{ title: 5 }, 'node.title is not a text but of type number'],
    [{ parent_node_token: {} }, 'node.parent_node_token is not a text but of type object'],
    [{ has_child: 'yes' }, 'node.has_child is neither true nor false'],
    [{ node_create_time: 'today' }, 'node.node_create_time is not a time in seconds'],
  ])('%j is odd', (odd, message) => {
    expect(() => toNode(node('n', odd))).toThrow(message);
  });

  test.each([undefined, null, [], 'n'])('%j is none', (value) => {
    expect(() => toNode(value)).toThrow(/^node is (missing|not an object)$/);
  });
});

describe('a space', () => {
  test('keeps only the words that are known', () => {
    const odd = { space_id: '1', open_sharing: 'sometimes', visibility: 'private' };
    expect(toSpace(odd)).toEqual({
      id: '1',
      name: '',
      description: '',
      sharing: undefined,
      visibility: 'private',
    });
  });
});

describe('a page', () => {
  test('names the item that is odd', () => {
    expect(() => toPage({ items: [node('a'), node('b', { space_id: 1 })] }, toNode)).toThrow(
      'data.items[1].space_id is not a text but of type number',
    );
  });

  test('that is no list is odd', () => {
    expect(() => toPage({ items: {} }, toNode)).toThrow('data.items is not a list');
    expect(() => toPage(undefined, toNode)).toThrow('data is missing');
  });
});
