// DingTalk from the outside: the same manifest, plan and apply, against its emulated API.

import { expect, test } from 'vitest';
import { addPage } from '../../src/provider/emulator/person.ts';
import { handbook, openSite, operator, type Site, type SiteOptions } from './site.ts';

const openDingtalk = (options: SiteOptions = {}): Promise<Site> =>
  openSite({ kind: 'dingtalk', env: operator, ...options });

const first = handbook(
  `
- Welcome
- title: Templates
  type: folder
  children: [Checklist]
- { title: Numbers, type: workbook }
- { title: Map, type: mind }
- title: Onboarding
  type: folder
  children:
    - { title: First steps, copy: handbook/Templates/Checklist }`,
  'description: How we work',
);

const outlined = [
  'Map (mind)',
  'Numbers (workbook)',
  'Onboarding (folder)',
  'Templates (folder)',
  'Welcome',
  '  Checklist',
  '  First steps',
].toSorted();

test('a knowledge base of every type and a copy from nothing, and nothing to do afterwards', async () => {
  const site = await openDingtalk();
  site.manifest(first);
  const planned = await site.run('plan --format json');
  expect(planned.plan().summary).toMatchObject({ createSpace: 1, createNode: 6, copyNode: 1, renameNode: 1 });
  const applied = await site.apply();
  expect(site.outline('Handbook').toSorted()).toEqual(outlined);
  expect(applied.calls).toMatchObject({
    'create-space': 1,
    'create-node': 6,
    'copy-node': 1,
    'rename-node': 1,
    // The source of the copy and what it goes below; the copy tells its own.
    'convert-id': 2,
  });
  expect(planned.plan().estimate).toEqual({ readCalls: 4, writeCalls: 9, seconds: 1 });
  const again = await site.expectNothingToDo();
  expect(again.calls['convert-id']).toBeUndefined();
});

test('two moves and a renaming are two calls to move and one to rename, and each id is asked for once', async () => {
  const site = await openDingtalk();
  site.manifest(first);
  await site.apply();
  site.manifest(
    handbook(`
- Welcome to all
- title: Templates
  type: folder
- { title: Map, type: mind }
- title: Onboarding
  type: folder
  children:
    - First steps
    - Checklist
    - { title: Numbers, type: workbook }`),
  );
  const moved = await site.run('apply --auto-approve --format json');
  expect(moved, moved.stderr).toMatchObject({ exitCode: 0, writes: 3 });
  expect(moved.calls).toMatchObject({ 'move-node': 2, 'rename-node': 1, 'convert-id': 2 });
  expect(site.outline('Handbook').toSorted()).toEqual(
    [
      'Map (mind)',
      'Onboarding (folder)',
      'Templates (folder)',
      'Welcome to all',
      '  Checklist',
      '  First steps',
      '  Numbers (workbook)',
    ].toSorted(),
  );
  await site.expectNothingToDo();
  expect(site.read('.wikiform/state.json')).toContain('"alias":"');
});

test('60 pages at 20 a second meet the limit not once', async () => {
  const site = await openDingtalk();
  const pages = Array.from({ length: 6 }, (_, part) => {
    const below = Array.from({ length: 9 }, (__, at) => `Page ${part}-${at}`);
    return `- { title: Part ${part}, type: folder, children: [${below.join(', ')}] }`;
  });
  site.manifest(handbook(pages.join('\n')));
  // By real clocks on both sides.
  const applied = await site.command('apply --auto-approve');
  expect(applied, applied.stderr).toMatchObject({ exitCode: 0 });
  expect(applied.calls['create-node']).toBe(60);
  expect(site.emulator.requests().filter(({ status }) => status !== 200)).toEqual([]);
  const times = site.emulator
    .requests()
    .flatMap(({ endpoint, atMs }) => (endpoint === 'create-node' ? [atMs] : []));
  times.forEach((atMs, at) => {
    const before = times[at - 20];
    if (before !== undefined) expect(atMs - before).toBeGreaterThan(1000);
  });
  await site.expectNothingToDo();
});

