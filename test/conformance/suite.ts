// What every vendor's provider must do, seen through the contract only. A vendor joins by handing in
// how to start a stage: its provider, over HTTP, in front of a server that tests can reach behind.

import { describe, expect, onTestFinished, test } from 'vitest';
import { present } from '../../src/diagnostic/invariant.ts';
import type { ScriptedFault } from '../../src/provider/emulator/faults.ts';
import type { CallCounts, Operation, Provider } from '../../src/provider/provider.ts';
import { ProviderError } from '../../src/provider/provider-error.ts';
import type { NodeId, SpaceId } from '../../src/tree/identifier.ts';
import { nodeId, spaceId } from '../../src/tree/identifier.ts';
import type { Limits } from '../../src/tree/limit.ts';
import type { LiveNode } from '../../src/tree/live.ts';

export interface StageOptions {
  readonly limits?: Partial<Limits>;
  readonly faults?: readonly ScriptedFault[];
}

export interface Stage {
  readonly provider: Provider;
  /** Two empty spaces that may be written in. */
  readonly spaces: readonly [SpaceId, SpaceId];
  /** A space that may not be seen. */
  readonly closedSpace: SpaceId;
  /** What people do behind the provider's back. */
  readonly people: {
    addPage(parent: NodeId, title: string): NodeId;
    hide(node: NodeId): void;
    remove(node: NodeId): void;
  };
  /** The calls that the server has seen. */
  served(): CallCounts['byEndpoint'];
  close(): Promise<void>;
}

export type StartStage = (options?: StageOptions) => Promise<Stage>;

