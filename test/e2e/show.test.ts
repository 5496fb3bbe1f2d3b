// `wikiform show`: a saved plan in every format that a plan has, and the live tree.

import { expect, test } from 'vitest';
import { addPage, renamePage } from '../../src/provider/emulator/person.ts';
import { schemaErrors } from '../render/document-schema.ts';
import { handbook, openSite, type Site } from './site.ts';

const before = handbook(
  '- { title: Apollo, children: [Goals, Risks] }\n- Archive\n- { title: Old, type: sheet }',
  'onRemove: { archive: handbook/Archive }',
);
const after = handbook(
  '- { title: Archive, children: [{ title: Apollo, children: [Goals, { title: Hazards, key: Risks }, { title: Copied, copy: handbook/Archive/Apollo/Goals }] }] }',
  'onRemove: { archive: handbook/Archive }',
);

async function siteWithPlan(): Promise<Site> {
  const site = await openSite();
  site.manifest(before);
  await site.apply();
  addPage(site.world, { parent: site.page('Handbook', 'Archive') }, { title: 'Minutes' });
  site.manifest(after);
  return site;
}

test.each(['tree', 'diff', 'markdown', 'json', 'html'])(
  'a saved plan as %s is what plan printed',
  async (format) => {
    const site = await siteWithPlan();
    const planned = await site.run(`plan --format ${format}`);
    expect(planned, planned.stderr).toMatchObject({ exitCode: 0 });
    await site.run('plan --out plan.json');
    // Neither the manifest nor the wiki is looked at.
    site.manifest('spoilt');
    renamePage(site.world, site.page('Handbook', 'Apollo'), 'Mercury');
    const shown = await site.run(`show plan.json --format ${format}`, { env: {} });
    expect(shown, shown.stderr).toMatchObject({ exitCode: 0, calls: {} });
    expect(shown.stdout).toBe(planned.stdout);
  },
);

test('a file that is no saved plan is said to be none', async () => {
  const site = await siteWithPlan();
  await site.run('plan --out plan.json');
  const whole = site.read('plan.json');
  const refuse = async (text: string): Promise<string> => {
    site.write('bad.json', text);
    const shown = await site.run('show bad.json --format json');
    expect(shown).toMatchObject({ exitCode: 1, calls: {} });
    const [found] = shown.plan().diagnostics;
    return `${found?.code}: ${found?.detail}`;
  };
  expect(await refuse(whole.slice(0, 500))).toContain('PLAN_UNREADABLE');
  expect(await refuse(whole.replace('"move-node"', '"delete-node"'))).toContain('/steps/');
  expect(await refuse(whole.replace('"nodes":[{', '"nodes":[7,{'))).toContain('/picture/nodes/0');
  expect(await refuse(JSON.stringify({ ...JSON.parse(whole), picture: undefined }))).toContain('/picture');
  expect(await refuse(whole.replace('"1.0"', '"2.0"'))).toContain('VERSION_UNSUPPORTED');
});

test('the live tree, with what nobody declared', async () => {
  const site = await siteWithPlan();
  const shown = await site.run('show');
  expect(shown, shown.stderr).toMatchObject({ exitCode: 0, writes: 0 });
  expect(shown.calls).toEqual({ 'get-space': 1, 'list-nodes': 3 });
  expect(shown.stdout).toBe(
    [
      '  Handbook [handbook]',
      '  ├─ Apollo',
      '  │  ├─ Goals',
      '  │  └─ Risks',
      '  ├─ Archive',
      '  │  └─ Minutes   not declared',
      '  └─ Old (sheet)  not declared',
      '',
      '1 space, 6 pages, 2 not declared · 4 calls',
      '',
    ].join('\n'),
  );
  const json = await site.run('show --format json');
  expect(schemaErrors('snapshot', JSON.parse(json.stdout))).toEqual([]);
  await site.run('snapshot --out live.json');
  const again = await site.run('show --live live.json', { env: {} });
  expect(again.calls).toEqual({});
  expect(again.stdout).toBe(shown.stdout);
  expect(await site.run('show --format html')).toMatchObject({ exitCode: 1, calls: {} });
  expect(await site.run('show --space nowhere')).toMatchObject({ exitCode: 1, calls: {} });
});

test('of several spaces the chosen ones', async () => {
  const site = await openSite();
  site.manifest('spaces:\n  one: { name: One, nodes: [A] }\n  two: { name: Two, nodes: [B] }\n');
  await site.apply();
  const shown = await site.run('show --space two');
  expect(shown.calls).toEqual({ 'get-space': 1, 'list-nodes': 1 });
  expect(shown.stdout).toContain('└─ B');
  expect(shown.stdout).not.toContain('A');
});
