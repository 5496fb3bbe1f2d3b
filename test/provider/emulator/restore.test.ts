import { describe, expect, test } from 'vitest';
import { restoreWorld } from '../../../src/provider/emulator/restore.ts';
import { feishuRules } from '../../../src/provider/emulator/server.ts';
import { takeSnapshot, type WorldSnapshot } from '../../../src/provider/emulator/snapshot.ts';
import { smallWorld } from './worlds.ts';

const rules = feishuRules();

function snapshot(): WorldSnapshot {
  return takeSnapshot(
    smallWorld([
      { title: 'A', id: 'a', children: [{ title: 'B', id: 'b', hiddenFrom: ['app'] }] },
      { title: 'To A', id: 's', shortcut: 'a' },
    ]),
  );
}

/** The diagnostic for a snapshot with these changes. */
function problem(change: object): { code: string; detail: string } {
  const restored = restoreWorld({ ...snapshot(), ...change }, rules);
  return restored.ok ? { code: 'none', detail: '' } : restored.diagnostic;
}

/** The snapshot's nodes, one of them changed. */
function withNode(id: string, change: object): object {
  return { nodes: snapshot().nodes.map((node) => (node.id === id ? { ...node, ...change } : node)) };
}

describe('a snapshot', () => {
  test('comes back as it was', () => {
    const restored = restoreWorld(JSON.parse(JSON.stringify(snapshot())), rules);
    expect(restored.ok && takeSnapshot(restored.world)).toEqual(snapshot());
  });

  test('of another version is refused, and the version is told', () => {
    expect(problem({ formatVersion: 2 })).toMatchObject({ code: 'VERSION_UNSUPPORTED' });
    expect(problem({ formatVersion: 2 }).detail).toContain('format version 2');
    expect(problem({ formatVersion: undefined })).toMatchObject({ code: 'VERSION_UNSUPPORTED' });
  });

  test.each([
    ['nodes that are no list', { nodes: {} }, '"nodes"'],
    ['a counter that is no number', { counter: '1' }, '"counter"'],
    ['a title that is no text', withNode('a', { title: 1 }), '"title"'],
    ['an unknown kind', withNode('a', { kind: 'folder' }), '"kind"'],
    ['a hidden list of numbers', withNode('a', { hiddenFrom: [1] }), '"hiddenFrom"'],
    ['a space that is not there', withNode('a', { space: 'nowhere' }), 'space'],
    ['a parent that is not there', withNode('b', { parent: 'nobody' }), 'below one that is not there'],
    ['a circle', withNode('a', { parent: 'b' }), 'circle'],
    ['a node twice', { nodes: [...snapshot().nodes, ...snapshot().nodes] }, 'doubled'],
    ['an order twice', withNode('s', { order: snapshot().nodes[0]?.order }), 'one order'],
  ])('with %s is refused', (_, change, detail) => {
    expect(problem(change)).toMatchObject({ code: 'EMULATOR_WORLD_UNREADABLE' });
    expect(problem(change).detail).toContain(detail);
  });

  test('that is no object is refused', () => {
    expect(restoreWorld([], rules)).toMatchObject({ diagnostic: { code: 'EMULATOR_WORLD_UNREADABLE' } });
  });
});
