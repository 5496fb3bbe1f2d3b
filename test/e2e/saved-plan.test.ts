// A saved plan is the approval: applied without being asked, and refused once it is no longer true.

import { expect, test } from 'vitest';
import { addPage, dragNode, renamePage } from '../../src/provider/emulator/person.ts';
import { app, handbook, openSite, type Site } from './site.ts';

const before = handbook(`
- { title: Apollo, children: [Goals, Risks] }
- Archive
- Other`);

/** Apollo moves below the archive, and gets a page. */
const after = handbook(`
- { title: Archive, children: [{ title: Apollo, children: [Goals, Risks, Team] }] }
- Other`);

async function siteWithPlan(): Promise<Site> {
  const site = await openSite();
  site.manifest(before);
  await site.apply();
  site.manifest(after);
  const planned = await site.run('plan --out plan.json');
  expect(planned.stdout).toContain('wikiform apply plan.json');
  return site;
}

test('it is applied without being asked', async () => {
  const site = await siteWithPlan();
  const applied = await site.command('apply plan.json');
  expect(applied, applied.stderr).toMatchObject({ exitCode: 0, writes: 2 });
  expect(site.outline('Handbook')).toEqual([
    'Archive',
    '  Apollo',
    '    Goals',
    '    Risks',
    '    Team',
    'Other',
  ]);
});

test('what people add elsewhere does not make it stale', async () => {
  const site = await siteWithPlan();
  addPage(site.world, { parent: site.page('Handbook', 'Other') }, { title: 'Minutes' });
  addPage(site.world, { parent: site.page('Handbook', 'Archive') }, { title: 'Old minutes' });
  renamePage(site.world, site.page('Handbook', 'Apollo', 'Goals'), 'Goals');
  expect(await site.run('apply plan.json')).toMatchObject({ exitCode: 0, writes: 2 });
});

const touches: Record<string, (site: Site) => void> = {
  'a page that it moves was dragged': (site) =>
    dragNode(site.world, site.page('Handbook', 'Apollo'), { parent: site.page('Handbook', 'Other') }),
  'a parent that it writes under was renamed': (site) =>
    renamePage(site.world, site.page('Handbook', 'Archive'), 'Attic'),
  'the manifest was edited': (site) => site.manifest(`${after}      - Afterthought\n`),
};

test.each(Object.keys(touches))('stale: %s', async (touch) => {
  const site = await siteWithPlan();
  touches[touch]?.(site);
  const stale = await site.run('apply plan.json --format json');
  expect(stale).toMatchObject({ exitCode: 4, writes: 0 });
  expect(stale.apply()).toMatchObject({ status: 'refused', diagnostics: [{ code: 'PLAN_STALE' }] });
});

test('it remembers what it was allowed to', async () => {
  const site = await openSite();
  site.manifest(`guard: { maxChanges: 1 }\n${before}`);
  expect(await site.run('plan --out plan.json')).toMatchObject({ exitCode: 4 });
  expect(await site.run('plan --out plan.json --ignore-guard')).toMatchObject({ exitCode: 0 });
  expect(await site.run('apply plan.json')).toMatchObject({ exitCode: 0, writes: 6 });
});

test('what is no plan, or a newer one, is refused', async () => {
  const site = await openSite();
  site.manifest(before);
  const code = async (text: string): Promise<string | undefined> => {
    site.write('plan.json', text);
    const ended = await site.run('apply plan.json --format json');
    expect(ended).toMatchObject({ exitCode: 1, calls: {} });
    return ended.apply().diagnostics[0]?.code;
  };
  expect(await code('not JSON')).toBe('PLAN_UNREADABLE');
  expect(await code('[]')).toBe('PLAN_UNREADABLE');
  expect(await code('{"formatVersion":"1.0"}')).toBe('PLAN_UNREADABLE');
  expect(await code('{"formatVersion":"2.0"}')).toBe('VERSION_UNSUPPORTED');
  expect((await site.run('apply nowhere.json')).stderr).toContain('PLAN_UNREADABLE');
  const unwritable = await site.run('plan --out no/such/folder/plan.json');
  expect(unwritable.exitCode).toBe(1);
  expect(unwritable.stderr).toContain('PLAN_UNWRITABLE');
});

test('it holds no ids of pages and no credentials', async () => {
  const site = await siteWithPlan();
  const text = site.read('plan.json');
  for (const id of [...site.world.nodes.keys(), ...site.world.spacesById.keys()]) {
    expect(text).not.toContain(id);
  }
  expect(await site.run('apply plan.json', { env: app })).toMatchObject({ exitCode: 4, writes: 0 });
});

test('applied a second time it says so, and does nothing', async () => {
  const site = await siteWithPlan();
  await site.run('apply plan.json');
  addPage(site.world, { parent: site.page('Handbook', 'Other') }, { title: 'Minutes' });
  const again = await site.run('apply plan.json --format json');
  expect(again).toMatchObject({ exitCode: 0, writes: 0 });
  expect(again.apply()).toMatchObject({
    status: 'no-changes',
    diagnostics: [{ code: 'PLAN_APPLIED', severity: 'info' }],
  });
  expect((await site.run('apply plan.json')).stderr).toContain('All that plan.json was to do is done');

  // Undone since by a commit: there is nothing to do, and the plan is not what was done last.
  site.manifest(before);
  await site.apply();
  expect(await site.run('apply plan.json')).toMatchObject({ exitCode: 4, writes: 0 });
  // Undone by hand: there is something to do, and nobody has approved it.
  site.manifest(after);
  await site.apply();
  renamePage(site.world, site.page('Handbook', 'Archive'), 'Attic');
  expect(await site.run('apply plan.json')).toMatchObject({ exitCode: 4, writes: 0 });
});

test('what was blocked then and still is does not make it stale', async () => {
  const site = await openSite();
  const top = 'protect: ["handbook/Policies/**"]';
  site.manifest(handbook('- { title: Policies, children: [Security] }\n- Other', '', top));
  await site.apply();
  const security = site.page('Handbook', 'Policies', 'Security');
  dragNode(site.world, security, { parent: site.page('Handbook', 'Other') });
  site.manifest(handbook('- { title: Policies, children: [Security] }\n- Other\n- News', '', top));
  await site.run('plan --out plan.json');
  expect(await site.run('apply plan.json')).toMatchObject({ exitCode: 3, writes: 1 });
  const again = await site.run('apply plan.json --format json');
  expect(again).toMatchObject({ exitCode: 3, writes: 0 });
  expect(again.apply().diagnostics).toMatchObject([{ code: 'PLAN_APPLIED' }]);
});