test('siblings exchange their titles by way of a third', async () => {
  const site = await openDingtalk();
  site.manifest(handbook('- { title: Left, key: a }\n- { title: Right, key: b }'));
  await site.apply();
  const [left, right] = [site.page('Handbook', 'Left'), site.page('Handbook', 'Right')];
  site.manifest(handbook('- { title: Right, key: a }\n- { title: Left, key: b }'));
  const planned = await site.run('plan --format json');
  expect(planned.plan().summary).toMatchObject({ renameNode: 2, parked: 1 });
  const applied = await site.apply();
  expect(applied.calls['rename-node']).toBe(3);
  expect([site.page('Handbook', 'Right'), site.page('Handbook', 'Left')]).toEqual([left, right]);
  await site.expectNothingToDo();
});

test('pages of one title exchange their places', async () => {
  const site = await openDingtalk();
  site.manifest(
    handbook(
      '- { title: A, type: folder, children: [Notes] }\n- { title: B, type: folder, children: [Notes] }',
    ),
  );
  await site.apply();
  const [a, b] = [site.page('Handbook', 'A', 'Notes'), site.page('Handbook', 'B', 'Notes')];
  const notes = (folder: string, id: string): string =>
    `- { title: ${folder}, type: folder, children: [{ title: Notes, id: "${id}" }] }`;
  site.manifest(handbook(`${notes('A', b)}\n${notes('B', a)}`));
  const applied = await site.apply();
  expect(applied.calls).toMatchObject({ 'move-node': 3 });
  expect(applied.calls['rename-node']).toBeUndefined();
  expect([site.page('Handbook', 'A', 'Notes'), site.page('Handbook', 'B', 'Notes')]).toEqual([b, a]);
  await site.expectNothingToDo();
});

test('a copy brings its branch: what is declared is bound, what is not is told', async () => {
  const site = await openDingtalk();
  site.manifest(handbook('- { title: Project, children: [Goals, { title: Risks, children: [Log] }] }'));
  await site.apply();
  addPage(site.world, { parent: site.page('Handbook', 'Project') }, { title: 'By hand' });
  site.manifest(
    handbook(`
- { title: Project, children: [Goals, { title: Risks, children: [Log] }] }
- { title: Apollo, copy: { from: handbook/Project, children: true } }
- { title: Probes, type: folder, children: [{ title: Gemini, copy: handbook/Project, children: [Goals] }] }`),
  );
  const planned = await site.run('plan --format json');
  expect(planned.plan().diagnostics.map(({ code }) => code)).toEqual([
    'COPY_BRINGS_MORE',
    'COPY_BRINGS_MORE',
  ]);
  expect(planned.plan().summary).toMatchObject({ createNode: 1, copyNode: 2 });
  const apollo = planned.plan().steps.find(({ address }) => address === 'handbook/Apollo');
  const below = (address: string, parent: string, title: string) => ({
    address: `handbook/Apollo${address}`,
    parent: `handbook/Apollo${parent}`,
    title,
  });
  expect(apollo).toMatchObject({
    brings: [
      below('/Goals', '', 'Goals'),
      below('/Risks', '', 'Risks'),
      below('/Risks/Log', '/Risks', 'Log'),
    ],
    extras: 1,
  });
  const applied = await site.apply();
  expect(applied.calls['copy-node']).toBe(2);
  const state = JSON.parse(site.read('.wikiform/state.json')) as { nodes: Record<string, { id: string }> };
  expect(state.nodes['handbook/Apollo/Risks/Log']?.id).toBe(site.page('Handbook', 'Apollo', 'Risks', 'Log'));
  expect(state.nodes['handbook/Probes/Gemini/Goals']?.id).toBe(
    site.page('Handbook', 'Probes', 'Gemini', 'Goals'),
  );
  await site.expectNothingToDo();
});

test('a copy beside its source is made elsewhere and moved on', async () => {
  const site = await openDingtalk();
  site.manifest(
    handbook('- Welcome\n- { title: Hello, copy: handbook/Welcome }\n- { title: Box, type: folder }'),
  );
  await site.apply();
  expect(site.outline('Handbook').toSorted()).toEqual(['Box (folder)', 'Hello', 'Welcome']);
  await site.expectNothingToDo();
});

test('a copy beside its source is made below an undeclared page where nothing else is declared', async () => {
  const site = await openDingtalk();
  site.manifest(handbook('- Welcome'));
  await site.apply();
  const hidden = addPage(site.world, { space: site.space('Handbook') }, { title: 'By hand' });
  site.manifest(handbook('- Welcome\n- { title: Hello, copy: handbook/Welcome }'));
  const applied = await site.apply();
  expect(applied.calls).toMatchObject({ 'copy-node': 1, 'rename-node': 1, 'move-node': 1 });
  expect(site.outline('Handbook').toSorted()).toEqual(['By hand', 'Hello', 'Welcome']);
  expect(site.page('Handbook', 'By hand')).toBe(hidden);
  await site.expectNothingToDo();
});

