// A copied branch in which two pages share a type and a title, as uploads can make them: nobody can tell which
// of their copies is which.

import { expect, test } from 'vitest';
import { addPage } from '../../src/provider/emulator/person.ts';
import { handbook, openSite, operator } from './site.ts';

test('copies that look alike are no answer to which is meant: the next plan asks', async () => {
  const site = await openSite({ kind: 'dingtalk', env: operator });
  const templates = (goals: string): string =>
    `- { title: Templates, type: folder, children: [{ title: Project, children: [${goals}] }] }`;
  site.manifest(handbook(templates('Goals')));
  await site.apply();
  const goals = site.page('Handbook', 'Templates', 'Project', 'Goals');
  addPage(site.world, { parent: site.page('Handbook', 'Templates', 'Project') }, { title: 'Goals' });
  const nodes = (apollo: string): string =>
    handbook(`${templates(`{ title: Goals, id: "${goals}" }`)}\n${apollo}`);
  site.manifest(nodes('- { title: Apollo, copy: { from: handbook/Templates/Project, children: true } }'));

  const planned = await site.run('plan --format json');
  expect(planned.plan().summary).toMatchObject({ createNode: 0, copyNode: 1 });
  expect(planned.plan().diagnostics).toMatchObject([{ code: 'COPY_BRINGS_MORE' }]);
  const cut = await site.run('apply --auto-approve');
  expect(cut, cut.stderr).toMatchObject({ exitCode: 3, calls: { 'copy-node': 1 } });

  const refused = await site.run('apply --auto-approve');
  expect(refused).toMatchObject({ exitCode: 1, writes: 0 });
  // It has its source's title still.
  const apollo = site.page('Handbook', 'Project');
  const copies = [...site.world.nodes.values()].filter(({ parent }) => parent?.id === apollo);
  expect(copies).toHaveLength(2);
  for (const { id } of copies) expect(refused.stderr).toContain(`id: "${id}"`);

  const chosen = `[{ title: Goals, copy: handbook/Templates/Project/Goals, id: "${copies[0]?.id}" }]`;
  site.manifest(nodes(`- { title: Apollo, copy: handbook/Templates/Project, children: ${chosen} }`));
  expect(await site.run('apply --auto-approve')).toMatchObject({ exitCode: 0, calls: { 'rename-node': 1 } });
  await site.expectNothingToDo();
});
