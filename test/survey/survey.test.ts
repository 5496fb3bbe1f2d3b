// What is read, call by call, over HTTP.

import { expect, test } from 'vitest';
import { addPage, deleteSubtree, dragNode, hideNode } from '../../src/provider/emulator/person.ts';
import type { Address } from '../../src/tree/identifier.ts';
import { desiredTree } from '../fixture.ts';
import { onStage, type Stage, tally } from '../property/stage.ts';

const titles = (count: number): string[] => Array.from({ length: count }, (_, at) => `Page ${at}`);
const idAt = ({ store }: Stage, address: string): string =>
  store.state.nodes.get(address as Address)?.id ?? '';

test('one page request is made per 50 children, and none for leaves', async () => {
  await onStage({ pageSize: 50 }, async (stage) => {
    const wiki = desiredTree({
      h: [
        { title: 'Full', children: titles(120) },
        { title: 'Just', children: titles(50) },
      ],
    });
    await stage.converge(wiki);
    stage.asked();
    await stage.plan(wiki);
    expect(tally(stage.asked())).toEqual({ 'get-space': 1, 'list-nodes': 1 + 3 + 1 });
  });
});

test('a listing of several pages is read again before something is made for not being in it', async () => {
  await onStage({ pageSize: 50 }, async (stage) => {
    const pages = titles(60);
    await stage.converge(desiredTree({ h: [{ title: 'Full', children: pages }, 'Short'] }));
    stage.asked();
    await stage.plan(
      desiredTree({
        h: [
          { title: 'Full', children: [...pages, 'New'] },
          { title: 'Short', children: ['New too'] },
        ],
      }),
    );
    expect(tally(stage.asked())).toEqual({ 'get-space': 1, 'list-nodes': 1 + 2 + 2 });
  });
});

test('of a branch that is missing only the topmost page is asked for', async () => {
  await onStage({}, async (stage) => {
    const wiki = desiredTree({ h: [{ title: 'A', children: [{ title: 'B', children: ['C', 'D'] }] }] });
    await stage.converge(wiki);
    deleteSubtree(stage.world, idAt(stage, 'h/A/B'));
    stage.asked();
    const { plan } = await stage.plan(wiki);
    expect(tally(stage.asked())['get-node']).toBe(1);
    expect(plan.summary.createNode).toBe(3);
  });
});

test('nothing is read below what nobody declared, unless a move carries it', async () => {
  await onStage({}, async (stage) => {
    const wiki = desiredTree({ h: ['A', 'B'] });
    await stage.converge(wiki);
    const stranger = addPage(stage.world, { parent: idAt(stage, 'h/A') }, { title: 'by hand' });
    addPage(stage.world, { parent: stranger }, { title: 'below' });
    stage.asked();
    await stage.plan(wiki);
    expect(tally(stage.asked())['list-nodes']).toBe(2);
    const { plan } = await stage.plan(desiredTree({ h: [{ title: 'B', children: ['A'] }] }));
    expect(tally(stage.asked())['list-nodes']).toBe(3);
    expect(plan.summary).toMatchObject({ moveNode: 1, carried: 2 });
  });
});

test('a page that may not be seen any more is asked for and left alone', async () => {
  await onStage({}, async (stage) => {
    const wiki = desiredTree({ h: [{ title: 'A', children: ['B'] }] });
    await stage.converge(wiki);
    hideNode(stage.world, idAt(stage, 'h/A'), ['user']);
    const { plan } = await stage.plan(wiki);
    expect(plan.steps).toEqual([]);
    expect(plan.diagnostics.map(({ code }) => code)).toEqual(['NODE_HIDDEN', 'NODE_HIDDEN']);
  });
});

test('a listing that missed a page at first shows it when it is read again', async () => {
  const miss = { endpoint: 'list-nodes', nth: 1, fault: { kind: 'miss' } } as const;
  const spaces = [{ name: 'h', nodes: titles(5) }];
  await onStage({ spaces, pageSize: 2, faults: { seed: 1, script: [miss] } }, async (stage) => {
    const { plan } = await stage.plan(desiredTree({ h: titles(5) }));
    expect(plan.steps).toEqual([]);
    expect(plan.adopted).toHaveLength(6);
  });
});

test('a page comes back from an archive that nobody reads', async () => {
  const archiving = (...pages: readonly string[]) =>
    desiredTree({ h: { pages: [...pages, 'Archive'], onRemove: { archive: 'h/Archive' as Address } } });
  await onStage({ ignore: ['h/Archive/**'] }, async (stage) => {
    await stage.converge(archiving('Old', 'Other'));
    const id = idAt(stage, 'h/Old');
    await stage.converge(archiving('Other'));
    expect(stage.world.nodes.get(id)?.parent?.title).toBe('Archive');
    const { plan } = await stage.converge(archiving('Old', 'Other'));
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['move-node']);
    expect(stage.world.nodes.get(id)?.parent).toBeNull();
    expect(idAt(stage, 'h/Old')).toBe(id);
  });
});

test('a page that was dragged out of sight goes to the archive when it leaves the manifest', async () => {
  const archiving = (...pages: readonly string[]) =>
    desiredTree({ h: { pages: [...pages, 'Archive'], onRemove: { archive: 'h/Archive' as Address } } });
  await onStage({}, async (stage) => {
    await stage.converge(archiving('Old', 'Other'));
    const id = idAt(stage, 'h/Old');
    const space = stage.store.state.spaces.get('h' as Address)?.id ?? '';
    const stranger = addPage(stage.world, { space }, { title: 'by hand' });
    dragNode(stage.world, id, { parent: stranger });
    await stage.converge(archiving('Other'));
    expect(stage.world.nodes.get(id)?.parent?.title).toBe('Archive');
  });
});
