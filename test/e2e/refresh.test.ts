// `--refresh touched` and what a plan for a part reads: calls in proportion to the change, counted at the
// server.

import { expect, test } from 'vitest';
import { addPage, deleteSubtree, dragNode, renamePage } from '../../src/provider/emulator/person.ts';
import { handbook, openSite, type Site, user } from './site.ts';

/** 12 sections of 6 pages each; those that are named have one more. */
function sections(...growing: readonly number[]): string {
  const lines = Array.from({ length: 12 }, (_, section) => {
    const pages = Array.from({ length: 6 }, (_, page) => `Page ${section}.${page}`);
    if (growing.includes(section)) pages.push('New');
    return `- { title: Section ${section}, children: [${pages.join(', ')}] }`;
  });
  return handbook(lines.join('\n'));
}

async function appliedSite(): Promise<Site> {
  const site = await openSite({ pace: false });
  site.manifest(sections(), 'pace: { create-node: 1000/min }');
  await site.apply();
  return site;
}

const touched = 'plan --format json --refresh touched';

test('where manifest and state agree nothing is read, and the plan says so', async () => {
  const site = await appliedSite();
  expect((await site.run('plan --format json')).calls).toEqual({ 'get-space': 1, 'list-nodes': 13 });
  const planned = await site.run(touched);
  expect(planned).toMatchObject({ exitCode: 0, calls: {} });
  expect(planned.plan()).toMatchObject({ believed: 84, estimate: { readCalls: 0 } });
  const shown = await site.run('plan --refresh touched');
  expect(shown.stdout).toContain(
    'as far as it was read or is remembered, matches the manifest. 84 as remembered',
  );
});

test('a new page costs the reading of its parent and of where that lies, and the apply makes it once', async () => {
  const site = await appliedSite();
  site.manifest(sections(3));
  const planned = await site.run(touched);
  expect(planned.calls).toEqual({ 'get-space': 1, 'list-nodes': 2 });
  expect(planned.plan().steps).toMatchObject([{ kind: 'create-node', address: 'handbook/Section 3/New' }]);
  const { believed: _, ...document } = planned.plan();
  const full = (await site.run('plan --format json')).plan();
  expect({ ...document, estimate: full.estimate }).toEqual(full);
  const applied = await site.run('apply --auto-approve --refresh touched');
  expect(applied, applied.stderr).toMatchObject({ exitCode: 0, writes: 1 });
  expect(applied.calls).toEqual({ 'get-space': 1, 'list-nodes': 2, 'create-node': 1 });
  await site.expectNothingToDo();
});

test('a section that moves is read, with all that it carries', async () => {
  const site = await appliedSite();
  const moved = sections().replace(/ +- \{ title: Section 1, children: \[(.*?)\] \}\n/, '');
  const inner = Array.from({ length: 6 }, (_, page) => `Page 1.${page}`).join(', ');
  site.manifest(moved.replace('Page 0.5]', `Page 0.5, { title: Section 1, children: [${inner}] }]`));
  const planned = await site.run(touched);
  expect(planned.plan().summary).toMatchObject({ moveNode: 1, carried: 6 });
  // The top level, where both sections lie, and each of them.
  expect(planned.calls).toEqual({ 'get-space': 1, 'list-nodes': 3 });
});

test('pages under many parents are asked for by id where that takes fewer calls', async () => {
  const site = await openSite({ pace: false });
  const wide = (last: string): string =>
    handbook(
      `- { title: Wide, children: [${Array.from({ length: 119 }, (_, page) => `Page ${page}`).join(', ')}, ${last}] }`,
    );
  site.manifest(wide('Last'), 'pace: { create-node: 1000/min }');
  await site.apply();
  site.manifest(wide('{ title: Final, key: Last }'));
  const planned = await site.run(touched);
  expect(planned.plan().steps).toMatchObject([{ kind: 'rename-node' }]);
  expect(planned.calls).toEqual({ 'get-space': 1, 'get-node': 1 });
});

test('what people did is found out where a step rests on it', async () => {
  const site = await appliedSite();
  const parent = site.page('Handbook', 'Section 3');
  dragNode(site.world, parent, { parent: site.page('Handbook', 'Section 4') });
  deleteSubtree(site.world, site.page('Handbook', 'Section 5'));
  renamePage(site.world, site.page('Handbook', 'Section 6'), 'By hand');
  addPage(site.world, { parent: site.page('Handbook', 'Section 7') }, { title: 'New' });
  site.manifest(sections(3, 5, 7));
  const planned = await site.run(touched);
  const told = planned.plan().steps.map(({ kind, address }) => `${kind} ${address}`);
  const steps = told.filter((step) => !step.includes('/Page 5.'));
  // The page in section 7 is there already; the top level was read, and so its drift is seen as well.
  expect(steps).toEqual([
    'move-node handbook/Section 3',
    'create-node handbook/Section 3/New',
    'create-node handbook/Section 5',
    'create-node handbook/Section 5/New',
    'rename-node handbook/Section 6',
  ]);
  expect(planned.plan().adopted).toEqual(['handbook/Section 7/New']);
});

