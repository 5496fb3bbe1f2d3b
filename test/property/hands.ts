// People's hands in the live wiki: numbers that pick from whatever is there.

import fc from 'fast-check';
import { addPage, deleteSubtree, dragNode, renamePage } from '../../src/provider/emulator/person.ts';
import { subtreeOf, type World, type WorldNode } from '../../src/provider/emulator/world.ts';

export interface Touch {
  readonly verb: 'delete' | 'drag' | 'rename' | 'add';
  readonly node: number;
  readonly other: number;
}

const order: readonly Touch['verb'][] = ['delete', 'add', 'drag', 'rename'];
const pick = fc.nat(997);
const touch = (verbs: readonly Touch['verb'][]): fc.Arbitrary<Touch> =>
  fc.record<Touch>({ verb: fc.constantFrom(...verbs), node: pick, other: pick });

export const touches = fc.array(touch(['delete', 'add', 'drag', 'drag', 'rename']), { maxLength: 6 });
export const drags = fc.array(touch(['add', 'drag']), { maxLength: 6 });

/**
 * Deletions come first: a page dragged out of a branch that is deleted afterwards cannot be told from one
 * that went with it without asking for every page of the branch, and only the topmost is asked for.
 */
export function touchAll(world: World, made: readonly Touch[]): void {
  const sorted = [...made].sort((a, b) => order.indexOf(a.verb) - order.indexOf(b.verb));
  for (const each of sorted) perform(world, each);
}

function perform(world: World, { verb, node, other }: Touch): void {
  const nodes = [...world.nodes.values()];
  const chosen = nodes[node % Math.max(1, nodes.length)];
  switch (verb) {
    case 'add':
      addPage(world, placeFor(world, other), { title: `by hand ${node % 3}` });
      return;
    case 'delete':
      if (chosen !== undefined) deleteSubtree(world, chosen.id);
      return;
    case 'drag':
      if (chosen !== undefined) dragNode(world, chosen.id, placeFor(world, other, chosen));
      return;
    case 'rename':
      if (chosen !== undefined) renamePage(world, chosen.id, `renamed by hand ${other % 3}`);
      return;
  }
}

function placeFor(world: World, number: number, moving?: WorldNode): { parent: string } | { space: string } {
  const inside = new Set(moving === undefined ? [] : subtreeOf(moving));
  const parents = [...world.nodes.values()].filter((node) => node.kind === 'origin' && !inside.has(node));
  const places = [
    ...world.spaces.map(({ id }) => ({ space: id })),
    ...parents.map(({ id }) => ({ parent: id })),
  ];
  return places[number % places.length] ?? { space: '' };
}
