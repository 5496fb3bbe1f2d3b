// The laws of the product as checks on an emulated wiki, each told from the two trees alone and not from
// the plan.

import { expect } from 'vitest';
import type { RequestRecord } from '../../src/provider/emulator/request-log.ts';
import type { World, WorldNode } from '../../src/provider/emulator/world.ts';
import type { Plan } from '../../src/schedule/plan.ts';
import type { State } from '../../src/state/state.ts';
import { type NodeId, nodeId } from '../../src/tree/identifier.ts';
import { declare } from './declaration.ts';
import { isWrite, type Planned, type Stage, tally } from './stage.ts';
import { type Placed, pagesOf, type Wiki } from './wiki.ts';

export type Ids = ReadonlyMap<number, NodeId>;

/** What a page was at some moment. */
export interface Sight extends Pick<WorldNode, 'title' | 'type' | 'kind' | 'origin'> {
  /** The parent page, or the space at the top level. */
  readonly parent: string;
  readonly content: string | undefined;
}

export type Picture = ReadonlyMap<string, Sight>;

export function pictureOf(world: World): Picture {
  const sights = [...world.nodes.values()].map((node): [string, Sight] => {
    const { title, type, kind, origin } = node;
    const content = world.documents.get(node.document)?.content;
    return [node.id, { title, type, kind, origin, content, parent: node.parent?.id ?? node.space.id }];
  });
  return new Map(sights);
}

/** Which live page each page of the model is, as the state has it. */
export function idsOf(wiki: Wiki, state: State): Ids {
  return new Map(
    pagesOf(wiki).flatMap(({ page, address }): [number, NodeId][] => {
      const id = state.nodes.get(address)?.id;
      return id === undefined ? [] : [[page.uid, id]];
    }),
  );
}

const isRenamable = ({ kind, type }: Pick<WorldNode, 'kind' | 'type'>, { vendor }: Stage): boolean =>
  kind === 'shortcut' || vendor.capabilities.types[type]?.rename === true;

/** The live place in which a declared page belongs. */
function belongsBelow({ above, parent }: Placed, ids: Ids, state: State): string | undefined {
  return above === undefined ? state.spaces.get(parent)?.id : ids.get(above);
}

/** Law 1: everything a caller can write is as declared. */
export function expectConverged(wiki: Wiki, stage: Stage): void {
  const { world } = stage;
  const { state } = stage.store;
  const ids = idsOf(wiki, state);
  const live = pictureOf(world);
  const pages = pagesOf(wiki);
  expect(new Set(ids.values()).size).toBe(pages.length);
  for (const placed of pages) {
    const { page } = placed;
    const is = live.get(ids.get(page.uid) ?? '');
    expect(is).toMatchObject({ parent: belongsBelow(placed, ids, state), type: page.type });
    if (page.shortcutOf === undefined) expect(is?.origin).toBeNull();
    // No call mends a shortcut whose origin somebody deleted.
    else if (live.has(is?.origin ?? '')) expect(is?.origin).toBe(ids.get(page.shortcutOf));
    else expect(is?.kind).toBe('shortcut');
    if (is !== undefined && isRenamable(is, stage)) expect(is.title).toBe(page.title);
  }
}

/** Laws 1 and 5: the plan after it is empty and makes no write. */
export async function expectSettled(wiki: Wiki, stage: Stage): Promise<void> {
  stage.asked();
  const again = await stage.converge(declare(wiki));
  expect(again.plan.steps).toEqual([]);
  expect(stage.asked().filter(isWrite)).toEqual([]);
}

export interface Before {
  readonly live: Picture;
  readonly ids: Ids;
}