test('a copy that was made elsewhere is found there by the next run', async () => {
  const fault = { kind: 'server-error', effect: false, status: 404 } as const;
  const site = await openDingtalk({
    faults: { seed: 1, script: [{ endpoint: 'rename-node', nth: 1, fault }] },
  });
  site.manifest(handbook('- Welcome'));
  await site.apply();
  addPage(site.world, { space: site.space('Handbook') }, { title: 'By hand' });
  site.manifest(handbook('- Welcome\n- { title: Hello, copy: handbook/Welcome }'));
  expect(await site.run('apply --auto-approve')).toMatchObject({ exitCode: 3 });
  expect(site.outline('Handbook').toSorted()).toEqual(['  Welcome', 'By hand', 'Welcome']);
  const copy = site.page('Handbook', 'By hand', 'Welcome');
  const applied = await site.apply();
  expect(applied.calls).toMatchObject({ 'rename-node': 1, 'move-node': 1 });
  expect(site.page('Handbook', 'Hello')).toBe(copy);
  await site.expectNothingToDo();
});

test('a copy beside its source, and nothing else that may hold pages, is refused with the way out', async () => {
  const site = await openDingtalk();
  const pages = '- Welcome\n- { title: Sums, type: workbook }';
  site.manifest(handbook(pages));
  await site.apply();
  const copied = `${pages}\n- { title: Hello, copy: handbook/Welcome }`;
  site.manifest(handbook(copied));
  const refused = await site.run('apply --auto-approve --format json');
  expect(refused).toMatchObject({ exitCode: 1, writes: 0 });
  expect(refused.apply().diagnostics).toMatchObject([
    { code: 'NO_LEGAL_ORDER', help: expect.stringContaining('Declare a folder in the space') },
  ]);
  // What it says to do works.
  site.manifest(handbook(`${copied}\n- { title: Room, type: folder }`));
  await site.apply();
  expect(site.outline('Handbook').toSorted()).toEqual([
    'Hello',
    'Room (folder)',
    'Sums (workbook)',
    'Welcome',
  ]);
  await site.expectNothingToDo();
});

test('a title that somebody has taken in the wiki blocks what wants it, and nothing else', async () => {
  const site = await openDingtalk();
  site.manifest(handbook('- { title: Draft, key: page }\n- Other'));
  await site.apply();
  addPage(site.world, { space: site.space('Handbook') }, { title: 'Final' });
  site.manifest(handbook('- { title: Final, key: page }\n- Another'));
  const applied = await site.run('apply --auto-approve --format json');
  expect(applied).toMatchObject({ exitCode: 3 });
  expect(applied.apply().steps).toMatchObject([
    { kind: 'rename-node', address: 'handbook/Another', status: 'done' },
    { kind: 'rename-node', address: 'handbook/page', status: 'blocked' },
  ]);
});

test('what the vendor does not tell is said before anything is written', async () => {
  const fault = { kind: 'server-error', effect: false, status: 404 } as const;
  const script = [1, 2].map((nth) => ({ endpoint: 'convert-id', nth, fault }));
  const site = await openDingtalk({ faults: { seed: 1, script } });
  site.manifest(handbook('- { title: A, type: folder }\n- B'));
  await site.apply();
  site.manifest(handbook('- { title: A, type: folder, children: [B, New] }'));
  const refused = await site.run('apply --auto-approve');
  expect(refused).toMatchObject({ exitCode: 1, writes: 0 });
  expect(await site.run('apply --auto-approve')).toMatchObject({ exitCode: 0, writes: 2 });
});

test('credentials that are missing are named, the operator among them', async () => {
  const site = await openDingtalk({ env: { DINGTALK_APP_KEY: 'ding_site' } });
  site.manifest(first);
  const refused = await site.run('plan');
  expect(refused).toMatchObject({ exitCode: 1, calls: {} });
  expect(refused.stderr).toContain('Set DINGTALK_APP_KEY, DINGTALK_APP_SECRET and DINGTALK_OPERATOR_ID.');
  expect((await site.run('plan --emulator')).exitCode).toBe(0);
});
