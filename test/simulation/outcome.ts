// What has to be true in the end, told from the server and the state file alone.

import { expect } from 'vitest';
import type { WorldNode } from '../../src/provider/emulator/world.ts';
import type { State } from '../../src/state/state.ts';
import type { DesiredNode, DesiredTree } from '../../src/tree/desired.ts';
import { mortal } from './mortal.ts';
import type { Run, Theatre } from './theatre.ts';
import type { Vendor } from './vendor.ts';

export const isDone = ({ result }: Run): boolean =>
  result?.steps.every(({ status }) => status === 'done') === true;

/** Pages and spaces that were not there when the curtain rose. */
export function madeIn({ world, before }: Theatre): { pages: WorldNode[]; spaces: string[] } {
  const pages = new Set(before.nodes.map(({ id }) => id));
  const spaces = new Set(before.spaces.map(({ id }) => id));
  return {
    pages: [...world.nodes.values()].filter(({ id }) => !pages.has(id)),
    spaces: world.spaces.map(({ id }) => id).filter((id) => !spaces.has(id)),
  };
}

/** How many pages and spaces there are to be made. */
export function dueIn({ scene, stateBefore }: Theatre): { pages: number; spaces: number } {
  const nodes = scene.next.spaces.flatMap((space) => space.nodes);
  const isKept = ({ address }: DesiredNode): boolean =>
    stateBefore.nodes.has(address) || scene.kept[address] !== undefined;
  return {
    pages: nodes.filter((node) => !isKept(node)).length,
    spaces: scene.next.spaces.filter(({ address }) => !stateBefore.spaces.has(address)).length,
  };
}

/** Every declared page is live where and as declared, each another one. */
export function expectTree({ world, scene: { vendor } }: Theatre, desired: DesiredTree, state: State): void {
  const ids = new Set<string>();
  for (const space of desired.spaces) {
    const bound = state.spaces.get(space.address)?.id ?? '';
    expect(world.spacesById.get(bound)?.name, space.address).toBe(space.name);
    for (const node of space.nodes) {
      const id = state.nodes.get(node.address)?.id ?? '';
      const page = world.nodes.get(id);
      ids.add(id);
      const parent = state.nodes.get(node.parent)?.id ?? null;
      expect(pictureOf(page), node.address).toEqual({
        title: canRename(node, vendor) ? node.title : page?.title,
        type: node.type,
        kind: node.kind,
        space: bound,
        parent,
      });
      expectMaking(page, node, state);
    }
  }
  expect(ids.size).toBe(desired.spaces.flatMap(({ nodes }) => nodes).length);
}

const pictureOf = (page: WorldNode | undefined) => ({
  title: page?.title,
  type: page?.type,
  kind: page?.kind,
  space: page?.space.id,
  parent: page?.parent?.id ?? null,
});

/** Nobody can name back what was renamed and has no call for it. */
const canRename = ({ kind, type = '' }: DesiredNode, { capabilities }: Vendor): boolean =>
  kind === 'shortcut' ? capabilities.shortcuts.rename : capabilities.types[type]?.rename === true;

function expectMaking(page: WorldNode | undefined, { making, address }: DesiredNode, state: State): void {
  if (making.from !== 'shortcut') return;
  const origin = 'id' in making.of ? making.of.id : state.nodes.get(making.of.address)?.id;
  expect(page?.origin, address).toBe(origin);
}

/** The promise (law 7): the same tree as an unbroken run, nothing made twice, nothing forgotten, nothing left to do. */
export async function expectFulfilled(theatre: Theatre): Promise<void> {
  const { scene, stateBefore } = theatre;
  const { state, unfinished } = await theatre.remains();
  expect(unfinished).toBeUndefined();
  expectTree(theatre, scene.next, state);
  const made = madeIn(theatre);
  expect({ pages: made.pages.length, spaces: made.spaces.length }).toEqual(dueIn(theatre));
  const bound = new Set<string>([...state.nodes.values()].map(({ id }) => id));
  expect(made.pages.filter(({ id }) => !bound.has(id)).map(({ title }) => title)).toEqual([]);
  for (const node of scene.next.spaces.flatMap(({ nodes }) => nodes)) {
    const was = stateBefore.nodes.get((scene.kept[node.address] ?? node.address) as DesiredNode['address']);
    if (was !== undefined) expect(state.nodes.get(node.address)?.id, node.address).toBe(was.id);
  }
  expectHandsOff(theatre, state);
  await expectSettled(theatre);
}

/** Law 3: what nobody declared is where it was, under the title it had. */
export function expectHandsOff({ world, before, stateBefore }: Theatre, state: State): void {
  const managed = new Set<string>(
    [...stateBefore.nodes.values(), ...state.nodes.values()].map(({ id }) => id),
  );
  for (const { id, title, parent, space } of before.nodes) {
    if (managed.has(id)) continue;
    const page = world.nodes.get(id);
    expect({ id, title: page?.title, parent: page?.parent?.id ?? null, space: page?.space.id }).toEqual({
      id,
      title,
      parent,
      space,
    });
  }
}

/** The next plan is empty and makes no write. */
export async function expectSettled(theatre: Theatre): Promise<void> {
  const before = theatre.writes();
  const { plan, findings } = await theatre.run(mortal(theatre.path));
  expect(plan.steps).toEqual([]);
  expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(findings).toEqual([]);
  expect(theatre.writes()).toBe(before);
}