/** Law 5: one call per page that is new, elsewhere or called otherwise, and none besides. */
export function expectFewestWrites(
  wiki: Wiki,
  before: Before,
  requests: readonly RequestRecord[],
  plans: readonly Plan[],
  stage: Stage,
): void {
  const { state } = stage.store;
  const ids = idsOf(wiki, state);
  const wanted = { created: 0, moved: 0, renamed: 0 };
  for (const placed of pagesOf(wiki)) {
    const was = before.live.get(ids.get(placed.page.uid) ?? '');
    if (was === undefined) wanted.created += 1;
    else {
      if (was.parent !== belongsBelow(placed, ids, state)) wanted.moved += 1;
      if (isRenamable(was, stage) && was.title !== placed.page.title) wanted.renamed += 1;
    }
  }
  const asked = tally(requests.filter(isWrite));
  if (stage.vendor.capabilities.siblingNames !== 'free') {
    // Names and copies force calls besides; each is in the plan, and no page is told twice.
    expect(sum(plans.map(told))).toEqual(wanted);
    // Before steps of a kind in doubt the vendor may be asked to leave a page as it is, once in a state's life.
    const trials = plans.flatMap(({ trials: all = [] }) => all).filter(({ asks }) => asks !== undefined);
    const steps = plans.flatMap((plan) => plan.steps);
    expect(requests.filter(isWrite)).toHaveLength(steps.length + trials.length);
    return;
  }
  expect({
    created: (asked['create-node'] ?? 0) + (asked['copy-node'] ?? 0),
    moved: asked['move-node'] ?? 0,
    renamed: asked['rename-node'] ?? 0,
  }).toEqual(wanted);
}

type Deeds = Readonly<Record<'created' | 'moved' | 'renamed', number>>;

/** What the plan does to pages; that a copy, or what came with one, is renamed at once belongs to its making. */
function told({ steps, summary }: Plan): Deeds {
  const brought = steps.flatMap(({ brings = [] }) => brings);
  const copies = steps.filter(({ kind }) => kind === 'copy-node');
  const births = new Set([...copies, ...brought].map(({ address }) => address));
  const retitled = steps.filter(
    ({ kind, address, parks }) => kind === 'rename-node' && births.has(address) && !parks,
  );
  return {
    created: summary.createNode + summary.copyNode + brought.length,
    moved: summary.moveNode - cameBack(steps),
    renamed: summary.renameNode - retitled.length,
  };
}

/** Pages that made way and are in the end where they were: nobody wanted them moved. */
function cameBack(steps: Plan['steps']): number {
  const moves = steps.filter(({ kind }) => kind === 'move-node');
  const last = new Map(moves.map((step) => [step.address, step]));
  const first = new Map([...moves].reverse().map((step) => [step.address, step]));
  return [...first].filter(
    ([address, { parks, before }]) => parks && before?.parent === last.get(address)?.parent,
  ).length;
}

const sum = (all: readonly Deeds[]): Deeds =>
  all.reduce(
    (so, { created, moved, renamed }) => ({
      created: so.created + created,
      moved: so.moved + moved,
      renamed: so.renamed + renamed,
    }),
    { created: 0, moved: 0, renamed: 0 },
  );

/** Law 4, in the vendor's own limits: no write is refused. */
export function expectLegal(requests: readonly RequestRecord[]): void {
  expect(requests.filter((request) => isWrite(request) && request.code !== 0)).toEqual([]);
}

/** Law 2: no page disappears, and none changes but in place and title. */
export function expectNothingLost(before: Before, { world }: Stage): void {
  const now = pictureOf(world);
  for (const [id, { parent: _, title: __, ...lasting }] of before.live) {
    expect(now.get(id)).toMatchObject(lasting);
  }
}

/** Law 7: no page is there that was not before, but declared ones, and what came along with a copy. */
export function expectNoTwins(before: Picture, made: readonly Plan[], { world, store, vendor }: Stage): void {
  const { copies } = vendor.capabilities;
  const bound = new Set<string>([...store.state.nodes.values()].map(({ id }) => id));
  const copied = new Set(
    made.flatMap(({ steps }) =>
      steps.flatMap(({ kind, address }) => (kind === 'copy-node' ? [address] : [])),
    ),
  );
  const copyIds = new Set<string>([...copied].flatMap((address) => store.state.nodes.get(address)?.id ?? []));
  const isBelowCopy = ({ parent }: WorldNode): boolean =>
    parent !== null && (copyIds.has(parent.id) || isBelowCopy(parent));
  const strange = [...world.nodes.values()].filter(
    (node) =>
      !before.has(node.id) && !bound.has(node.id) && !(copies.reach === 'branch' && isBelowCopy(node)),
  );
  expect(strange.map(({ title }) => title)).toEqual([]);
}

