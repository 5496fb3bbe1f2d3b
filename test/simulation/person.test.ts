// Between a death and the next run, people lay hands on what the dead process may have made. The outcome
// is right, or it is honest doubt that names the pages; it is never a twin and never a wrong binding.

import { expect, test } from 'vitest';
import { addPage, deleteSubtree, dragNode, renamePage } from '../../src/provider/emulator/person.ts';
import type { WorldNode } from '../../src/provider/emulator/world.ts';
import type { Intent, Making } from '../../src/state/journal.ts';
import type { DesiredTree } from '../../src/tree/desired.ts';
import type { Address, NodeId } from '../../src/tree/identifier.ts';
import { deedsOf, dieOrEnd, runOut, shareOf, tell } from './fate.ts';
import type { Death, Deed } from './mortal.ts';
import { dueIn, expectHandsOff, expectTree, isDone, madeIn } from './outcome.ts';
import { programmes, type Scene } from './scene.ts';
import { play, type Run, type Theatre } from './theatre.ts';

/** A page that the dead process was making, and what became of it. */
interface Orphan {
  readonly address: Address;
  readonly making: Making & { readonly kind: 'node' };
  /** `undefined` where the call had not reached the server. */
  readonly page: WorldNode | undefined;
}

/** Death with the intent written, before the call or after its effect, at each page that is to be made. */
function deathsInMaking(deeds: readonly Deed[]): Death[] {
  const making = new Set<string>();
  return deeds.flatMap((deed, operation): Death[] => {
    if (typeof deed !== 'object') return [];
    if (deed.entry === 'intent' && deed.intent.making?.kind === 'node') {
      making.add(deed.intent.step);
      return [{ operation, how: { at: 'after' } }];
    }
    return deed.entry === 'done' && making.has(deed.step) ? [{ operation, how: { at: 'before' } }] : [];
  });
}

async function orphansOf(theatre: Theatre): Promise<Orphan[]> {
  const { state, unfinished } = await theatre.remains();
  const bound = new Set<string>([...state.nodes.values()].map(({ id }) => id));
  const loose = madeIn(theatre).pages.filter(({ id }) => !bound.has(id));
  return (unfinished?.open ?? []).flatMap(({ address, making }: Intent): Orphan[] => {
    if (making?.kind !== 'node') return [];
    const page = loose.find((node) => isFor(making, node));
    return [{ address, making, page }];
  });
}

const isFor = ({ space, parent, title, type, nodeKind }: Orphan['making'], node: WorldNode): boolean =>
  node.title === title &&
  node.type === type &&
  node.kind === nodeKind &&
  node.space.id === space &&
  (node.parent?.id ?? null) === parent;

type Hand = (orphan: Orphan, theatre: Theatre) => void;
type Made = Orphan & { readonly page: WorldNode };

const isMade = (orphan: Orphan): orphan is Made => orphan.page !== undefined;

/** Hands on a page that is there. */
const onPage =
  (touch: (page: WorldNode, theatre: Theatre) => void): Hand =>
  (orphan, theatre) => {
    if (isMade(orphan)) touch(orphan.page, theatre);
  };

/** Somewhere that the manifest knows, with room, and not where the page is. */
function declaredPlace({ world, scene }: Theatre, page: WorldNode): { parent: string } {
  const titles = new Set(scene.next.spaces.flatMap(({ nodes }) => nodes.map(({ title }) => title)));
  const found = [...world.nodes.values()].find(
    (node) =>
      isOurs(node) &&
      node !== page &&
      node.children.length === 0 &&
      node.kind === 'origin' &&
      titles.has(node.title),
  );
  return { parent: found?.id ?? page.id };
}

/** A branch that no plan reads. */
function undeclaredPlace({ world, nowMs }: Theatre, page: WorldNode): { parent: string } {
  const attic = addPage(world, { space: page.space.id }, { title: 'Attic' }, nowMs());
  return { parent: addPage(world, { parent: attic }, { title: 'Box' }, nowMs()) };
}

const hands: Readonly<Record<string, Hand>> = {
  'renames it': onPage((page, { world }) => renamePage(world, page.id, 'Renamed by hand')),
  'moves it below another declared page': onPage((page, theatre) => {
    const place = declaredPlace(theatre, page);
    if (place.parent !== page.id) dragNode(theatre.world, page.id, place);
  }),
  'moves it where nobody looks': onPage((page, theatre) =>
    dragNode(theatre.world, page.id, undeclaredPlace(theatre, page)),
  ),
  'deletes it': onPage((page, { world }) => deleteSubtree(world, page.id)),
  'makes another of that title beside it': ({ making }, { world, nowMs }) => {
    const place = making.parent === null ? { space: making.space } : { parent: making.parent };
    const { title, type, origin } = making;
    addPage(world, place, origin === null ? { title, type } : { title, origin }, nowMs());
  },
};

