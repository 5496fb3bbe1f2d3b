// Calls that nobody has documented to work come before whatever rests on them, and are tried once.

import { expect, test } from 'vitest';
import type { FaultPlan } from '../../src/provider/emulator/faults.ts';
import { handbook, openSite, operator, type Site, type SiteOptions } from './site.ts';

const openDingtalk = (options: SiteOptions = {}): Promise<Site> =>
  openSite({ kind: 'dingtalk', env: operator, ...options });

const refusing = (...endpoints: string[]): FaultPlan => ({
  seed: 1,
  chances: [{ probability: 1, fault: { kind: 'forbidden' }, endpoints }],
});

const confirmedIn = (site: Site): unknown =>
  (JSON.parse(site.read('.wikiform/state.json')) as { confirmed?: unknown }).confirmed;

const before = handbook('- A\n- { title: Box, type: folder }\n- { title: B, children: [C] }');
const intoNew = handbook(
  '- { title: Box, type: folder }\n- { title: New, type: folder, children: [A] }\n- { title: B, children: [C] }\n- More',
);

test('a move below a page that is yet to be made is asked about before that page is made, once', async () => {
  const site = await openDingtalk();
  site.manifest(before);
  await site.apply();
  site.manifest(intoNew);
  const planned = (await site.run('plan --format json')).plan();
  expect(planned.trials).toEqual([{ call: 'move-node', step: expect.any(String), asks: 'handbook/New/A' }]);
  expect(planned.diagnostics).toMatchObject([{ code: 'TRIED_FIRST', severity: 'info' }]);
  const id = site.page('Handbook', 'A');
  const seen = site.emulator.requests().length;
  const applied = await site.apply();
  expect(applied.calls).toMatchObject({ 'create-node': 2, 'move-node': 2 });
  const writes = site.emulator
    .requests()
    .slice(seen)
    .filter(({ method }) => method === 'POST');
  expect(writes.find(({ endpoint }) => endpoint !== 'access-token')).toMatchObject({ endpoint: 'move-node' });
  expect(site.page('Handbook', 'New', 'A')).toBe(id);
  expect(confirmedIn(site)).toEqual(['move-node']);
  await site.expectNothingToDo();
  site.manifest(
    handbook(
      '- { title: Box, type: folder }\n- { title: New, type: folder }\n- { title: B, children: [C, { title: Newer, children: [A] }] }\n- More',
    ),
  );
  expect((await site.run('plan --format json')).plan().trials).toBeUndefined();
  expect((await site.apply()).calls).toMatchObject({ 'create-node': 1, 'move-node': 1 });
});

test('refused, it leaves the wiki as it was, and says what was answered and what to do', async () => {
  const site = await openDingtalk({ faults: refusing('move-node') });
  site.manifest(before);
  await site.apply();
  const outline = site.outline('Handbook');
  site.manifest(intoNew);
  const refused = await site.run('apply --auto-approve --format json');
  expect(refused).toMatchObject({ exitCode: 1, writes: 1, calls: { 'move-node': 1 } });
  expect(refused.apply()).toMatchObject({ errored: true });
  const [{ detail, help } = { detail: '', help: '' }] = refused.apply().diagnostics;
  expect(detail).toContain('operationNotSupported');
  expect(detail).toContain('handbook/New/A');
  expect(help).toContain('by hand in the wiki');
  expect(site.outline('Handbook')).toEqual(outline);
  // What it says to do works.
  site.manifest(
    handbook(
      '- A\n- { title: Box, type: folder }\n- { title: New, type: folder }\n- { title: B, children: [C] }\n- More',
    ),
  );
  await site.apply();
  await site.expectNothingToDo();
});