export function conformance(name: string, start: StartStage): void {
  const enter = async (options?: StageOptions) => {
    const stage = await start(options);
    onTestFinished(stage.close);
    return { ...stage, ...actions(stage) };
  };

  describe(`${name}: spaces`, () => {
    test('are made, and seen by id and in the list', async () => {
      const { provider } = await enter();
      const outcome = await provider.perform({
        kind: 'create-space',
        name: 'Handbook',
        description: 'How we work',
        sharing: 'closed',
      });
      if (outcome.kind !== 'space') throw new Error('expected a space');
      expect(outcome.space).toMatchObject({ name: 'Handbook', description: 'How we work' });
      const get = provider.read({ kind: 'get-space', space: outcome.space.id });
      // Whoever may not make a space does not see one that another identity made.
      if (!provider.capabilities.identities['create-space'].includes(provider.identity)) {
        await refused(get, { kind: 'forbidden' });
        return;
      }
      expect((await get).spaces).toEqual([outcome.space]);
      const listed = await provider.read({ kind: 'list-spaces' });
      expect(listed.spaces).toContainEqual(outcome.space);
    });

    test('that are not there differ from those that may not be seen', async () => {
      const { provider, closedSpace } = await enter();
      const get = (space: SpaceId) => provider.read({ kind: 'get-space', space });
      await refused(get(spaceId('9999999999')), { kind: 'not-found', sent: 'no' });
      await refused(get(closedSpace), { kind: 'forbidden', sent: 'no' });
      const listing = { kind: 'list-nodes', space: closedSpace, parent: null } as const;
      await refused(provider.read(listing), { kind: 'forbidden' });
    });
  });

  describe(`${name}: pages`, () => {
    test('of every type that can be made are made where they belong', async () => {
      const { provider, create, get, list } = await enter();
      const top = await create('Top', null);
      expect(top).toMatchObject({ title: 'Top', parent: null, kind: 'origin', origin: null });
      expect(top.type).toBe(provider.capabilities.defaultType);
      for (const [type, { create: creatable }] of Object.entries(provider.capabilities.types)) {
        if (!creatable) continue;
        const made = await create(`A ${type} ä/字`, top.id, { type });
        expect(made).toMatchObject({ type, title: `A ${type} ä/字`, parent: top.id });
        expect(await get(made.id)).toMatchObject(told(made, provider));
        expect(await list(top.id)).toContainEqual(expect.objectContaining(lasting(made)));
      }
      expect(await list(null)).toEqual([expect.objectContaining({ ...lasting(top), hasChildren: true })]);
    });

    test('of a type that cannot be made are refused before they are', async () => {
      const { provider, create, list } = await enter();
      const types = Object.entries(provider.capabilities.types).filter(([, able]) => !able.create);
      for (const [type] of types) {
        await refused(create('No', null, { type }), { kind: 'invalid', sent: 'no', endpoint: 'create-node' });
      }
      expect(await list(null)).toEqual([]);
    });

    test('are copied as the capabilities say: under the title given or their own, alone or with their branch', async () => {
      const { provider, create, perform, list, spaces } = await enter();
      const { title: named, reach } = provider.capabilities.copies;
      const source = await create('Template', null);
      await create('Below', source.id);
      const [space, targetSpace] = spaces;
      const title = named === 'given' ? 'Made from it' : 'Template';
      const copy = {
        kind: 'copy-node',
        node: source.id,
        space,
        targetSpace,
        targetParent: null,
        title,
      } as const;
      const made = await perform(copy);
      expect(made).toMatchObject({ title, space: targetSpace, parent: null, kind: 'origin', origin: null });
      expect(made.type).toBe(source.type);
      expect(made.id).not.toBe(source.id);
      expect(await list(null, targetSpace)).toMatchObject([{ id: made.id, title }]);
      const below = (await list(made.id, targetSpace)).map((page) => page.title);
      expect(below).toEqual(reach === 'branch' ? ['Below'] : []);
      expect(await list(null)).toMatchObject([{ id: source.id, title: 'Template' }]);
    });

    test('of one type and title are siblings only where the vendor lets them', async () => {
      const { provider, create, move, list, spaces } = await enter();
      if (provider.capabilities.siblingNames === 'free') return;
      const from = await create('From', null);
      const first = await create('Twin', null);
      const second = await create('Twin', from.id);
      const third = await create('Other', null);
      await refused(create('Twin', null), { kind: 'taken', sent: 'no' });
      await refused(move(second.id, null), { kind: 'taken', sent: 'no' });
      const rename = { kind: 'rename-node', node: third.id, space: spaces[0], title: 'Twin' } as const;
      await refused(provider.perform(rename), { kind: 'taken', sent: 'no' });
      const copy = { node: second.id, space: spaces[0], targetSpace: spaces[0], targetParent: null };
      await refused(provider.perform({ kind: 'copy-node', ...copy, title: 'Twin' }), {
        kind: 'taken',
        sent: 'no',
      });
      expect((await list(null)).map(({ id }) => id)).toEqual([from.id, first.id, third.id]);
    });

    test('move with all below them, ids kept', async () => {
      const { create, move, list } = await enter();
      const from = await create('From', null);
      const to = await create('To', null);
      const moved = await create('Moved', from.id);
      const below = await create('Below', moved.id);
      expect(await move(moved.id, to.id)).toMatchObject({ id: moved.id, parent: to.id, title: 'Moved' });
      expect(await list(from.id)).toEqual([]);
      expect(await list(to.id)).toMatchObject([{ id: moved.id, hasChildren: true }]);
      expect(await list(moved.id)).toMatchObject([lasting(below)]);
      expect(await move(moved.id, null)).toMatchObject({ id: moved.id, parent: null });
    });

    test('move to another space', async () => {
      const { create, move, list, spaces } = await enter();
      const moved = await create('Moved', null);
      const below = await create('Below', moved.id);
      const there = await move(moved.id, null, spaces[1]);
      expect(there).toMatchObject({ space: spaces[1], parent: null, title: 'Moved' });
      expect(await list(null)).toEqual([]);
      expect(await list(there.id, spaces[1])).toMatchObject([{ title: below.title, space: spaces[1] }]);
    });

    test('are renamed where their type lets them', async () => {
      const { provider, create, get, spaces } = await enter();
      for (const [type, able] of Object.entries(provider.capabilities.types)) {
        if (!able.create) continue;
        const page = await create(`Before ${type}`, null, { type });
        const rename = {
          kind: 'rename-node',
          node: page.id,
          space: spaces[0],
          title: `After ${type}`,
        } as const;
        if (able.rename) expect(await provider.perform(rename)).toEqual({ kind: 'renamed' });
        else await refused(provider.perform(rename), { kind: 'invalid', sent: 'no' });
        expect((await get(page.id)).title).toBe(`${able.rename ? 'After' : 'Before'} ${type}`);
      }
    });

    test('are pointed to by shortcuts, where the vendor has them', async () => {
      const { provider, create, get, spaces } = await enter();
      if (!provider.capabilities.shortcuts.create) return;
      const origin = await create('Origin', null);
      const made = await create('Pointer', origin.id, { origin: origin.id });
      expect(made).toMatchObject({
        kind: 'shortcut',
        origin: origin.id,
        title: 'Pointer',
        parent: origin.id,
      });
      if (!provider.capabilities.shortcuts.rename) return;
      await provider.perform({ kind: 'rename-node', node: made.id, space: spaces[0], title: 'Renamed' });
      expect(await get(made.id)).toEqual({ ...made, title: 'Renamed' });
      expect((await get(origin.id)).title).toBe('Origin');
    });

    test('that are gone differ from those that may not be seen', async () => {
      const { create, get, list, people } = await enter();
      const gone = await create('Gone', null);
      const hidden = await create('Hidden', null);
      people.remove(gone.id);
      people.hide(hidden.id);
      await refused(get(gone.id), { kind: 'not-found', endpoint: 'get-node' });
      await refused(get(hidden.id), { kind: 'forbidden', endpoint: 'get-node' });
      await refused(create('Below', gone.id), { kind: 'not-found', sent: 'no' });
      await refused(create('Below', hidden.id), { kind: 'forbidden', sent: 'no' });
      expect(await list(null)).toEqual([]);
    });

    test('over a limit are refused', async () => {
      const { create, list } = await enter({ limits: { children: 2 } });
      await create('1', null);
      await create('2', null);
      await refused(create('3', null), { kind: 'limit', sent: 'no', endpoint: 'create-node' });
      expect(await list(null)).toHaveLength(2);
    });
  });

  describe(`${name}: listings`, () => {
    test('join their pages', async () => {
      const { provider, create, people, spaces } = await enter();
      const parent = await create('Parent', null);
      const { pageSize } = provider.capabilities;
      const added = Array.from({ length: 2 * pageSize + 1 }, (_, n) => people.addPage(parent.id, `${n}`));
      const seen = await provider.read({ kind: 'list-nodes', space: spaces[0], parent: parent.id });
      expect(seen.pages).toBe(3);
      expect(seen.nodes.map(({ id }) => id)).toEqual(added);
      expect(provider.calls().byEndpoint['list-nodes']).toBe(3);
    });

    test('go on over pages on which nothing may be seen', async () => {
      const { provider, create, people, spaces } = await enter();
      const parent = await create('Parent', null);
      const { pageSize } = provider.capabilities;
      const hidden = Array.from({ length: pageSize }, (_, n) => people.addPage(parent.id, `${n}`));
      for (const node of hidden) people.hide(node);
      const last = people.addPage(parent.id, 'Last');
      const seen = await provider.read({ kind: 'list-nodes', space: spaces[0], parent: parent.id });
      expect(seen.nodes.map(({ id }) => id)).toEqual([last]);
    });

    test('hold each page once, even where the vendor repeats one', async () => {
      const fault: ScriptedFault = { endpoint: 'list-nodes', nth: 1, fault: { kind: 'repeat' } };
      const { provider, create, people, spaces } = await enter({ faults: [fault] });
      const parent = await create('Parent', null);
      const { pageSize } = provider.capabilities;
      const added = Array.from({ length: pageSize + 3 }, (_, n) => people.addPage(parent.id, `${n}`));
      const { nodes } = await provider.read({ kind: 'list-nodes', space: spaces[0], parent: parent.id });
      expect(nodes.map(({ id }) => id)).toEqual(added);
    });
  });

  describe(`${name}: trouble`, () => {
    const passing: [string, ScriptedFault['fault']][] = [
      ['over the rate', { kind: 'rate', resetSeconds: 3 }],
      ['lock contention', { kind: 'contention' }],
    ];

    test.each(passing)('%s before a write is sat out, and the write made once', async (_, fault) => {
      const faults = [{ endpoint: 'create-node', nth: 1, fault }];
      const { provider, create, list } = await enter({ faults });
      const made = await create('Once', null);
      expect(await list(null)).toMatchObject([lasting(made)]);
      expect(provider.calls().byEndpoint['create-node']).toBe(2);
    });

    test('a token that is called invalid is replaced, where the provider is the one to fetch it', async () => {
      const faults: ScriptedFault[] = [{ endpoint: 'create-node', nth: 1, fault: { kind: 'expired-token' } }];
      const { provider, create, list } = await enter({ faults });
      const created = create('Once', null);
      if (provider.identity === 'user') {
        await refused(created, { kind: 'unauthenticated', sent: 'no' });
        return;
      }
      const made = await created;
      expect(await list(null)).toMatchObject([lasting(made)]);
    });

    const lost: [string, ScriptedFault['fault']][] = [
      ['a failure behind the effect', { kind: 'rpc', effect: true }],
      ["a gateway's page", { kind: 'server-error', effect: true }],
      ['a cut connection', { kind: 'cut', effect: true }],
      ['half an answer', { kind: 'half-json' }],
    ];

    test.each(lost)('%s leaves a write in doubt, and is not repeated', async (_, fault) => {
      const faults = [{ endpoint: 'create-node', nth: 1, fault }];
      const { create, list, served } = await enter({ faults });
      await refused(create('Once', null), { sent: 'unknown', endpoint: 'create-node' });
      expect(await list(null)).toMatchObject([{ title: 'Once' }]);
      expect(served()['create-node']).toBe(1);
    });

    test.each(lost)('%s does not keep a read from its answer', async (_, fault) => {
      const { list } = await enter({ faults: [{ endpoint: 'list-nodes', nth: 1, fault }] });
      expect(await list(null)).toEqual([]);
    });

    test('that befalls whoever waits: what the vendor goes on with can be waited for by its ticket', async () => {
      const fault = { kind: 'late', delayMs: 500 } as const;
      const { provider, create, list, spaces } = await enter({
        faults: [{ endpoint: 'move-node', nth: 1, fault }],
      });
      const branch = await create('Branch', null);
      await create('Leaf', branch.id);
      const target = await create('Target', null);
      const [space] = spaces;
      const where = { node: branch.id, space, targetSpace: space, targetParent: target.id };
      const tickets: string[] = [];
      const moving = provider.perform({ kind: 'move-node', ...where }, undefined, async (ticket) => {
        tickets.push(ticket);
        expect(await list(target.id)).toEqual([]);
        throw new Error('nobody waits any more');
      });
      if (provider.settle === undefined) {
        await moving;
        expect(tickets).toEqual([]);
      } else {
        await expect(moving).rejects.toThrow('nobody waits any more');
        await provider.settle(tickets[0] ?? '');
        // One that nobody knows any more was over long ago.
        await provider.settle('404');
      }
      expect(await list(target.id)).toMatchObject([{ id: branch.id }]);
    });

    test('is counted as the server counts', async () => {
      const faults: ScriptedFault[] = [
        { endpoint: 'create-node', nth: 1, fault: { kind: 'contention' } },
        { endpoint: 'list-nodes', nth: 1, fault: { kind: 'cut', effect: false } },
      ];
      const { provider, create, list, served } = await enter({ faults });
      await create('Page', null);
      await list(null);
      expect(provider.calls().byEndpoint).toEqual(served());
      const sum = Object.values(served()).reduce((total, count) => total + count, 0);
      expect(provider.calls().total).toBe(sum);
    });
  });
}