test('pages that people turned upside down are looked at until they stand somewhere', async () => {
  const site = await openSite({ pace: false });
  const many = Array.from({ length: 60 }, (_, page) => `- Page ${page}`).join('\n');
  const wiki = (outer: string): string => handbook(`${many}\n- ${outer}`);
  site.manifest(
    wiki('{ title: Outer, children: [{ title: Inner, children: [Leaf] }] }'),
    'pace: { create-node: 1000/min }',
  );
  await site.apply();
  const [outer, inner] = [site.page('Handbook', 'Outer'), site.page('Handbook', 'Outer', 'Inner')];
  dragNode(site.world, inner, { space: site.space('Handbook') });
  dragNode(site.world, outer, { parent: inner });
  site.manifest(wiki('{ title: Renamed, key: Outer, children: [{ title: Inner, children: [Leaf] }] }'));
  const planned = await site.run(touched);
  expect(planned, planned.stderr).toMatchObject({ exitCode: 0 });
  const applied = await site.run('apply --auto-approve --refresh touched');
  expect(applied, applied.stderr).toMatchObject({ exitCode: 0 });
  await site.expectNothingToDo();
});

test('a saved plan is held against the wiki in the way it was made', async () => {
  const site = await appliedSite();
  site.manifest(sections(3));
  const saved = await site.run('plan --refresh touched --out plan.json');
  expect(saved.calls).toEqual({ 'get-space': 1, 'list-nodes': 2 });
  renamePage(site.world, site.page('Handbook', 'Section 3'), 'By hand');
  expect(await site.run('apply plan.json')).toMatchObject({ exitCode: 4, writes: 0 });
  renamePage(site.world, site.page('Handbook', 'By hand'), 'Section 3');
  const applied = await site.run('apply plan.json', { env: { ...user, WIKIFORM_REFRESH: 'all' } });
  expect(applied).toMatchObject({ exitCode: 0, writes: 1 });
  expect(applied.calls).toEqual({ 'get-space': 1, 'list-nodes': 2, 'create-node': 1 });
});

test('where a limit binds the space is read whole, for room may be anywhere', async () => {
  const site = await openSite({ pace: false });
  const limits = 'limits: { children: 2 }';
  const nodes = (one: string, two: string): string =>
    handbook(
      `- { title: Top, children: [{ title: One, children: [${one}] }, { title: Two, children: [${two}] }] }\n- { title: Other, children: [{ title: Free, children: [Leaf] }] }`,
    );
  site.manifest(nodes('A, B', 'C, D'), limits);
  await site.apply();
  site.manifest(nodes('C, D', 'A, B'), limits);
  const all = await site.run('plan --format json');
  const some = await site.run(touched);
  expect(some.calls).toEqual(all.calls);
  expect(some.plan().summary.parked).toBeGreaterThan(0);
  expect(some.plan().steps).toEqual(all.plan().steps);
});

const spaces = (one: string, two: string): string =>
  `spaces:\n  one: { name: One, nodes: [${one}] }\n  two: { name: Two, nodes: [${two}] }\n`;

test('--space reads its space, and of others what it needs', async () => {
  const site = await openSite();
  site.manifest(spaces('{ title: A, children: [B] }, Source', '{ title: C, children: [D] }'));
  const before = await site.run('plan --format json --space two');
  expect(before.calls).toEqual({ 'list-spaces': 1 });
  await site.apply();
  const alone = await site.run('plan --format json --space two');
  expect(alone.calls).toEqual({ 'get-space': 1, 'list-nodes': 2 });
  expect(alone.plan().steps).toEqual([]);
  expect((await site.run('plan --format json --target two/C/D')).calls).toEqual(alone.calls);

  site.manifest(
    spaces(
      '{ title: A, children: [B] }, Source',
      '{ title: C, children: [D, { title: E, copy: one/Source }] }',
    ),
  );
  const copying = await site.run('plan --format json --space two');
  expect(copying.calls).toEqual({ 'get-space': 2, 'list-nodes': 3 });
  expect(copying.plan().steps).toMatchObject([{ kind: 'copy-node', address: 'two/C/E' }]);

  site.manifest(
    spaces('Source', '{ title: C, children: [D] }, { title: A, movedFrom: one/A, children: [B] }'),
  );
  const moving = await site.run('plan --format json --space two');
  expect(moving.calls).toEqual({ 'get-space': 2, 'list-nodes': 4 });
  expect(moving.plan().steps).toMatchObject([{ kind: 'move-node', address: 'two/A', carried: 1 }]);
});

test('a source that stands in another space, of which nothing is remembered, is found and not made again', async () => {
  const site = await openSite({ spaces: [{ name: 'One', nodes: [{ title: 'A', children: ['Source'] }] }] });
  site.manifest(spaces('{ title: A, children: [Source] }', '{ title: Copied, copy: one/A/Source }'));
  const planned = await site.run('plan --format json --space two');
  expect(planned.plan().steps.map(({ kind, address }) => `${kind} ${address}`)).toEqual([
    'create-space two',
    'copy-node two/Copied',
  ]);
  expect(planned.plan().adopted).toEqual(['one', 'one/A', 'one/A/Source']);
  expect(await site.run('apply --auto-approve --space two')).toMatchObject({ exitCode: 0, writes: 2 });
});

test('drift --space looks at its space alone', async () => {
  const site = await openSite();
  site.manifest(spaces('A', 'B'));
  await site.apply();
  renamePage(site.world, site.page('One', 'A'), 'By hand');
  renamePage(site.world, site.page('Two', 'B'), 'By hand too');
  const looked = await site.run('drift --space two --format json');
  expect(looked.calls).toEqual({ 'get-space': 1, 'list-nodes': 1 });
  expect(JSON.parse(looked.stdout).changes).toMatchObject([{ kind: 'renamed', address: 'two/B' }]);
  expect(await site.run('drift --space three')).toMatchObject({ exitCode: 1, calls: {} });
  expect(await site.run('drift --space two --accept')).toMatchObject({ exitCode: 1, calls: {} });
});