test('each call is tried by itself: a move that works says nothing of renaming', async () => {
  const site = await openDingtalk({ faults: refusing('rename-node') });
  site.manifest(handbook('- A\n- { title: Box, type: folder }\n- { title: Title, key: t }\n- Sheet'));
  await site.apply();
  site.manifest(
    handbook(
      '- { title: Box, type: folder, children: [A] }\n- { title: Better, key: t, children: [New] }\n- Sheet',
    ),
  );
  const refused = await site.run('apply --auto-approve --format json');
  expect(refused).toMatchObject({ exitCode: 3, calls: { 'move-node': 1, 'rename-node': 1 } });
  expect(refused.calls['create-node']).toBeUndefined();
  expect(
    refused
      .apply()
      .steps.map(({ kind, status }) => `${kind} ${status}`)
      .toSorted(),
  ).toEqual(['create-node not-started', 'move-node done', 'rename-node failed']);
  expect(confirmedIn(site)).toEqual(['move-node']);
});

test('where only pages that are yet to be made are to be renamed, little goes before the first', async () => {
  const site = await openDingtalk({ faults: refusing('rename-node') });
  const many = Array.from({ length: 9 }, (_, at) => `- Page ${at}`).join('\n');
  site.manifest(
    handbook(
      `${many}\n- { title: Templates, type: folder, children: [Checklist] }\n- { title: Mine, copy: handbook/Templates/Checklist }`,
    ),
  );
  const refused = await site.run('apply --auto-approve --format json');
  expect(refused).toMatchObject({
    exitCode: 3,
    calls: { 'create-space': 1, 'create-node': 2, 'copy-node': 1, 'rename-node': 1 },
  });
  expect(site.outline('Handbook').toSorted()).toEqual(['  Checklist', 'Checklist', 'Templates (folder)']);
});

test('an answer that was lost is asked for again', async () => {
  const cut = { kind: 'cut', effect: true } as const;
  const site = await openDingtalk({
    faults: { seed: 1, script: [{ endpoint: 'move-node', nth: 1, fault: cut }] },
  });
  site.manifest(before);
  await site.apply();
  site.manifest(intoNew);
  expect((await site.apply()).calls).toMatchObject({ 'move-node': 3 });
  await site.expectNothingToDo();
});

test('where the vendor does not tell what only the asking needs, the move itself is the trial', async () => {
  const fault = { kind: 'forbidden' } as const;
  const site = await openDingtalk({
    // The page to move and the top level where it lies: of these the second is asked for the asking alone.
    faults: { seed: 1, script: [{ endpoint: 'convert-id', nth: 2, fault }] },
  });
  site.manifest(before);
  await site.apply();
  site.manifest(intoNew);
  const applied = await site.run('apply --auto-approve');
  expect(applied, applied.stderr).toMatchObject({ exitCode: 0, calls: { 'move-node': 1 } });
  await site.expectNothingToDo();
});

test('the quota of the month used up stops the run and says so; with a new one the same command goes on', async () => {
  const site = await openDingtalk({ quota: 7 });
  const manifest = handbook(['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((title) => `- ${title}`).join('\n'));
  site.manifest(manifest);
  const stopped = await site.run('apply --auto-approve --format json');
  expect(stopped).toMatchObject({ exitCode: 3 });
  const document = stopped.apply();
  expect(document.status).toBe('incomplete');
  const done = document.steps.filter(({ status }) => status === 'done');
  expect(done.length).toBeGreaterThan(2);
  expect(JSON.stringify(document)).toContain('ApiCountLimitForOrg');
  expect(JSON.stringify(document)).toContain('wait for the next month');
  const answers = site.emulator.requests().filter(({ code }) => String(code).includes('ApiCountLimit'));
  // What was under way already, and nothing after it.
  expect(answers.length).toBeLessThan(8);
  const refused = await site.run('plan');
  expect(refused).toMatchObject({ exitCode: 1 });
  expect(refused.stderr).toContain('wait for the next month');
  const later = await openDingtalk({ world: site.world });
  later.write('.wikiform/state.json', site.read('.wikiform/state.json'));
  later.manifest(manifest);
  const resumed = await later.apply();
  expect(resumed.calls['create-node']).toBe(8 - done.length);
  expect(later.outline('Handbook')).toHaveLength(7);
  await later.expectNothingToDo();
});