/** What stays of an answer: who made a page and when is told by listings, not by every vendor's call to make one. */
function lasting({ createdAt: _, creator: __, url: ___, ...rest }: LiveNode): Partial<LiveNode> {
  return rest;
}

/** What an answer about one page tells of it. */
function told(page: LiveNode, { capabilities }: Provider): Partial<LiveNode> {
  const { parent, ...rest } = lasting(page);
  return capabilities.tellsParent ? { ...rest, parent: page.parent } : rest;
}

/** The contract's verbs, short. */
function actions({ provider, spaces }: Stage) {
  const perform = async (operation: Operation): Promise<LiveNode> => {
    const outcome = await provider.perform(operation);
    if (outcome.kind !== 'node') throw new Error('expected a node');
    return outcome.node;
  };
  return {
    perform,
    create: (
      title: string,
      parent: NodeId | null,
      {
        type = provider.capabilities.defaultType,
        origin = null,
      }: { type?: string; origin?: NodeId | null } = {},
    ) => perform({ kind: 'create-node', space: spaces[0], parent, title, type, origin }),
    move: (node: NodeId, targetParent: NodeId | null, targetSpace = spaces[0]) =>
      perform({ kind: 'move-node', node, space: spaces[0], targetSpace, targetParent }),
    get: async (node: NodeId): Promise<LiveNode> => {
      const { nodes } = await provider.read({ kind: 'get-node', node: nodeId(node) });
      return present(nodes[0], 'node');
    },
    list: async (parent: NodeId | null, space = spaces[0]) =>
      (await provider.read({ kind: 'list-nodes', space, parent })).nodes,
  };
}

async function refused(promise: Promise<unknown>, expected: Partial<ProviderError>): Promise<void> {
  const outcome = await promise.then(
    () => 'accepted',
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(ProviderError);
  expect(outcome).toMatchObject(expected);
}
