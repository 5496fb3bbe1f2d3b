// `wikiform drift`: what people changed in the wiki since the last apply, whatever the manifest says.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  addPage,
  changeSpace,
  deleteSubtree,
  dragNode,
  hideNode,
  renamePage,
} from '../../src/provider/emulator/person.ts';
import { handbook, openSite, type Site } from './site.ts';

const pages = handbook(`
- Archive
- Roadmap
- title: Planning
  children: [Goals, Risks]
- title: Old notes
  children: [One, Two]
`);

/** One change of each kind. */
async function driftedSite(): Promise<Site> {
  const site = await openSite();
  site.manifest(pages);
  await site.apply();
  const { world } = site;
  const archive = site.page('Handbook', 'Archive');
  addPage(world, { parent: archive }, { title: 'Scratch' });
  dragNode(world, site.page('Handbook', 'Planning'), { parent: archive });
  renamePage(world, site.page('Handbook', 'Roadmap'), 'Road map');
  deleteSubtree(world, site.page('Handbook', 'Old notes'));
  return site;
}

test('as a tree', async () => {
  const site = await driftedSite();
  const shown = await site.run('drift');
  expect(shown).toMatchObject({ exitCode: 0, stderr: '', writes: 0 });
  expect(shown.stdout).toBe(`  handbook
  ├─ Archive
→ │  ├─ Planning  from handbook
+ │  └─ Scratch   new
− ├─ Old notes    gone, with 2 pages
← ├─ Planning     moved to handbook/Archive, with 2 pages
~ └─ Roadmap      title is now "Road map"

Drift: 1 moved, 1 renamed, 3 gone, 1 new
`);
});

test('as JSON, and as an exit code', async () => {
  const site = await driftedSite();
  const shown = await site.run('drift --format json --detailed-exitcode');
  expect(shown.exitCode).toBe(2);
  const document = JSON.parse(shown.stdout);
  expect(document).toMatchObject({
    errored: false,
    summary: { moved: 1, renamed: 1, gone: 3, new: 1, hidden: 0 },
    diagnostics: [],
  });
  expect(document.changes.map(({ kind, address }: Record<string, string>) => `${kind} ${address}`)).toEqual([
    'new handbook/Archive/Scratch',
    'gone handbook/Old notes',
    'moved handbook/Planning',
    'renamed handbook/Roadmap',
  ]);
  expect(document.changes[2]).toMatchObject({
    id: site.page('Handbook', 'Archive', 'Planning'),
    type: 'docx',
    nodeType: 'origin',
    before: { parent: 'handbook', title: 'Planning' },
    after: { parent: 'handbook/Archive', title: 'Planning' },
    below: 2,
  });
});

test('none after an apply, whatever the manifest says by now', async () => {
  const site = await openSite();
  site.manifest(pages);
  await site.apply();
  const none = await site.run('drift --detailed-exitcode');
  expect(none).toMatchObject({
    exitCode: 0,
    stdout: 'No drift. The wiki is as the last apply left it.\n',
    calls: { 'get-space': 1, 'list-nodes': 3 },
  });
  site.manifest(
    handbook('- { title: Roadmap 2027, key: Roadmap }\n- { title: Archive, children: [Planning] }\n- New'),
  );
  expect(await site.run('drift --detailed-exitcode')).toMatchObject({ exitCode: 0 });
});

test('what is ignored is no drift; what may not be read is counted', async () => {
  const site = await openSite();
  site.manifest(handbook('- Drafts\n- Welcome', '', 'ignore: ["handbook/Drafts/**"]'));
  await site.apply();
  addPage(site.world, { parent: site.page('Handbook', 'Drafts') }, { title: 'Mine' });
  expect(await site.run('drift --detailed-exitcode')).toMatchObject({ exitCode: 0 });
  hideNode(site.world, site.page('Handbook', 'Welcome'), ['user']);
  const hidden = await site.run('drift --format json');
  expect(JSON.parse(hidden.stdout)).toMatchObject({ summary: { hidden: 1 }, changes: [] });
});

test('a space that was renamed', async () => {
  const site = await openSite();
  site.manifest(pages);
  await site.apply();
  changeSpace(site.world, site.space('Handbook'), { name: 'Guide' });
  const shown = await site.run('drift');
  expect(shown.stdout).toContain('~ handbook  title is now "Guide"');
});

test('without a state', async () => {
  const site = await openSite();
  site.manifest(pages);
  await site.apply();
  rmSync(join(site.folder, '.wikiform'), { recursive: true });
  const lost = await site.run('drift --detailed-exitcode');
  expect(lost.exitCode).toBe(0);
  expect(lost.stderr).toContain('NOTHING_APPLIED');
  site.write('wikiform.yaml', 'version: 1\n');
  const wrong = await site.run('drift --format json');
  expect(wrong.exitCode).toBe(1);
  expect(JSON.parse(wrong.stdout)).toMatchObject({ errored: true, changes: [] });
});
