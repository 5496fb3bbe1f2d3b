// Random operations, by callers and by people, must leave a tree: whatever is asked, in any order.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { levelOf } from '../../../src/provider/emulator/capacity.ts';
import { applyRequest } from '../../../src/provider/emulator/operation.ts';
import { addPage, deleteSubtree, dragNode } from '../../../src/provider/emulator/person.ts';
import type { WorldRequest } from '../../../src/provider/emulator/request.ts';
import { restoreWorld } from '../../../src/provider/emulator/restore.ts';
import { takeSnapshot } from '../../../src/provider/emulator/snapshot.ts';
import { nodeOf, siblingsAt, spaceOf, subtreeOf, type World } from '../../../src/provider/emulator/world.ts';
import { vendorsUnderTest } from '../../vendor.ts';
import { app, away, copy, create, home, list, move, smallWorld } from './worlds.ts';

const limits = { depth: 4, children: 3, nodes: 12, nodesPerMove: 4 };

/** Numbers that pick nodes and spaces of whatever world they meet. */
interface Act {
  readonly verb: 'create' | 'shortcut' | 'copy' | 'move' | 'rename' | 'add' | 'drag' | 'delete';
  readonly node: number;
  readonly parent: number;
  readonly space: number;
}

const pick = fc.nat(1000);
const byCallers = fc.constantFrom('create', 'create', 'shortcut', 'copy', 'move', 'move', 'rename' as const);
const byAnybody = fc.oneof(byCallers, fc.constantFrom('add', 'drag', 'delete' as const));
const acts = (verb: fc.Arbitrary<Act['verb']>) =>
  fc.array(fc.record<Act>({ verb, node: pick, parent: pick, space: pick }), { maxLength: 60 });

const seeds = ['A', { title: 'B', children: ['C', { title: 'D', children: ['E'] }] }];

function requestOf(world: World, act: Act): WorldRequest | undefined {
  const ids = [...world.nodes.keys()];
  const node = ids[act.node % ids.length];
  const targetSpace = act.space % 2 === 0 ? home : away;
  const below = ids[act.parent % ids.length];
  const parent = act.parent % 3 === 0 ? undefined : below;
  const { defaultType: type, shortcuts } = world.rules;
  if (act.verb === 'create')
    return create({ space: parent ? nodeOf(world, parent).space.id : targetSpace, parent, type });
  if (node === undefined) return undefined;
  const space = nodeOf(world, node).space.id;
  const to = parent === undefined ? { targetSpace } : { targetParent: parent };
  if (act.verb === 'shortcut')
    return shortcuts.create ? create({ space: targetSpace, origin: node, type }) : undefined;
  if (act.verb === 'copy') return copy(node, { space, ...to });
  if (act.verb === 'move') return move(node, { space, ...to });
  return { kind: 'rename-node', space, node, title: `Title ${act.parent % 5}` };
}

function perform(world: World, act: Act): void {
  const ids = [...world.nodes.keys()];
  const node = ids[act.node % ids.length];
  const parent = ids[act.parent % ids.length];
  const place = parent === undefined || act.parent % 3 === 0 ? { space: home } : { parent };
  if (act.verb === 'add') addPage(world, place, { title: 'Added' });
  else if (act.verb === 'delete' && node !== undefined) deleteSubtree(world, node);
  else if (act.verb === 'drag' && node !== undefined) {
    const inside = new Set([...subtreeOf(nodeOf(world, node))].map((below) => below.id));
    if (parent === undefined || !inside.has(parent)) dragNode(world, node, place);
  } else {
    const request = requestOf(world, act);
    if (request !== undefined) applyRequest(world, request, app, 0);
  }
}

function expectTree(world: World): void {
  let reached = 0;
  for (const space of world.spaces) {
    const inSpace = space.roots.flatMap((root) => [...subtreeOf(root)]);
    expect(space.nodeCount).toBe(inSpace.length);
    reached += inSpace.length;
    for (const node of inSpace) {
      expect(node.space).toBe(space);
      expect(world.nodes.get(node.id)).toBe(node);
      for (const child of node.children) expect(child.parent).toBe(node);
      expect(node.children.map((child) => child.order)).toEqual(
        node.children.map((child) => child.order).toSorted((a, b) => a - b),
      );
    }
  }
  expect(world.nodes.size).toBe(reached);
  const origins = [...world.nodes.values()].filter((node) => node.kind === 'origin');
  expect(new Set(origins.map((node) => node.document))).toEqual(new Set(world.documents.keys()));
  expect(world.documents.size).toBe(origins.length);
}

function expectWithinLimits(world: World): void {
  for (const id of [home, away]) {
    const space = spaceOf(world, id);
    expect(space.nodeCount).toBeLessThanOrEqual(limits.nodes);
    expect(space.roots.length).toBeLessThanOrEqual(limits.children);
  }
  for (const node of world.nodes.values()) {
    expect(levelOf(node)).toBeLessThanOrEqual(limits.depth);
    expect(node.children.length).toBeLessThanOrEqual(limits.children);
    if (node.kind === 'shortcut') expect(node.children).toEqual([]);
  }
}

/** Callers make none; people may. */
function expectNoTwins(world: World): void {
  for (const node of world.nodes.values()) {
    const { title, type } = node;
    const twins = siblingsAt(node).filter((other) => other.title === title && other.type === type);
    expect(twins).toEqual([node]);
  }
}

describe.each(vendorsUnderTest)('of $kind', ({ emulation }) => {
  test('callers leave a tree within the limits', () => {
    fc.assert(
      fc.property(acts(byCallers), (todo) => {
        const world = smallWorld(seeds, limits, {}, emulation.rules);
        for (const act of todo) perform(world, act);
        expectTree(world);
        expectWithinLimits(world);
        if (world.rules.siblingNames !== 'free') expectNoTwins(world);
      }),
    );
  });

  test('callers and people leave a tree', () => {
    fc.assert(
      fc.property(acts(byAnybody), (todo) => {
        const world = smallWorld(seeds, limits, {}, emulation.rules);
        for (const act of todo) perform(world, act);
        expectTree(world);
      }),
    );
  });

  test('a world restored from its snapshot goes on like the first', () => {
    fc.assert(
      fc.property(acts(byAnybody), acts(byAnybody), (before, after) => {
        const world = smallWorld(seeds, limits, {}, emulation.rules);
        for (const act of before) perform(world, act);
        const restored = restoreWorld(
          JSON.parse(JSON.stringify(takeSnapshot(world))),
          emulation.rules(limits),
        );
        if (!restored.ok) throw new Error(restored.diagnostic.detail);
        expectTree(restored.world);
        for (const act of after) perform(world, act);
        for (const act of after) perform(restored.world, act);
        expect(takeSnapshot(restored.world)).toEqual(takeSnapshot(world));
        const listing = (of: World) => applyRequest(of, list(undefined, 2), app, 0);
        const titles = (of: World) => {
          const answer = listing(of);
          return answer.ok && answer.result.kind === 'nodes' && answer.result.nodes.map((node) => node.id);
        };
        expect(titles(restored.world)).toEqual(titles(world));
      }),
    );
  });
});