/** Pages of which the state knows by which other id the vendor's calls know them. */
export const aliasedIn = ({ nodes }: State): readonly string[] =>
  [...nodes.values()].flatMap(({ id, alias }) => (alias === undefined ? [] : [id]));

/** Law 5: what the state remembers costs no call. */
export function expectNothingLearntAgain(
  aliased: readonly string[],
  requests: readonly RequestRecord[],
  { vendor }: Stage,
): void {
  const learning = vendor.capabilities.aliases?.endpoint;
  const again = requests.filter(
    ({ endpoint, path }) => endpoint === learning && aliased.some((id) => path.includes(id)),
  );
  expect(again.map(({ path }) => path)).toEqual([]);
}

/** Law 5: a plan tells beforehand every call that its process makes; only how long a task takes nobody knows. */
export function expectForetold(
  { estimate }: Plan,
  requests: readonly RequestRecord[],
  { vendor }: Stage,
  /** By how many calls it may err. */
  most = 0,
): void {
  const asking = vendor.capabilities.tasks?.endpoint;
  const patience = requests.filter(
    ({ endpoint, path }, at) =>
      endpoint === asking && requests.slice(0, at).some((earlier) => earlier.path === path),
  );
  const untold = requests.length - patience.length - estimate.readCalls - estimate.writeCalls;
  expect(Math.abs(untold)).toBeLessThanOrEqual(most);
}

/** Law 3: what is neither declared nor bound keeps its title and its parent. */
export function expectHandsOff(bound: ReadonlySet<string>, before: Before, stage: Stage): void {
  const now = pictureOf(stage.world);
  const managed = new Set<string>([...stage.store.state.nodes.values()].map(({ id }) => id));
  for (const [id, was] of before.live) {
    if (!bound.has(id) && !managed.has(id)) expect(now.get(id)).toEqual(was);
  }
}

/** Law 2: pages that were known keep their ids. */
export function expectSamePages(wiki: Wiki, before: Before, { store }: Stage): void {
  const now = idsOf(wiki, store.state);
  for (const { page, address } of pagesOf(wiki)) {
    const was = before.ids.get(page.uid);
    if (was !== undefined && before.live.has(was))
      expect({ address, id: now.get(page.uid) }).toEqual({ address, id: was });
  }
}

/** Law 5: one list call per page of children, of the spaces and of what is declared, bound or carried. */
export function expectFewestReads(
  planned: Planned,
  requests: readonly RequestRecord[],
  stage: Stage,
  pageSize: number,
): void {
  const { match, difference } = planned.survey;
  const worth = new Set<NodeId>(match.addressOf.keys());
  for (const { id } of match.bindings.byAddress.values()) worth.add(id);
  for (const { kind, address } of difference.changes) {
    const moved =
      kind === 'move-node' ? stage.world.nodes.get(match.nodes.get(address)?.id ?? '') : undefined;
    for (const id of moved === undefined ? [] : below(moved)) worth.add(id);
  }
  const calls = (children: readonly unknown[]): number => Math.ceil(children.length / pageSize);
  let wanted = 0;
  for (const space of match.spaces.values()) {
    const live = space.kind === 'live' ? stage.world.spacesById.get(space.id) : undefined;
    if (live !== undefined) wanted += Math.max(1, calls(live.roots));
  }
  for (const id of worth)
    if (planned.survey.live.nodes.has(id)) wanted += calls(stage.world.nodes.get(id)?.children ?? []);
  expect(tally(requests)['list-nodes'] ?? 0).toBe(wanted);
}

function below(node: WorldNode): NodeId[] {
  return node.children.flatMap((child) => [nodeId(child.id), ...below(child)]);
}