/** Pages of people are told from ours by who made them. */
const isOurs = ({ creator }: WorldNode): boolean => creator !== 'ou_somebody';

function expectDoubt({ findings, plan }: Run, orphan: Orphan, theatre: Theatre): void {
  const ids = findings.flatMap(({ finding }) => (finding.kind === 'unclear' ? finding.ids : []));
  const told = plan.diagnostics.filter(({ code }) => code === 'DOUBT').map(({ detail }) => detail);
  expect(ids.length + told.length).toBeGreaterThan(0);
  if (orphan.page !== undefined && theatre.world.nodes.has(orphan.page.id)) {
    expect([...ids, ...told].join(' ')).toContain(orphan.page.id);
  }
}

/** The manifest with the line that answers the doubt. */
function answered(desired: DesiredTree, { address }: Orphan, id: string): DesiredTree {
  const spaces = desired.spaces.map((space) => ({
    ...space,
    nodes: space.nodes.map((node) => (node.address === address ? { ...node, id: id as NodeId } : node)),
  }));
  return { spaces };
}

async function expectRight(theatre: Theatre, orphans: readonly Orphan[]): Promise<void> {
  const { world, scene } = theatre;
  const { state } = await theatre.remains();
  expectTree(theatre, scene.next, state);
  const made = madeIn(theatre).pages;
  const bound = new Set<string>([...state.nodes.values()].map(({ id }) => id));
  // A page of a person may serve as the one that was to be made; one of ours is never left over.
  expect(made.filter((page) => isOurs(page) && !bound.has(page.id)).map(({ title }) => title)).toEqual([]);
  expect(made.filter(({ id }) => bound.has(id)).length).toBe(dueIn(theatre).pages);
  for (const { address, page } of orphans) {
    if (page !== undefined && world.nodes.has(page.id)) expect(state.nodes.get(address)?.id).toBe(page.id);
  }
  expectHandsOff(theatre, state);
}

/** Resolves to how it ended. */
async function suffer(scene: Scene, death: Death, hand: Hand): Promise<'right' | 'doubt' | 'untouched'> {
  return play(scene, async (theatre) => {
    await dieOrEnd(theatre, death);
    const orphans = await orphansOf(theatre);
    const touched = orphans.find(isMade) ?? orphans[0];
    if (touched === undefined) return 'untouched';
    hand(touched, theatre);
    const writes = theatre.writes();
    const run = await theatre.run();
    if (run.result === undefined) {
      expect(theatre.writes()).toBe(writes);
      expectDoubt(run, touched, theatre);
      const id = touched.page?.id ?? '';
      if (!theatre.world.nodes.has(id)) return 'doubt';
      const answer = await theatre.run(undefined, answered(scene.next, touched, id));
      expect(isDone(answer)).toBe(true);
      await expectRight(theatre, orphans);
      return 'doubt';
    }
    expect(isDone(run)).toBe(true);
    await runOut(theatre);
    await expectRight(theatre, orphans);
    return 'right';
  });
}

const casesOf = (scene: Scene, whats: readonly string[]) =>
  whats.flatMap((what) => {
    const hand = hands[what];
    return hand === undefined ? [] : [{ vendor: scene.vendor, name: scene.name, what, scene, hand }];
  });

const all = Object.keys(hands);
// What somebody adds below a page is copied with it where branches are: that is no page too many.
const withoutAdding = all.filter((what) => !what.startsWith('makes'));

const cases = programmes.flatMap(({ founding, reorganisation, copying }) => [
  ...casesOf(founding, all),
  ...casesOf(reorganisation, all),
  ...casesOf(copying, withoutAdding),
]);

test.each(cases)('$vendor.kind, $name: somebody $what', async ({ scene, hand }) => {
  const ends = { right: 0, doubt: 0, untouched: 0 };
  for (const death of shareOf(scene.vendor, deathsInMaking(await deedsOf(scene)))) {
    ends[await tell(death, () => suffer(scene, death, hand))] += 1;
  }
  expect(ends.right).toBeGreaterThan(0);
  // Where answers tell who makes pages, it is not known of the first of all only.
  if (scene.vendor.tellsCreator) expect(ends.right).toBeGreaterThan(ends.doubt);
});
